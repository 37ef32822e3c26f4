"""What a reference lets one expect of a client, given scores already seen; every vector here is normal.

The client's own line and the uncertainty of the mean line are both two numbers, intercept and slope, so their
covariances add up. Conditioning on the scores seen gives the empirical Bayes prediction (Laird & Ware, 1982).
"""

from __future__ import annotations

import numpy as np

from attunement.measures.course.fit import design
from attunement.measures.course.reference import ReferenceCourse
from attunement.measures.course.sample import Floats, Places


def expected(reference: ReferenceCourse, seen: Places, scores: Floats, ahead: Places) -> tuple[Floats, Floats]:
    """Mean and standard deviation of a single new score at the sessions `ahead`, given `scores` at the sessions `seen`.

    With nothing seen these are those of any client of the reference.
    """
    lines = np.array(reference.between) + np.array(reference.uncertainty)
    noise = reference.residual_sd**2
    mean_line = np.array([reference.intercept, reference.slope])
    before, after = design(seen), design(ahead)
    covariance = before @ lines @ before.T + noise * np.eye(len(seen))
    gain = np.linalg.solve(covariance, before @ lines @ after.T).T
    mean = after @ mean_line + gain @ (scores - before @ mean_line)
    variance = (
        np.einsum("ij,jk,ik->i", after, lines, after) + noise - np.einsum("ij,ji->i", gain, before @ lines @ after.T)
    )
    return mean, np.sqrt(np.maximum(variance, noise))
