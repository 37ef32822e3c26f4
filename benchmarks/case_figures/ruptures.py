"""How often the fate of a rupture is right: taken up in a later session, or never."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from attunement.case.findings import RuptureFate
from attunement.case.threads import rupture_fates
from attunement.case.threads.ruptures import RULE, Rule, likeliest_taking_up
from benchmarks.case_figures.figure import (
    FOUND,
    Figure,
    accuracy,
    area,
    macro_f1,
    of_answers,
    opposite,
    over_cases,
    rounded,
)
from benchmarks.case_figures.marked import marked_at, marked_in
from benchmarks.held_out_cases import HeldOutCase

RULES = [
    Rule(opening, as_likely_as_not, fading)
    for opening in (1 / 4, 1 / 3, 2 / 5, 1 / 2)
    for as_likely_as_not in (1.0, 1.5, 2.0, 2.5, 3.0)
    for fading in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7)
]


def rupture_figures(cases: list[HeldOutCase]) -> list[Figure]:
    """First with the ruptures known that were not taken up in their session, then from the transcripts alone."""
    return [
        *_ruptures_known(cases),
        _constants_anew(cases),
        *_fates_of_found(cases),
        *_found(cases, "late"),
        *_found(cases, "missed"),
    ]


def _ruptures_known(cases: list[HeldOutCase]) -> list[Figure]:
    chances = [[*_chances(case)] for case in cases]
    answers = [[(late, chance >= 0.5) for late, chance in part] for part in chances]
    always_late = [[(late, True) for late, _ in part] for part in chances]
    examples = sum(map(len, chances))
    task, late, missed = "late or missed, ruptures known", "late, ruptures known", "missed, ruptures known"
    return [
        *of_answers(task, {"share right": accuracy, "macro-F1": macro_f1}, answers, "always late", always_late),
        rounded(task, "AUC of the chance", examples, over_cases(chances, area), plain="guessing", baseline=0.5),
        *of_answers(late, FOUND, answers, "always late", always_late),
        *of_answers(missed, FOUND, opposite(answers), "always missed", opposite(_never(always_late))),
    ]


def _never(answers: list[list[tuple[bool, bool]]]) -> list[list[tuple[bool, bool]]]:
    return [[(truth, False) for truth, _ in part] for part in answers]


def _chances(case: HeldOutCase, rule: Rule = RULE) -> Iterator[tuple[bool, float]]:
    """For every rupture marked as late or missed: whether late, and the chance of it from the later sessions read."""
    for number, marked in marked_in(case, "rupture"):
        later = tuple(session for session in case.case.read if session.number > number)
        taking_up = likeliest_taking_up(later, rule)
        if marked.attributes["noticed"] != "in_session" and taking_up:
            yield marked.attributes["noticed"] == "late", taking_up.chance


def _constants_anew(cases: list[HeldOutCase]) -> Figure:
    """The rule's three constants were settled on these ruptures; here each case gets the best ones of the others."""
    answers = {
        rule: [[(late, chance >= 0.5) for late, chance in _chances(case, rule)] for case in cases] for rule in RULES
    }
    chosen = []
    for place in range(len(cases)):
        best = max(RULES, key=lambda rule: macro_f1([*answers[rule][:place], *answers[rule][place + 1 :]]))
        chosen.append(answers[best][place])
    task = "late or missed, ruptures known, constants from the other cases"
    return rounded(task, "macro-F1", sum(map(len, chosen)), over_cases(chosen, macro_f1))


def _fates_of_found(cases: list[HeldOutCase]) -> list[Figure]:
    """Of ruptures both found and marked: how often each fate is right, beside the confidence it is given with."""
    hits = [_hits(case) for case in cases]
    figures = []
    for fate in ("in_session", "late", "missed"):
        said = [[(noticed, each.noticed) for noticed, each in part if each.noticed == fate] for part in hits]
        stated = [each.confidence for part in hits for _, each in part if each.noticed == fate]
        task = f"said to be {fate.replace('_', ' ')}, rupture found"
        right = over_cases(said, accuracy)
        plain = "confidence stated, mean"
        figures.append(rounded(task, "share right", len(stated), right, plain=plain, baseline=np.mean(stated)))
    return figures


def _hits(case: HeldOutCase) -> list[tuple[str, RuptureFate]]:
    """For each rupture that is both found and marked: how it is marked, and what is said."""
    marked = marked_in(case, "rupture")
    fates = [
        (each, marked_at(marked, each.session, each.rupture.start, each.rupture.end))
        for each in rupture_fates(case.case)
    ]
    return [(hit[1].attributes["noticed"], each) for each, hit in fates if hit]


def _found(cases: list[HeldOutCase], fate: str) -> list[Figure]:
    """A rupture must be found, and its fate be right; the plain rule gives all ruptures left open the same fate."""
    said = [[*_answers(case, fate)] for case in cases]
    always = [[*_answers(case, fate, always=True)] for case in cases]
    return of_answers(f"{fate}, from the transcripts alone", FOUND, said, f"always {fate}", always)


def _answers(case: HeldOutCase, fate: str, *, always: bool = False) -> Iterator[tuple[bool, bool]]:
    """(true, said) for every rupture with that fate, marked or found, which has a later session."""
    marked = [
        (number, each)
        for number, each in marked_in(case, "rupture")
        if each.attributes["noticed"] == fate and number != max(case.coded)
    ]
    for found in rupture_fates(case.case):
        if found.noticed == fate or (always and found.noticed in ("late", "missed")):
            hit = marked_at(marked, found.session, found.rupture.start, found.rupture.end)
            if hit:
                marked.remove(hit)
            yield hit is not None, True
    yield from ((True, False) for _ in marked)
