"""`make bench-beliefs`: how often the belief map is right on the authored cases, read by coders that had not seen them.

Prints: whether turns of one expectation are put together (gold: `corpus/beliefs`, one model reader), from the reader's
own turns and from the reading; whether the first belief is the one the case was written around; whether `loosened`
and the strength go with the written belief. 95 % are bootstraps over cases. `--json FILE` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.stats import rankdata, spearmanr

from attunement.case.beliefs import beliefs_of
from attunement.case.beliefs.groups import ALIKE, labels
from attunement.case.beliefs.likeness import Wording
from attunement.case.beliefs.likeness import likeness as our_likeness
from attunement.case.beliefs.voices import Voice, client_turns
from attunement.case.findings import Belief
from benchmarks.belief_vectors import TurnVectors
from benchmarks.held_out_cases import HeldOutCase, held_out_cases
from training.sources import ROOT

GOLD = ROOT / "corpus" / "beliefs"
CODES = {"belief_self", "belief_other", "hiding", "fear_of_response"}
LOOSENED_POINTS = 10.0  # of 100, from before the first session to after the last
RESAMPLES = 1000
KIND_BESIDE_VECTORS = 0.2  # the best of 0.1, 0.2, 0.3, 0.5 and 1 on the cases for choosing
Place = tuple[int, int]


@dataclass(frozen=True)
class Figure:
    """One line: what was measured, on what, its value with its 95 % interval, and how many it rests on."""

    task: str
    on: str
    value: float
    low: float | None = None
    high: float | None = None
    examples: int | None = None


def bootstrap(rows: Sequence[object], figure: Callable[[list[object]], float]) -> tuple[float, float, float]:
    """The figure of all rows, and the 2.5 and 97.5 % points of it over rows drawn with replacement."""
    random = np.random.default_rng(1)
    draws = [figure([rows[each] for each in random.integers(0, len(rows), len(rows))]) for _ in range(RESAMPLES)]
    return figure(list(rows)), float(np.nanquantile(draws, 0.025)), float(np.nanquantile(draws, 0.975))


# --- gold -----------------------------------------------------------------------------------------------------------


def gold_groups(path: Path) -> dict[Place, str]:
    """The name of each turn's expectation, by (session, turn); of a turn that stands alone, its own."""
    groups = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        name, turns = line.rsplit(": ", 1)
        for place in turns.split():
            session, turn = (int(part) for part in place.split(":"))
            groups[session, turn] = f"alone {place}" if name == "alone" else name
    return groups


def halves() -> dict[str, list[str]]:
    """The cases for choosing a method and those for measuring it, by turns of the alphabet."""
    names = sorted(path.stem for path in GOLD.glob("*.txt"))
    return {"choose": names[::2], "measure": names[1::2]}


# --- grouping -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agreement:
    """Pairs of turns: `both` put together by both, `ours` and `theirs` by either, of `pairs`."""

    both: int
    ours: int
    theirs: int
    pairs: int

    @property
    def adjusted_rand(self) -> float:
        """1 is the same grouping, 0 what chance gives (Hubert & Arabie, 1985)."""
        chance, most = self.ours * self.theirs / max(self.pairs, 1), (self.ours + self.theirs) / 2
        return (self.both - chance) / (most - chance) if most != chance else 0.0


