from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from attunement.coder.calibration import HEADS
from training import sources
from training.sources import CORPUS, Data, Encoder, OutOfFold, sha256, stacked_targets

WIDTH = 2 * sum(HEADS.values())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three invented sessions of two cases."""
    folder = tmp_path / "sessions"
    folder.mkdir()
    for name, case in (("ann-1", "ann"), ("ann-2", "ann"), ("bob-1", "bob")):
        text = f"# id: {name}\n# case: {case}\nT: How was it? {{question_open}}\nC: Sad. {{feeling, exp=1}}\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_data_are_read_with_the_digest_of_every_file(corpus, tmp_path):
    data = Data.load(corpus, tmp_path / "nowhere")
    assert [session.id for session in data.sessions] == ["ann-1", "ann-2", "bob-1"]
    assert [session.session.id for session in data.coded] == ["ann-1", "ann-2", "bob-1"]
    assert data.annomi == []
    path = corpus / "bob-1.txt"
    assert data.digests["sessions/bob-1.txt"] == sha256(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(data.digests) == 3


def test_sessions_of_one_case_share_a_fold(corpus, tmp_path):
    first, second, _ = Data.load(corpus, tmp_path / "nowhere").folds()
    assert first == second


def test_the_shipped_corpus_is_where_training_looks_for_it():
    assert len(list(CORPUS.glob("*.txt"))) > 500


def test_an_encoder_of_another_make_is_refused(tmp_path, monkeypatch):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(sources, "files", lambda name: tmp_path)
    with pytest.raises(SystemExit, match="not the expected encoder"):
        Encoder.installed()


def test_answers_out_of_fold_survive_their_file(corpus, tmp_path):
    data = Data.load(corpus, tmp_path / "nowhere")
    random = np.random.default_rng(1)
    kept = OutOfFold(
        logits={session.id: random.normal(0, 3, (2, WIDTH)).astype(np.float32) for session in data.sessions},
        fold={"ann-1": 0, "ann-2": 0, "bob-1": 1},
        recipe={"epochs": 3},
    )
    kept.save(tmp_path / "results" / "out-of-fold.npz")
    read = OutOfFold.load(tmp_path / "results" / "out-of-fold.npz")
    assert (read.fold, read.recipe) == (kept.fold, kept.recipe)
    for name, logits in kept.logits.items():
        assert np.allclose(read.logits[name], logits, rtol=2e-3)


def test_sessions_are_laid_one_under_the_other_in_the_same_order(corpus, tmp_path):
    data = Data.load(corpus, tmp_path / "nowhere")
    logits = {session.id: np.full((2, WIDTH), row, dtype=np.float32) for row, session in enumerate(data.sessions)}
    heads = OutOfFold(logits, {}, {}).heads(data.sessions)
    targets = stacked_targets(data.sessions)
    for head, width in HEADS.items():
        assert heads[head].shape == (6, width, 2)
        assert targets[head].shape == (6, width)
        assert heads[head][:, 0, 0].tolist() == [0, 0, 1, 1, 2, 2]
