"""How often the finder errs on authored sessions that it had not met, counted as the model's bridge counts."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.episodes import SessionReading
from attunement.episodes.moments import CALLING, reply_to
from attunement.evaluation.coded import CodedEpisode, CodedSession
from benchmarks.held_out_cases import HeldOutCase

OVERLAP = 0.5
OUTCOMES = ("met", "missed", "harmed")
Answers = list[tuple[bool, bool]]


def finder_errors(cases: list[HeldOutCase]) -> dict[str, tuple[float, float, int]]:
    """By kind: sensitivity, specificity (of episodes: as false ones for each of 40 exchanges), and true ones."""
    read = [(case.coded[s.number], s.reading) for case in cases for s in case.case.read if s.reading is not None]
    found = {
        kind: _rates([a for both in read for a in _moments(*both, kind)]) for kind in ("opened", "missed", "harmed")
    }
    return found | {kind: _episodes(read, kind) for kind in ("rupture", "repair")}


def _rates(answers: Answers) -> tuple[float, float, int]:
    true = [said for truth, said in answers if truth]
    false = [said for truth, said in answers if not truth]
    return sum(true) / len(true), 1 - sum(false) / len(false), len(true)


def _moments(coded: CodedSession, reading: SessionReading, kind: str) -> Iterator[tuple[bool, bool]]:
    """For each client turn, whether it is one of this kind, as written and as found."""
    moments = {moment.turn: moment for moment in reading.attunement.moments}
    turns = coded.session.turns
    for row, turn in enumerate(turns):
        if turn.speaker != "client":
            continue
        reply, moment = reply_to(turns, row), moments.get(turn.number)
        calls = reply is not None and bool(coded.codes[row].codes & set(CALLING))
        said = moment and max(OUTCOMES, key=lambda outcome: getattr(moment, outcome))
        if kind == "opened":
            yield calls, moment is not None
        else:
            yield calls and _outcome(coded, reply) == kind, said == kind


def _outcome(coded: CodedSession, reply: int | None) -> str:
    codes = coded.codes[reply].codes if reply is not None else frozenset()
    return "harmed" if "hostile" in codes else "missed" if "misattuned" in codes else "met"


def _episodes(read: list[tuple[CodedSession, SessionReading]], kind: str) -> tuple[float, float, int]:
    hits = true = false = 0
    for coded, reading in read:
        written = [each for each in coded.episodes if each.type == kind and _counts(kind, each)]
        found = reading.ruptures if kind == "rupture" else [r for r in reading.repairs if r.resolution != "none"]
        true += len(written)
        hits += sum(any(_overlap(each, other) >= OVERLAP for other in found) for each in written)
        false += sum(not any(_overlap(each, other) >= OVERLAP for each in written) for other in found)
    return hits / true, 1 - false / len(read) / 40, true


def _counts(kind: str, episode: CodedEpisode) -> bool:
    return kind == "rupture" or episode.attributes.get("resolution") != "none"


def _overlap(one, other) -> float:  # type: ignore[no-untyped-def]
    both = min(one.end, other.end) - max(one.start, other.start) + 1
    return max(0, both) / (max(one.end, other.end) - min(one.start, other.start) + 1)
