"""What the timeline shows, before anyone draws it: one table of marks for the page's picture and the terminal's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attunement.codebook import REPAIR, STRAIN_CONFRONTATION, STRAIN_WITHDRAWAL
from attunement.coder.table import CodeTable
from attunement.episodes.model import Episode, Moment, SessionReading
from attunement.episodes.moments import running_rates
from attunement.reports import words

StrainKind = Literal["withdrawal", "confrontation"]
SpanType = Literal["rupture", "repair", "corrective"]
Outcome = Literal["met", "missed", "harmed"]

SHOWN_FROM = 0.2  # chances below this are not drawn: a row of stubs would look like strain
STRAIN_CODES: dict[StrainKind, tuple[str, ...]] = {
    "withdrawal": STRAIN_WITHDRAWAL,
    "confrontation": STRAIN_CONFRONTATION,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """The likeliest code of a group on one turn; `decided` when the coder gives any of the group."""

    turn: int
    code: str
    probability: float
    decided: bool


@dataclass(frozen=True, slots=True)
class LinePoint:
    """The running rate of moments met at one turn, with the interval that the moments behind it allow (all 0–1)."""

    turn: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Span:
    """An episode as a bar over turns `start` to `end`."""

    type: SpanType
    start: int
    end: int
    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """All marks of a session with `length` turns."""

    length: int
    line: tuple[LinePoint, ...]
    moments: tuple[Moment, ...]
    strain: dict[StrainKind, tuple[Mark, ...]]
    repairs: tuple[Mark, ...]
    spans: tuple[Span, ...]


def timeline(reading: SessionReading) -> Timeline:
    """Gather the marks of a reading."""
    return Timeline(
        length=len(reading.session.turns),
        line=_line(reading),
        moments=tuple(moment for moment in reading.attunement.moments if moment.reply is not None),
        strain={kind: _marks(reading.table, codes) for kind, codes in STRAIN_CODES.items()},
        repairs=tuple(mark for mark in _marks(reading.table, REPAIR) if mark.decided),
        spans=_spans(reading),
    )


def outcome(moment: Moment) -> Outcome:
    """The likeliest of what became of a moment."""
    chances: dict[Outcome, float] = {"met": moment.met, "missed": moment.missed, "harmed": moment.harmed}
    return max(chances, key=lambda name: chances[name])


def timeline_in_words(reading: SessionReading) -> list[str]:
    """The timeline for those who do not see it: one sentence a lane."""
    marks = timeline(reading)
    return [
        _line_in_words(marks),
        *(_strain_in_words(kind, marks.strain[kind]) for kind in STRAIN_CODES),
        _turns_in_words("Repair moves", tuple(mark.turn for mark in marks.repairs)),
        *(_span_in_words(span) for span in marks.spans),
    ]


def turn_in_words(number: int, reading: SessionReading, marks: Timeline) -> str:
    """What the timeline shows at one turn, for a pointer or a screen reader."""
    turn = reading.session.turns[number - 1]
    parts = [f"Turn {number}, {turn.speaker}"]
    if turn.start_s is not None:
        parts.append(words.clock(turn.start_s))
    parts += [_mark_in_words(mark) for lane in marks.strain.values() for mark in lane if mark.turn == number]
    parts += [_mark_in_words(mark) for mark in marks.repairs if mark.turn == number]
    parts += [f"moment {outcome(moment)}" for moment in marks.moments if moment.turn == number]
    return ", ".join(parts)


def _mark_in_words(mark: Mark) -> str:
    return f"{words.code_label(mark.code)} {words.percent(mark.probability)}"


def _marks(table: CodeTable, codes: tuple[str, ...]) -> tuple[Mark, ...]:
    columns = [table.codes.index(code) for code in codes]
    found = []
    for row in range(len(table)):
        # NaN (the other speaker's turn) fails the comparison and drops out.
        chances = [
            (float(p), code)
            for p, code in zip(table.probabilities[row, columns], codes, strict=True)
            if p >= SHOWN_FROM
        ]
        if chances:
            probability, code = max(chances)
            decided = bool(table.decisions[row, columns].any())
            found.append(Mark(row + 1, code, probability, decided))
    return tuple(found)


def _line(reading: SessionReading) -> tuple[LinePoint, ...]:
    """The line from its first known value on."""
    line = reading.attunement.line
    running = running_rates(len(line), reading.attunement.moments)
    return tuple(
        LinePoint(turn, point.rate, *point.interval)
        for turn, (rate, point) in enumerate(zip(line, running, strict=True), start=1)
        if rate is not None and point
    )


def _spans(reading: SessionReading) -> tuple[Span, ...]:
    def span(kind: SpanType, episode: Episode, label: str) -> Span:
        return Span(kind, episode.start, episode.end, label, episode.confidence)

    return (
        *(span("rupture", rupture, rupture.kind) for rupture in reading.ruptures),
        *(span("repair", repair, f"by {repair.initiated_by}") for repair in reading.repairs),
        *(span("corrective", corrective, corrective.strength) for corrective in reading.correctives),
    )


def _line_in_words(marks: Timeline) -> str:
    if not marks.line:
        return "Attunement: too few moments for a line."
    first, last = marks.line[0], marks.line[-1]
    low, high = min(marks.line, key=lambda p: p.rate), max(marks.line, key=lambda p: p.rate)
    return (
        f"Attunement: {words.percent(first.rate)} at turn {first.turn}, {words.percent(last.rate)} at the end; "
        f"lowest {words.percent(low.rate)} at turn {low.turn}, highest {words.percent(high.rate)} at turn {high.turn}."
    )


def _strain_in_words(kind: StrainKind, marks: tuple[Mark, ...]) -> str:
    return _turns_in_words(f"Strain, {kind}", tuple(mark.turn for mark in marks if mark.decided))


def _turns_in_words(what: str, turns: tuple[int, ...]) -> str:
    return f"{what}: {words.turn_list(turns) if turns else 'none'}."


def _span_in_words(span: Span) -> str:
    where = words.turns(span.start, span.end)
    return f"{words.sentence(span.type)} ({span.label}): {where}, {words.confidence(span.confidence)}."
