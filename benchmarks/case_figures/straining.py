"""How often the client's usual way of straining is right, and what is said to have helped."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from attunement.case.threads import straining
from attunement.case.threads.straining import CLEAR_SHARE, FEWEST_TIMES, FEWEST_TURNS, RESPONSES, WITHIN
from attunement.codebook import STRAIN, STRAIN_CONFRONTATION, STRAIN_WITHDRAWAL
from attunement.evaluation.coded import CodedSession
from attunement.evaluation.metrics import Floats
from benchmarks.case_figures.figure import Figure, accuracy, over_cases, rank_correlation, rounded
from benchmarks.held_out_cases import HeldOutCase


def straining_figures(cases: list[HeldOutCase]) -> list[Figure]:
    """The usual way, its codes, and what was followed by ease, against the codes of the corpus."""
    found = [straining(case.case) for case in cases]
    counts = [(_coded(case, STRAIN_WITHDRAWAL), _coded(case, STRAIN_CONFRONTATION)) for case in cases]
    kinds = [[(_kind(*count), each.kind)] for count, each in zip(counts, found, strict=True)]
    shares = [[(w / (w + c), each.withdrawal)] for (w, c), each in zip(counts, found, strict=True)]
    commonest = [
        [(True, _commonest_code(case) in [code for code, _ in each.codes])]
        for case, each in zip(cases, found, strict=True)
    ]
    most = max({part[0][0] for part in kinds}, key=lambda kind: sum(part[0][0] == kind for part in kinds))
    return [
        rounded(
            "usual way of straining (withdrawal, confrontation, neither)",
            "share right",
            len(cases),
            over_cases(kinds, accuracy),
            plain=f"always {most}",
            baseline=accuracy([[(part[0][0], most)] for part in kinds]),
        ),
        rounded("share of withdrawal in strain", "rank correlation", len(cases), over_cases(shares, rank_correlation)),
        rounded(
            "commonest code of strain among the three said",
            "share right",
            len(cases),
            over_cases(commonest, accuracy),
            plain="the three commonest of all cases",
            baseline=_commonest_of_all(cases),
        ),
        *_eased(cases),
    ]


def _eased(cases: list[HeldOutCase]) -> list[Figure]:
    """Rates of each therapist's responses, then of each response over all therapists: is the order of them right?"""
    own = [_rates(case) for case in cases]
    sums = [_sums(case) for case in cases]
    examples = len(_over_all(sums))
    return [
        rounded(
            "rate at which strain eased after a response of this therapist",
            "rank correlation",
            sum(map(len, own)),
            over_cases(own, rank_correlation),
        ),
        rounded(
            "the same rates, by response over all therapists",
            "rank correlation",
            examples,
            over_cases(sums, lambda parts: rank_correlation([_over_all(parts)])),
        ),
    ]


def _coded(case: HeldOutCase, codes: tuple[str, ...]) -> int:
    return sum(bool(turn.codes & set(codes)) for coded in case.coded.values() for turn in coded.codes)


def _kind(withdrawal: int, confrontation: int) -> str | None:
    both = withdrawal + confrontation
    if both >= FEWEST_TURNS and withdrawal >= CLEAR_SHARE * both:
        return "withdrawal"
    return "confrontation" if both >= FEWEST_TURNS and confrontation >= CLEAR_SHARE * both else None


def _commonest_code(case: HeldOutCase) -> str:
    return max(STRAIN, key=lambda code: _coded(case, (code,)))


def _commonest_of_all(cases: list[HeldOutCase]) -> float:
    three = sorted(STRAIN, key=lambda code: -sum(_coded(case, (code,)) for case in cases))[:3]
    return float(np.mean([_commonest_code(case) in three for case in cases]))


def _rates(case: HeldOutCase) -> list[tuple[float, float]]:
    """For each response often enough in codes and reading: how often no strain came after it, coded and read."""
    return [
        (coded_eased / coded, eased / times)
        for coded, coded_eased, times, eased in _sums(case)
        if min(coded, times) >= FEWEST_TIMES
    ]


def _over_all(parts: Sequence[Floats]) -> list[tuple[float, float]]:
    return [
        (coded_eased / coded, eased / times)
        for coded, coded_eased, times, eased in np.sum(parts, axis=0)
        if min(coded, times) >= FEWEST_TIMES
    ]


def _sums(case: HeldOutCase) -> Floats:
    """A row a response: how often it came after strain and how often strain eased, as coded, then the same as read."""
    eased: dict[str, list[float]] = {code: [] for code in RESPONSES}
    for coded in case.coded.values():
        _add_eased(coded, eased)
    read = {each.code: (each.times, each.eased) for each in straining(case.case).helped}
    return np.array([(len(eased[code]), sum(eased[code]), *read.get(code, (0.0, 0.0))) for code in RESPONSES])


def _add_eased(coded: CodedSession, eased: dict[str, list[float]]) -> None:
    turns = coded.session.turns
    for row, marks in enumerate(coded.codes[:-1]):
        after = [later for later in range(row + 2, len(turns)) if turns[later].speaker == "client"][:WITHIN]
        if marks.codes & set(STRAIN) and after:
            calm = [not coded.codes[n].codes & set(STRAIN) or "felt_met" in coded.codes[n].codes for n in after]
            for code in coded.codes[row + 1].codes & set(RESPONSES):
                eased[code].append(float(np.mean(calm)))
