"""Fit probabilities and thresholds on answers to sessions the network had not seen."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from attunement.codebook import CLIENT_TALK, THERAPIST_BEHAVIOUR
from attunement.coder.calibration import Calibration, features_of, group_features, softmax
from attunement.coder.decisions import COLUMNS, GROUPS, decide
from training.data import CODE_INDEX

Heads = dict[str, np.ndarray]

# A threshold tuned on this many examples counts as much as the common one.
FEW, COMMON = 20, 0.3
# How far the classes are evened out: 0 leaves them as common as they are, 1 makes them equally common.
BALANCE = 0.75
STRAIN_KINDS = ("withdrawal", "confrontation")
FACTORS = np.geomspace(0.6, 1.7, 12)


def fit_calibration(logits: Heads, targets: Heads) -> Calibration:
    """From logits (turns, columns, 2) and targets (turns, columns) per head, NaN targets where nothing is known."""
    calibration = Calibration(
        codes={
            code: _logistic(features_of(code, logits), targets["codes"][:, column])
            for code, column in CODE_INDEX.items()
        },
        groups={
            group: _logistic(group_features(group, logits), targets["groups"][:, column])
            for column, group in enumerate(GROUPS)
        },
        thresholds={},
        gates={},
        steps={head: _steps(logits[head], targets[head]) for head in ("experiencing", "empathy")},
        classes={
            "therapist_behaviour": _classes(logits, targets, "therapist_behaviour", len(THERAPIST_BEHAVIOUR)),
            "client_talk": _classes(logits, targets, "client_talk", len(CLIENT_TALK)),
        },
    )
    probabilities, groups = calibration.code_probabilities(logits), calibration.group_probabilities(logits)
    calibration.thresholds.update(fit_thresholds(probabilities, targets["codes"]))
    calibration.gates.update(fit_gates(probabilities, groups, targets, calibration.thresholds))
    return calibration


def _logistic(features: np.ndarray, target: np.ndarray) -> tuple[float, ...]:
    """Intercept and slopes; a target of one half (two annotators differ) counts half as a yes, half as a no."""
    known = ~np.isnan(target)
    x, y = features[known], target[known]
    model = LogisticRegression(C=1.0, max_iter=500).fit(
        np.concatenate([x, x]), np.repeat([1, 0], len(y)), sample_weight=np.concatenate([y, 1 - y])
    )
    return (float(model.intercept_[0]), *(float(slope) for slope in model.coef_[0]))


def _steps(logits: np.ndarray, targets: np.ndarray) -> tuple[tuple[float, ...], ...]:
    """Per column the slopes of network and words, then the intercept."""
    fitted = [_logistic(logits[:, column], targets[:, column]) for column in range(targets.shape[1])]
    return tuple((*slopes, intercept) for intercept, *slopes in fitted)


def _classes(logits: Heads, targets: Heads, head: str, width: int) -> tuple[float, ...]:
    """Two slopes and an offset a class that make the classes likeliest; without data the network's own.

    Rarer classes count more, so that the likeliest class is a fair guess for each of them, not only for the commonest.
    """
    known = ~np.isnan(targets[head][:, 0])
    if not known.any():
        return (1.0, 0.0, *([0.0] * width))
    x, y = logits[head][known], targets[head][known].argmax(axis=1)
    weight = (np.bincount(y, minlength=width) / len(y))[y] ** -BALANCE

    def loss(parameters: np.ndarray) -> float:
        p = softmax(x @ parameters[:2] + parameters[2:])
        likelihood = weight @ np.log(p[np.arange(len(y)), y] + 1e-12) / weight.sum()
        return float(-likelihood + 1e-4 * parameters @ parameters)

    start = np.array([1.0, 0.2, *([0.0] * width)])
    best = minimize(loss, start, method="L-BFGS-B").x
    return (*(float(slope) for slope in best[:2]), *(float(offset - best[2:].mean()) for offset in best[2:]))


def fit_thresholds(probabilities: np.ndarray, targets: np.ndarray) -> dict[str, float]:
    """Per code the threshold of the best F1, drawn towards a common one where examples are few."""
    thresholds = {}
    for code, column in CODE_INDEX.items():
        known = ~np.isnan(targets[:, column])
        p, y = probabilities[known, column], targets[known, column] >= 0.5
        own, share = best_threshold(p, y), y.sum() / (y.sum() + FEW)
        thresholds[code] = float(np.clip(share * own + (1 - share) * COMMON, 0.08, 0.7))
    return thresholds


def fit_gates(
    probabilities: np.ndarray, groups: np.ndarray, targets: Heads, thresholds: dict[str, float]
) -> dict[str, float]:
    """Per group the gate at which "any code of the group" is right most often (F1); strain and its kinds together."""
    truth = targets["groups"]
    gates = {
        group: best_threshold(groups[known, column], truth[known, column] >= 0.5)
        for column, group in enumerate(GROUPS)
        if (known := ~np.isnan(truth[:, column])).any()
    }
    of_client = ~np.isnan(truth[:, 0])
    p, g = probabilities[of_client], groups[of_client]
    kinds = {name: truth[of_client, list(GROUPS).index(name)] >= 0.5 for name in ("strain", *STRAIN_KINDS)}

    def gain(trial: dict[str, float]) -> float:
        decided = decide(p, g, thresholds, trial)
        return sum(f1_of(decided[:, COLUMNS[name]].any(axis=1), yes) for name, yes in kinds.items())

    for _ in range(2):
        for name in kinds:
            trials = [gates | {name: float(np.clip(gates[name] * factor, 0.05, 0.95))} for factor in FACTORS]
            gates = max(trials, key=gain)
    return gates


def best_threshold(p: np.ndarray, y: np.ndarray) -> float:
    """The probability at which F1 is highest; 0.3 where there is nothing to find."""
    if not y.any():
        return 0.3
    order = np.argsort(-p)
    hits, lowest = np.cumsum(y[order]), p[order]
    f1 = 2 * hits / (np.arange(1, len(y) + 1) + y.sum())
    can_end_here = np.append(lowest[1:] < lowest[:-1], True)  # equal probabilities are decided alike
    return float(lowest[int(np.where(can_end_here, f1, 0.0).argmax())])


def f1_of(decided: np.ndarray, truth: np.ndarray) -> float:
    """Harmonic mean of precision and recall; 0 where neither has a yes."""
    total = decided.sum() + truth.sum()
    return float(2 * (decided & truth).sum() / total) if total else 0.0
