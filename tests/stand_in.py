"""A stand-in for coder and episode finder: a human-coded session becomes a plausible `SessionReading`.

No model is loaded. Codes become probabilities with seeded noise, so that some come out wrong, as with a real coder;
episodes are those the person marked, with invented confidences. Good for testing whatever comes after the reading.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np

from attunement.codebook import (
    CLIENT_TALK,
    CODES,
    FAILURE,
    OPENING,
    REPAIR,
    STRAIN,
    THERAPIST_BEHAVIOUR,
)
from attunement.coder.table import CodeTable, FloatArray
from attunement.episodes.model import Attunement, Corrective, Moment, Repair, Rupture, SessionReading
from attunement.evaluation.coded import CodedEpisode, CodedSession, read_coded
from attunement.transcripts.session import Session

CODED_SESSIONS = Path(__file__).parent / "data" / "coded"
SECONDS_PER_WORD, SECONDS_BETWEEN_TURNS = 0.4, 1.5
THRESHOLD = 0.5
MEETS = ("reflection_simple", "reflection_complex", "warmth", "validation", "senses_unspoken", *REPAIR)
FORGETTING = 0.85  # weight of a moment in the running rate, per moment since


def example(name: str = "kwame-07", *, seed: int = 1, timed: bool = False) -> SessionReading:
    """The stand-in reading of one of the sessions under `tests/data/coded`."""
    return stand_in(read_coded(CODED_SESSIONS / f"{name}.txt"), seed=seed, timed=timed)


def stand_in(coded: CodedSession, *, seed: int = 1, timed: bool = False) -> SessionReading:
    """A reading in which the human codes shine through; `timed` gives every turn a time from its length."""
    random = np.random.default_rng(seed)
    session = _timed(coded.session) if timed else coded.session
    table = _table(coded, random)
    correctives = tuple(_corrective(e, coded, random) for e in coded.episodes if e.type == "corrective")
    insights = tuple(
        number
        for number, turn in enumerate(coded.codes, start=1)
        if "insight" in turn.codes and not any(c.start <= number <= c.end for c in correctives)
    )
    return SessionReading(
        session=session,
        table=table,
        ruptures=tuple(_rupture(e, coded, random) for e in coded.episodes if e.type == "rupture"),
        repairs=tuple(_repair(e, coded, random) for e in coded.episodes if e.type == "repair"),
        correctives=correctives,
        attunement=_attunement(session, table),
        insights=insights,
    )


def _timed(session: Session) -> Session:
    turns, clock = [], 0.0
    for turn in session.turns:
        end = clock + SECONDS_PER_WORD * len(turn.text.split())
        turns.append(replace(turn, start_s=round(clock, 2), end_s=round(end, 2)))
        clock = end + SECONDS_BETWEEN_TURNS
    return replace(session, turns=tuple(turns))


def _table(coded: CodedSession, random: np.random.Generator) -> CodeTable:
    names, turns = tuple(CODES), coded.session.turns
    is_client = np.array([turn.speaker == "client" for turn in turns])
    present = np.array([[name in turn.codes for name in names] for turn in coded.codes])
    applies = np.array([[CODES[name].speaker == turn.speaker for name in names] for turn in turns])
    probabilities = np.where(present, random.beta(5, 1.8, present.shape), random.beta(0.6, 14, present.shape))
    question = np.array([bool({"question_open", "question_closed"} & turn.codes) for turn in coded.codes])
    reflection = np.array([bool({"reflection_simple", "reflection_complex"} & turn.codes) for turn in coded.codes])
    behaviour = np.select([question, reflection], [0, 1], default=3)
    return CodeTable(
        codes=names,
        probabilities=np.where(applies, probabilities, np.nan).astype(np.float32),
        thresholds=dict.fromkeys(names, THRESHOLD),
        experiencing=_only(is_client, _levels(np.array([t.experiencing or 0 for t in coded.codes]), 3, random)),
        empathy=_only(~is_client, _levels(np.array([t.empathy or (0, 0, 0) for t in coded.codes]), 3, random)),
        therapist_behaviour=_only(~is_client, _levels(behaviour, len(THERAPIST_BEHAVIOUR), random)),
        client_talk=_only(is_client, _levels(np.ones(len(turns), int), len(CLIENT_TALK), random)),
    )


def _levels(level: np.ndarray, count: int, random: np.random.Generator) -> FloatArray:
    """Probabilities over `count` levels, most of it on the true one."""
    scores = 3.0 * np.eye(count)[level] + random.normal(0, 0.6, (*level.shape, count))
    return cast(FloatArray, np.exp(scores) / np.exp(scores).sum(-1, keepdims=True))


def _only(rows: np.ndarray, values: FloatArray) -> FloatArray:
    values = values.astype(np.float32)
    values[~rows] = np.nan
    return values


def _confidence(random: np.random.Generator) -> float:
    return round(float(random.uniform(0.55, 0.95)), 3)


def _evidence(episode: CodedEpisode, coded: CodedSession, telling: tuple[str, ...], most: int = 5) -> tuple[int, ...]:
    counts = {
        number: len(coded.codes[number - 1].codes & set(telling)) for number in range(episode.start, episode.end + 1)
    }
    found = sorted((n for n, count in counts.items() if count), key=lambda n: (-counts[n], n))
    return tuple(found[:most]) or (episode.start,)


def _rupture(episode: CodedEpisode, coded: CodedSession, random: np.random.Generator) -> Rupture:
    taken_up = episode.attributes["noticed"] == "in_session"
    repairs = [e for e in coded.episodes if e.type == "repair" and e.start <= episode.end and e.end >= episode.start]
    by = repairs[0].attributes["initiated_by"] if repairs else "therapist"
    return Rupture(
        start=episode.start,
        end=episode.end,
        confidence=_confidence(random),
        evidence=_evidence(episode, coded, STRAIN + FAILURE),
        kind=episode.attributes["kind"],  # type: ignore[arg-type]
        cause=episode.attributes["cause"],
        noticed="in_session" if taken_up else "not_taken_up",
        noticed_by=by if taken_up else None,  # type: ignore[arg-type]
        resolution=episode.attributes["resolution"],  # type: ignore[arg-type]
    )


def _repair(episode: CodedEpisode, coded: CodedSession, random: np.random.Generator) -> Repair:
    return Repair(
        start=episode.start,
        end=episode.end,
        confidence=_confidence(random),
        evidence=_evidence(episode, coded, (*REPAIR, "names_rupture")),
        initiated_by=episode.attributes["initiated_by"],  # type: ignore[arg-type]
        resolution=episode.attributes["resolution"],  # type: ignore[arg-type]
    )


def _corrective(episode: CodedEpisode, coded: CodedSession, random: np.random.Generator) -> Corrective:
    telling = ("felt_met", "new_view", "disclosure", "fear_of_response", "names_rupture")
    return Corrective(
        start=episode.start,
        end=episode.end,
        confidence=_confidence(random),
        evidence=_evidence(episode, coded, telling),
        components=episode.components,  # type: ignore[arg-type]
        strength=episode.attributes["strength"],  # type: ignore[arg-type]
    )


def _attunement(session: Session, table: CodeTable) -> Attunement:
    moments = tuple(m for turn in session.turns if turn.speaker == "client" and (m := _moment(turn.number, table)))
    answered = [m for m in moments if m.reply is not None]
    if len(answered) < 3:
        return Attunement(None, None, moments, (None,) * len(session.turns))
    weights = np.array([m.weight for m in answered])
    rate = float(np.average([m.met for m in answered], weights=weights))
    half = 1.96 * float(np.sqrt(rate * (1 - rate) / weights.sum()))
    interval = (round(max(0.0, rate - half), 4), round(min(1.0, rate + half), 4))
    return Attunement(round(rate, 4), interval, moments, _running_rate(len(session.turns), answered))


def _moment(number: int, table: CodeTable) -> Moment | None:
    row, last = number - 1, len(table)
    calls = {
        "feeling": _strongest(table, row, ("feeling", "grief")),
        "risk": _strongest(table, row, tuple(code for code in OPENING if code not in ("feeling", "grief"))),
        "strain": _strongest(table, row, STRAIN),
    }
    call = max(calls, key=lambda name: calls[name])
    if calls[call] < THRESHOLD:
        return None
    if number >= last:
        return Moment(number, None, call, calls[call], 0.0, 1.0, 0.0)  # type: ignore[arg-type]
    harmed = 0.9 * _strongest(table, number, ("hostile",))
    answer = _strongest(table, number, MEETS)
    miss = _strongest(table, number, ("misattuned", "redirect"))
    met = (1 - harmed) / (1 + float(np.exp(0.4 - 4 * (answer - miss))))
    missed = 1 - harmed - met
    return Moment(number, number + 1, call, calls[call], met, missed, harmed)  # type: ignore[arg-type]


def _strongest(table: CodeTable, row: int, codes: tuple[str, ...]) -> float:
    return max(float(table.column(code)[row]) for code in codes)


def _running_rate(length: int, moments: list[Moment]) -> tuple[float | None, ...]:
    line: list[float | None] = []
    for number in range(1, length + 1):
        past = [m for m in moments if m.reply is not None and m.reply <= number]
        weights = [m.weight * FORGETTING**age for age, m in enumerate(reversed(past))]
        met = [m.met for m in reversed(past)]
        line.append(round(float(np.average(met, weights=weights)), 4) if past else None)
    return tuple(line)