def agreement(ours: Sequence[object], theirs: Sequence[object]) -> Agreement:
    """Of two groupings of the same turns."""

    def together(names: Sequence[object]) -> int:
        return sum(count * (count - 1) // 2 for count in Counter(names).values())

    both = together(list(zip(ours, theirs, strict=True)))
    return Agreement(both, together(ours), together(theirs), len(ours) * (len(ours) - 1) // 2)


def pair_f1(rows: Sequence[Agreement]) -> float:
    """F1 of the pairs put together, over all cases."""
    return 2 * sum(row.both for row in rows) / max(sum(row.ours + row.theirs for row in rows), 1)


def mean_rand(rows: Sequence[Agreement]) -> float:
    """The adjusted Rand index, averaged over cases."""
    return float(np.mean([row.adjusted_rand for row in rows]))


def wording_of(case: HeldOutCase) -> Wording:
    """How rare each word is in this client's talk."""
    return Wording.of(client_texts(case))


def client_texts(case: HeldOutCase) -> list[str]:
    """All the client says."""
    return [turn.text for each in case.coded.values() for turn in each.session.turns if turn.speaker == "client"]


@cache
def vectors() -> TurnVectors:
    """Fitted on the client turns of all cases."""
    return TurnVectors([text for case in cases().values() for text in client_texts(case)])


@cache
def cases() -> dict[str, HeldOutCase]:
    """All held-out cases by name."""
    return {each.case.client: each for each in held_out_cases()}


def coded_voices(case: HeldOutCase, gold: dict[Place, str]) -> list[Voice]:
    """The turns of the gold grouping, with what the held-out coder makes of them."""
    voices = [voice for session in case.case.read for voice in client_turns(session)]
    return [voice for voice in voices if (voice.session, voice.turn) in gold]


def by_kind(case: HeldOutCase, voices: list[Voice]) -> np.ndarray:
    """Likeness of kind alone."""
    kinds = np.array([voice.kinds for voice in voices])
    kinds = kinds / np.linalg.norm(kinds, axis=1, keepdims=True)
    return np.asarray(kinds @ kinds.T)


def by_words(case: HeldOutCase, voices: list[Voice]) -> np.ndarray:
    """Shared words alone."""
    texts = [voice.text for voice in voices]
    return np.asarray(wording_of(case).overlap(texts, texts))


def by_vectors(case: HeldOutCase, voices: list[Voice]) -> np.ndarray:
    """Word vectors alone."""
    table = vectors().of([voice.text for voice in voices])
    return np.asarray(table @ table.T)


def by_vectors_and_kind(case: HeldOutCase, voices: list[Voice]) -> np.ndarray:
    """Word vectors beside kind."""
    return np.asarray(by_vectors(case, voices) + KIND_BESIDE_VECTORS * by_kind(case, voices))


def ours(case: HeldOutCase, voices: list[Voice]) -> np.ndarray:
    """What the map uses."""
    return our_likeness(voices, wording_of(case))


METHODS = {
    "the map: words and kind": ours,
    "words alone": by_words,
    "kind alone": by_kind,
    "word vectors alone": by_vectors,
    "word vectors and kind": by_vectors_and_kind,
}


def grouped(method: str, names: list[str], at_least: float) -> list[Agreement]:
    """The method's grouping of the reader's turns beside the reader's own, case by case."""
    rows = []
    for name in names:
        table, truth = _likeness(method, name)
        rows.append(agreement(labels(table, at_least=at_least), truth))
    return rows


@cache
def _likeness(method: str, name: str) -> tuple[np.ndarray, list[str]]:
    gold, case = gold_groups(GOLD / f"{name}.txt"), cases()[name]
    voices = coded_voices(case, gold)
    return METHODS[method](case, voices), [gold[voice.session, voice.turn] for voice in voices]


def chosen(method: str, names: list[str]) -> float:
    """The threshold with the highest adjusted Rand index on these cases."""
    pairs = np.concatenate(
        [table[np.triu_indices(len(table), 1)] for table, _ in (_likeness(method, n) for n in names)]
    )
    return max(np.quantile(pairs, np.linspace(0.02, 0.98, 49)), key=lambda cut: mean_rand(grouped(method, names, cut)))


def grouping_figures() -> list[Figure]:
    """The reader's turns, grouped by each method; thresholds are chosen on the first half."""
    half, figures = halves(), []
    for method in METHODS:
        cut = ALIKE if method.startswith("the map") else float(chosen(method, half["choose"]))
        for on, names in half.items():
            rows = grouped(method, names, cut)
            turns = sum(len(_likeness(method, name)[1]) for name in names)
            figures += [
                Figure(f"{method}: adjusted Rand", on, *bootstrap(rows, mean_rand), turns),  # type: ignore[arg-type]
                Figure(f"{method}: pairs, F1", on, *bootstrap(rows, pair_f1), turns),  # type: ignore[arg-type]
            ]
    for on, names in half.items():
        truths = [_likeness("words alone", name)[1] for name in names]
        rows = [agreement([0] * len(truth), truth) for truth in truths]
        figures.append(Figure("all in one group: pairs, F1", on, *bootstrap(rows, pair_f1)))  # type: ignore[arg-type]
    return figures


# --- end to end -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A map beside the reader's codes: turns on both, on the map, coded; a pair with an uncoded turn is wrong."""

    both: int
    on_map: int
    coded: int
    pairs: Agreement


def places(belief: Belief) -> list[Place]:
    """The turns of a belief."""
    return [(each.session, each.turns[0]) for each in belief.voiced]


def found(name: str) -> Found:
    """The map of one case against the gold grouping."""
    gold, beliefs = gold_groups(GOLD / f"{name}.txt"), maps()[name]
    on_map = {place: number for number, belief in enumerate(beliefs) for place in places(belief)}
    both = sum(on_map[a] == on_map[b] and gold.get(a, a) == gold.get(b, b) for a, b in combinations(sorted(on_map), 2))
    mine, theirs = (agreement(list(names), list(names)).ours for names in (on_map.values(), gold.values()))
    return Found(len(on_map.keys() & gold.keys()), len(on_map), len(gold), Agreement(both, mine, theirs, 0))


@cache
def maps() -> dict[str, tuple[Belief, ...]]:
    """The belief map of each case."""
    return {name: beliefs_of(case.case) for name, case in cases().items()}


def found_figures() -> list[Figure]:
    """Is a turn on the map one that the reader coded, and are pairs of turns put together as by the reader?"""
    figures = []
    for on, names in halves().items():
        rows = [found(name) for name in names]
        for task, figure in (
            ("turns on the map that the reader coded", lambda rows: _share(rows, "on_map")),
            ("turns the reader coded that are on the map", lambda rows: _share(rows, "coded")),
            ("from the reading: pairs, F1", lambda rows: pair_f1([row.pairs for row in rows])),
        ):
            figures.append(Figure(task, on, *bootstrap(rows, figure), sum(row.on_map for row in rows)))  # type: ignore[arg-type]
    return figures


def _share(rows: Sequence[Found], of: str) -> float:
    return sum(row.both for row in rows) / max(sum(getattr(row, of) for row in rows), 1)


def quote_figures() -> list[Figure]:
    """Is the quoted turn one that the reader coded? On all cases with a belief on the map."""
    rows = []
    for name, beliefs in maps().items():
        coded = cases()[name].coded
        if beliefs:
            place = beliefs[0].words
            rows.append(bool(coded[place.session].codes[place.turns[0] - 1].codes & CODES))
    have = [bool(beliefs) for beliefs in maps().values()]
    return [
        Figure("cases with a belief on the map", "all", *bootstrap(have, np.mean), len(have)),  # type: ignore[arg-type]
        Figure("quoted turn of the first belief: the reader coded it", "all", *bootstrap(rows, np.mean), len(rows)),  # type: ignore[arg-type]
    ]


# --- the written belief ---------------------------------------------------------------------------------------------


def header_ranks(
    texts: Callable[[str], list[str]], alike: Callable[[str, list[str], list[str]], np.ndarray]
) -> list[float]:
    """For each case with texts, the rank of its own written belief among those of all cases."""
    names = list(cases())
    headers = [cases()[name].belief_text for name in names]
    ranks = []
    for number, name in enumerate(names):
        said = texts(name)
        if said:
            ranks.append(float(rankdata(-alike(name, said, headers))[number]))
    return ranks


def header_figures() -> list[Figure]:
    """The first belief's turns, and as a control for the topic all the client's turns, against all written beliefs."""

    def first(name: str) -> list[str]:
        if not maps()[name]:
            return []
        turns = {number: coded.session.turns for number, coded in cases()[name].coded.items()}
        return [turns[session][turn - 1].text for session, turn in places(maps()[name][0])]

    def everything(name: str) -> list[str]:
        return client_texts(cases()[name]) if maps()[name] else []

    def words(name: str, said: list[str], headers: list[str]) -> np.ndarray:
        return np.asarray(wording_of(cases()[name]).overlap(said, headers).mean(axis=0))

    def meaning(name: str, said: list[str], headers: list[str]) -> np.ndarray:
        return np.asarray(vectors().of(said).mean(axis=0) @ vectors().of(headers).T)

    figures = []
    for what, texts in (("first belief", first), ("all the client says", everything)):
        for how, alike in (("by words", words), ("by word vectors", meaning)):
            ranks = header_ranks(texts, alike)
            on = f"of {len(cases())}"
            figures += [
                Figure(
                    f"{what}, {how}: median rank of the written belief", on, *bootstrap(ranks, np.median), len(ranks)
                ),  # type: ignore[arg-type]
                Figure(f"{what}, {how}: among the first three", on, *bootstrap(ranks, _top_three), len(ranks)),  # type: ignore[arg-type]
            ]
    return figures


def _top_three(ranks: Sequence[float]) -> float:
    return float(np.mean(np.array(ranks) <= 3))


def written_course(case: HeldOutCase) -> tuple[float, float]:
    """How strongly the belief is held before the first session and after the last."""
    return case.belief[min(case.belief)][0], case.belief[max(case.belief)][1]


def loosening_figures() -> list[Figure]:
    """Whether the first belief is said to have loosened by experience where the written one fell by ten points."""
    rows = []
    for name, beliefs in maps().items():
        before, after = written_course(cases()[name])
        if beliefs and beliefs[0].loosened is not None:
            rows.append((beliefs[0].loosened == "experience", before - after >= LOOSENED_POINTS))

    def figure(keep: Callable[[tuple[bool, bool]], bool], right: Callable[[tuple[bool, bool]], bool]):  # type: ignore[no-untyped-def]
        return lambda drawn: float(np.mean([right(row) for row in drawn if keep(row)] or [np.nan]))

    lines = (
        ("loosened, agreement", lambda row: True, lambda row: row[0] == row[1]),
        ("loosened, if it always said so", lambda row: True, lambda row: row[1]),
        ("said to have loosened, of those that did", lambda row: row[1], lambda row: row[0]),
        ("said not to have loosened, of those that did not", lambda row: not row[1], lambda row: not row[0]),
    )
    return [
        Figure(task, "first belief", *bootstrap(rows, figure(keep, right)), sum(map(keep, rows)))  # type: ignore[arg-type]
        for task, keep, right in lines
    ]


def moving_figures() -> list[Figure]:
    """The points by which the written belief fell beside the turns in which the first belief is seen to move."""
    rows = []
    for name, beliefs in maps().items():
        before, after = written_course(cases()[name])
        if beliefs:
            moves = len(beliefs[0].new_views) + len(beliefs[0].lived_outside)
            rows.append((float(moves), before - after, float(len(cases()[name].belief))))
    whole = [row for row in rows if row[2] == max(sessions for *_, sessions in rows)]

    def correlation(drawn: Sequence[tuple[float, float, float]]) -> float:
        moves, fallen, _ = zip(*drawn, strict=True)
        return float(spearmanr(moves, fallen).statistic)

    return [
        Figure("turns that move and points fallen, rank correlation", on, *bootstrap(given, correlation), len(given))  # type: ignore[arg-type]
        for on, given in (("first belief", rows), ("cases of 4 sessions", whole))
    ]


def strength_figures() -> list[Figure]:
    """The first belief's strength in a session beside the written one, the mean of before and after."""
    rows = []
    for name, beliefs in maps().items():
        written = cases()[name].belief
        if beliefs and len(written) > 2:
            points = [(point.value, float(np.mean(written[point.session]))) for point in beliefs[0].strength]
            rows.append(np.array(points))

    def pooled(drawn: Sequence[np.ndarray]) -> float:
        both = np.concatenate(list(drawn))
        return float(spearmanr(both[:, 0], both[:, 1]).statistic)

    def within(drawn: Sequence[np.ndarray]) -> float:
        each = [spearmanr(case[:, 0], case[:, 1]).statistic for case in drawn if len(set(case[:, 0])) > 1]
        return float(np.nanmean(each))

    return [
        Figure(
            "strength and written belief, rank correlation", "sessions", *bootstrap(rows, pooled), sum(map(len, rows))
        ),  # type: ignore[arg-type]
        Figure("the same within a case, mean", "cases of 3 or more", *bootstrap(rows, within), len(rows)),  # type: ignore[arg-type]
    ]


def shown(figures: list[Figure]) -> Table:
    """The table as printed."""
    table = Table(title="The belief map on cases the coder had not seen", title_justify="left")
    for name in ("task", "on", "value", "95 %", "examples"):
        table.add_column(name, justify="left" if name in ("task", "on") else "right")
    for figure in figures:
        interval = "" if figure.low is None else f"{figure.low:.2f} to {figure.high:.2f}"
        table.add_row(figure.task, figure.on, f"{figure.value:.2f}", interval, str(figure.examples or ""))
    return table


def main() -> None:
    """Print the table; with `--json`, keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures")
    options = parser.parse_args()
    figures = [
        *grouping_figures(),
        *found_figures(),
        *quote_figures(),
        *header_figures(),
        *loosening_figures(),
        *moving_figures(),
        *strength_figures(),
    ]
    Console(width=130).print(shown(figures))
    if options.json:
        options.json.write_text(json.dumps([asdict(figure) for figure in figures], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
