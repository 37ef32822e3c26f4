"""What each parameter does to each fact, and which facts pull against each other."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attunement.dyad.facts import FACTS
from attunement.dyad.parameters import Parameters
from training.dyad.space import FREE, distances, figures, point

STEP = 0.05  # of the range, up and down
HALF_WIDTH_IN_ERRORS = 1.96  # an interval's half-width in standard errors
RIDGE = 3.0  # how dear it is to move parameters, beside being one half-width out

Matrix = NDArray[np.float64]


def sensitivity(parameters: Parameters, *, dyads: int, seed: int) -> dict[str, Any]:
    """Finite differences around these parameters.

    `change` is in published standard errors for a tenth of a parameter's range. `pulled` takes each fact alone to the
    middle of what is published by the cheapest change of parameters, as the differences predict it, and gives where the
    others go, in half-widths. `left_out` is where each would go when all others are fitted and it is not.
    """
    here = point(parameters)
    now = distances(figures(here, dyads=dyads, seed=seed))
    slopes = np.column_stack([_slope(here, place, dyads=dyads, seed=seed) for place in range(len(FREE))])
    names = [fact.name for fact in FACTS]
    return {
        "dyads": dyads,
        "distance": dict(zip(names, now.tolist(), strict=True)),
        "change": {
            row.name: dict(zip(names, (slopes[:, place] * 0.1 * HALF_WIDTH_IN_ERRORS).tolist(), strict=True))
            for place, row in enumerate(FREE)
        },
        "pulled": {
            name: dict(zip(names, _pulled(slopes, now, fact).tolist(), strict=True)) for fact, name in enumerate(names)
        },
        "left_out": {name: _left_out(slopes, now, fact) for fact, name in enumerate(names)},
    }


def _slope(here: Matrix, place: int, *, dyads: int, seed: int) -> Matrix:
    """Change of all distances for the whole range of one parameter."""
    up, down = here.copy(), here.copy()
    up[place], down[place] = min(here[place] + STEP, 1.0), max(here[place] - STEP, 0.0)
    far = [distances(figures(there, dyads=dyads, seed=seed)) for there in (up, down)]
    return np.asarray((far[0] - far[1]) / (up[place] - down[place]))


def _pulled(slopes: Matrix, now: Matrix, fact: int) -> Matrix:
    row = slopes[fact]
    reach = float(row @ row)
    return now if reach == 0 else now - slopes @ row * now[fact] / reach


def _left_out(slopes: Matrix, now: Matrix, fact: int) -> float:
    others = np.arange(len(now)) != fact
    kept = slopes[others]
    step = -np.linalg.solve(kept.T @ kept + RIDGE * np.eye(kept.shape[1]), kept.T @ now[others])
    return float(now[fact] + slopes[fact] @ step)
