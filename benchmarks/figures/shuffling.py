"""How much the shipped coder leans on what came before: its reading of sessions whose exchanges were shuffled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from attunement.evaluation.bootstrap import Bootstrap
from attunement.evaluation.coded import CodedSession
from benchmarks.figures.sums import by_case, difference, f1_of_sums
from benchmarks.figures.ways import ASKED, codes_of
from benchmarks.garbling import shuffled
from benchmarks.sample import EVERY, Read, as_written, corpus_sample, read


@dataclass(frozen=True)
class Shuffled:
    """F1 of the shipped coder on sessions it knows, as they are and with exchanges shuffled; 95 % of the fall."""

    thing: str
    clean: float
    shuffled: float
    low: float
    high: float


def shuffling(every: int = EVERY) -> list[Shuffled]:
    """How much the coder leans on what came before."""
    coded = corpus_sample(every)
    clean = read(coded, as_written, "in order")
    mixed = read(coded, lambda session: shuffled(session)[0], "shuffled")
    back = replace(mixed, coded=[_reordered(one) for one in coded])
    return [_shuffled(thing, clean, back) for thing in ASKED]


def _reordered(one: CodedSession) -> CodedSession:
    _, order = shuffled(one.session)
    return replace(one, codes=tuple(one.codes[row] for row in order))


def _shuffled(thing: str, clean: Read, mixed: Read) -> Shuffled:
    codes, cases = codes_of(thing), clean.cases()
    before, after = (by_case(each.marked(codes), each.decided(codes), cases) for each in (clean, mixed))
    bootstrap = Bootstrap.over(len(before))
    first, second = float(f1_of_sums(before.sum(0))), float(f1_of_sums(after.sum(0)))
    _, low, high = difference(before, after, bootstrap)
    return Shuffled(thing, first, second, low, high)
