"""What people and the coder say of turns, over many sessions one under the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from attunement.coder.table import CodeTable
from training.calibrate import f1_of
from training.data import CODE_INDEX, TrainingSession

Booleans = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


def macro_f1(truth: Integers, decided: Integers, classes: int) -> float:
    """F1 of each class, averaged over all classes."""
    return float(np.mean([f1_of(decided == number, truth == number) for number in range(classes)]))


def labels_of(sessions: Sequence[TrainingSession], head: str, columns: Sequence[int] | None = None) -> tuple:  # type: ignore[type-arg]
    """The class of each turn that has one, and which turns those are; `columns` restricts it to some classes."""
    targets = np.concatenate([session.targets[head] for session in sessions])
    if columns is not None:
        targets = targets[:, list(columns)]
    known = ~np.isnan(targets[:, 0]) & (np.nan_to_num(targets).sum(axis=1) > 0)
    return targets[known].argmax(axis=1), known


def presence(sessions: Sequence[TrainingSession], codes: Sequence[str]) -> tuple[Booleans, Booleans]:
    """Whether any of the codes was given, for the turns coded at all, and which turns those are."""
    targets = np.concatenate([session.targets["codes"] for session in sessions])[
        :, [CODE_INDEX[code] for code in codes]
    ]
    known = ~np.isnan(targets[:, 0])
    return (targets[known] >= 0.5).any(axis=1), known


def decisions(tables: Sequence[CodeTable], codes: Sequence[str]) -> Booleans:
    """Whether the coder decides any of the codes, for every turn."""
    columns = [CODE_INDEX[code] for code in codes]
    return np.concatenate([table.decisions[:, columns].any(axis=1) for table in tables])


def cases_of(sessions: Sequence[TrainingSession], known: Booleans) -> list[str]:
    """The case or video of each of these turns."""
    groups = np.repeat([session.group for session in sessions], [len(session) for session in sessions])
    return [str(group) for group in groups[known]]
