"""Word vectors of the coder's encoder, as an alternative to shared words; the package does without them.

A turn is the mean of its word pieces' vectors, the rarer the piece in the corpus the more it counts, less the direction
that all turns have in common (Arora, Liang & Ma, 2017: smooth inverse frequency).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from attunement.coder.model import WEIGHTS, in_one_spelling

SMOOTHING = 1e-3
VECTORS = "/words/Gather_output_0"


def field(number: int, content: bytes) -> bytes:
    """A length-delimited field of a protocol buffer, for contents under 128 bytes."""
    return bytes([number << 3 | 2, len(content)]) + content


class TurnVectors:
    """Fitted on the texts of a corpus: how often each word piece stands there, and what all turns have in common."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.counts = Counter(piece for text in texts for piece in self.pieces(text))
        means = np.array([self._mean(text) for text in texts if len(self.pieces(text)) > 3])
        self.common = np.linalg.svd(means, full_matrices=False)[2][0]

    @cached_property
    def matrix(self) -> np.ndarray:
        """(word pieces, 384), centred and of length one: the coder's graph with one more output appended."""
        model = (WEIGHTS / "coder.onnx").read_bytes() + field(7, field(12, field(1, VECTORS.encode())))
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        network = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        parts = []
        for first in range(0, self.tokenizer.get_vocab_size(), 500):
            tokens = np.arange(first, min(first + 500, self.tokenizer.get_vocab_size()))[None]
            none = np.zeros_like(tokens)
            given = {"tokens": tokens, "speaker_of": none, "turn_of": none + 1, "pieces": np.array([1])}
            parts.append(network.run([VECTORS], given)[0][0])
        matrix = np.concatenate(parts)
        matrix -= matrix.mean(axis=0)
        return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True))

    def pieces(self, text: str) -> list[int]:
        """The numbers of a text's word pieces."""
        return list(self.tokenizer.encode(in_one_spelling(text), add_special_tokens=False).ids)

    def _mean(self, text: str) -> np.ndarray:
        pieces = self.pieces(text)
        if not pieces:
            return np.zeros(self.matrix.shape[1])
        weights = np.array([SMOOTHING / (SMOOTHING + self.counts[each] / self.counts.total()) for each in pieces])
        return np.asarray(weights @ self.matrix[pieces] / weights.sum())

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """(texts, 384), each of length one."""
        means = np.array([self._mean(text) for text in texts])
        means -= np.outer(means @ self.common, self.common)
        return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9))
