"""The authored cases of several whole sessions, each read by a coder and finder that had not seen it, and its codes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from attunement.case.alliance import CHECK_IN
from attunement.case.record import Case, CaseSession
from attunement.episodes import SessionReading
from attunement.evaluation.coded import CodedSession
from attunement.measures.answers import Score, Scores
from attunement.measures.instruments import instrument
from attunement.transcripts.coded_text import take_apart
from benchmarks.held_out import HeldOut
from training.sources import CORPUS

# Fragments, pairs and sessions standing alone are no course of a therapy.
NOT_A_COURSE = ("frag-", "pair-", "solo-")


@dataclass(frozen=True)
class HeldOutCase:
    """A case as `attunement follow` would see it, and what its writer knew of it; all by session number.

    `belief` is how strongly the client holds `belief_text` before and after a session (0-100), `ratings` what they
    answer after it (0-10; `unsaid`: high is bad).
    """

    case: Case
    coded: dict[int, CodedSession] = field(repr=False)
    belief: dict[int, tuple[float, float]]
    belief_text: str
    ratings: dict[int, dict[str, float]]


def held_out_cases(held_out: HeldOut | None = None) -> list[HeldOutCase]:
    """All cases with two whole sessions or more, by name; some twenty seconds for the readings."""
    held_out = held_out or HeldOut.load()
    cases: dict[str, list[tuple[CodedSession, SessionReading]]] = defaultdict(list)
    for coded, reading in zip(held_out.data.coded, held_out.readings, strict=True):
        if not coded.session.id.startswith(NOT_A_COURSE):
            cases[coded.case].append((coded, reading))
    return [_held_out_case(name, sessions) for name, sessions in sorted(cases.items()) if len(sessions) > 1]


def _held_out_case(name: str, sessions: list[tuple[CodedSession, SessionReading]]) -> HeldOutCase:
    sessions = sorted(sessions, key=lambda pair: number_of(pair[0]))
    coded = {number_of(each): each for each, _ in sessions}
    return HeldOutCase(
        case=Case(
            client=name,
            sessions=tuple(
                CaseSession(number_of(each), reading=reading, file=f"{each.session.id}.txt")
                for each, reading in sessions
            ),
            scores=_scores(name, coded),
            instruments=(instrument(CHECK_IN),),
        ),
        coded=coded,
        belief={number: each.belief for number, each in coded.items() if each.belief},
        belief_text=_belief_text(coded[min(coded)]),
        ratings={number: each.ratings for number, each in coded.items() if each.ratings},
    )


def number_of(coded: CodedSession) -> int:
    """Which session of the therapy it is: the number its id ends with."""
    return int(coded.session.id.rsplit("-", 1)[1])


def _scores(client: str, coded: dict[int, CodedSession]) -> Scores:
    return Scores(
        tuple(
            Score(client, number, None, CHECK_IN, rating, value, row=line)
            for line, (number, each) in enumerate(coded.items(), start=2)
            for rating, value in each.ratings.items()
        )
    )


def _belief_text(coded: CodedSession) -> str:
    header = take_apart((CORPUS / f"{coded.session.id}.txt").read_text(encoding="utf-8")).header
    return re.sub(r"\s*\|[^|]*$", "", header.get("belief", ""))
