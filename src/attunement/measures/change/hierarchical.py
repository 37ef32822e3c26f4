"""Change as a course: a line for each client, drawn towards the average line (Raudenbush & Bryk, 2002).

    outcome of client i at time t = (β₀ + b₀ᵢ) + (β₁ + b₁ᵢ) t + error,   (b₀, b₁) ~ N(0, σ² T)

fitted by restricted maximum likelihood. The index is b₁ᵢ, the empirical-Bayes estimate, over its standard error given
the model: how far a client's slope lies from the average slope, in units of what is unknown about it.

With (b̂ᵢ, Wᵢ⁻¹) the least-squares line of client i and its covariance over σ², and Vᵢ = Wᵢ⁻¹ + T, the criterion is

    Σ log |Wᵢ Vᵢ| + log |Σ Vᵢ⁻¹| + (n − 2) (1 + log 2π s²),   s² = (Σ rssᵢ + Σ (b̂ᵢ − β)ᵀ Vᵢ⁻¹ (b̂ᵢ − β)) / (n − 2)

T = Λ Λᵀ with Λ lower triangular; θ is its three entries. The search for θ begins, steps and stops as that of the R
package lme4 does (BOBYQA, Powell 2009, from the library NLopt), since where it stops decides the fifth digit of the
index.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attunement.errors import InputError
from attunement.measures.change.repeated import Repeated

Floats = npt.NDArray[np.float64]

START = (1.0, 0.0, 1.0)
LOWEST = (0.0, -np.inf, 0.0)
# lme4 stops at changes below the first two; the third is what R's nloptr adds of its own.
STOP_AT_CRITERION, STOP_AT_THETA, STOP_AT_SHARE_OF_THETA = 1e-8, 1e-8, 1e-4
MOST_EVALUATIONS = 100_000
# Below these a fit is called fragile: the share of the slopes' variance that does not go with the intercepts, and the
# slopes' standard deviation over σ.
SMALLEST_SHARE, SMALLEST_SPREAD = 1e-3, 0.05
# An entry of θ this near to its bound is tried on the bound.
NEAR_BOUND = 1e-5


@dataclass(frozen=True)
class Symmetric:
    """A symmetric 2 × 2 matrix, or one for each client, by its three entries; all that is needed of linear algebra."""

    intercept: Floats
    both: Floats
    slope: Floats

    @property
    def determinant(self) -> Floats:
        """Of each matrix."""
        return self.intercept * self.slope - self.both**2

    @property
    def inverse(self) -> Symmetric:
        """Of each matrix."""
        scale = 1 / self.determinant
        return Symmetric(self.slope * scale, -self.both * scale, self.intercept * scale)

    def __add__(self, other: Symmetric) -> Symmetric:
        return Symmetric(self.intercept + other.intercept, self.both + other.both, self.slope + other.slope)

    def times(self, intercept: Floats, slope: Floats) -> tuple[Floats, Floats]:
        """Each matrix times a vector."""
        return self.intercept * intercept + self.both * slope, self.both * intercept + self.slope * slope

    def at(self, positions: npt.NDArray[np.intp]) -> Symmetric:
        """The matrices at these positions."""
        return Symmetric(self.intercept[positions], self.both[positions], self.slope[positions])

    def sum(self, weights: Floats) -> Symmetric:
        """Of all matrices, each so many times."""
        return Symmetric(*(np.asarray(entry @ weights) for entry in (self.intercept, self.both, self.slope)))

    def dot(self, other: Symmetric) -> float:
        """Sum of the products of all entries."""
        return float(self.intercept @ other.intercept + 2 * (self.both @ other.both) + self.slope @ other.slope)


@dataclass(frozen=True)
class Lines:
    """The least-squares line of each client, and what no line explains.

    Lines through the same times have the same covariance, so that the likelihood needs them summed up only: for each
    `plan` of times the covariance over σ², how many clients have it, the mean of their lines and the scatter about it.
    """

    intercept: Floats
    slope: Floats
    plan: npt.NDArray[np.intp]
    covariance: Symmetric
    clients: Floats
    mean_intercept: Floats
    mean_slope: Floats
    scatter: Symmetric
    unexplained: float
    observations: int


@dataclass(frozen=True)
class Fit:
    """The model at one θ."""

    criterion: float
    intercept: float
    slope: float
    residual_variance: float
    between: Symmetric


@dataclass(frozen=True)
class Slopes:
    """Each client's deviation from the average slope over its standard error.

    Positive when the client's scores rise more, or fall less, than those of the average client. `is_fragile` when
    slopes hardly differ, or go with the intercepts almost perfectly: the fit is then nearly singular.
    """

    index: Floats
    is_fragile: bool


def slopes_of(courses: Repeated) -> Slopes:
    """How far each client's course is from the average course.

    Raises:
        InputError: when the clients' scores lie on lines exactly, or their slopes do not differ beyond chance.
    """
    lines = lines_of(courses)
    if not lines.unexplained > 0:
        raise InputError("HLM cannot be computed: every client's scores lie exactly on a line, which leaves no error.")
    fit = fit_at(lines, most_likely(lines))
    if not fit.between.slope > 0:
        raise InputError("HLM cannot be computed: the clients' slopes do not differ more than chance would have them.")
    weights = (lines.covariance + fit.between).inverse
    unknown = fit.residual_variance * _unknown(weights, lines.covariance, fit.between)
    weighted = weights.at(lines.plan).times(lines.intercept - fit.intercept, lines.slope - fit.slope)
    deviation = fit.between.times(*weighted)[1]
    return Slopes(deviation / np.sqrt(unknown)[lines.plan], _is_nearly_singular(fit.between))


def _is_nearly_singular(between: Symmetric) -> bool:
    on_their_own = between.determinant / (between.intercept * between.slope) if between.intercept > 0 else 0.0
    return bool(on_their_own < SMALLEST_SHARE or between.slope < SMALLEST_SPREAD**2)


def _unknown(weights: Symmetric, covariance: Symmetric, between: Symmetric) -> Floats:
    """Variance over σ² of a client's slope given the data: the slope entry of T V⁻¹ W⁻¹."""
    weighted = weights.times(covariance.both, covariance.slope)
    return between.times(*weighted)[1]


