"""Session quality is told from average probabilities: no word goes in, and no length."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.codebook import CODES
from attunement.coder.table import CodeTable
from benchmarks.annomi_quality import chances, features, qualities


def table(turns: int) -> CodeTable:
    client = np.arange(turns) % 2 == 1
    of_client = np.array([code.speaker == "client" for code in CODES.values()])
    probabilities = np.full((turns, len(CODES)), 0.1, np.float32)
    probabilities[client[:, None] != of_client[None, :]] = np.nan

    def where(rows: np.ndarray, *shape: int) -> np.ndarray:
        values = np.full((turns, *shape), 1 / shape[-1], np.float32)
        values[~rows] = np.nan
        return values

    return CodeTable(
        tuple(CODES),
        probabilities,
        dict.fromkeys(CODES, 0.5),
        where(client, 3),
        where(~client, 3, 3),
        where(~client, 4),
        where(client, 3),
    )


def test_a_session_twice_as_long_with_the_same_turns_has_the_same_features():
    short, long = features(table(10)), features(table(20))
    assert short.shape == (20,)
    assert np.isfinite(short).all()
    assert short == pytest.approx(long)


def test_quality_is_read_by_transcript(tmp_path):
    file = tmp_path / "annomi.csv"
    file.write_text("transcript_id,mi_quality\n4,high\n4,high\n17,low\n", encoding="utf-8")
    assert qualities(file) == {"annomi-004": True, "annomi-017": False}


def test_sessions_of_one_video_are_never_on_both_sides():
    good = np.array([True, False] * 20)
    videos = np.repeat(np.arange(20), 2)
    telling = np.arange(40, dtype=float)[:, None] * 0 + videos[:, None]
    found = chances(telling, good, videos, 0)
    assert found.shape == (40,)
    assert found.min() > 0.2
    assert found.max() < 0.8
