"""How many folds and seeds there are is read from the files of held-out answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from attunement.coder.calibration import HEADS
from benchmarks.baseline import Baseline
from benchmarks.held_out import Runs
from training.data import TrainingSession, empty_targets
from training.sources import Data, OutOfFold

SESSIONS = [TrainingSession(f"s{n}", f"corpus:c{n}", "corpus", ["client"], ["Hm."], empty_targets(1)) for n in range(4)]


def answers(seed: int) -> OutOfFold:
    width = 2 * sum(HEADS.values())
    logits = {session.id: np.full((1, width), float(seed)) for session in SESSIONS}
    return OutOfFold(logits, {session.id: n % 2 for n, session in enumerate(SESSIONS)}, {"seed": seed})


@pytest.fixture
def data() -> Data:
    return Data(SESSIONS, [], [], {})


def test_every_seed_beside_the_first_is_found_and_misheard_ones_are_kept_apart(tmp_path, data):
    for name, seed in (("", 1), ("-degraded", 1), ("-seed-2", 2), ("-degraded-seed-2", 2), ("-seed-3", 3)):
        answers(seed).save(tmp_path / f"out-of-fold{name}.npz")
    runs = Runs.load(data, tmp_path)
    assert runs.seeds == [1, 2, 3]
    assert len(runs.misheard) == 2
    assert runs.clean[1].finders == tmp_path / "finders-by-fold-seed-2.json"


def test_a_figure_is_the_mean_over_folds_and_seeds(tmp_path, data):
    for name, seed in (("", 1), ("-seed-2", 3)):
        answers(seed).save(tmp_path / f"out-of-fold{name}.npz")
    runs = Runs.load(data, tmp_path)
    assert runs.folds == [0, 1]
    values = runs.values(SESSIONS, lambda run, asked: float(run.out_of_fold.logits[asked[0].id][0, 0]))
    assert values == [1.0, 1.0, 3.0, 3.0]
    assert runs.over_folds(SESSIONS, lambda run, asked: float(len(asked))) == (2.0, 0.0)
    assert runs.misheard_mean(SESSIONS, lambda run, asked: 1.0) is None


def test_a_session_written_since_the_last_training_is_not_asked(tmp_path, data):
    answers(1).save(tmp_path / "out-of-fold.npz")
    newer = replace(SESSIONS[0], id="s9")
    run = Runs.load(replace(data, corpus=[*SESSIONS, newer]), tmp_path).clean[0]
    assert run.data.corpus == SESSIONS


def test_no_session_is_both_learnt_from_and_asked(tmp_path, data):
    answers(1).save(tmp_path / "out-of-fold.npz")
    run = Runs.load(data, tmp_path).clean[0]
    learnt, asked = run.apart(SESSIONS, 0)
    assert [s.id for s in learnt] == ["s1", "s3"]
    assert [s.id for s in asked] == ["s0", "s2"]


def test_a_baseline_is_formed_once_and_anew_when_the_folds_change(tmp_path, data):
    answers(1).save(tmp_path / "out-of-fold.npz")
    run, kept = Runs.load(data, tmp_path).clean[0], tmp_path / "baselines.json"
    formed: list[float] = []

    def figure() -> float:
        formed.append(0.5)
        return 0.5

    for _ in range(2):
        assert Baseline(run, SESSIONS, SESSIONS).once("strain", figure, kept) == 0.5
    assert len(formed) == 1
    moved = replace(run.out_of_fold, fold=dict.fromkeys(run.out_of_fold.fold, 1))
    Baseline(replace(run, out_of_fold=moved), SESSIONS, SESSIONS).once("strain", figure, kept)
    assert len(formed) == 2
