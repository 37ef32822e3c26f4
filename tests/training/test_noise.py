from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.noise import MISHEARD, degrade, lower_and_strip

NOTE = re.compile(r"\[[^\]]*\]|\([^)]*\)")
SENTENCE = "I don't know. (Sighs.) Really, their house was [inaudible] what I want; and then the rain began!"


def misheard(text: str, *, seed: int = 1, word_error: float = 0.06) -> str:
    return degrade(text, np.random.default_rng(seed), word_error=word_error)


@given(st.text(max_size=120), st.integers(0, 1000), st.floats(0, 1))
def test_whatever_is_said_can_be_misheard_and_is_never_lost_altogether(text, seed, word_error):
    heard = misheard(text, seed=seed, word_error=word_error)
    said = re.findall(r"\w+", NOTE.sub(" ", text.lower()))
    assert bool(heard) == bool(said) or not said
    assert heard == " ".join(heard.split())


@given(st.text(max_size=120), st.integers(0, 1000))
def test_no_case_no_punctuation_and_no_note_is_left(text, seed):
    heard = misheard(text, seed=seed, word_error=1.0)
    assert heard == heard.lower() or not heard.isascii()
    assert not re.search(r"[^\w\s']", heard)


def test_without_errors_only_case_punctuation_and_notes_are_lost():
    heard = misheard(SENTENCE, word_error=0.0)
    assert heard == "i don't know really their house was what i want and then the rain began"


def test_the_same_draw_mishears_in_the_same_way():
    assert misheard(SENTENCE, seed=3) == misheard(SENTENCE, seed=3)
    assert len({misheard(SENTENCE, seed=seed, word_error=0.5) for seed in range(20)}) > 10


def test_about_as_many_words_are_misheard_as_asked_for():
    words = " ".join(["window"] * 3000)
    heard = misheard(words, word_error=0.06).split()
    assert sum(word != "window" for word in heard) / 3000 == pytest.approx(0.02, abs=0.01)
    assert len(heard) == pytest.approx(3000, abs=80)


def test_frequent_words_are_misheard_as_recognisers_mishear_them():
    heard = set(misheard(" ".join(["feel"] * 300), word_error=1.0).split())
    assert heard == {"feel", "fill"}
    assert all(len(said.split()) == 1 for said in MISHEARD)


@given(st.text(max_size=120))
def test_stripping_keeps_every_word(text):
    assert re.findall(r"\w+", lower_and_strip(text)) == re.findall(r"\w+", text.lower())
