"""Fine-tune one network on some sessions; resumable, the same on two CPU cores and on a GPU."""

from __future__ import annotations

import copy
import math
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from attunement.coder.calibration import HEADS
from attunement.coder.windows import Batch, Piece, Window, batch_of, pieces_of, windows_of
from training.data import TrainingSession
from training.network import Network, load_encoder
from training.noise import degrade, lower_and_strip

SOFTMAX_HEADS = ("therapist_behaviour", "client_talk")
# Batches come in few shapes: a new shape costs the matrix library more than the padding does.
LENGTH_STEP, PIECES_STEP = 32, 8

HEAD_WEIGHTS = {
    "codes": 1.0,
    "groups": 0.5,
    "experiencing": 0.5,
    "empathy": 0.5,
    "therapist_behaviour": 1.0,
    "client_talk": 1.0,
    "subtypes": 0.3,
}


@dataclass(frozen=True)
class Recipe:
    """Every choice of the fine-tuning, so that a run log can name them."""

    epochs: int = 8
    seed: int = 1
    tokens_a_batch: int = 2560
    length: int = 256
    context: int = 96
    training_context: int = 48
    longest_piece: int = 200
    encoder_rate: float = 2.5e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.85
    warm_up: float = 0.1
    weight_decay: float = 0.01
    rare_code_exponent: float = 0.35
    class_exponent: float = 0.5
    average_decay: float = 0.99
    share_degraded: float = 0.2
    share_stripped: float = 0.1
    dropout: float = 0.1
    head_dropout: float = 0.25


