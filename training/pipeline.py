"""The costly stages of `make train`, each kept on disk so that a run that was cut off goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch

from attunement.coder.calibration import HEADS
from training.data import TrainingSession
from training.fit import Recipe, fit, logits_of
from training.network import Network
from training.noise import degrade
from training.sources import FOLDS, Data, Encoder, OutOfFold

Say = Callable[[str], None]


def cross_validate(data: Data, encoder: Encoder, recipe: Recipe, run: Path, say: Say) -> tuple[OutOfFold, OutOfFold]:
    """Train one network a fold; its answers to the sessions it has not seen, as written and as misheard."""
    fold = data.folds()
    clean: dict[str, np.ndarray] = {}
    misheard: dict[str, np.ndarray] = {}
    for number in range(FOLDS):
        files = {run / f"fold-{number}.npz": clean, run / f"fold-{number}-degraded.npz": misheard}
        if not all(file.exists() for file in files):
            say(f"fold {number + 1} of {FOLDS}")
            learnt = [session for session, f in zip(data.sessions, fold, strict=True) if f != number]
            held_out = [session for session, f in zip(data.sessions, fold, strict=True) if f == number]
            network = fit(
                learnt, encoder.tokenizer, str(encoder.weights), recipe, checkpoint=run / f"fold-{number}.pt", say=say
            )
            for file, sessions in zip(files, (held_out, [as_misheard(session) for session in held_out]), strict=True):
                np.savez(file, **_answers(network, sessions, encoder, recipe))
        for file, logits in files.items():
            with np.load(file) as tables:
                logits |= {name: tables[name] for name in tables.files}
    by_id = {session.id: f for session, f in zip(data.sessions, fold, strict=True)}
    return OutOfFold(clean, by_id, asdict(recipe)), OutOfFold(misheard, by_id, asdict(recipe))


def as_misheard(session: TrainingSession) -> TrainingSession:
    """The session as a speech recogniser would have written it, always in the same way."""
    rng = np.random.default_rng(list(session.id.encode()))
    return replace(session, texts=[degrade(text, rng) for text in session.texts])


def _answers(
    network: Network, sessions: list[TrainingSession], encoder: Encoder, recipe: Recipe
) -> dict[str, np.ndarray]:
    answers = logits_of(network, sessions, encoder.tokenizer, recipe)
    return {
        session.id: np.concatenate([answer[head] for head in HEADS], axis=1)
        for session, answer in zip(sessions, answers, strict=True)
    }


def final_network(data: Data, encoder: Encoder, recipe: Recipe, run: Path, say: Say) -> Path:
    """Train on everything; the file of the averaged weights."""
    kept = run / "final-weights.pt"
    if not kept.exists():
        say("final network, on all data")
        network = fit(
            data.sessions, encoder.tokenizer, str(encoder.weights), recipe, checkpoint=run / "final.pt", say=say
        )
        torch.save(network.state_dict(), kept)
    return kept
