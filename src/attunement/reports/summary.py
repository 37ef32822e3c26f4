"""The two or three sentences a therapist needs first."""

from __future__ import annotations

from attunement.episodes.limits import FEWEST_TURNS, cannot_tell
from attunement.episodes.model import Corrective, Rupture, SessionReading
from attunement.reports import words
from attunement.reports.findings import taken_up
from attunement.transcripts.session import Session


def summary(reading: SessionReading) -> list[str]:
    """Attunement, then ruptures, then corrective experiences: one entry each, plain, with turns and confidence."""
    if reason := cannot_tell(reading.session):
        return [_too_short(reading.session) if reason == "too_short" else _roles_unsure(reading.session)]
    return [_attunement(reading), _ruptures(reading), _correctives(reading)]


def _attunement(reading: SessionReading) -> str:
    attunement = reading.attunement
    count = len(attunement.moments)
    if count == 0:
        return "No moment stood out as calling for attunement, so there is no rate to give."
    if attunement.rate is None or attunement.interval is None:
        moments = "moment" if count == 1 else "moments"
        return f"Only {count} {moments} called for attunement, too few to give a rate."
    low, high = attunement.interval
    return (
        f"The therapist met the client in {words.share(attunement.rate)} of the {count} moments that called for it: "
        f"about {words.percent(attunement.rate)}, plausibly {low:.0%} to {high:.0%}."
    )


def _ruptures(reading: SessionReading) -> str:
    if not reading.ruptures:
        return (
            "No rupture was found: where there was strain, it did not last. "
            "A client can also withdraw so quietly that words alone do not show it."
        )
    main = max(reading.ruptures, key=_gravity)
    where = words.place(reading.session, main.start, main.end)
    text = words.weighed(main.confidence, f"the client {words.KIND[main.kind]} in {where}")
    text += f". {taken_up(main, reading)}"
    others = [rupture for rupture in reading.ruptures if rupture is not main]
    if others:
        spans = words.listing(words.turns(rupture.start, rupture.end) for rupture in others)
        text += f" There may have been strain in {spans} too."
    return text


def _gravity(rupture: Rupture) -> tuple[bool, float]:
    # What was left open matters more for the next session than what was mended, however sure either is.
    return (rupture.noticed == "not_taken_up" or rupture.resolution != "full", rupture.confidence)


def _correctives(reading: SessionReading) -> str:
    if reading.correctives:
        return _corrective(max(reading.correctives, key=lambda corrective: corrective.confidence), reading)
    if reading.insights:
        return (
            f"The client reached an understanding ({words.turn_list(reading.insights)}). "
            "No corrective experience was found: insight alone is not yet one."
        )
    return "No corrective experience was found. They are rare, and most good sessions have none."


def _corrective(corrective: Corrective, reading: SessionReading) -> str:
    where = words.place(reading.session, corrective.start, corrective.end)
    grade = "a full corrective experience, with a new view put into words"
    if corrective.strength == "partial":
        grade = "a partial corrective experience, its meaning not yet put into words"
    claim = f"in {where} the client took a risk and was met differently than they had come to expect: {grade}"
    return words.weighed(corrective.confidence, claim) + "."


def _too_short(session: Session) -> str:
    count = len(session.turns)
    return (
        f"Cannot tell how the two got on: {count} {'turn is' if count == 1 else 'turns are'} too few for a rate of "
        f"attunement or for ruptures, {FEWEST_TURNS} are needed. Each turn is coded by itself."
    )


def _roles_unsure(session: Session) -> str:
    sure = words.percent(session.roles.confidence or 0.5)
    return (
        f"Cannot tell, because it is not sure who is the therapist ({sure} for {words.safe(session.roles.therapist)}). "
        "Name the therapist and read again; what is coded here counts only if the guess is right."
    )
