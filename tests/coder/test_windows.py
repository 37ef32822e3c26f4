from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from attunement.coder.windows import (
    CLIENT_MARK,
    PAD,
    PADDING_TURN,
    THERAPIST_MARK,
    TURN_END,
    WINDOW_START,
    Piece,
    batch_of,
    pieces_of,
    windows_of,
)

PIECES = st.lists(st.integers(2, 30), min_size=1, max_size=30).map(
    lambda lengths: [
        Piece(row, ("therapist", "client")[row % 2], tuple(range(1000 * row, 1000 * row + length)))
        for row, length in enumerate(lengths)
    ]
)
LENGTHS, CONTEXTS = st.integers(4, 80), st.integers(0, 60)


@given(PIECES, LENGTHS, CONTEXTS)
def test_every_piece_is_read_for_itself_exactly_once_and_in_order(pieces, length, context):
    windows = list(windows_of(pieces, length=length, context=context))
    assert [piece for window in windows for piece in window.pieces[window.context :]] == pieces


@given(PIECES, LENGTHS, CONTEXTS)
def test_a_window_is_a_stretch_of_the_session(pieces, length, context):
    for window in windows_of(pieces, length=length, context=context):
        first = window.pieces[0].row
        assert list(window.pieces) == pieces[first : first + len(window.pieces)]


@given(PIECES, LENGTHS, CONTEXTS)
def test_a_window_is_too_long_only_when_its_one_new_piece_does_not_fit(pieces, length, context):
    for window in windows_of(pieces, length=length, context=context):
        new = window.pieces[window.context :]
        assert window.length == 1 + sum(len(piece.tokens) for piece in window.pieces)
        assert window.length <= length or len(new) == 1
        assert window.length <= max(length, 1 + context + max(len(piece.tokens) for piece in new))


@given(PIECES, LENGTHS, CONTEXTS)
def test_context_is_as_long_as_allowed_and_no_longer(pieces, length, context):
    for window in windows_of(pieces, length=length, context=context):
        used = sum(len(piece.tokens) for piece in window.pieces[: window.context])
        first = window.pieces[0].row
        assert used <= context
        assert first == 0 or used + len(pieces[first - 1].tokens) > context


@given(PIECES, LENGTHS, CONTEXTS, st.data())
def test_how_a_turn_is_read_does_not_depend_on_what_comes_later(pieces, length, context, data):
    def past_of(some):
        windows = windows_of(some, length=length, context=context)
        return [
            window.pieces[: number + 1] for window in windows for number in range(window.context, len(window.pieces))
        ]

    kept = data.draw(st.integers(1, len(pieces)))
    assert past_of(pieces[:kept]) == past_of(pieces)[:kept]


def test_no_piece_no_window():
    assert list(windows_of([], length=10, context=5)) == []


@given(st.lists(st.integers(103, 30_000), max_size=50), st.integers(1, 20))
def test_the_pieces_of_a_turn_hold_its_words_in_order(tokens, longest):
    pieces = list(pieces_of(3, "client", tokens, longest=longest))
    assert [token for piece in pieces for token in piece.tokens[1:-1]] == tokens
    assert all(len(piece.tokens) <= longest + 2 for piece in pieces)
    assert all(piece.tokens[1:-1] for piece in pieces) or not tokens


@pytest.mark.parametrize("speaker, mark", [("client", CLIENT_MARK), ("therapist", THERAPIST_MARK)])
def test_a_turn_without_words_is_one_piece_of_its_marks(speaker, mark):
    assert list(pieces_of(0, speaker, [], longest=5)) == [Piece(0, speaker, (mark, TURN_END))]


@given(PIECES, st.integers(20, 80), st.sampled_from([1, 8, 32]))
def test_a_batch_holds_its_windows_padded_to_one_length(pieces, length, multiple_of):
    windows = list(windows_of(pieces, length=length, context=15))
    assume(windows)
    batch = batch_of(windows, multiple_of=multiple_of)
    assert batch.tokens.shape == batch.speaker_of.shape == batch.turn_of.shape
    assert batch.tokens.shape[1] % multiple_of == 0
    assert batch.tokens.shape[1] - max(window.length for window in windows) < multiple_of
    assert batch.pieces == batch.turn_of.max()
    for index, window in enumerate(windows):
        spoken = [token for piece in window.pieces for token in piece.tokens]
        speakers = [piece.speaker == "therapist" for piece in window.pieces for _ in piece.tokens]
        numbers = [number for number, piece in enumerate(window.pieces, start=1) for _ in piece.tokens]
        there = slice(1, window.length)
        assert batch.tokens[index, 0] == WINDOW_START
        assert batch.turn_of[index, 0] == 0
        assert batch.tokens[index, there].tolist() == spoken
        assert batch.speaker_of[index, there].tolist() == speakers
        assert batch.turn_of[index, there].tolist() == numbers
        assert np.all(batch.tokens[index, window.length :] == PAD)
        assert np.all(batch.turn_of[index, window.length :] == PADDING_TURN)
