"""From single answers to scores: what belongs to one filling-in, what repeats, what cannot be, and the scoring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from attunement.measures.answers.model import Refused, Score
from attunement.measures.answers.moment import Answer, Moment, Reading
from attunement.measures.instruments.model import Instrument
from attunement.measures.scoring import ScaleScore, impossible, refusal, score_answers

# A given total and the sum of its items may differ by rounding to two decimals.
ROUNDING = 0.0051


@dataclass
class Sitting:
    """One instrument filled in once: answers to items and ready scores, with where each of them stands."""

    moment: Moment
    instrument: Instrument
    row: int
    items: dict[str, Answer] = field(default_factory=dict)
    ready: dict[str | None, Answer] = field(default_factory=dict)

    def take(self, answer: Answer) -> Answer:
        """Keep an answer, unless the same was answered before; returns the one that is kept."""
        if answer.target.item is not None:
            return self.items.setdefault(answer.target.item.name, answer)
        return self.ready.setdefault(answer.target.scale.name, answer)


def collect(reading: Reading) -> tuple[Score, ...]:
    """The scores of all answers, in the order of client and time; what is refused on the way is added to `reading`."""
    scores: list[Score] = []
    for sitting in _without_repeats(_sittings(reading), reading):
        scores += _scores(sitting, reading)
    return _in_order(scores)


def _sittings(reading: Reading) -> Iterable[Sitting]:
    sittings: dict[tuple[object, ...], Sitting] = {}
    for answer in reading.answers:
        instrument = answer.target.instrument
        key = (answer.moment, instrument.name, answer.sheet)
        sitting = sittings.setdefault(key, Sitting(answer.moment, instrument, answer.row))
        why = _why_not(answer)
        if why:
            reading.refuse(answer.row, answer.column, why)
            continue
        first = sitting.take(answer)
        if first is not answer:
            where = "above" if first.row == answer.row else f"in row {first.row}"
            reading.refuse(answer.row, answer.column, f"{answer.target.name} was answered {where}; the first is kept")
    return sittings.values()


def _why_not(answer: Answer) -> str | None:
    target = answer.target
    if target.item is not None:
        return refusal(target.item, answer.value)
    return impossible(target.instrument, target.scale, answer.value)


def _without_repeats(sittings: Iterable[Sitting], reading: Reading) -> Iterable[Sitting]:
    """Every first filling-in of an instrument at one session, or at one date where no session is given."""
    seen: dict[tuple[str | None, str, int | date | None], int] = {}
    for sitting in sittings:
        if not sitting.items and not sitting.ready:
            continue
        moment = sitting.moment
        when = moment.date if moment.session is None else moment.session
        key = (moment.client, sitting.instrument.name, when)
        if key not in seen:
            seen[key] = sitting.row
            yield sitting
            continue
        said = f"for {when.isoformat()}" if isinstance(when, date) else f"for session {when}"
        reason = f"{sitting.instrument.name} {said} stands in row {seen[key]} already; the first is kept"
        reading.refuse(sitting.row, None, reason)


def _scores(sitting: Sitting, reading: Reading) -> list[Score]:
    computed = {score.scale.name: score for score in _computed(sitting)}
    scores = {name: _score(sitting, name, score) for name, score in computed.items()}
    for name, answer in sitting.ready.items():
        found = computed.get(name)
        if found is None or found.value is None:
            scores[name] = _ready(sitting, name, answer)
        elif abs(found.value - answer.value) > ROUNDING:
            reason = f"{answer.value:g} is given, but the items make {found.value:g}, which is kept"
            reading.refuse(answer.row, answer.column, reason)
    order = {scale.name: place for place, scale in enumerate((sitting.instrument.total, *sitting.instrument.subscales))}
    return sorted(scores.values(), key=lambda score: order[score.subscale])


def _computed(sitting: Sitting) -> tuple[ScaleScore, ...]:
    if not sitting.items:
        return ()
    scored = score_answers(sitting.instrument, {name: answer.value for name, answer in sitting.items.items()})
    # A subscale none of whose items was answered was not given; that is no score that failed.
    return tuple(score for score in scored if any(name in sitting.items for name in score.scale.items))


def _score(sitting: Sitting, name: str | None, scored: ScaleScore) -> Score:
    rows = (sitting.items[item].row for item in scored.scale.items if item in sitting.items)
    return Score(*_of(sitting), name, scored.value, min(rows, default=sitting.row), scored.note)


def _ready(sitting: Sitting, name: str | None, answer: Answer) -> Score:
    return Score(*_of(sitting), name, answer.value, answer.row)


def _of(sitting: Sitting) -> tuple[str | None, int | None, date | None, str]:
    moment = sitting.moment
    return moment.client, moment.session, moment.date, sitting.instrument.name


def _in_order(scores: list[Score]) -> tuple[Score, ...]:
    """By client in order of appearance; within one by session where all have one, else by date, else as in the file."""
    by_client: dict[str | None, list[Score]] = {}
    for score in scores:
        by_client.setdefault(score.client, []).append(score)
    return tuple(score for own in by_client.values() for score in _by_time(own))


def _by_time(scores: list[Score]) -> list[Score]:
    if all(score.session is not None for score in scores):
        return sorted(scores, key=lambda score: score.session or 0)
    if all(score.date is not None for score in scores):
        return sorted(scores, key=lambda score: score.date or date.min)
    return scores


def sorted_refusals(refused: Iterable[Refused]) -> tuple[Refused, ...]:
    """What was refused, in the order of the file."""
    return tuple(sorted(refused, key=lambda each: each.row))
