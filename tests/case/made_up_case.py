"""Small invented cases, as exact as a test needs them: every chance of every code is what the test says it is.

case = a_case(
    {1: a_session(client("I never told anyone.", disclosure=0.8), therapist("I'm glad you did.")), 2: None},
    check_ins={1: good(unsaid=7)},
    scores={"phq9": {1: 14, 2: 9}},
    events=[Event("late", 2, by="therapist", minutes=10)],
)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from attunement.case.alliance import CHECK_IN
from attunement.case.findings import Straining, Threads
from attunement.case.record import Case, CaseSession, Event
from attunement.codebook import CLIENT_TALK, CODES, THERAPIST_BEHAVIOUR, Speaker
from attunement.coder.table import CodeTable
from attunement.episodes.model import Attunement, Corrective, Moment, Repair, Rupture, SessionReading
from attunement.measures.answers.model import Score, Scores
from attunement.measures.instruments import instruments
from attunement.transcripts.session import Roles, Session, Turn

# The chance of every code that a test does not speak of: small, as it is in a calibrated table, and not zero.
BACKGROUND = 0.005
THRESHOLD = 0.5
NO_THREADS = Threads((), (), (), Straining(None, 0.0, 0.0, (), ()))


@dataclass(frozen=True)
class Said:
    """A turn and the chances of its codes."""

    speaker: Speaker
    text: str
    codes: Mapping[str, float]
    experiencing: int = 0


def client(text: str = "It was a week like any other.", *, experiencing: int = 0, **codes: float) -> Said:
    return Said("client", text, codes, experiencing)


def therapist(text: str = "Tell me more about that.", **codes: float) -> Said:
    return Said("therapist", text, codes)


def small_talk(exchanges: int = 6) -> list[Said]:
    """A stretch in which nothing happens."""
    return [said for _ in range(exchanges) for said in (therapist(), client())]


def a_session(
    *said: Said | Iterable[Said],
    ruptures: Iterable[Rupture] = (),
    repairs: Iterable[Repair] = (),
    correctives: Iterable[Corrective] = (),
    moments: Iterable[Moment] = (),
    insights: tuple[int, ...] = (),
) -> SessionReading:
    """A reading of these turns; small talk when there are none. Its id is set by `a_case`."""
    turns = [turn for each in said for turn in ([each] if isinstance(each, Said) else each)] or small_talk()
    session = Session(
        id="made-up",
        turns=tuple(Turn(number, turn.speaker, turn.text) for number, turn in enumerate(turns, start=1)),
        roles=Roles("T", "C", "labelled"),
    )
    called = tuple(moments)
    rate = float(np.mean([moment.met for moment in called])) if len(called) >= 3 else None
    return SessionReading(
        session=session,
        table=_table(turns),
        ruptures=tuple(ruptures),
        repairs=tuple(repairs),
        correctives=tuple(correctives),
        attunement=Attunement(rate, None if rate is None else (0.0, 1.0), called, (rate,) * len(turns)),
        insights=insights,
    )


def a_rupture(
    start: int = 2, end: int = 6, *, confidence: float = 0.8, evidence: tuple[int, ...] = (), **said
) -> Rupture:
    """A withdrawal that nobody took up, unless told otherwise."""
    kind = said.pop("kind", "withdrawal")
    noticed = said.pop("noticed", "not_taken_up")
    by = said.pop("noticed_by", "therapist" if noticed == "in_session" else None)
    resolution = said.pop("resolution", "none")
    return Rupture(start, end, confidence, evidence or (start,), kind, "misunderstanding", noticed, by, resolution)


def a_corrective(start: int = 2, end: int = 6, *, confidence: float = 0.8, full: bool = True) -> Corrective:
    components = ("exposure", "disconfirmation", "registration", *(("meaning",) if full else ()))
    return Corrective(start, end, confidence, (start,), components, "full" if full else "partial")


def a_moment(turn: int, *, call: str = "feeling", met: float = 0.9, weight: float = 0.8) -> Moment:
    return Moment(turn, turn + 1, call, weight, met, 1 - met, 0.0)  # type: ignore[arg-type]


def good(**changes: float) -> dict[str, float]:
    """A check-in of someone who is well looked after."""
    return {"understood": 9, "safe": 9, "goals": 8, "fit": 9, "unsaid": 1, **changes}


def rated(rating: float, *, unsaid: float | None = None) -> dict[str, float]:
    """A check-in with the same answer to all four."""
    given = dict.fromkeys(("understood", "safe", "goals", "fit"), rating)
    return given if unsaid is None else {**given, "unsaid": unsaid}


def a_case(
    readings: Mapping[int, SessionReading | None] | None = None,
    *,
    check_ins: Mapping[int, Mapping[str, float]] | None = None,
    scores: Mapping[str, Mapping[int, float | None]] | None = None,
    events: Iterable[Event] = (),
    name: str = "Noor",
) -> Case:
    """A case with these readings by session number (None: no transcript), ratings by session, scores by instrument."""
    readings, check_ins, events = dict(readings or {}), check_ins or {}, tuple(events)
    given = [(session, CHECK_IN, item, value) for session, of in check_ins.items() for item, value in of.items()]
    given += [(session, each, None, value) for each, of in (scores or {}).items() for session, value in of.items()]
    numbers = sorted({*readings, *(session for session, *_ in given), *(event.session for event in events)})
    return Case(
        client=name,
        sessions=tuple(CaseSession(number, reading=_named(readings.get(number), name, number)) for number in numbers),
        scores=Scores(
            tuple(
                Score(name, session, None, instrument, subscale, value, row)
                for row, (session, instrument, subscale, value) in enumerate(given, start=2)
            )
        ),
        events=events,
        instruments=instruments(),
    )


def _named(reading: SessionReading | None, name: str, number: int) -> SessionReading | None:
    if reading is None:
        return None
    return replace(reading, session=replace(reading.session, id=f"{name.lower()}-{number:02d}"))


def _table(turns: list[Said]) -> CodeTable:
    names = tuple(CODES)
    probabilities = np.full((len(turns), len(names)), np.nan, dtype=np.float32)
    for row, turn in enumerate(turns):
        for column, name in enumerate(names):
            if CODES[name].speaker == turn.speaker:
                probabilities[row, column] = turn.codes.get(name, BACKGROUND)
    return CodeTable(
        codes=names,
        probabilities=probabilities,
        thresholds=dict.fromkeys(names, THRESHOLD),
        experiencing=_levels([turn.experiencing if turn.speaker == "client" else None for turn in turns], 3),
        empathy=np.repeat(
            _levels([0 if turn.speaker == "therapist" else None for turn in turns], 3)[:, None], 3, axis=1
        ),
        therapist_behaviour=_levels([3 if t.speaker == "therapist" else None for t in turns], len(THERAPIST_BEHAVIOUR)),
        client_talk=_levels([1 if turn.speaker == "client" else None for turn in turns], len(CLIENT_TALK)),
    )


def _levels(levels: list[int | None], count: int) -> np.ndarray:
    rows = np.full((len(levels), count), np.nan, dtype=np.float32)
    for row, level in enumerate(levels):
        if level is not None:
            rows[row] = np.where(np.arange(count) == level, 0.9, 0.1 / (count - 1))
    return rows