def device() -> torch.device:
    """A GPU when there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _has_fast_bfloat16(where: torch.device) -> bool:
    """Whether half the precision is twice as fast: on a CPU without AMX it is slower."""
    return where.type == "cuda" or torch.cpu._is_amx_tile_supported()


def pieces_of_session(session: TrainingSession, texts: list[str], tokenizer: Tokenizer, recipe: Recipe) -> list[Piece]:
    """Every turn of a session as tokens."""
    encoded = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [
        piece
        for row, (speaker, encoding) in enumerate(zip(session.speakers, encoded, strict=True))
        for piece in pieces_of(row, speaker, encoding.ids, longest=recipe.longest_piece)  # type: ignore[arg-type]
    ]


def _epoch_batches(
    sessions: list[TrainingSession], tokenizer: Tokenizer, recipe: Recipe, rng: np.random.Generator
) -> list[list[tuple[TrainingSession, Window]]]:
    """Windows with fresh noise and fresh borders every epoch, in batches of about equal length."""
    windows: list[tuple[TrainingSession, Window]] = []
    for session in sessions:
        draw = rng.random()
        if draw < recipe.share_degraded:
            texts = [degrade(text, rng) for text in session.texts]
        elif draw < recipe.share_degraded + recipe.share_stripped:
            texts = [lower_and_strip(text) for text in session.texts]
        else:
            texts = session.texts
        pieces = pieces_of_session(session, texts, tokenizer, recipe)
        length = int(rng.integers(recipe.length * 2 // 3, recipe.length + 1))
        windows += [(session, w) for w in windows_of(pieces, length=length, context=recipe.training_context)]
    rng.shuffle(windows)  # type: ignore[arg-type]
    by_length: dict[int, list[tuple[TrainingSession, Window]]] = defaultdict(list)
    for pair in windows:
        by_length[-(-pair[1].length // LENGTH_STEP) * LENGTH_STEP].append(pair)
    batches = []
    for length, pairs in by_length.items():
        at_once = max(1, recipe.tokens_a_batch // length)
        batches += [pairs[first : first + at_once] for first in range(0, len(pairs), at_once)]
    rng.shuffle(batches)  # type: ignore[arg-type]
    return batches


def targets_of(pairs: list[tuple[TrainingSession, Window]], pieces: int) -> dict[str, Tensor]:
    """Targets (windows, pieces, columns) per head; NaN for context, padding and what the data do not say."""
    tables = {head: np.full((len(pairs), pieces, width), np.nan, dtype=np.float32) for head, width in HEADS.items()}
    for index, (session, window) in enumerate(pairs):
        rows = [piece.row for piece in window.pieces]
        for head, table in tables.items():
            table[index, window.context : len(rows)] = session.targets[head][rows[window.context :]]
    return {head: torch.from_numpy(table) for head, table in tables.items()}


@dataclass(frozen=True)
class Weights:
    """How much more a rare code or class counts, (columns,) per head."""

    positive: dict[str, Tensor]

    @classmethod
    def from_data(cls, sessions: list[TrainingSession], recipe: Recipe) -> Weights:
        """Rarer columns get more weight: (negatives / positives) to a power below one."""
        positive = {}
        for head in HEADS:
            table = np.concatenate([session.targets[head] for session in sessions])
            share = np.clip(np.nan_to_num(np.nanmean(table, axis=0), nan=0.5), 1e-3, 0.999)
            if head in SOFTMAX_HEADS:
                weight = (1 / share) ** recipe.class_exponent
                weight /= (weight * share).sum()
            else:
                weight = np.clip(((1 - share) / share) ** recipe.rare_code_exponent, 1.0, 8.0)
            positive[head] = torch.tensor(weight, dtype=torch.float32)
        return cls(positive)


def loss_of(logits: dict[str, Tensor], targets: dict[str, Tensor], weights: Weights) -> Tensor:
    """One loss over all heads, each over the turns and columns that its data set speaks of."""
    total = torch.zeros((), device=next(iter(logits.values())).device)
    for head, logit in logits.items():
        target = targets[head].to(logit.device)
        known = ~target.isnan()
        rows = known.any(-1)
        if not rows.any():
            continue
        weight = weights.positive[head].to(logit.device)
        logit, target, known = logit[rows].float(), target[rows].nan_to_num(), known[rows]
        if head in SOFTMAX_HEADS:
            loss = F.cross_entropy(logit, target.argmax(-1), weight=weight)
        else:
            each = F.binary_cross_entropy_with_logits(logit, target, pos_weight=weight, reduction="none")
            loss = (each * known).sum(-1).mean()
        total = total + HEAD_WEIGHTS[head] * loss
    return total


def _optimizer(network: Network, recipe: Recipe) -> torch.optim.AdamW:
    """Lower layers learn more slowly; norms and biases are not decayed."""
    groups = []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("heads"):
            rate = recipe.head_rate
        elif name.startswith("layers."):
            rate = recipe.encoder_rate * recipe.layer_decay ** (len(network.layers) - 1 - int(name.split(".")[1]))
        else:
            rate = recipe.encoder_rate * recipe.layer_decay ** len(network.layers)
        decay = recipe.weight_decay if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "initial_lr": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)


def _rate_at(progress: float, recipe: Recipe) -> float:
    if progress < recipe.warm_up:
        return progress / recipe.warm_up
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (progress - recipe.warm_up) / (1 - recipe.warm_up)))


def fit(
    sessions: list[TrainingSession],
    tokenizer: Tokenizer,
    encoder_file: str,
    recipe: Recipe,
    *,
    checkpoint: Path | None = None,
    say=print,
) -> Network:
    """Fine-tune on `sessions`; returns the running average of the weights, which generalises better than the last.

    With `checkpoint`, the state is kept after each epoch and a run that was cut off goes on from there.
    """
    torch.manual_seed(recipe.seed)
    where = device()
    network = Network(HEADS, dropout=recipe.dropout, head_dropout=recipe.head_dropout)
    load_encoder(network, encoder_file)
    network.to(where)
    average = copy.deepcopy(network).eval()
    optimizer = _optimizer(network, recipe)
    weights = Weights.from_data(sessions, recipe)
    first = 0
    if checkpoint and checkpoint.exists():
        state = torch.load(checkpoint, map_location=where, weights_only=True)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["epoch"]
    for epoch in range(first, recipe.epochs):
        began, losses = time.monotonic(), []
        rng = np.random.default_rng([recipe.seed, epoch])
        batches = _epoch_batches(sessions, tokenizer, recipe, rng)
        network.train()
        for number, pairs in enumerate(batches):
            scale = _rate_at((epoch + number / len(batches)) / recipe.epochs, recipe)
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * scale
            batch = batch_of([window for _, window in pairs], multiple_of=LENGTH_STEP)
            with torch.autocast(where.type, dtype=torch.bfloat16, enabled=_has_fast_bfloat16(where)):
                logits = network.split(network(*tensors(batch, where)))
            loss = loss_of(logits, targets_of(pairs, logits["codes"].shape[1]), weights)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            _follow(average, network, recipe.average_decay if epoch > 0 else 0.9)
            losses.append(float(loss.detach()))
        say(f"epoch {epoch + 1}/{recipe.epochs}: loss {np.mean(losses):.3f}, {time.monotonic() - began:.0f} s")
        if checkpoint:
            state = {"network": network.state_dict(), "average": average.state_dict()}
            torch.save({**state, "optimizer": optimizer.state_dict(), "epoch": epoch + 1}, checkpoint)
    return average


def tensors(batch: Batch, where: torch.device) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """A batch as the network's four inputs."""
    numbers = np.arange(1, -(-batch.pieces // PIECES_STEP) * PIECES_STEP + 1)
    arrays = (batch.tokens, batch.speaker_of, batch.turn_of, numbers)
    tokens, speaker_of, turn_of, pieces = (torch.from_numpy(array).to(where) for array in arrays)
    return tokens, speaker_of, turn_of, pieces


@torch.no_grad()
def _follow(average: Network, network: Network, decay: float) -> None:
    for slow, fast in zip(average.parameters(), network.parameters(), strict=True):
        if fast.requires_grad:
            slow.lerp_(fast, 1 - decay)


@torch.no_grad()
def logits_of(
    network: Network, sessions: list[TrainingSession], tokenizer: Tokenizer, recipe: Recipe
) -> list[np.ndarray]:
    """Per session (turns, all columns) logits; of a long turn's pieces the strongest counts."""
    where = device()
    network.eval()
    answers = []
    for session in sessions:
        pieces = pieces_of_session(session, session.texts, tokenizer, recipe)
        table = np.full((len(session), sum(HEADS.values())), -np.inf, dtype=np.float32)
        windows = list(windows_of(pieces, length=recipe.length, context=recipe.context))
        batch = batch_of(windows)
        with torch.autocast(where.type, dtype=torch.bfloat16, enabled=where.type == "cuda"):
            out = network(*tensors(batch, where)).float().cpu().numpy()
        for index, window in enumerate(windows):
            for number, piece in enumerate(window.pieces):
                if number >= window.context:
                    table[piece.row] = np.maximum(table[piece.row], out[index, number])
        answers.append(table)
    return answers
