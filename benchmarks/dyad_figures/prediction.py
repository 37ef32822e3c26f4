"""How well the next score and an ending are foreseen, beside simple rules fitted to other clients."""

from __future__ import annotations

import jax
import numpy as np
from jax import Array

from attunement.dyad import model
from attunement.dyad.inference.coder_errors import EXCHANGES
from attunement.dyad.inference.observed import HIGHEST, Observed
from attunement.dyad.inference.particles import Paths
from attunement.dyad.model import Pair, State
from attunement.dyad.parameters import DEFAULT
from benchmarks.dyad_figures.baselines import Baselines, Course
from benchmarks.dyad_figures.clients import SESSIONS, STEP, Client
from benchmarks.dyad_figures.scores import Draws, Floats, Halves, Prediction

MODEL, GROWTH, BOTH = "model", "growth model", "model and growth model, half each"
FROM_SESSION = 4  # the first that is predicted
BIN = {"rating": STEP, "distress": 0.1}
BINS = {"rating": 1 + round(HIGHEST / STEP), "distress": 60}
REPLICATES = 400  # of what may follow, for who knows the truth
Endings = dict[str, list[tuple[float, float]]]  # by rule: chance, and whether it came
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
        own, others = Draws(draws, BINS[kind]), rules.predict(before, session)
        said: dict[str, Prediction] = {MODEL: own, **others, BOTH: Halves(own, others[GROWTH])}
        for name, prediction in said.items():
            scores.setdefault(name, []).append((prediction.crps(score), prediction.log_score(*_bin(score, kind))))
    return scores


def _bin(score: float, kind: str) -> tuple[float, float]:
    low, high = score - BIN[kind] / 2, score + BIN[kind] / 2
    if kind == "rating":
        return (-np.inf if low <= 0 else low), (np.inf if high >= HIGHEST else high)
    return low, high


def endings(client: Client, found: Paths | None, base_rate: float, by_rating: Floats) -> Endings:
    """The chance of ending within two sessions, from session 3 on, by rule, and whether it came."""
    sessions = range(3, min(client.sessions, SESSIONS - 2) + 1)
    best = _with_the_truth(client, sessions) if sessions else []
    said: Endings = {}
    for session, knowing in zip(sessions, best, strict=True):
        chances = {
            **({} if found is None else {MODEL: float(found.steps.leaves[session].mean())}),
            "share of clients": base_rate,
            "logistic on the last rating": _chance(client, session, by_rating),
            "who knows the truth": knowing,
        }
        for name, chance in chances.items():
            said.setdefault(name, []).append((chance, float(client.leaves[session - 1])))
    return said


def _with_the_truth(client: Client, sessions: range) -> list[float]:
    """The chance given the true state after each session, by simulating what follows: nobody can know better."""
    rows = np.repeat(np.array(sessions) - 1, REPLICATES)
    state = jax.tree.map(lambda values: values[rows], client.state)
    pair = jax.tree.map(lambda value: np.broadcast_to(value, rows.shape), client.pair)
    return np.asarray(_leaves(state, pair, jax.random.key(client.sessions))).reshape(-1, REPLICATES).mean(1).tolist()


@jax.jit
def _leaves(state: State, pair: Pair, key: Array) -> Array:
    """Whether each leaves now or after one more session."""
    now_key, today_key, session_key, then_key = jax.random.split(key, 4)
    begins, now = model.between(state, state, DEFAULT, now_key)
    today = model.today(pair, DEFAULT, today_key)
    ends, _, _ = model.session(begins, pair, today, DEFAULT, session_key, exchanges=EXCHANGES)
    return now | model.between(begins, ends, DEFAULT, then_key)[1]


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
