"""One figure over held-out cases: its value, its interval, and what a plain rule reaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.stats import rankdata

from attunement.evaluation.bootstrap import RESAMPLES, interval

Part = TypeVar("Part")
Pairs = Sequence[tuple[float, float]]
Answers = Sequence[tuple[bool, bool]]
Measure = Callable[[Sequence[Answers]], float]


@dataclass(frozen=True)
class Figure:
    """One line of the table: `low` and `high` a 95 % interval, `baseline` what the rule named in `plain` reaches."""

    task: str
    measure: str
    examples: int
    value: float
    low: float
    high: float
    plain: str = ""
    baseline: float | None = None


def over_cases(parts: Sequence[Part], measure: Callable[[Sequence[Part]], float]) -> tuple[float, float, float]:
    """A measure of what each case contributes, and its interval from drawing cases anew (1000 times, seed 0)."""
    value = measure(parts)
    draws = np.random.default_rng(0).integers(len(parts), size=(RESAMPLES, len(parts)))
    samples = np.array([measure([parts[number] for number in draw]) for draw in draws])
    return (value, *interval(value, samples))


def rounded(task: str, measure: str, examples: int, found: tuple[float, float, float], **said) -> Figure:  # type: ignore[no-untyped-def]
    """A figure to three decimals."""
    if said.get("baseline") is not None:
        said["baseline"] = round(float(said["baseline"]), 3)
    return Figure(task, measure, examples, *(round(float(each), 3) for each in found), **said)


def of_answers(
    task: str, measures: dict[str, Measure], parts: Sequence[Answers], plain: str, plain_parts: Sequence[Answers]
) -> list[Figure]:
    """A figure for each measure of yes-or-no answers, beside the plain rule's.

    `examples` counts what is true; for measures that take yes and no alike, all answers.
    """
    true = sum(truth for part in parts for truth, _ in part)
    return [
        rounded(
            task,
            name,
            true if name in FOUND else sum(map(len, parts)),
            over_cases(parts, measure),
            plain=plain,
            baseline=measure(plain_parts),
        )
        for name, measure in measures.items()
    ]


# --- measures of (truth, said) answers and of pairs of numbers, a list a case ---------------------------------------


def pooled(parts: Sequence[Sequence[Part]]) -> list[Part]:
    """The contributions of all cases in one list."""
    return [each for part in parts for each in part]


def accuracy(parts: Sequence[Sequence[tuple[object, object]]]) -> float:
    """Share of answers that are right."""
    return _share([truth == said for truth, said in pooled(parts)])


def precision(parts: Sequence[Answers]) -> float:
    """Of what was said, the share that is true."""
    return _share([truth for truth, said in pooled(parts) if said])


def recall(parts: Sequence[Answers]) -> float:
    """Of what is true, the share that was said."""
    return _share([said for truth, said in pooled(parts) if truth])


def f1(parts: Sequence[Answers]) -> float:
    """Harmonic mean of precision and recall; 0 when nothing was said."""
    both = sum(truth and said for truth, said in pooled(parts))
    either = sum(truth + said for truth, said in pooled(parts))
    return 2 * both / either if either else float("nan")


def macro_f1(parts: Sequence[Answers]) -> float:
    """Mean of F1 for yes and for no: what a rule that always says the same cannot do well on."""
    return (f1(parts) + f1(opposite(parts))) / 2


def opposite(parts: Sequence[Answers]) -> list[list[tuple[bool, bool]]]:
    """The same answers to the opposite question."""
    return [[(not truth, not said) for truth, said in part] for part in parts]


def area(parts: Sequence[Sequence[tuple[bool, float]]]) -> float:
    """How often a yes is given a higher chance than a no (area under the ROC curve); 0.5 is guessing."""
    answers = pooled(parts)
    truth, chance = np.array([each[0] for each in answers], bool), np.array([each[1] for each in answers])
    yes, no = int(truth.sum()), int((~truth).sum())
    if not yes or not no:
        return float("nan")
    return float((rankdata(chance)[truth].sum() - yes * (yes + 1) / 2) / (yes * no))


def rank_correlation(parts: Sequence[Pairs]) -> float:
    """Spearman's, over the pairs of all cases."""
    pairs = np.array([pair for pair in pooled(parts) if not np.isnan(pair).any()])
    if len(pairs) < 3:
        return float("nan")
    first, second = rankdata(pairs[:, 0]), rankdata(pairs[:, 1])
    if first.std() == 0 or second.std() == 0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def _share(right: Sequence[bool]) -> float:
    return float(np.mean(right)) if right else float("nan")


FOUND = {"precision": precision, "recall": recall, "F1": f1}
