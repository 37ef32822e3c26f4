"""Fit probabilities and thresholds on answers to sessions the network had not seen."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from attunement.codebook import CLIENT_TALK, CODES, THERAPIST_BEHAVIOUR
from attunement.coder.calibration import GROUPS, Calibration, features_of, softmax
from training.data import CODE_INDEX

Heads = dict[str, np.ndarray]

# A code decided on fewer than this many turns has no threshold worth tuning of its own.
FEW = 20


def fit_calibration(logits: Heads, targets: Heads) -> Calibration:
    """From logits (turns, columns, 2) and targets (turns, columns) per head, NaN targets where nothing is known."""
    codes = {code: _code_coefficients(code, logits, targets) for code in CODES}
    calibration = Calibration(
        codes=codes,
        thresholds=dict.fromkeys(CODES, 0.5),
        steps={head: _steps(logits[head], targets[head]) for head in ("experiencing", "empathy")},
        classes={
            "therapist_behaviour": _classes(logits, targets, "therapist_behaviour", len(THERAPIST_BEHAVIOUR)),
            "client_talk": _classes(logits, targets, "client_talk", len(CLIENT_TALK)),
        },
    )
    calibration.thresholds.update(fit_thresholds(calibration.code_probabilities(logits), targets["codes"]))
    return calibration


def _code_coefficients(code: str, logits: Heads, targets: Heads) -> tuple[float, ...]:
    target = targets["codes"][:, CODE_INDEX[code]]
    known = ~np.isnan(target)
    features, target = features_of(code, logits)[known], target[known]
    # A target of one half (two annotators differ) counts half as a yes and half as a no.
    model = LogisticRegression(C=1.0).fit(
        np.concatenate([features, features]),
        np.repeat([1, 0], len(target)),
        sample_weight=np.concatenate([target, 1 - target]),
    )
    return (float(model.intercept_[0]), *(float(slope) for slope in model.coef_[0]))


def _steps(logits: np.ndarray, targets: np.ndarray) -> tuple[tuple[float, ...], ...]:
    fitted = []
    for column in range(targets.shape[1]):
        known = ~np.isnan(targets[:, column])
        x, y = logits[known, column], targets[known, column]
        model = LogisticRegression(C=10.0).fit(
            np.concatenate([x, x]), np.repeat([1, 0], len(y)), sample_weight=np.concatenate([y, 1 - y])
        )
        fitted.append((*(float(slope) for slope in model.coef_[0]), float(model.intercept_[0])))
    return tuple(fitted)


def _classes(logits: Heads, targets: Heads, head: str, width: int) -> tuple[float, ...]:
    """Two slopes and an offset a class that make the class probabilities likeliest; without data the network's own."""
    known = ~np.isnan(targets[head][:, 0])
    if not known.any():
        return (1.0, 0.0, *([0.0] * width))
    x, y = logits[head][known], targets[head][known].argmax(axis=1)

    def loss(parameters: np.ndarray) -> float:
        p = softmax(x @ parameters[:2] + parameters[2:])
        return float(-np.log(p[np.arange(len(y)), y] + 1e-12).mean() + 1e-4 * parameters @ parameters)

    start = np.array([1.0, 0.2, *([0.0] * width)])
    best = minimize(loss, start, method="L-BFGS-B").x
    return (*(float(slope) for slope in best[:2]), *(float(offset - best[2:].mean()) for offset in best[2:]))


def fit_thresholds(probabilities: np.ndarray, targets: np.ndarray) -> dict[str, float]:
    """Per code the threshold of the best F1, drawn towards that of codes at large where examples are few.

    The thresholds of a group's codes are then raised or lowered together until "any code of the group" does best.
    """
    thresholds = {}
    for code, column in CODE_INDEX.items():
        known = ~np.isnan(targets[:, column])
        p, y = probabilities[known, column], targets[known, column] >= 0.5
        own, share = best_threshold(p, y), y.sum() / (y.sum() + FEW)
        thresholds[code] = float(np.clip(share * own + (1 - share) * 0.3, 0.08, 0.7))
    for _ in range(2):
        for members in GROUPS.values():
            _move_together(members, thresholds, probabilities, targets)
    return thresholds


def _move_together(
    members: tuple[str, ...], thresholds: dict[str, float], probabilities: np.ndarray, targets: np.ndarray
) -> None:
    columns = [CODE_INDEX[code] for code in members]
    known = ~np.isnan(targets[:, columns[0]])
    p, y = probabilities[known][:, columns], targets[known][:, columns] >= 0.5
    base = np.array([thresholds[code] for code in members])

    def gain(factor: float) -> float:
        decided = p >= base * factor
        each = np.mean([f1_of(decided[:, i], y[:, i]) for i in range(len(members))])
        return f1_of(decided.any(axis=1), y.any(axis=1)) + 0.5 * each

    factor = max(np.geomspace(0.6, 2.0, 25), key=gain)
    thresholds.update(zip(members, np.clip(base * factor, 0.05, 0.85).tolist(), strict=True))


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
