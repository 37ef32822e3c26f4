"""`make bench-dyad`: seconds for a million therapies of 20 sessions × 40 exchanges, memory; the same in plain NumPy.

Seconds on the clock and of processor time: the former depends on who else uses the machine.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.stats import ks_2samp

from attunement.dyad.parameters import DEFAULT, Parameters
from attunement.dyad.simulate import chunks, simulate
from attunement.dyad.summaries import summarise
from benchmarks.dyad_numpy import Outcome, simulated

MILLION = 1_000_000
COMPARED = 20_000  # dyads, to see that both are one model
NUMPY_DYADS = 10_000
SMALL, LARGE = 100_000, 1_000_000  # dyads, for memory
STRICT = 0.001  # error rate of each comparison


def main() -> None:
    """Measure and print."""
    chosen = _options()
    if chosen.memory_of:
        summarise(chunks(chosen.memory_of))
        print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
        return
    console = Console()
    console.print(_agreement())
    console.print(_speed(chosen.dyads))
    small, large = _peak(SMALL), _peak(chosen.dyads)
    console.print(f"Memory at its peak: {small:.0f} MiB for {SMALL:,} dyads, {large:.0f} MiB for {chosen.dyads:,}.")


def _speed(dyads: int) -> Table:
    summarise(chunks(1))  # compiled
    jax_cost = _per_million(lambda: summarise(chunks(dyads)), dyads)
    numpy_cost = _per_million(lambda: simulated(NUMPY_DYADS, DEFAULT), NUMPY_DYADS)
    table = Table("a million dyads × 20 × 40", "seconds", "of processor", title=_device(), box=None)
    table.add_row("attunement.dyad", *(f"{cost:.1f}" for cost in jax_cost))
    table.add_row("plain NumPy", *(f"{cost:.1f}" for cost in numpy_cost))
    table.add_row("ratio", *(f"{slow / fast:.1f}" for slow, fast in zip(numpy_cost, jax_cost, strict=True)))
    return table


def _per_million(run: Callable[[], object], dyads: int) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    run()
    factor = MILLION / dyads
    return (time.perf_counter() - clock) * factor, (time.process_time() - processor) * factor


def _agreement() -> Table:
    """Both versions by Kolmogorov and Smirnov's test: no quantity should differ by more than chance.

    Therapists and clinics are all alike here, since the test asks for independent dyads.
    """
    alike = DEFAULT._replace(attunement_spread=0.0, skill_spread=0.0, clinic_spread=0.0)
    ours, theirs = _ours(alike), simulated(COMPARED, alike, seed=1)
    table = Table("both versions", "mean", "NumPy", "differ by chance alone", box=None)
    for name, own in vars(ours).items():
        values = [each[np.isfinite(each)] for each in (own, getattr(theirs, name))]
        p = ks_2samp(*values).pvalue
        table.add_row(
            name, *(f"{each.mean():.3f}" for each in values), f"{'yes' if p > STRICT else 'NO'} (p = {p:.2f})"
        )
    return table


def _ours(alike: Parameters) -> Outcome:
    courses = simulate(COMPARED, parameters=alike)
    counts = courses.counts
    return Outcome(
        courses.last,
        np.where(courses.attended[2], courses.reports.rating[2], np.nan),
        courses.sessions_attended,
        counts.opened.sum(0, dtype=int),
        (counts.withdrawals.astype(int) + counts.confrontations).sum(0),
        counts.repaired.sum(0, dtype=int),
    )


def _peak(dyads: int) -> float:
    """MiB of a process of its own."""
    command = [sys.executable, "-m", "benchmarks.dyad_speed", "--memory-of", str(dyads)]
    root = Path(__file__).parents[1]
    return float(json.loads(subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout))


def _device() -> str:
    import jax

    return f"on {jax.default_backend()}"


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--dyads", type=int, default=LARGE)
    options.add_argument("--memory-of", type=int, help=argparse.SUPPRESS)
    return options.parse_args()


if __name__ == "__main__":
    main()
