"""How often it is right that a repair held, from what the transcripts show.

The ratings are left out here, since the marks know nothing of them.
"""

from __future__ import annotations

from dataclasses import replace

from attunement.case.threads import repair_fates
from attunement.case.threads.repairs import NEXT_SESSIONS
from attunement.evaluation.coded import CodedEpisode
from attunement.measures.answers import Scores
from benchmarks.case_figures.figure import Figure, accuracy, macro_f1, over_cases, rounded
from benchmarks.case_figures.marked import marked_at, marked_in, with_marked
from benchmarks.held_out_cases import HeldOutCase


def repair_figures(cases: list[HeldOutCase]) -> list[Figure]:
    """First with the repairs known, then for those found that were marked too."""
    return [*_figures(cases, True, "repairs known"), *_figures(cases, False, "repairs found")]


def _figures(cases: list[HeldOutCase], known: bool, how: str) -> list[Figure]:
    failed = [_failed(case, known) for case in cases]
    always_held = [[(truth, False) for truth, _ in part] for part in failed]
    return [
        rounded(
            f"repair held, {how}",
            name,
            sum(map(len, failed)),
            over_cases(failed, measure),
            plain="always held",
            baseline=measure(always_held),
        )
        for name, measure in (("share right", accuracy), ("macro-F1", macro_f1))
    ]


def _failed(case: HeldOutCase, known: bool) -> list[tuple[bool, bool]]:
    """(did not hold, said so) for the repairs that are both marked and read."""
    read = replace(with_marked(case, "repair") if known else case.case, scores=Scores(()))
    marked = [*marked_in(case, "repair")]
    answers = []
    for fate in repair_fates(read):
        hit = marked_at(marked, fate.session, fate.repair.start, fate.repair.end)
        if hit and fate.held is not None:
            answers.append((not _held(case, *hit), not fate.held))
    return answers


def _held(case: HeldOutCase, number: int, repair: CodedEpisode) -> bool:
    """No rupture of the repaired kind is marked in the next two sessions there are."""
    kinds = [e.attributes["kind"] for e in case.coded[number].episodes if e.type == "rupture" and e.start <= repair.end]
    after = [coded for later, coded in case.coded.items() if later > number][:NEXT_SESSIONS]
    again = [e.attributes["kind"] for coded in after for e in coded.episodes if e.type == "rupture"]
    return not any(not kinds or kind == kinds[-1] or "mixed" in (kind, kinds[-1]) for kind in again)
