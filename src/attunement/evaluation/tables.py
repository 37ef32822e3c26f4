"""The figures of an evaluation, one row a thing judged, each figure with its 95 % interval in `…_low` and `…_high`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from attunement.evaluation import metrics
from attunement.evaluation.bootstrap import Bootstrap, interval
from attunement.evaluation.coded import EPISODE_TYPES
from attunement.evaluation.compared import Presence, Scale
from attunement.evaluation.episodes import AnyEpisode, pairs, spans
from attunement.evaluation.metrics import AnyArray, Floats, Integers

Row = dict[str, Any]

PRESENCE_FIGURES = ("precision", "recall", "f1", "kappa", "average_precision", "calibration_error")
SCALE_FIGURES = ("macro_f1", "kappa", "weighted_kappa")
EPISODE_FIGURES = ("precision", "recall", "f1")


def rows(table: pd.DataFrame) -> list[Any]:
    """The rows of one of these tables, each with its columns as attributes."""
    return list(table.itertuples(index=False))


def presence_table(judged: Iterable[Presence], bootstrap: Bootstrap, *, calibrated: bool) -> pd.DataFrame:
    """One row a code or group of codes.

    `turns` are those judged, `examples` those the human marked, `marked` those the coder did; `rate` is the human's
    share, `expected_rate` the mean probability the coder gave. Without examples there are no figures; without
    `calibrated` there is neither calibration error nor expected rate.
    """
    return pd.DataFrame([_presence_row(one, bootstrap, calibrated) for one in judged])


def scale_table(judged: Iterable[Scale], bootstrap: Bootstrap) -> pd.DataFrame:
    """One row a scale. `examples` are those of the rarest level the human used; weighted κ is for degrees only.

    A scale on which the human used a single level throughout was not coded: no examples, no figures.
    """
    return pd.DataFrame([_scale_row(scale, bootstrap) for scale in judged])


def level_table(judged: Iterable[Scale], bootstrap: Bootstrap) -> pd.DataFrame:
    """One row a level of each scale: how well this level is told from the others."""
    return pd.DataFrame([row for scale in judged for row in _level_rows(scale, bootstrap)])


def episode_table(
    marked: Sequence[Sequence[AnyEpisode]],
    found: Sequence[Sequence[AnyEpisode]],
    case: Integers,
    bootstrap: Bootstrap,
) -> pd.DataFrame:
    """One row a type of episode; `case` numbers the case of each session. No figures for types nobody marked."""
    return pd.DataFrame([_episode_row(kind, marked, found, case, bootstrap) for kind in EPISODE_TYPES])


def _presence_row(judged: Presence, bootstrap: Bootstrap, calibrated: bool) -> Row:
    turns, examples = len(judged.human), int(judged.human.sum())
    row: Row = {
        "name": judged.name,
        "label": judged.label,
        "speaker": judged.speaker,
        "turns": turns,
        "examples": examples,
        "marked": int(judged.decided.sum()),
        "rate": examples / turns if turns else np.nan,
        "expected_rate": float(judged.probability.mean()) if turns and calibrated else np.nan,
    }
    if examples == 0:
        return row | _no_figures(PRESENCE_FIGURES)
    matrices = metrics.confusion_by_group(judged.human, judged.decided, 2, judged.case, bootstrap.cases)
    total, samples = matrices.sum(0), bootstrap.totals(matrices)
    row |= _precision_recall_f1(total, samples)
    row |= _figure("kappa", metrics.kappa(total), metrics.kappa(samples))
    row |= _figure(
        "average_precision",
        metrics.average_precision(judged.human, judged.probability),
        metrics.average_precision(judged.human, judged.probability, bootstrap.turn_weights(judged.case)),
    )
    if not calibrated:
        return row | _no_figures(("calibration_error",))
    sums = metrics.calibration_sums(judged.human, judged.probability, judged.case, bootstrap.cases)
    error = metrics.calibration_error
    return row | _figure("calibration_error", error(sums.sum(0)), error(bootstrap.totals(sums)))


def _scale_row(scale: Scale, bootstrap: Bootstrap) -> Row:
    _, uses = np.unique(scale.human, return_counts=True)
    was_coded = len(uses) > 1
    row: Row = {
        "name": scale.name,
        "label": scale.label,
        "turns": len(scale.human),
        "examples": int(uses.min()) if was_coded else 0,
    }
    if not was_coded:
        return row | _no_figures(SCALE_FIGURES)
    total, samples = _totals(scale, bootstrap)
    row |= _figure("macro_f1", metrics.macro_f1(total), metrics.macro_f1(samples))
    row |= _figure("kappa", metrics.kappa(total), metrics.kappa(samples))
    if not scale.is_ordered:
        return row | _no_figures(("weighted_kappa",))
    return row | _figure("weighted_kappa", metrics.kappa(total, quadratic=True), metrics.kappa(samples, quadratic=True))


def _level_rows(scale: Scale, bootstrap: Bootstrap) -> list[Row]:
    if len(np.unique(scale.human)) < 2:
        return []
    total, samples = _totals(scale, bootstrap)
    found: list[Row] = []
    for place, level in enumerate(scale.levels):
        row: Row = {
            "name": scale.name,
            "level": level,
            "examples": int(total[place].sum()),
            "marked": int(total[:, place].sum()),
        }
        found.append(row | _precision_recall_f1(total, samples, place))
    return found


def _totals(scale: Scale, bootstrap: Bootstrap) -> tuple[Floats, Floats]:
    """The confusion matrix of the whole set and of each resample."""
    by_case = metrics.confusion_by_group(scale.human, scale.coder, len(scale.levels), scale.case, bootstrap.cases)
    return by_case.sum(0), bootstrap.totals(by_case)


def _episode_row(
    kind: str,
    marked: Sequence[Sequence[AnyEpisode]],
    found: Sequence[Sequence[AnyEpisode]],
    case: Integers,
    bootstrap: Bootstrap,
) -> Row:
    by_case = np.zeros((bootstrap.cases, 2, 2))
    for place, here, there in zip(case, marked, found, strict=True):
        by_case[place] += _episode_matrix(spans(here, kind), spans(there, kind))
    total, samples = by_case.sum(0), bootstrap.totals(by_case)
    row: Row = {
        "name": kind,
        "label": f"{kind} episodes",
        "examples": int(total[1].sum()),
        "marked": int(total[:, 1].sum()),
    }
    if row["examples"] == 0:
        return row | _no_figures(EPISODE_FIGURES)
    return row | _precision_recall_f1(total, samples)


def _episode_matrix(marked: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> Floats:
    """Missed, found and invented episodes as a confusion matrix; there is no such thing as a rightly absent one."""
    same = len(pairs(marked, found))
    return np.array([[0, len(found) - same], [len(marked) - same, same]], dtype=np.float64)


def _precision_recall_f1(total: Floats, samples: Floats, level: int = 1) -> Row:
    by_name = {"precision": metrics.precision, "recall": metrics.recall, "f1": metrics.f1}
    rows = [_figure(name, figure(total)[level], figure(samples)[..., level]) for name, figure in by_name.items()]
    return rows[0] | rows[1] | rows[2]


def _figure(name: str, figure: AnyArray, samples: AnyArray) -> Row:
    low, high = interval(float(figure), samples)
    return {name: float(figure), f"{name}_low": low, f"{name}_high": high}


def _no_figures(names: Iterable[str]) -> Row:
    return {column: np.nan for name in names for column in (name, f"{name}_low", f"{name}_high")}
