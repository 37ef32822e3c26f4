"""A shortcut sees what it is said to see, and nothing of the turn itself."""

from __future__ import annotations

import numpy as np

from benchmarks.figures.ways import FAR, form, topics
from training.data import TrainingSession, empty_targets


def session(texts: list[str], name: str = "made-up") -> TrainingSession:
    speakers = ["therapist", "client"] * len(texts)
    return TrainingSession(name, f"corpus:{name}", "corpus", speakers[: len(texts)], texts, empty_targets(len(texts)))


def test_the_topic_of_a_turn_is_told_by_far_turns_only():
    texts = [f"word{number} shared" for number in range(20)]
    learnt = [session(texts), session(texts, "twin")]
    known, new = topics(learnt, [session(texts, "asked")])
    assert known.shape[0] == 40
    # Of the 21 words, turn 10 must not know those of turns 4 to 16.
    assert new[10].nnz == 20 - (2 * FAR + 1) + 1
    assert new[0].nnz == 20 - (FAR + 1) + 1


def test_form_knows_length_and_place_and_no_word():
    one, other = session(["Well then", "no", "never ever again"]), session(["Oh dear", "so", "fine by me"], "other")
    assert np.array_equal(form([one]), form([other]))
    assert form([one]).shape == (3, 6)
    assert not np.array_equal(form([one])[0], form([one])[2])
    assert form([session(["Hm."])]).shape == (1, 6)
