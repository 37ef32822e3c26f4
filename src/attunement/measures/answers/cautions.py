"""What to mind about scores that were read: dates that contradict sessions, numbers that look like another form."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from attunement.measures.answers.model import Score
from attunement.measures.answers.moment import Answer
from attunement.measures.instruments.model import Instrument

# Scores multiplied by at least this much are easily given as plain sums or means, which then look very low.
MULTIPLIED = 4
FEWEST_SCORES = 3


def cautions(scores: tuple[Score, ...], answers: Iterable[Answer]) -> tuple[str, ...]:
    """One sentence for everything that is probably a mistake in the file, though nothing had to be refused for it."""
    return (*_dates_against_sessions(scores), *_not_multiplied(scores, answers))


def _dates_against_sessions(scores: tuple[Score, ...]) -> list[str]:
    found: dict[str, None] = {}
    first: dict[str | None, dict[int, Score]] = {}
    for score in scores:
        if score.session is None or score.date is None:
            continue
        known = first.setdefault(score.client, {}).setdefault(score.session, score)
        if known.date != score.date:
            found[f"Session {score.session} has two dates (rows {known.row} and {score.row})."] = None
    for sessions in first.values():
        ordered = [sessions[session] for session in sorted(sessions)]
        found |= {text: None for before, after in pairwise(ordered) if (text := _contradiction(before, after))}
    return list(found)


def _contradiction(before: Score, after: Score) -> str | None:
    if before.date is None or after.date is None or after.date > before.date:
        return None
    how = "on the same day as" if after.date == before.date else "before"
    return f"Session {after.session} (row {after.row}) is dated {how} session {before.session} (row {before.row})."


def _not_multiplied(scores: tuple[Score, ...], answers: Iterable[Answer]) -> list[str]:
    """Instruments whose ready totals all look like sums or means that were not multiplied."""
    given = [answer.target.instrument for answer in answers if answer.target.item is None]
    multiplied = {each.name: each for each in given if each.total.times >= MULTIPLIED}
    return [text for each in multiplied.values() if (text := _too_low(each, scores))]


def _too_low(instrument: Instrument, scores: tuple[Score, ...]) -> str | None:
    times, highest = instrument.total.times, instrument.high / instrument.total.times
    own = [score for score in scores if (score.instrument, score.subscale) == (instrument.name, None)]
    values = [score.value for score in own if score.value is not None]
    if len(values) < FEWEST_SCORES or max(values) > highest:
        return None
    return (
        f"No {instrument.name} score is above {highest:g}: if they are not yet multiplied by {times:g}, "
        f"as the range of {instrument.low:g} to {instrument.high:g} asks, do that first."
    )
