"""Plain words for what a reading holds: chances, times, turns, codes. No sentence is built here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from attunement.codebook import CODES, FAILURE, REPAIR, STRAIN_CONFRONTATION, STRAIN_WITHDRAWAL
from attunement.transcripts.session import Session, Turn

DISCLAIMER = (
    "Decision support, not a diagnosis, and not validated on real therapies. A program made this from the words alone "
    "and is often wrong: look at the turns it names, and trust your own memory of the room."
)
PROVENANCE = (
    "The coder was trained on sessions written for the purpose and on demonstrations of motivational interviewing. "
    "What it finds says nothing about a therapist's worth or a client's health."
)
PRIVACY = "This reading contains what was said in the session. Keep it as you keep your notes."

KIND = {
    "withdrawal": "drew back from the therapist or the work",
    "confrontation": "pushed back against the therapist or the work",
    "mixed": "both drew back and pushed back",
}
COMPONENT = {
    "exposure": "an old expectation was alive",
    "disconfirmation": "the therapist's answer contradicted it",
    "registration": "the client took that in",
    "meaning": "a new view was put into words",
    "carryover": "the client told of something new outside therapy",
}
CALL = {"feeling": "showed a feeling", "risk": "took a risk", "strain": "showed strain"}

NOTHING_FOUND = "Nothing stood out."
NOT_LOOKED_FOR = "None are shown, since it cannot be told."

# Where a code's name with spaces is no English.
_LABEL = {
    "affect_split": "tone does not fit",
    "ending_bid": "wish to end",
    "complaint_therapist": "complaint about the therapist",
    "complaint_activities": "complaint about the work",
    "complaint_parameters": "complaint about the frame",
    "complaint_progress": "complaint about progress",
    "controls_therapist": "tests or pressures",
    "names_rupture": "names the rupture",
    "belief_self": "belief about self",
    "belief_other": "belief about others",
    "fear_of_response": "fear of the response",
    "reflection_simple": "simple reflection",
    "reflection_complex": "complex reflection",
    "question_open": "open question",
    "question_closed": "closed question",
    "senses_unspoken": "senses the unspoken",
    "invite_feedback": "invites feedback",
    "acknowledge_part": "acknowledges own part",
    "clarify_misunderstanding": "clears up a misunderstanding",
    "validate_defence": "validates the holding back",
    "disclose_here_now": "tells own experience, here and now",
    "link_pattern": "links to a pattern",
    "explain_rationale": "explains why",
    "change_task": "changes the task",
    "redirect": "steers back to the task",
    "misattuned": "misses what was shown",
    "hostile": "criticises or presses",
}

# One sign a group, so that no group is told apart by colour alone.
_SIGNS = (
    ("withdrawal", "▽", STRAIN_WITHDRAWAL),
    ("confrontation", "▲", STRAIN_CONFRONTATION),
    ("failure", "✕", FAILURE),
    ("repair", "◆", REPAIR),
    ("return", "●", ("names_rupture", "felt_met", "new_view", "change_outside")),
)
_GROUP = {code: (group, sign) for group, sign, codes in _SIGNS for code in codes}


def code_group(code: str) -> tuple[str, str]:
    """The group a code is shown in and the group's sign; `("other", "·")` for codes that need no attention."""
    return _GROUP.get(code, ("other", "·"))


def code_label(code: str) -> str:
    """The code as people say it."""
    return _LABEL.get(code, CODES[code].label)


def percent(share: float) -> str:
    """A chance as a percentage; never 0% or 100%, which no estimate deserves."""
    if share < 0.01:
        return "under 1%"
    if share > 0.99:
        return "over 99%"
    return f"{share:.0%}"


def confidence(chance: float) -> str:
    """A confidence in words, with its number: `likely, 74%`."""
    bounds = ((0.85, "very likely"), (0.65, "likely"), (0.5, "more likely than not"))
    word = next((word for bound, word in bounds if chance >= bound), "a weak sign")
    return f"{word}, {percent(chance)}"


def weighed(chance: float, claim: str) -> str:
    """A claim ("the client drew back") with its confidence said first, as a sentence without its full stop."""
    bounds = ((0.85, "It is very likely"), (0.65, "It is likely"), (0.5, "It is more likely than not"))
    start = next((word for bound, word in bounds if chance >= bound), "There is a weak sign")
    return f"{start} ({percent(chance)}) that {claim}"


def share(rate: float) -> str:
    """A share of moments in words, to stand before "of the moments"."""
    bounds = ((0.9, "nearly all"), (0.6, "most"), (0.4, "about half"), (0.15, "some"))
    return next((word for bound, word in bounds if rate >= bound), "few")


def clock(seconds: float) -> str:
    """Seconds from the start as `4:05` or `1:02:09`."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def clock_span(session: Session, start: int, end: int) -> str | None:
    """When turns `start` to `end` (from 1) took place, `None` where the file has no times."""
    first, last = session.turns[start - 1], session.turns[end - 1]
    if first.start_s is None:
        return None
    until = last.end_s if last.end_s is not None else last.start_s
    if until is None or clock(until) == clock(first.start_s):
        return clock(first.start_s)
    return f"{clock(first.start_s)}–{clock(until)}"


def turns(start: int, end: int) -> str:
    """`turn 4` or `turns 4–9`."""
    return f"turn {start}" if start == end else f"turns {start}–{end}"


def place(session: Session, start: int, end: int) -> str:
    """Where in the session: turns, and times if there are any."""
    when = clock_span(session, start, end)
    return turns(start, end) + (f" ({when})" if when else "")


def turn_list(numbers: Sequence[int]) -> str:
    """`turn 4`, `turns 4 and 9`, `turns 4, 9 and 12`."""
    return ("turn " if len(numbers) == 1 else "turns ") + listing(str(number) for number in numbers)


def listing(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *rest, last = list(parts)
    return f"{', '.join(rest)} and {last}" if rest else last


def sentence(text: str) -> str:
    """First letter upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def speaker(session: Session, turn: Turn) -> str:
    """`Therapist` or `Client`; with the name where more than two people spoke."""
    role = sentence(turn.speaker)
    return f"{role} ({safe(turn.name)})" if session.roles.others and turn.name else role


def safe(text: str) -> str:
    """Text without control and direction-override characters, which could rewrite a terminal or mask what was said."""
    return "".join(" " if char in "\n\t\r" else char for char in text if char in "\n\t\r" or _is_shown(char))


def _is_shown(char: str) -> bool:
    if unicodedata.category(char) in ("Cc", "Cs"):
        return False
    return char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def quote(text: str, limit: int = 110) -> str:
    """The words in quotation marks, cut at a word after about `limit` characters."""
    words = " ".join(safe(text).split())
    if len(words) > limit:
        head = words[:limit]
        words = (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head).rstrip(" ,;:–-") + " …"
    return f"“{words}”"


def session_facts(session: Session) -> str:
    """One line: how long, who was taken as whom, and how that was found out."""
    roles = session.roles
    how = {"named": "as you said", "labelled": "as the file says", "guessed": "a guess from the words"}[roles.how]
    if roles.how == "guessed" and roles.confidence is not None:
        how += f", {percent(roles.confidence)} sure"
    length = f"{len(session.turns)} turns"
    last = session.turns[-1] if session.turns else None
    until = last and (last.end_s if last.end_s is not None else last.start_s)
    if until:
        length += f", {clock(until)}"
    return f"{length}. Therapist: {safe(roles.therapist)}, client: {safe(roles.client)} ({how})."
