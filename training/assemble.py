"""From trained networks to the files that ship: weights, calibration, episode finder, and the run log."""

from __future__ import annotations

import json
import platform
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch

from attunement.coder.calibration import HEADS
from attunement.coder.model import Coder, table_from
from attunement.episodes import Finder
from attunement.transcripts.session import Roles, Session, Turn
from training.calibrate import f1_of, fit_calibration
from training.data import TrainingSession
from training.episodes import fit_finders
from training.export import export, largest_difference, quantise
from training.fit import Recipe, logits_of
from training.network import Network
from training.pipeline import Say, word_model
from training.sources import FOLD_FINDERS, ROOT, RUN_LOG, Data, Encoder, OutOfFold, sha256, stacked_targets

CODER_FOLDER = ROOT / "src" / "attunement" / "coder" / "weights"
FINDER_FILE = ROOT / "src" / "attunement" / "episodes" / "weights" / "finder.json"


def assemble(
    data: Data, encoder: Encoder, recipe: Recipe, out_of_fold: OutOfFold, weights: Path, run: Path, say: Say
) -> None:
    """Write everything that ships, and what the run log says of it."""
    say("calibration")
    calibration = fit_calibration(out_of_fold.heads(data.sessions), stacked_targets(data.sessions))

    say("weights to ONNX")
    network = load_network(weights)
    CODER_FOLDER.mkdir(parents=True, exist_ok=True)
    full = run / "coder-fp32.onnx"
    export(network, full)
    quantise(full, CODER_FOLDER / "coder.onnx")
    shutil.copy(encoder.folder / "tokenizer.json", CODER_FOLDER / "tokenizer.json")
    word_model(data.sessions, run / "words.npz", say).save(CODER_FOLDER / "words.npz")
    card = {
        "version": datetime.now(UTC).strftime("%Y.%m.%d"),
        "length": recipe.length,
        "context": recipe.context,
        "longest_piece": recipe.longest_piece,
        "calibration": calibration.to_dict(),
    }
    write_json(CODER_FOLDER / "coder.json", rounded(card))

    checks = compare_precision(network, data, full, run)
    say(f"torch, fp32 and int8: {checks}")

    say("episode finder")
    finder = keep_fold_finders(data, out_of_fold, FOLD_FINDERS)
    write_json(FINDER_FILE, finder.to_dict())

    write_json(
        RUN_LOG,
        {
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "recipe": asdict(recipe),
            "machine": {"python": platform.python_version(), "torch": torch.__version__, "cpu": platform.machine()},
            "sessions": {"corpus": len(data.corpus), "annomi": len(data.annomi)},
            "precision": checks,
            "encoder_sha256": sha256(encoder.weights),
            "coder_sha256": sha256(CODER_FOLDER / "coder.onnx"),
            "inputs_sha256": data.digests,
        },
    )


def keep_fold_finders(data: Data, out_of_fold: OutOfFold, kept: Path) -> Finder:
    """A finder a fold from the held-out tables, kept; returns the one from all folds."""
    calibration = fit_calibration(out_of_fold.heads(data.sessions), stacked_targets(data.sessions))
    tables = [out_of_fold.table(session, calibration) for session in data.corpus]
    finder, by_fold = fit_finders(data.coded, tables, [out_of_fold.fold[session.id] for session in data.corpus])
    write_json(kept, {str(number): each.to_dict() for number, each in by_fold.items()})
    return finder


def load_network(path: Path) -> Network:
    """A trained network from its file of weights, or from the checkpoint of a run."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    network = Network(HEADS)
    network.load_state_dict(state.get("average", state))
    return network.eval()


def as_session(session: TrainingSession) -> Session:
    """A training session as the product reads one."""
    turns = tuple(
        Turn(number, speaker, text)  # type: ignore[arg-type]
        for number, (speaker, text) in enumerate(zip(session.speakers, session.texts, strict=True), start=1)
    )
    return Session(session.id, turns, Roles("T", "C", "labelled"))


def compare_precision(network: Network, data: Data, full: Path, run: Path) -> dict[str, float]:
    """What int8 costs against fp32, on whole sessions: correlation of logits, and agreement of what is decided."""
    exact_folder = run / "fp32"
    exact_folder.mkdir(exist_ok=True)
    shutil.copy(full, exact_folder / "coder.onnx")
    for name in ("tokenizer.json", "words.npz", "coder.json"):
        shutil.copy(CODER_FOLDER / name, exact_folder / name)
    exact, small = Coder(exact_folder), Coder(CODER_FOLDER)
    sample = [as_session(session) for session in data.sessions[::12]]
    exact_logits, small_logits = ([coder.logits(session) for session in sample] for coder in (exact, small))
    difference, correlation = largest_difference(exact_logits, small_logits)
    decided = [
        np.concatenate(
            [
                table_from(each, [t.speaker == "therapist" for t in session.turns], small.calibration).decisions
                for each, session in zip(logits, sample, strict=True)
            ]
        )
        for logits in (exact_logits, small_logits)
    ]
    torch_logits = logits_of(network, data.sessions[::12], Encoder.installed().tokenizer, Recipe())
    of_network = [logits[:, : sum(HEADS.values())] for logits in exact_logits]
    return {
        "torch_fp32_largest_difference": round(largest_difference(torch_logits, of_network)[0], 5),
        "int8_largest_difference": round(difference, 3),
        "int8_correlation": round(correlation, 5),
        "int8_agreement_f1": round(f1_of(decided[0], decided[1]), 4),
    }


def rounded(value):  # type: ignore[no-untyped-def]
    """Floats to five digits after the point, through lists and mappings."""
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(part) for part in value]
    return value


def write_json(path: Path, data: object) -> None:
    """Readable, stable JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
