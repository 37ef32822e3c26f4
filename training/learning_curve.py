"""`make learning-curve`: how much better the coder would be with more cases.

In every fold a share of the cases to learn from is drawn (25, 50, 75 and 100 %), and what is learnt from them answers
the same sessions not seen. With the word model that takes minutes; `--network` trains a network each time, which wants
a fast machine, and adds its answers. The figure is average precision: it needs no threshold.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from attunement.codebook import CODES
from attunement.coder.calibration import HEADS
from attunement.coder.decisions import GROUPS
from attunement.evaluation.metrics import average_precision
from training.data import CODE_INDEX, TrainingSession
from training.sources import Data
from training.words import fit_words

SHARES = (0.25, 0.5, 0.75, 1.0)
MEAN = "mean of all codes"
Logits = npt.NDArray[np.floating]
Learn = Callable[[list[TrainingSession], list[TrainingSession]], list[Logits]]


@dataclass(frozen=True)
class Point:
    """Average precision of one thing, learnt from a share of the cases: mean and standard deviation over folds."""

    model: str
    thing: str
    share: float
    cases: int
    value: float
    spread: float


def some_cases(sessions: Sequence[TrainingSession], share: float, seed: int = 0) -> list[TrainingSession]:
    """The sessions of this share of the cases; a smaller share is part of every larger one."""
    cases = sorted({session.group for session in sessions})
    chosen = set(np.random.default_rng(seed).permutation(cases)[: round(share * len(cases))].tolist())
    return [session for session in sessions if session.group in chosen]


def points(data: Data, model: str, learn: Learn, shares: Sequence[float] = SHARES) -> list[Point]:
    """The curve of one way of learning, over the corpus."""
    fold = data.folds()[: len(data.corpus)]
    found: list[Point] = []
    for share in shares:
        results, cases = [], []
        for number in sorted(set(fold)):
            learnt = some_cases([s for s, f in zip(data.corpus, fold, strict=True) if f != number], share)
            asked = [s for s, f in zip(data.corpus, fold, strict=True) if f == number]
            results.append(precisions(asked, learn(learnt, asked)))
            cases.append(len({session.group for session in learnt}))
        found += [
            Point(
                model,
                thing,
                share,
                round(float(np.mean(cases))),
                float(np.mean([result[thing] for result in results])),
                float(np.std([result[thing] for result in results], ddof=1)),
            )
            for thing in results[0]
        ]
    return found


def precisions(asked: Sequence[TrainingSession], answers: Sequence[Logits]) -> dict[str, float]:
    """Average precision of each group, of being met, and the mean over the codes that occur."""
    heads = dict(
        zip(HEADS, np.split(np.concatenate(answers), np.cumsum(list(HEADS.values()))[:-1], axis=1), strict=True)
    )
    targets = {head: np.concatenate([session.targets[head] for session in asked]) for head in ("codes", "groups")}

    def of(head: str, column: int) -> float:
        known = ~np.isnan(targets[head][:, column])
        if not known.any():
            return float("nan")
        return float(average_precision(targets[head][known, column] >= 0.5, heads[head][known, column]))

    by_code = [of("codes", column) for column in range(len(CODES))]
    groups = {name: of("groups", column) for column, name in enumerate(GROUPS)}
    return {**groups, "felt_met": by_code[CODE_INDEX["felt_met"]], MEAN: float(np.nanmean(by_code))}


def by_words(learnt: list[TrainingSession], asked: list[TrainingSession]) -> list[Logits]:
    """The word model's answers."""
    model = fit_words(learnt)
    return [model.logits(session.texts) for session in asked]


def by_network(run: Path, learnt: list[TrainingSession], asked: list[TrainingSession]) -> list[Logits]:
    """A network's answers; a network for each draw is kept in the folder `run` while it is made."""
    from training.fit import Recipe, fit, logits_of
    from training.sources import Encoder

    encoder, recipe = Encoder.installed(), Recipe()
    checkpoint = run / f"curve-{len(learnt)}-{asked[0].id}.pt"
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    network = fit(learnt, encoder.tokenizer, str(encoder.weights), recipe, checkpoint=checkpoint, say=print)
    return list(logits_of(network, asked, encoder.tokenizer, recipe))


def shown(found: Sequence[Point]) -> str:
    """The curves as printed."""
    shares = sorted({point.share for point in found})
    cases = {point.share: point.cases for point in found}
    heads = "".join(f"{f'{share:.0%} ({cases[share]})':>16}" for share in shares)
    lines = [f"{'average precision, share of cases (their number)':52}{heads}{'last step':>12}"]
    for model, thing in dict.fromkeys((point.model, point.thing) for point in found):
        row = {p.share: p for p in found if (p.model, p.thing) == (model, thing)}
        cells = "".join(f"{f'{row[share].value:.3f} ± {row[share].spread:.3f}':>16}" for share in shares)
        step = row[shares[-1]].value - row[shares[-2]].value if len(shares) > 1 else float("nan")
        lines.append(f"{f'{model}: {thing}':52}{cells}{step:>+12.3f}")
    return "\n".join(lines)


def main() -> None:
    """Print the curves; with `--json`, keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--network", type=Path, metavar="FOLDER", help="train networks too, and keep them here meanwhile"
    )
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures")
    options = parser.parse_args()
    data = Data.load()
    found = points(data, "words", by_words)
    if options.network:
        found += points(data, "network", partial(by_network, options.network))
    print(shown(found))
    print("Folds by case, corpus only; ± is the standard deviation over folds. Last step: from three quarters to all.")
    if options.json:
        options.json.write_text(json.dumps([asdict(point) for point in found], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
