"""What the expected course is judged on: scores of clients, the curves they are judged by, and how they ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from attunement.errors import InputError
from attunement.measures.course import ReferenceCourse, bundled_reference, fit_reference
from tools.make_reference_course import Truth, simulate

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
DATA = Path(os.environ.get("ATTUNEMENT_DATA", Path(__file__).parents[2] / "shared" / "data")) / "measures"
FOLDS = 10
CLIENTS = 500
SEED = 100
# What the R packages' own examples suppose of the BDI; taken for every set, since the rules need one.
RELIABILITY = 0.8


@dataclass(frozen=True)
class CourseData:
    """Scores (clients, sessions from intake), NaN where missing, lower is better.

    `fold` says which of `references` a client is judged by; it was fitted without them.
    """

    name: str
    note: str
    scores: Floats
    references: tuple[ReferenceCourse, ...]
    fold: Places

    @property
    def first(self) -> Floats:
        """Each client's first score."""
        return np.array([row[~np.isnan(row)][0] for row in self.scores])

    @property
    def last_session(self) -> Places:
        """Each client's last session with a score."""
        return np.array([np.flatnonzero(~np.isnan(row))[-1] for row in self.scores])

    @property
    def reliable_change(self) -> float:
        """1.96 · SD · √(2 · (1 - reliability)) (Jacobson & Truax, 1991)."""
        return float(1.96 * self.first.std(ddof=1) * np.sqrt(2 * (1 - RELIABILITY)))

    @property
    def cutoff(self) -> float:
        """Cut-off a: two standard deviations below the mean at intake (Jacobson & Truax, 1991)."""
        return float(self.first.mean() - 2 * self.first.std(ddof=1))

    @property
    def half_time(self) -> int:
        """Half of the sessions that the set goes over."""
        return (self.scores.shape[1] - 1) // 2

    def outcomes(self) -> dict[str, Flags]:
        """Who ended not reliably better, and who reliably worse, than they began."""
        change = self.scores[np.arange(len(self.scores)), self.last_session] - self.first
        return {
            "ended not reliably better": change > -self.reliable_change,
            "ended reliably worse": change >= self.reliable_change,
        }


def every_set() -> Iterator[CourseData]:
    """The made-up sets, then those of the R packages that are here and that a curve can be fitted to."""
    yield _made_up("simulated as the reference was", simulate(CLIENTS, SEED))
    yield _made_up("simulated otherwise", simulate_otherwise(CLIENTS, SEED))
    for name, table in _tables():
        try:
            yield _cross_validated(name, table)
        except InputError:
            continue


def left_out() -> Iterator[str]:
    """The sets that cannot be used, and why."""
    if not DATA.is_dir():
        yield "the data sets of the R packages are not here; name their folder in ATTUNEMENT_DATA"
    for name, table in _tables():
        try:
            fit_reference(table)
        except InputError as error:
            yield f"{name}: {error}"


def simulate_otherwise(clients: int, seed: int) -> pd.DataFrame:
    """Made-up clients whom the reference's model does not describe.

    They change in a straight line up to session 8 and then no more, a fifth has a sudden gain of 15 points at one
    session, noise carries over from session to session (.5), and who got worse is likelier to stay away (3 % a session,
    25 % after getting ten points worse than at intake).
    """
    random = np.random.default_rng(seed)
    truth = Truth()
    rows = []
    for number in range(clients):
        slope = random.normal(-1.5, 1.8)
        start = random.normal(truth.intercept, truth.intercept_sd)
        gain_at = random.integers(2, 12) if random.random() < 0.2 else truth.most_sessions
        noise = random.normal(0, truth.residual_sd)
        for session in range(truth.most_sessions):
            score = start + slope * min(session, 8) - 15 * (session >= gain_at) + noise
            noise = 0.5 * noise + random.normal(0, truth.residual_sd * np.sqrt(0.75))
            rows.append((number, session, float(np.clip(round(score), 0, 100))))
            risk = 0.25 if session and score - rows[-1 - session][2] >= 10 else 0.03
            if session >= 2 and random.random() < risk:
                break
    return pd.DataFrame(rows, columns=["id", "session", "score"])


def _made_up(name: str, table: pd.DataFrame) -> CourseData:
    scores = _wide(table)
    return CourseData(name, "bundled reference", scores, (bundled_reference(),), np.zeros(len(scores), dtype=np.int64))


def _cross_validated(name: str, table: pd.DataFrame) -> CourseData:
    fit_reference(table)
    table = table.dropna(subset=["score"])
    table = table[table.groupby("id")["score"].transform("size") >= 3]
    number = pd.factorize(table["id"], sort=True)[0]
    fold = np.random.default_rng(0).permutation(number.max() + 1) % FOLDS
    references = tuple(fit_reference(table[fold[number] != held_out]) for held_out in range(FOLDS))
    note = f"curves fitted on the other clients, {FOLDS} folds"
    return CourseData(name, note, _wide(table), references, fold)


def _wide(table: pd.DataFrame) -> Floats:
    return table.pivot(index="id", columns="session", values="score").sort_index().to_numpy(dtype=float)


def _tables() -> Iterator[tuple[str, pd.DataFrame]]:
    """The R packages' sets, one row a score."""
    if not DATA.is_dir():
        return
    wide = pd.read_csv(DATA / "sgdata.csv")
    sessions = {f"bdi_s{session}": session for session in range(13)}
    yield (
        "sgdata, BDI (example data)",
        wide[["id", *sessions]].rename(columns=sessions).melt("id", var_name="session", value_name="score"),
    )
    for name, file, columns in (
        ("claus_2020, BDI (a trial)", "claus_2020.csv", ("id", "time", "bdi")),
        ("anxiety (fictional)", "anxiety.csv", ("subject", "measurement", "anxiety")),
        ("hechler_2014, disability", "hechler_2014.csv", ("patient", "measurement", "disability")),
    ):
        named = dict(zip(columns, ("id", "session", "score"), strict=True))
        yield name, pd.read_csv(DATA / file)[list(columns)].rename(columns=named)
