"""Clients drawn from known parameters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from attunement.measures.course import ReferenceCourse

TRUTH = ReferenceCourse(
    name="truth",
    instrument=None,
    better="lower",
    is_made_up=False,
    clients=100_000,
    scores=1_000_000,
    last_session=15,
    intercept=40.0,
    slope=-6.0,
    between=((100.0, -12.0), (-12.0, 16.0)),
    uncertainty=((0.0, 0.0), (0.0, 0.0)),
    residual_sd=4.0,
)


def drawn(clients: int, seed: int, sessions: int = 12, truth: ReferenceCourse = TRUTH) -> np.ndarray:
    """Scores (clients, sessions) of clients who follow `truth`."""
    random = np.random.default_rng(seed)
    lines = random.multivariate_normal([truth.intercept, truth.slope], truth.between, size=clients)
    noise = random.normal(0, truth.residual_sd, (clients, sessions))
    return lines[:, :1] + lines[:, 1:] * np.log1p(np.arange(sessions)) + noise


def as_rows(scores: np.ndarray) -> pd.DataFrame:
    """The same, one row a score."""
    client, session = np.indices(scores.shape)
    columns = {"id": client.ravel(), "session": session.ravel(), "score": scores.ravel()}
    return pd.DataFrame(columns)