def lines_of(courses: Repeated) -> Lines:
    """A line for each client; every client has three times or more."""
    table = courses.measurements
    client, count = table["client"].to_numpy(), len(courses.clients)

    def per_client(values: Floats) -> Floats:
        return np.bincount(client, weights=values, minlength=count).astype(np.float64)

    time, outcome = table["time"].to_numpy(float), table["outcome"].to_numpy(float)
    n = per_client(np.ones_like(time))
    mean_time, mean_outcome = per_client(time) / n, per_client(outcome) / n
    from_mean, deviation = time - mean_time[client], outcome - mean_outcome[client]
    squares = per_client(from_mean**2)
    slope = per_client(from_mean * deviation) / squares
    intercept = mean_outcome - slope * mean_time
    residuals = deviation - slope[client] * from_mean
    plans, plan = np.unique(np.column_stack([n, mean_time, squares]), axis=0, return_inverse=True)
    n, mean_time, squares = plans.T
    covariance = Symmetric(1 / n + mean_time**2 / squares, -mean_time / squares, 1 / squares)
    return _summed_up(intercept, slope, plan.ravel(), covariance, float(residuals @ residuals), len(table))


def _summed_up(
    intercept: Floats,
    slope: Floats,
    plan: npt.NDArray[np.intp],
    covariance: Symmetric,
    unexplained: float,
    observations: int,
) -> Lines:
    clients = np.bincount(plan).astype(np.float64)

    def per_plan(values: Floats) -> Floats:
        return np.bincount(plan, weights=values).astype(np.float64)

    mean_intercept, mean_slope = per_plan(intercept) / clients, per_plan(slope) / clients
    above, steeper = intercept - mean_intercept[plan], slope - mean_slope[plan]
    scatter = Symmetric(per_plan(above**2), per_plan(above * steeper), per_plan(steeper**2))
    return Lines(
        intercept, slope, plan, covariance, clients, mean_intercept, mean_slope, scatter, unexplained, observations
    )


def fit_at(lines: Lines, theta: Floats) -> Fit:
    """The restricted likelihood's criterion (smaller is better) and what follows from θ."""
    first, below, second = (np.asarray(entry) for entry in theta)
    between = Symmetric(first**2, first * below, below**2 + second**2)
    total = lines.covariance + between
    weights = total.inverse
    all_weights = weights.sum(lines.clients)
    pulled = weights.times(lines.mean_intercept, lines.mean_slope)
    intercept, slope = all_weights.inverse.times(pulled[0] @ lines.clients, pulled[1] @ lines.clients)
    above, steeper = lines.mean_intercept - intercept, lines.mean_slope - slope
    of_means = Symmetric(lines.clients * above**2, lines.clients * above * steeper, lines.clients * steeper**2)
    freedom = lines.observations - 2
    variance = (lines.unexplained + weights.dot(lines.scatter + of_means)) / freedom
    spread = lines.clients @ np.log(total.determinant / lines.covariance.determinant) + np.log(all_weights.determinant)
    criterion = float(spread) + freedom * (1 + np.log(2 * np.pi * variance))
    return Fit(float(criterion), float(intercept), float(slope), variance, between)


def most_likely(lines: Lines) -> Floats:
    """θ where lme4 would stop."""

    def criterion(theta: Floats) -> float:
        return fit_at(lines, theta).criterion

    found = _search(lines, np.array(START))
    if _improves_off_bound(lines, found):
        found = _search(lines, found)
    best = criterion(found)
    for entry, bound in enumerate(LOWEST):
        if 0 < found[entry] - bound < NEAR_BOUND:
            on_bound = found.copy()
            on_bound[entry] = bound
            if criterion(on_bound) < best:
                found = on_bound
    return found


def _search(lines: Lines, start: Floats) -> Floats:
    import nlopt  # type: ignore[import-untyped]

    search = nlopt.opt(nlopt.LN_BOBYQA, len(start))
    search.set_min_objective(lambda theta, _: fit_at(lines, theta).criterion)
    search.set_lower_bounds(LOWEST)
    search.set_ftol_abs(STOP_AT_CRITERION)
    search.set_xtol_abs(STOP_AT_THETA)
    search.set_xtol_rel(STOP_AT_SHARE_OF_THETA)
    search.set_maxeval(MOST_EVALUATIONS)
    return np.asarray(search.optimize(start), dtype=float)


def _improves_off_bound(lines: Lines, theta: Floats) -> bool:
    here = fit_at(lines, theta).criterion
    for entry, bound in enumerate(LOWEST):
        if theta[entry] == bound:
            inside = theta.copy()
            inside[entry] = bound + NEAR_BOUND
            if fit_at(lines, inside).criterion < here:
                return True
    return False
