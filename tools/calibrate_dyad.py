"""`make calibrate-dyad`: search the defaults of the dyad by CMA-ES (Hansen, 2016), write them into the table, and show
what each parameter does to each fact.

The search starts from the defaults as they are, with common random numbers, so that two points differ by their
parameters alone. It keeps its log and result in `training/dyad/results/`.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from attunement.dyad import parameters as table
from attunement.dyad.check import as_json, check
from attunement.dyad.parameters import DEFAULT, TABLE, Parameters
from training.dyad.sensitivity import sensitivity
from training.dyad.space import FREE, Point, loss, parameters, point

RESULTS = Path(__file__).parents[1] / "training" / "dyad" / "results"
DIGITS = 3  # significant, of a default


def main() -> None:
    """Search, write, check, and look around the result."""
    chosen = _options()
    RESULTS.mkdir(parents=True, exist_ok=True)
    if chosen.generations:
        found, log = _search(chosen.generations, dyads=chosen.dyads, step=chosen.step, seed=chosen.seed)
        _write_defaults(parameters(found))
        (RESULTS / "log.csv").write_text("generation,seconds,loss\n" + "\n".join(log) + "\n", encoding="utf-8")
    calibrated = _rounded(parameters(found)) if chosen.generations else DEFAULT
    _keep("calibration.json", _result(calibrated, dyads=chosen.check_dyads, seed=chosen.seed))
    _keep("sensitivity.json", sensitivity(calibrated, dyads=chosen.check_dyads // 4, seed=chosen.seed))


def _search(generations: int, *, dyads: int, step: float, seed: int) -> tuple[Point, list[str]]:
    import cma

    start, began, log = point(DEFAULT), time.perf_counter(), []
    search = cma.CMAEvolutionStrategy(
        start, step, {"bounds": [0, 1], "seed": seed + 1, "maxiter": generations, "verbose": -9, "CMA_diagonal": True}
    )
    best, least = start, loss(start, start, dyads=dyads, seed=seed)
    while not search.stop():
        places = search.ask()
        losses = [loss(place, start, dyads=dyads, seed=seed) for place in places]
        search.tell(places, losses)
        if min(losses) < least:
            best, least = np.array(places[int(np.argmin(losses))]), min(losses)
        log.append(f"{search.countiter},{time.perf_counter() - began:.0f},{least:.3f}")
        print(f"generation {log[-1]}", flush=True)
    return best, log


def _result(calibrated: Parameters, *, dyads: int, seed: int) -> dict[str, Any]:
    """The calibrated values and the check on people whom the search did not use."""
    from training.dyad.space import distances

    findings = check(dyads, parameters=calibrated, seed=seed + 1_000)
    far = distances([finding.value for finding in findings])
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "dyads": dyads,
        "free": [row.name for row in FREE],
        "loss": float(far @ far),
        "distance": {finding.fact.name: float(each) for finding, each in zip(findings, far, strict=True)},
        "parameters": calibrated._asdict(),  # type: ignore[operator]
        "facts": as_json(findings),
    }


def _rounded(found: Parameters) -> Parameters:
    return Parameters(*(float(f"{value:.{DIGITS}g}") for value in found))


def _write_defaults(found: Parameters) -> None:
    """The fourth value of each row of the table, in its source file."""
    path = Path(str(table.__file__))
    text = path.read_text(encoding="utf-8")
    for row, value in zip(TABLE, _rounded(found), strict=True):
        pattern = rf'(Parameter\(\s*"{row.name}", "[^"]*", "[^"]*", )[-\d.e]+'
        text, written = re.subn(pattern, rf"\g<1>{value:g}", text)
        assert written == 1, row.name
    path.write_text(text, encoding="utf-8")


def _keep(name: str, content: dict[str, Any]) -> None:
    (RESULTS / name).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(RESULTS / name)


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--generations", type=int, default=60, help="0: only check and look around")
    options.add_argument("--dyads", type=int, default=4_000, help="in each condition, while searching")
    options.add_argument("--check-dyads", type=int, default=40_000, help="in each condition, for the result")
    options.add_argument("--step", type=float, default=0.03, help="first step, as a share of the range")
    options.add_argument("--seed", type=int, default=0)
    return options.parse_args()


if __name__ == "__main__":
    main()
