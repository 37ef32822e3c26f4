"""`make bench-measures`: how fast change and sudden gains are judged for 100,000 clients of 20 sessions.

The aim: everything in under 10 seconds on two cores. The R packages that users run today come from CRAN and are not run
here. In their place stands a plain rendering of the same computation, a client at a time, in Python and, where there is
an `Rscript`, in base R. suddengains goes about it like this; clinicalsignificance takes whole columns and is quicker.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, variance
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table
from scipy.special import stdtrit

from attunement.measures.change import (
    anchor,
    combined,
    distribution,
    percentage,
    prepare,
    prepare_repeated,
    statistical,
)
from attunement.measures.gains import sudden_gains, sudden_losses

CLIENTS, SESSIONS, SEED = 100_000, 20, 20
MISSING = 0.05
AIM_S = 10.0
CLIENTS_OF_PEERS = 1_000
R_SCRIPT = Path(__file__).with_name("row_by_row.R")

FUNCTIONAL = {"cutoff_type": "c", "functional_mean": 8.0, "functional_sd": 7.0}
RELIABLE = {"reliability": 0.8, "reliability_post": 0.8}
METHODS = ("JT", "GLN", "HLL", "EN", "NK", "HA")
GAINS, CHANGE = "sudden gains", "reliable change, JT"


def simulated(clients: int, seed: int = SEED) -> np.ndarray:
    """Scores between 0 and 63 that fall over the sessions, some faster than others, with noise and missing sessions."""
    draw = np.random.default_rng(seed)
    start, slope = draw.normal(30, 8, (clients, 1)), draw.normal(0.6, 0.5, (clients, 1))
    scores = start - slope * np.arange(SESSIONS) + draw.normal(0, 3.5, (clients, SESSIONS))
    scores = np.clip(np.round(scores), 0, 63)
    scores[draw.random(scores.shape) < MISSING] = np.nan
    return scores


def long(scores: np.ndarray) -> pd.DataFrame:
    """One row a client and session."""
    clients, sessions = scores.shape
    return pd.DataFrame(
        {
            "id": np.repeat(np.arange(clients), sessions),
            "time": np.tile(np.arange(1, sessions + 1), clients),
            "score": scores.ravel(),
        }
    )


@dataclass(frozen=True)
class Cost:
    """Seconds that passed, and seconds that processors worked: less than what passed when others used them too."""

    passed: float
    worked: float

    @classmethod
    def since(cls, passed: float, worked: float) -> Cost:
        """From the two clocks' readings at the beginning."""
        return cls(time.perf_counter() - passed, time.process_time() - worked)


def ours(scores: np.ndarray) -> dict[str, Cost]:
    """What each analysis costs."""
    table, columns = long(scores), {"id": "id", "time": "time", "outcome": "score"}
    costs: dict[str, Cost] = {}

    def run(what: str, action: Callable[[], Any]) -> Any:
        began = time.perf_counter(), time.process_time()
        result = action()
        costs[what] = Cost.since(*began)
        return result

    two = run("two scores a client, from the long table", lambda: prepare(table, **columns, pre=1, post=SESSIONS))
    for method in METHODS:
        run(f"reliable change, {method}", lambda method=method: distribution(two, method=method, **RELIABLE))
    run("cut-off crossed, JT c", lambda: statistical(two, **FUNCTIONAL))
    run("cut-off crossed, HA c", lambda: statistical(two, method="HA", reliability=0.8, **FUNCTIONAL))
    for method in METHODS:
        run(f"combined, {method} c", lambda method=method: combined(two, method=method, **RELIABLE, **FUNCTIONAL))
    run("percentage", lambda: percentage(two, improvement=0.5))
    run("anchor", lambda: anchor(two, improvement=8))
    run(GAINS, lambda: sudden_gains(scores, cutoff=7))
    run("sudden losses", lambda: sudden_losses(scores, cutoff=7))
    every = run("all scores a client, from the long table", lambda: prepare_repeated(table, **columns))
    run("reliable change, HLM", lambda: distribution(every, method="HLM"))
    return costs


