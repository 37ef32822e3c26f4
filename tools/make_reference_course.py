"""Writes the bundled simulated reference sample and the curve fitted to it: `python -m tools.make_reference_course`.

Nobody in it exists. The numbers are round ones, chosen so that a course looks like one: a distress score from 0 to 100
that begins at 55, falls by 8 per unit of log(1 + session), differs between clients and scatters between sessions.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from attunement.measures.course import bundled, fit_reference

FOLDER = Path(bundled.__file__).parent
CLIENTS = 300
SEED = 20


@dataclass(frozen=True)
class Truth:
    """What the simulated clients are drawn from, on a scale from 0 to 100."""

    intercept: float = 55.0
    slope: float = -8.0
    intercept_sd: float = 13.0
    slope_sd: float = 6.0
    correlation: float = -0.2
    residual_sd: float = 6.0
    fewest_sessions: int = 4
    most_sessions: int = 20


def simulate(clients: int, seed: int, truth: Truth | None = None) -> pd.DataFrame:
    """Scores of made-up clients, one row a score: id, session (0 is intake), score, whole points from 0 to 100."""
    truth = truth or Truth()
    random = np.random.default_rng(seed)
    shared = truth.correlation * truth.intercept_sd * truth.slope_sd
    covariance = [[truth.intercept_sd**2, shared], [shared, truth.slope_sd**2]]
    lines = random.multivariate_normal([truth.intercept, truth.slope], covariance, size=clients)
    ends = random.integers(truth.fewest_sessions, truth.most_sessions, size=clients, endpoint=True)
    rows = []
    for number, (line, end) in enumerate(zip(lines, ends, strict=True), start=1):
        sessions = np.arange(end + 1)
        scores = line[0] + line[1] * np.log1p(sessions) + random.normal(0, truth.residual_sd, len(sessions))
        whole = np.clip(np.round(scores), 0, 100).astype(int)
        rows += [(f"simulated-{number:03d}", session, score) for session, score in zip(sessions, whole, strict=True)]
    return pd.DataFrame(rows, columns=["id", "session", "score"])


def main() -> None:
    """Write the sample and its curve into the package."""
    sample = simulate(CLIENTS, SEED)
    sample.to_csv(FOLDER / bundled.SAMPLE, index=False)
    reference = fit_reference(sample, name="simulated reference", lowest=0, highest=100, is_made_up=True)
    (FOLDER / bundled.PARAMETERS).write_text(reference.to_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
