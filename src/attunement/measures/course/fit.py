"""Fitting the growth curve of a reference sample: once, not at run time."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from attunement.errors import InputError
from attunement.measures.course.reference import Better, Matrix, ReferenceCourse
from attunement.measures.course.sample import Floats, Places, Sample, read_sample

if TYPE_CHECKING:
    import pandas as pd

# Past the session that so few clients reached, the curve rests on hardly anybody.
FEWEST_AT_A_SESSION = 5
OPTIMISERS = ("lbfgs", "bfgs", "powell")


def fit_reference(
    data: pd.DataFrame | Path | str,
    *,
    name: str = "reference",
    instrument: str | None = None,
    better: Better = "lower",
    lowest: float | None = None,
    highest: float | None = None,
    is_made_up: bool = False,
) -> ReferenceCourse:
    """The growth curve of a sample: score on log(1 + session), random intercept and slope, by restricted likelihood.

    Source: Finch, Lambert & Schaalje (2001). Clients who stop early are taken to stop at random given their scores.

    Args:
        data: one row a score, columns id, session, score; a data frame or a CSV file. The first session is intake.
        name: how the reference is called in sentences.
        instrument: the questionnaire; a client's scores of another one are then refused.
        better: the end of the scale that is better.
        lowest: the least score possible, where known.
        highest: the greatest score possible, where known.
        is_made_up: whether the sample was simulated; every result then says so.

    Raises:
        InputError: the sample cannot be read, is too small, or no curve can be fitted to it.
    """
    if better not in ("higher", "lower"):
        raise InputError(f"better is {better!r}: write 'higher' or 'lower'")
    sample = read_sample(data)
    spread = float(sample.score.std())
    if spread == 0:
        raise InputError("the reference sample: all scores are equal, there is no course to fit")
    between, residual = _variances(sample, spread)
    estimates, uncertainty = _line(sample, between, residual)
    return ReferenceCourse(
        name=name,
        instrument=instrument,
        better=better,
        is_made_up=is_made_up,
        clients=sample.clients,
        scores=len(sample.score),
        last_session=_last_session(sample),
        intercept=float(estimates[0]),
        slope=float(estimates[1]),
        between=_matrix(between),
        uncertainty=_matrix(uncertainty),
        residual_sd=float(np.sqrt(residual)),
        lowest=lowest,
        highest=highest,
    )


def design(sessions: Floats | Places) -> Floats:
    """The two columns that intercept and slope are multiplied with: one, and log(1 + session)."""
    return np.column_stack([np.ones(len(sessions)), np.log1p(sessions)])


def _variances(sample: Sample, spread: float) -> tuple[Floats, float]:
    """Covariance of the clients' own lines, and the variance of the noise."""
    from statsmodels.regression.mixed_linear_model import MixedLM  # type: ignore[import-untyped]

    columns = design(sample.session)
    model = MixedLM(sample.score / spread, columns, groups=sample.client, exog_re=columns)
    for optimiser in OPTIMISERS:
        with warnings.catch_warnings():
            # A variance at its boundary, zero, is an answer; the warnings about it are not for the reader.
            warnings.simplefilter("ignore")
            found: Any = _fitted(model, optimiser)
        if found is not None:
            between = np.asarray(found.cov_re, dtype=float) * spread**2
            return between, float(found.scale) * spread**2
    raise InputError("the reference sample: no growth curve can be fitted to it (too few scores a client?)")


def _fitted(model: Any, optimiser: str) -> Any:
    try:
        found = model.fit(reml=True, method=optimiser)
    except (np.linalg.LinAlgError, ValueError):
        return None
    return found if found.converged and np.isfinite(found.scale) and found.scale > 0 else None


def _line(sample: Sample, between: Floats, residual: float) -> tuple[Floats, Floats]:
    """The mean line and the covariance of its two estimates, by generalised least squares."""
    information, score = np.zeros((2, 2)), np.zeros(2)
    by_client = np.argsort(sample.client, kind="stable")
    for rows in np.split(by_client, np.flatnonzero(np.diff(sample.client[by_client])) + 1):
        columns = design(sample.session[rows])
        weights = np.linalg.inv(columns @ between @ columns.T + residual * np.eye(len(columns)))
        information += columns.T @ weights @ columns
        score += columns.T @ weights @ sample.score[rows]
    uncertainty: Floats = np.asarray(np.linalg.inv(information), dtype=float)
    return uncertainty @ score, uncertainty


def _last_session(sample: Sample) -> int:
    sessions = np.sort(sample.session)[::-1]
    reached = [
        session for session in np.unique(sessions) if _clients_at_or_after(sample, session) >= FEWEST_AT_A_SESSION
    ]
    return int(max(reached))


def _clients_at_or_after(sample: Sample, session: float) -> int:
    return len(np.unique(sample.client[sample.session >= session]))


def _matrix(values: Floats) -> Matrix:
    (a, b), (_, d) = values.tolist()
    return (a, b), (b, d)
