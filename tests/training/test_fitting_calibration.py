from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from attunement.codebook import CODES
from attunement.coder.calibration import HEADS, sigmoid, split_heads
from attunement.coder.decisions import COLUMNS, GROUPS, decide
from training.calibrate import COMMON, best_threshold, f1_of, fit_calibration, fit_thresholds
from training.data import CODE_INDEX, empty_targets

TURNS = 600
WIDTH = sum(HEADS.values())
YES_OR_NO = st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=1, max_size=25)


@given(YES_OR_NO)
def test_the_best_threshold_is_that_of_trying_all(pairs):
    p, y = np.array([value for value, _ in pairs]) / 10, np.array([yes for _, yes in pairs])
    threshold = best_threshold(p, y)
    if y.any():
        assert f1_of(p >= threshold, y) == pytest.approx(max(f1_of(p >= value, y) for value in p))
    else:
        assert threshold == 0.3


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_f1_is_f1(pairs):
    decided, truth = np.array(pairs).T
    assert f1_of(decided, truth) == pytest.approx(f1_score(truth, decided, zero_division=0.0))


@pytest.fixture(scope="module")
def answers() -> np.ndarray:
    """Network and word model, for turns of client and therapist in turn."""
    return np.random.default_rng(0).normal(-0.5, 1.5, (TURNS, 2 * WIDTH)).astype(np.float32)


@pytest.fixture(scope="module")
def chances(answers: np.ndarray) -> np.ndarray:
    """The true chance of each column: network and word model are each half right and twice too sure."""
    heads = split_heads(answers)
    return np.concatenate([sigmoid(0.25 * heads[head].sum(axis=-1)) for head in HEADS], axis=1)


@pytest.fixture(scope="module")
def targets(chances: np.ndarray) -> dict[str, np.ndarray]:
    """Drawn from those chances; every other turn is of the other speaker, whose columns are not known."""
    table = (np.random.default_rng(1).random(chances.shape) < chances).astype(np.float32)
    drawn = dict(zip(HEADS, np.split(table, np.cumsum(list(HEADS.values()))[:-1], axis=1), strict=True))
    of_therapist = np.array([code.speaker == "therapist" for code in CODES.values()])
    speaks = np.arange(TURNS) % 2 == 0
    drawn["codes"][speaks[:, None] != of_therapist] = np.nan
    for column, codes in enumerate(GROUPS.values()):
        drawn["groups"][speaks != (CODES[codes[0]].speaker == "therapist"), column] = np.nan
    drawn["experiencing"][speaks] = np.nan
    drawn["empathy"][~speaks] = np.nan
    for head in ("therapist_behaviour", "client_talk"):
        chosen = chances_of(head, chances).argmax(axis=1)
        drawn[head] = np.eye(HEADS[head], dtype=np.float32)[chosen]
    return drawn


def chances_of(head: str, chances: np.ndarray) -> np.ndarray:
    return np.split(chances, np.cumsum(list(HEADS.values()))[:-1], axis=1)[list(HEADS).index(head)]


@pytest.fixture(scope="module")
def fitted(answers, targets):
    return fit_calibration(split_heads(answers), targets)


def test_probabilities_come_out_as_they_went_in(fitted, answers, chances, targets):
    known = ~np.isnan(targets["codes"])
    error = (fitted.code_probabilities(split_heads(answers)) - chances_of("codes", chances))[known]
    raw = (sigmoid(split_heads(answers)["codes"][..., 0]) - chances_of("codes", chances))[known]
    assert np.abs(error).mean() < 0.06 < np.abs(raw).mean()
    assert abs(error.mean()) < 0.01


def test_both_models_are_believed(fitted):
    slopes = np.array([fitted.codes[code][1:3] for code in CODES])
    assert slopes.mean(axis=0) == pytest.approx([0.25, 0.25], abs=0.06)
    steps = np.array([row[:2] for rows in fitted.steps.values() for row in rows])
    assert steps.mean(axis=0) == pytest.approx([0.25, 0.25], abs=0.08)


