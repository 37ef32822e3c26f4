"""Which words and word pairs stand in a turn and in the turn before it: a plain model beside the network.

The network reads sense, this reads wording, and where they differ both have something to say: together they are more
often right than either alone (see the model card). Each term counts by its frequency in the turn and its rarity
(tf-idf, sublinear, each turn scaled to length one), and every column of the network's output has a linear model over
the terms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]

TERM = re.compile(r"\w+(?:'\w+)?|\?")


def terms_of(text: str) -> list[str]:
    """Words, question marks, and pairs of neighbours, in lower case."""
    words = TERM.findall(text.lower())
    return words + [f"{first} {second}" for first, second in pairwise(words)]


@dataclass(frozen=True)
class Vocabulary:
    """Known terms with their row in the weights, and how much each counts for its rarity."""

    rows: dict[str, int]
    rarity: Floats

    @classmethod
    def of(cls, terms: str, rarity: Floats) -> Vocabulary:
        """From the terms a line each, in the order of their rows."""
        return cls({term: row for row, term in enumerate(terms.split("\n"))}, rarity)

    def weighted(self, text: str) -> tuple[list[int], Floats]:
        """The rows of the known terms of a text, and the weight of each; the weights' squares add to one."""
        counts = Counter(row for term in terms_of(text) if (row := self.rows.get(term)) is not None)
        rows = list(counts)
        weights = (1 + np.log(np.fromiter(counts.values(), dtype=float, count=len(rows)))) * self.rarity[rows]
        return rows, weights / max(float(np.linalg.norm(weights)), 1e-9)


@dataclass(frozen=True)
class WordModel:
    """Linear weights over the terms of the turn, then over those of the turn before, for every output column.

    `weights` (terms of both, columns) are int8 and count in units of `scale` (columns,); `bias` (columns,).
    """

    turn: Vocabulary
    before: Vocabulary
    weights: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats

    @classmethod
    def load(cls, path: Path) -> WordModel:
        """From the file that `save` writes."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(
                turn=Vocabulary.of(str(kept["turn_terms"]), kept["turn_rarity"]),
                before=Vocabulary.of(str(kept["before_terms"]), kept["before_rarity"]),
                weights=kept["weights"],
                scale=kept["scale"],
                bias=kept["bias"],
            )

    def save(self, path: Path) -> None:
        """One compressed file."""
        np.savez_compressed(
            path,
            turn_terms=np.array("\n".join(self.turn.rows)),
            turn_rarity=self.turn.rarity.astype(np.float32),
            before_terms=np.array("\n".join(self.before.rows)),
            before_rarity=self.before.rarity.astype(np.float32),
            weights=self.weights,
            scale=self.scale.astype(np.float32),
            bias=self.bias.astype(np.float32),
        )

    def logits(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """(turns, columns) for the turns of one session in their order."""
        table = np.tile(self.bias, (len(texts), 1))
        offset = len(self.turn.rows)
        for row, text in enumerate(texts):
            rows, weights = self.turn.weighted(text)
            before_rows, before_weights = self.before.weighted(texts[row - 1]) if row else ([], np.empty(0))
            chosen = self.weights[[*rows, *(offset + each for each in before_rows)]]
            table[row] += (np.concatenate([weights, before_weights]) @ chosen) * self.scale
        return table.astype(np.float32)
