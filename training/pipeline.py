"""The costly stages of `make train`, each kept on disk so that a run that was cut off goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch

from attunement.coder.words import WordModel
from training.data import TrainingSession
from training.fit import Recipe, fit, logits_of
from training.noise import degrade
from training.sources import FOLDS, Data, Encoder, OutOfFold
from training.words import fit_words

Say = Callable[[str], None]


def cross_validate(
    data: Data, encoder: Encoder, recipe: Recipe, run: Path, say: Say, *, folds: int = FOLDS
) -> tuple[OutOfFold, OutOfFold]:
    """Train one network a fold; its answers to the sessions it has not seen, as written and as misheard."""
    fold = data.folds(folds)
    clean: dict[str, np.ndarray] = {}
    degraded: dict[str, np.ndarray] = {}
    for number in range(folds):
        learnt = [session for session, f in zip(data.sessions, fold, strict=True) if f != number]
        held_out = [session for session, f in zip(data.sessions, fold, strict=True) if f == number]
        ways = ((clean, held_out, ""), (degraded, [as_misheard(session) for session in held_out], "-degraded"))
        words = word_model(learnt, run / f"words-{number}.npz", say)
        for answers, sessions, name in ways:
            kept = run / f"fold-{number}{name}.npz"
            if not kept.exists():
                say(f"fold {number + 1} of {folds}{name}")
                checkpoint = run / f"fold-{number}.pt"
                network = fit(learnt, encoder.tokenizer, str(encoder.weights), recipe, checkpoint=checkpoint, say=say)
                tables = logits_of(network, sessions, encoder.tokenizer, recipe)
                np.savez(kept, **{session.id: table for session, table in zip(sessions, tables, strict=True)})
            with np.load(kept) as tables:
                for session in sessions:
                    answers[session.id] = np.concatenate([tables[session.id], words.logits(session.texts)], axis=1)
    by_id = {session.id: f for session, f in zip(data.sessions, fold, strict=True)}
    return OutOfFold(clean, by_id, asdict(recipe)), OutOfFold(degraded, by_id, asdict(recipe))


def as_misheard(session: TrainingSession) -> TrainingSession:
    """The session as a speech recogniser would have written it, always in the same way."""
    rng = np.random.default_rng(list(session.id.encode()))
    return replace(session, texts=[degrade(text, rng) for text in session.texts])


def word_model(sessions: list[TrainingSession], kept: Path, say: Say) -> WordModel:
    """The word model of these sessions, fitted once."""
    if not kept.exists():
        say("word model")
        fit_words(sessions).save(kept)
    return WordModel.load(kept)


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
