from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_coder import COLUMNS, VOCABULARY, texts, word_model

from attunement.coder.words import WordModel, terms_of

MADE_UP = word_model()


def test_terms_are_words_question_marks_and_neighbours_in_lower_case():
    assert terms_of("Don't you KNOW?") == ["don't", "you", "know", "?", "don't you", "you know", "know ?"]
    assert terms_of("... [pause]") == ["pause"]
    assert terms_of("") == []


@given(st.text(max_size=80))
def test_any_text_has_terms_that_a_file_can_hold(text):
    assert not any("\n" in term for term in terms_of(text))


@given(st.lists(st.sampled_from(VOCABULARY), min_size=1).map(" ".join))
def test_the_terms_of_a_turn_weigh_one_together_however_long_it_is(text):
    rows, weights = MADE_UP.turn.weighted(text)
    assert len(set(rows)) == len(rows)
    assert np.sum(weights**2) == pytest.approx(1)


def test_a_term_said_twice_counts_less_than_twice():
    once, twice = (MADE_UP.turn.weighted(text) for text in ("hurt again", "hurt x hurt x again"))
    assert once[0] == twice[0] == [MADE_UP.turn.rows["hurt"], MADE_UP.turn.rows["again"]]
    ratio_once, ratio_twice = once[1][0] / once[1][1], twice[1][0] / twice[1][1]
    assert ratio_twice / ratio_once == pytest.approx(1 + np.log(2))


def test_words_it_does_not_know_say_nothing():
    assert np.allclose(MADE_UP.logits(["zzz zzz", "", "yyy"]), MADE_UP.bias, atol=1e-6)


@given(texts())
def test_a_turn_is_judged_by_its_words_and_those_of_the_turn_before_alone(said):
    table = MADE_UP.logits(said)
    assert table.shape == (len(said), COLUMNS)
    for row in range(len(said)):
        alone = MADE_UP.logits(said[max(row - 1, 0) : row + 1])[-1]
        assert np.allclose(table[row], alone, atol=1e-5)


@given(texts())
def test_the_logits_are_the_weighted_sum_of_the_terms(said):
    turn, before = MADE_UP.turn, MADE_UP.before
    full = MADE_UP.weights * MADE_UP.scale
    row = len(said) - 1
    expected = MADE_UP.bias.copy()
    for vocabulary, text, offset in ((turn, said[row], 0), (before, said[row - 1], len(turn.rows))):
        for index, weight in zip(*vocabulary.weighted(text), strict=True):
            expected += weight * full[offset + index]
    assert np.allclose(MADE_UP.logits(said)[row], expected, atol=1e-4)


def test_it_survives_its_file(tmp_path):
    MADE_UP.save(tmp_path / "words.npz")
    kept = WordModel.load(tmp_path / "words.npz")
    said = ["I feel hurt", "that's hard , sorry", "", "why don't you know"]
    assert kept.turn.rows == MADE_UP.turn.rows
    assert np.allclose(kept.logits(said), MADE_UP.logits(said), atol=1e-4)
