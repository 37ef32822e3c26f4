"""How well the next score and an ending are foreseen, beside simple rules fitted to other clients."""

from __future__ import annotations

import numpy as np

from attunement.dyad.inference.observed import HIGHEST, Observed
from attunement.dyad.inference.particles import Paths
from benchmarks.dyad_figures.baselines import Baselines, Course
from benchmarks.dyad_figures.clients import SESSIONS, STEP, Client
from benchmarks.dyad_figures.scores import Draws, Floats, Prediction

MODEL = "model"
FROM_SESSION = 4  # the first that is predicted
BIN = {"rating": STEP, "distress": 0.1}
BINS = {"rating": 1 + round(HIGHEST / STEP), "distress": 60}
Scores = dict[str, list[tuple[float, float]]]  # by rule: CRPS and log score of each prediction


def course_of(observed: Observed, kind: str) -> Course:
    """Ratings or distress by session."""
    values = observed.ratings if kind == "rating" else observed.distress
    return {session: value for session, value in enumerate(values, start=1) if value is not None}


def next_scores(observed: Observed, found: Paths, rules: Baselines, kind: str, *, first: int = FROM_SESSION) -> Scores:
    """Every score from session `first` on that has one before it, as each rule and the model foresaw it."""
    course = course_of(observed, kind)
    scores: Scores = {}
    for session, score in course.items():
        before = {earlier: value for earlier, value in course.items() if earlier < session}
        if session < first or not before:
            continue
        comes = found.steps.comes[session - 1]
        draws = getattr(found.steps, kind)[session - 1][comes]
        said: dict[str, Prediction] = {MODEL: Draws(draws, BINS[kind]), **rules.predict(before, session)}
        for name, prediction in said.items():
            scores.setdefault(name, []).append((prediction.crps(score), prediction.log_score(*_bin(score, kind))))
    return scores


def _bin(score: float, kind: str) -> tuple[float, float]:
    low, high = score - BIN[kind] / 2, score + BIN[kind] / 2
    if kind == "rating":
        return (-np.inf if low <= 0 else low), (np.inf if high >= HIGHEST else high)
    return low, high


def endings(client: Client, found: Paths, base_rate: float, by_rating: Floats) -> dict[str, list[float]]:
    """Squared errors of the chance of ending within two sessions, from session 3 on, by rule."""
    errors: dict[str, list[float]] = {}
    for session in range(3, min(client.sessions, SESSIONS - 2) + 1):
        truth = float(client.leaves[session - 1])
        chances = {
            MODEL: float(found.steps.leaves[session].mean()),
            "share of clients": base_rate,
            "logistic on the last rating": _chance(client, session, by_rating),
        }
        for name, chance in chances.items():
            errors.setdefault(name, []).append((chance - truth) ** 2)
    return errors


def ending_rules(clients: list[Client]) -> tuple[float, Floats]:
    """From other clients: the share that ends within two sessions, and its logistic regression on the last rating."""
    from statsmodels.api import Logit

    rows = [
        (1.0, _last_rating(client, session), float(client.leaves[session - 1]))
        for client in clients
        for session in range(3, min(client.sessions, SESSIONS - 2) + 1)
    ]
    data = np.array(rows)
    fitted = Logit(data[:, 2], data[:, :2]).fit(disp=0)
    return float(data[:, 2].mean()), np.asarray(fitted.params)


def _chance(client: Client, session: int, weights: Floats) -> float:
    return float(1 / (1 + np.exp(-weights[0] - weights[1] * _last_rating(client, session))))


def _last_rating(client: Client, session: int) -> float:
    known = [rating for rating in client.observed.ratings[:session] if rating is not None]
    return known[-1] if known else HIGHEST * 0.75