def test_classes_are_told_apart(fitted, answers, targets):
    for head in ("therapist_behaviour", "client_talk"):
        found = fitted.class_probabilities(head, split_heads(answers)).argmax(axis=1)
        assert (found == targets[head].argmax(axis=1)).mean() > 0.9


def test_every_code_has_a_threshold_and_every_group_a_gate_within_reason(fitted):
    assert fitted.thresholds.keys() == CODES.keys()
    assert all(0.08 <= value <= 0.7 for value in fitted.thresholds.values())
    assert fitted.gates.keys() == GROUPS.keys()
    assert all(0 < value < 1 for value in fitted.gates.values())


def test_a_target_of_one_half_pulls_both_ways(answers):
    targets = empty_targets(TURNS)
    for head in ("codes", "groups", "experiencing", "empathy"):
        targets[head][:] = 0.5
    fitted = fit_calibration(split_heads(answers), targets)
    assert np.allclose(fitted.code_probabilities(split_heads(answers)), 0.5, atol=0.01)


def test_without_interviewing_labels_the_network_s_own_classes_stay(answers, targets):
    nothing = {head: np.full_like(targets[head], np.nan) for head in ("therapist_behaviour", "client_talk")}
    fitted = fit_calibration(split_heads(answers), targets | nothing)
    assert fitted.classes == {"therapist_behaviour": (1.0, 0.0, *[0.0] * 4), "client_talk": (1.0, 0.0, *[0.0] * 3)}


def test_a_rare_class_is_not_forgotten(answers, targets):
    """A class of one turn in twenty that the answers tell only faintly from the others."""
    random = np.random.default_rng(5)
    chosen = np.where(random.random(TURNS) < 0.05, 0, 1)
    faint = {"client_talk": np.zeros((TURNS, 3, 2))}
    faint["client_talk"][..., 0] = random.normal(0, 1, (TURNS, 3)) + 1.5 * np.eye(3)[chosen]
    heads = split_heads(answers) | faint
    fitted = fit_calibration(heads, targets | {"client_talk": np.eye(3, dtype=np.float32)[chosen]})
    found = fitted.class_probabilities("client_talk", heads).argmax(axis=1)
    assert (found[chosen == 0] == 0).mean() > 0.5


def test_the_threshold_of_a_code_that_never_occurs_is_the_common_one():
    probabilities = np.random.default_rng(2).uniform(0, 1, (400, len(CODES)))
    targets = (np.random.default_rng(3).random(probabilities.shape) < probabilities).astype(float)
    targets[:, CODE_INDEX["grief"]] = 0
    thresholds = fit_thresholds(probabilities, targets)
    feeling = CODE_INDEX["feeling"]
    assert thresholds["grief"] == pytest.approx(COMMON)
    assert thresholds["feeling"] == pytest.approx(
        best_threshold(probabilities[:, feeling], targets[:, feeling] > 0), abs=0.05
    )


def test_gates_make_any_code_of_a_group_right_at_least_as_often_as_their_first_guess(fitted, answers, targets):
    heads = split_heads(answers)
    probabilities, groups = fitted.code_probabilities(heads), fitted.group_probabilities(heads)
    first = {
        name: best_threshold(groups[known, column], targets["groups"][known, column] > 0)
        for column, name in enumerate(GROUPS)
        if (known := ~np.isnan(targets["groups"][:, column])).any()
    }

    def right(gates: dict[str, float]) -> float:
        decided = decide(probabilities, groups, fitted.thresholds, gates)
        of_client = ~np.isnan(targets["groups"][:, 0])
        return sum(
            f1_of(decided[of_client][:, COLUMNS[name]].any(axis=1), targets["groups"][of_client, column] > 0)
            for column, name in enumerate(("strain", "withdrawal", "confrontation"))
        )

    assert right(fitted.gates) >= right(first) - 1e-9
