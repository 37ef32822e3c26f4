"""Everything a coder needs, made up: weights drawn at random, a vocabulary of twenty words, a network stood in for."""

# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from attunement.codebook import CLIENT_TALK, CODES, THERAPIST_BEHAVIOUR
from attunement.coder.calibration import HEADS, Calibration
from attunement.coder.decisions import GROUPS
from attunement.coder.words import Vocabulary, WordModel, terms_of
from attunement.transcripts.session import Roles, Session, Turn

COLUMNS = sum(HEADS.values())
LENGTH, CONTEXT, LONGEST_PIECE = 40, 16, 12
FIRST_WORD = 200  # smaller token numbers are left to the marks
VOCABULARY = (
    "I you feel hurt glad week work never listen don't know sorry that's hard why what [laughs] [pause] again stop"
).split()


def session_of(*texts: str, first: str = "therapist") -> Session:
    """The two speaking in turn."""
    speakers = ["therapist", "client"] if first == "therapist" else ["client", "therapist"]
    turns = tuple(Turn(row + 1, speakers[row % 2], text) for row, text in enumerate(texts))  # type: ignore[arg-type]
    return Session("made-up", turns, Roles("T", "C", "labelled"))


def texts(*, most_turns: int = 12, most_words: int = 30) -> st.SearchStrategy[list[str]]:
    """What is said in a session: some turns empty, some longer than a window."""
    words = st.lists(st.sampled_from([*VOCABULARY, "unheard-of"]), max_size=most_words)
    return st.lists(words.map(" ".join), min_size=2, max_size=most_turns)


def calibration(seed: int = 1) -> Calibration:
    """Random numbers of plausible size; slopes are positive."""
    random = np.random.default_rng(seed)

    def slopes(count: int) -> list[float]:
        return [float(value) for value in random.uniform(0.1, 1.0, count)]

    def offsets(count: int) -> list[float]:
        return [float(value) for value in random.normal(0, 1, count)]

    groups = {code: sum(code in members for members in GROUPS.values()) for code in CODES}
    return Calibration(
        codes={code: (*offsets(1), *slopes(2 + 2 * groups[code])) for code in CODES},
        groups={group: (*offsets(1), *slopes(4)) for group in GROUPS},
        thresholds={code: float(random.uniform(0.2, 0.6)) for code in CODES},
        gates={group: float(random.uniform(0.2, 0.6)) for group in GROUPS},
        steps={
            head: tuple((*slopes(2), *offsets(1)) for _ in range(HEADS[head])) for head in ("experiencing", "empathy")
        },
        classes={
            "therapist_behaviour": (*slopes(2), *offsets(len(THERAPIST_BEHAVIOUR))),
            "client_talk": (*slopes(2), *offsets(len(CLIENT_TALK))),
        },
    )


def logits(turns: int, *, seed: int = 1, spread: float = 3.0) -> np.ndarray:
    """Answers of network and word model, side by side."""
    return np.random.default_rng(seed).normal(0, spread, (turns, 2 * COLUMNS)).astype(np.float32)


def word_model(seed: int = 1) -> WordModel:
    """Random weights for every word of the vocabulary and some pairs."""
    random = np.random.default_rng(seed)
    terms = list(dict.fromkeys(terms_of(" ".join(VOCABULARY))))

    def vocabulary() -> Vocabulary:
        return Vocabulary({term: row for row, term in enumerate(terms)}, random.uniform(1, 5, len(terms)))

    return WordModel(
        turn=vocabulary(),
        before=vocabulary(),
        weights=random.integers(-127, 128, (2 * len(terms), COLUMNS)).astype(np.int8),
        scale=random.uniform(0.005, 0.02, COLUMNS),
        bias=random.normal(0, 0.5, COLUMNS),
    )


def tokenizer() -> Tokenizer:
    """Words to numbers; set, as published tokenizers are, to cut and to pad, which a coder must not do."""
    numbers = {f"[unused{number}]": number for number in range(FIRST_WORD)}
    numbers |= {word: FIRST_WORD + row for row, word in enumerate(VOCABULARY)}
    made = Tokenizer(WordLevel(numbers, unk_token="[unused100]"))
    made.pre_tokenizer = WhitespaceSplit()
    made.enable_truncation(4)
    made.enable_padding(length=6, pad_token="[unused0]")
    return made


def write_weights(folder: Path) -> Path:
    """All files of a coder but the network's."""
    card = {
        "version": "made up",
        "length": LENGTH,
        "context": CONTEXT,
        "longest_piece": LONGEST_PIECE,
        "calibration": calibration().to_dict(),
    }
    (folder / "coder.json").write_text(json.dumps(card), encoding="utf-8")
    tokenizer().save(str(folder / "tokenizer.json"))
    word_model().save(folder / "words.npz")
    return folder


class StandInNetwork:
    """Takes the inputs of the real one. A piece's answer is the mean of random vectors of its tokens and, weighing
    `memory`, the answer to the piece before it in the window."""

    def __init__(self, *, memory: float) -> None:
        self.memory = memory
        self.vectors = np.random.default_rng(7).normal(0, 2, (FIRST_WORD + len(VOCABULARY), COLUMNS))
        self.widest = 0

    def of_tokens(self, tokens: list[int]) -> np.ndarray:
        """The answer to one piece without a past."""
        return self.vectors[tokens].mean(axis=0)

    def run(self, _: object, inputs: dict[str, np.ndarray]) -> list[Any]:
        """As `onnxruntime.InferenceSession.run`."""
        tokens, turn_of, pieces = inputs["tokens"], inputs["turn_of"], inputs["pieces"]
        self.widest = max(self.widest, tokens.shape[1])
        answers = np.zeros((len(tokens), len(pieces), COLUMNS), dtype=np.float32)
        for window in range(len(tokens)):
            past = np.zeros(COLUMNS)
            for index, piece in enumerate(pieces):
                own = tokens[window][turn_of[window] == piece]
                if len(own):
                    past = self.of_tokens(own.tolist()) + self.memory * past
                    answers[window, index] = past
        return [answers]
