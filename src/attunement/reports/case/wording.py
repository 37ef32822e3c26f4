"""Plain words for what a case holds: sessions, dates, measures, events, kinds. No sentence is built here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attunement.case.rapport import called
from attunement.case.record import Case, Event
from attunement.reports import words

MEASURES = (
    "The check-in after the session (understood, safe, goals, fit, unsaid) was made for this program and is not "
    "validated. Ratings given after a session are often polite, and a drop in them is an unreliable sign of a rupture."
)
UNREAD = "No transcript was read, so there are no words to find any in."
PRIVACY = (
    "This report contains what was said in sessions and what was answered after them. Keep it as you keep your notes."
)

ALERT = {
    "ending_risk": "May be drifting towards an ending",
    "deterioration": "Getting worse",
    "unrepaired_rupture": "A rupture left open",
    "probable_rupture": "Probable rupture: a drop in ratings",
    "not_on_track": "Not on track",
    "hidden_strain": "Something may be unsaid",
    "no_gain_in_safety": "Safety is not growing",
}
HIDDEN = {
    "rated_well_but_unsaid": "Rated well, and much unsaid",
    "cheerful_after_vulnerable": "Cheerful after a vulnerable session",
    "deferring": "Much thanking and agreeing",
    "ending_after_closeness": "A wish to end, after closeness",
    "sudden_reason": "A practical reason, all of a sudden",
}
TAKEN_UP = {
    "in_session": "taken up in the session",
    "late": "taken up later",
    "missed": "not taken up so far",
    "open": "cannot be told yet",
}
READING = {"attunement": "moments met", "strain": "strain", "openness": "openness"}
MODEL = {
    "model_safety": "safety (model)",
    "model_strain": "strain (model)",
    "model_expectation": "old belief (model)",
}
CHECK_IN = {
    "check_in": "check-in, mean",
    "understood": "felt understood",
    "safe": "felt safe",
    "goals": "worked on what matters",
    "fit": "the right way of working",
    "unsaid": "left unsaid",
}
STATE = {
    "well": "was well",
    "tired": "was tired",
    "distracted": "was distracted",
    "unwell": "was unwell",
    "troubled": "was troubled",
}


def measure(name: str, case: Case) -> str:
    """A measure as people say it: `PHQ-9`, `felt safe`, `moments met`."""
    return CHECK_IN.get(name) or READING.get(name) or MODEL.get(name) or words.safe(called(case, name))


def number(value: float) -> str:
    """A score without needless decimals: `17`, `7.5`, `0.04`."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.1f}".removesuffix(".0")


def day(when: date) -> str:
    """`8 February 2024`."""
    return f"{when.day} {when:%B %Y}"


def sessions(numbers: Iterable[int]) -> str:
    """`session 4`, `sessions 4 and 5`, `sessions 2, 4 and 5`."""
    found = sorted(set(numbers))
    return f"{'session' if len(found) == 1 else 'sessions'} {words.listing(str(each) for each in found)}"


def out_of(part: float, times: float) -> str:
    """Expected counts, which need not be whole: `about 4 of 5 times`, `hardly ever in 2 times`."""
    part, times = round(part), max(1, round(times))
    if times == 1:
        return "the one time it was seen" if part else "not the one time it was seen"
    return f"about {part} of {times} times" if part else f"hardly ever in {times} times"


def often(count: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def counted(count: int, one: str, many: str) -> str:
    """`one rupture`, `four ruptures`, `14 ruptures`."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return f"{small[count] if count < len(small) else count} {one if count == 1 else many}"


def event(what: Event) -> str:
    """An event as a clause, with the therapist's own note behind it."""
    return _happened(what) + (f" ({words.safe(what.note)})" if what.note and what.kind != "agreement" else "")


def _happened(what: Event) -> str:
    who = f"the {what.by}" if what.by else "someone"
    if what.kind == "late":
        return f"{who} was " + ("late" if what.minutes is None else f"{number(what.minutes)} minutes late")
    if what.kind == "cancelled":
        return f"{who} cancelled"
    if what.kind == "therapist_state":
        return f"the therapist {STATE[what.state or 'well']}"
    if what.kind == "agreement":
        return _agreement(what)
    return {"fee": "the fee", "room": "the room", "break": "a break"}[what.kind]


def _agreement(what: Event) -> str:
    about = words.quote(what.note) if what.note else "an agreement"
    if what.kept is None:
        return f"agreed: {about}, not known yet" + (f", due by session {what.due}" if what.due else "")
    return f"agreed: {about}, {'kept' if what.kept else 'not kept'}"


def strength(share: float) -> str:
    """How strongly a belief shows in a session's words, from its share."""
    bounds = ((0.7, "strongly"), (0.45, "clearly"), (0.2, "a little"))
    return next((word for bound, word in bounds if share >= bound), "hardly")
