"""One line of the table of accuracy, and how lines are made of many values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from attunement.evaluation.bootstrap import Bootstrap, interval
from attunement.evaluation.metrics import AnyArray, confusion_by_group, macro_f1


@dataclass(frozen=True)
class Figure:
    """One thing measured; a `value` of None is an open cell, and `note` says why.

    `spread` is the standard deviation over folds and seeds, `low` and `high` a 95 % interval from drawing cases
    again, `degraded` the same on misheard text, `baseline` that of word counts, `people` that of one reader against
    another, `published` what others report, with the number of its source, `aim` what it should at least be.
    """

    task: str
    measure: str
    value: float | None
    spread: float | None = None
    low: float | None = None
    high: float | None = None
    degraded: float | None = None
    baseline: float | None = None
    examples: int | None = None
    people: float | None = None
    published: str = ""
    aim: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the value is as high as it should be, unrounded; None without a value or an aim."""
        if self.value is None or self.aim is None:
            return None
        return self.value >= self.aim


def mean_and_spread(values: Sequence[float]) -> tuple[float, float | None]:
    """Mean and standard deviation; None for the spread of a single value."""
    return float(np.mean(values)), float(np.std(values, ddof=1)) if len(values) > 1 else None


def numbered(names: Sequence[str]) -> AnyArray:
    """Cases as numbers from 0, in the order in which they appear."""
    number = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return np.array([number[name] for name in names], dtype=np.int64)


def macro_f1_interval(truth: AnyArray, decided: AnyArray, classes: int, cases: Sequence[str]) -> tuple[float, float]:
    """95 % interval of the macro-F1 from drawing whole cases again; `cases` names that of each turn."""
    case = numbered(cases)
    bootstrap = Bootstrap.over(int(case.max()) + 1)
    by_case = confusion_by_group(truth, decided, classes, case, bootstrap.cases)
    return interval(float(macro_f1(by_case.sum(0))), macro_f1(bootstrap.totals(by_case)))


def f1_interval(truth: AnyArray, decided: AnyArray, cases: Sequence[str]) -> tuple[float, float]:
    """The same for the F1 of a yes."""
    case = numbered(cases)
    bootstrap = Bootstrap.over(int(case.max()) + 1)
    by_case = confusion_by_group(truth.astype(np.int64), decided, 2, case, bootstrap.cases)
    return interval(_yes(by_case.sum(0)), _yes(bootstrap.totals(by_case)))


def _yes(matrix: AnyArray) -> AnyArray:
    total = matrix[..., 1, :].sum(-1) + matrix[..., :, 1].sum(-1)
    return np.divide(2 * matrix[..., 1, 1], total, out=np.full(np.shape(total), np.nan), where=total > 0)