def in_python(scores: np.ndarray) -> dict[str, float]:
    """Processor seconds a client of the stand-in in Python."""
    rows = [[None if np.isnan(score) else float(score) for score in row] for row in scores]
    error = float(np.nanstd(scores[:, 0], ddof=1)) * (2 * (1 - 0.8)) ** 0.5
    return {
        GAINS: timed(lambda: [gains_of_row(row) for row in rows]) / len(rows),
        CHANGE: timed(lambda: [change_of_row(row[0], row[-1], error) for row in rows]) / len(rows),
    }


def in_r(scores: np.ndarray) -> dict[str, float] | None:
    """Processor seconds a client of the stand-in in R; None without R."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scores.csv"
        pd.DataFrame(scores).to_csv(file, header=False, index=False, na_rep="NA")
        ran = subprocess.run([program, str(R_SCRIPT), str(file)], check=True, capture_output=True, text=True)
    gains, change = map(float, ran.stdout.split())
    return {GAINS: gains / len(scores), CHANGE: change / len(scores)}


def gains_of_row(row: list[float | None]) -> list[bool | None]:
    """The three criteria for each interval of one client."""
    found = []
    for after in range(2, len(row) - 1):
        halves = row[max(0, after - 3) : after], row[after : after + 3]
        before, behind = ([score for score in half if score is not None] for half in halves)
        pair = row[after - 1], row[after]
        if pair[0] is None or pair[1] is None or min(len(before), len(behind)) < 2:
            found.append(None)
            continue
        freedom = len(before) + len(behind) - 2
        squares = (len(before) - 1) * variance(before) + (len(behind) - 1) * variance(behind)
        limit = abs(stdtrit(freedom, 0.025)) * (squares / freedom) ** 0.5
        drop = pair[0] - pair[1]
        found.append(drop >= 7 and drop >= 0.25 * pair[0] and mean(before) - mean(behind) > limit)
    return found


def change_of_row(pre: float | None, post: float | None, error: float) -> str | None:
    """The category of one client."""
    if pre is None or post is None:
        return None
    index = (post - pre) / error
    return "improved" if index < -1.96 else "deteriorated" if index > 1.96 else "unchanged"


def timed(action: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    began = time.process_time()
    action()
    return time.process_time() - began


def show_ours(console: Console, costs: dict[str, Cost]) -> None:
    """What we need, line by line and in all."""
    table = Table(title=f"{CLIENTS:,} simulated clients × {SESSIONS} sessions, seed {SEED}", title_justify="left")
    for name in ("analysis", "seconds", "processor seconds", "µs a client"):
        table.add_column(name, justify="left" if name == "analysis" else "right")
    total = Cost(sum(cost.passed for cost in costs.values()), sum(cost.worked for cost in costs.values()))
    for what, cost in [*costs.items(), ("in all", total)]:
        table.add_row(what, f"{cost.passed:.2f}", f"{cost.worked:.2f}", f"{cost.passed / CLIENTS * 1e6:.1f}")
    console.print(table)
    console.print(f"Aim: all in under {AIM_S:.0f} s on two cores: {'met' if total.passed < AIM_S else 'NOT met'}.\n")


def show_peers(console: Console, ours: dict[str, Cost], peers: dict[str, dict[str, float] | None]) -> None:
    """The stand-ins beside us, in processor time, so that other programs on the machine do not count."""
    title = (
        f"Stand-ins for the R packages, a client at a time ({CLIENTS_OF_PEERS:,} clients; the packages were not run)"
    )
    table = Table(title=title, title_justify="left")
    for name in ("analysis", "stand-in", "processor µs a client", "times ours"):
        table.add_column(name, justify="left" if name in ("analysis", "stand-in") else "right")
    for what in (GAINS, CHANGE):
        for language, cost in peers.items():
            if cost is None:
                table.add_row(what, language, "not here", "")
            else:
                ratio = cost[what] * CLIENTS / ours[what].worked
                table.add_row(what, language, f"{cost[what] * 1e6:.1f}", f"{ratio:.1f}")
    console.print(table)


def main() -> None:
    """Print both tables."""
    console = Console(width=110)
    scores = simulated(CLIENTS)
    costs = ours(scores)
    show_ours(console, costs)
    few = scores[:CLIENTS_OF_PEERS]
    show_peers(console, costs, {"plain Python": in_python(few), "base R": in_r(few)})


if __name__ == "__main__":
    main()
