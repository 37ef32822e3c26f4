"""A session cut into windows of tokens, so that every word is read once and in its place.

A window holds consecutive turns. Each turn begins with a mark for its speaker; a turn may look at itself and at the
turns before it, never at those after it (the mask is made from `turn_of`). The first turns of a window are context
that an earlier window has already read; only the others are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attunement.codebook import Speaker

IntArray = npt.NDArray[np.int64]

PAD, CLIENT_MARK, THERAPIST_MARK, WINDOW_START, TURN_END = 0, 1, 2, 101, 102
PADDING_TURN = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """The tokens of one turn, or of one stretch of a very long one, with its speaker's mark and an end mark."""

    row: int
    speaker: Speaker
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive pieces to be read together; the first `context` of them are read only to understand the rest."""

    pieces: tuple[Piece, ...]
    context: int

    @property
    def length(self) -> int:
        """Tokens in the window, its start mark included."""
        return 1 + sum(len(piece.tokens) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to one length. `tokens`, `speaker_of` and `turn_of` are (windows, tokens).

    `turn_of` is 0 at the window's start mark, then 1, 2, … for its pieces, and -1 where there is only padding.
    """

    tokens: IntArray
    speaker_of: IntArray
    turn_of: IntArray
    windows: tuple[Window, ...]

    @property
    def pieces(self) -> int:
        """The most pieces any window of the batch has."""
        return max(len(window.pieces) for window in self.windows)


def pieces_of(row: int, speaker: Speaker, tokens: Sequence[int], *, longest: int) -> Iterator[Piece]:
    """Cut one turn's tokens into pieces of at most `longest` tokens; an empty turn is one piece of marks alone."""
    mark = THERAPIST_MARK if speaker == "therapist" else CLIENT_MARK
    for start in range(0, max(len(tokens), 1), longest):
        yield Piece(row, speaker, (mark, *tokens[start : start + longest], TURN_END))


def windows_of(pieces: Sequence[Piece], *, length: int, context: int) -> Iterator[Window]:
    """Lay windows of at most `length` tokens over a session; each begins with up to `context` tokens already read.

    Only a window whose one new piece does not fit beside its context is longer. Which window a piece falls in, and
    after which pieces, depends on nothing that comes later.
    """
    first = 0
    while first < len(pieces):
        begin, room = first, context
        while begin > 0 and len(pieces[begin - 1].tokens) <= room:
            begin -= 1
            room -= len(pieces[begin].tokens)
        used = 1 + sum(len(piece.tokens) for piece in pieces[begin:first])
        end = first
        while end < len(pieces) and (end == first or used + len(pieces[end].tokens) <= length):
            used += len(pieces[end].tokens)
            end += 1
        yield Window(tuple(pieces[begin:end]), first - begin)
        first = end


def batch_of(windows: Sequence[Window], *, multiple_of: int = 1) -> Batch:
    """Pad windows to the longest of them, or to the next multiple of a length, so that few different shapes occur."""
    longest = max(window.length for window in windows)
    shape = (len(windows), -(-longest // multiple_of) * multiple_of)
    tokens = np.full(shape, PAD, dtype=np.int64)
    speaker_of = np.zeros(shape, dtype=np.int64)
    turn_of = np.full(shape, PADDING_TURN, dtype=np.int64)
    tokens[:, 0], turn_of[:, 0] = WINDOW_START, 0
    for index, window in enumerate(windows):
        at = 1
        for number, piece in enumerate(window.pieces, start=1):
            span = slice(at, at + len(piece.tokens))
            tokens[index, span] = piece.tokens
            speaker_of[index, span] = piece.speaker == "therapist"
            turn_of[index, span] = number
            at = span.stop
    return Batch(tokens, speaker_of, turn_of, tuple(windows))
