"""`make bench-speed`: how fast a session is read, as turns a second and as a ratio to named peers in the same run.

Peers, on torch with the same encoder and random heads left out: sentence-transformers, one turn at a time with the same
context before it. Needs the training environment.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console
from rich.table import Table

from attunement.coder.model import Coder
from attunement.episodes import find
from attunement.transcripts.session import Session
from training.assemble import as_session
from training.sources import Data, Encoder

THREADS = 2
TURNS = 60
SESSIONS = 8


def timed(action: Callable[[], object], rounds: int = 5) -> float:
    """Median seconds of one call, after one that is not counted."""
    action()
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - began)
    return median(seconds)


def sessions_of_sixty() -> list[Session]:
    """Whole sessions of the corpus, cut to sixty turns."""
    whole = [as_session(session) for session in Data.load().corpus if len(session) >= TURNS][:SESSIONS]
    return [Session(each.id, each.turns[:TURNS], each.roles) for each in whole]


def turn_at_a_time(session: Session, context: int) -> list[str]:
    """Each turn with as many words of the turns before it as the coder sees at least."""
    texts, before = [], []
    for turn in session.turns:
        texts.append(" ".join([*before[-context:], turn.text]))
        before += turn.text.split()
    return texts


def sentence_transformers_seconds(session: Session) -> float:
    """The same encoder as most people would run it: one turn a call."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(THREADS)
    model = SentenceTransformer(str(Encoder.installed().folder), device="cpu")
    texts = turn_at_a_time(session, context=75)
    return timed(lambda: [model.encode(text, show_progress_bar=False) for text in texts], rounds=3)


def matrix_rate() -> float:
    """This machine's products of 512 × 384 by 384 × 1536 in fp32, operations a second on the same threads."""
    import torch

    torch.set_num_threads(THREADS)
    a, b = torch.randn(512, 384), torch.randn(384, 1536)
    return 20 * 2 * 512 * 384 * 1536 / timed(lambda: [a @ b for _ in range(20)])


def operations(coder: Coder, session: Session) -> float:
    """Multiplications and additions of the encoder's matrix products for a session's tokens, context not counted."""
    tokens = sum(len(piece.tokens) for piece in coder._pieces(session, [turn.text for turn in session.turns]))
    return tokens * 6 * 2 * (4 * 384 * 384 + 2 * 384 * 1536)


def cold_start(arguments: list[str]) -> float:
    """Seconds of a fresh process."""
    return timed(
        lambda: subprocess.run(
            [str(Path(sys.executable).with_name("attunement")), *arguments], check=True, capture_output=True
        ),
        rounds=3,
    )


def main() -> None:
    """Print the table."""
    sessions = sessions_of_sixty()
    coder = Coder(threads=THREADS)
    code = timed(lambda: [coder.code(session) for session in sessions]) / len(sessions)
    read = timed(lambda: [find(session, coder.code(session)) for session in sessions]) / len(sessions)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    limit = float(np.mean([operations(coder, session) for session in sessions])) / matrix_rate()
    peer = float(np.mean([sentence_transformers_seconds(session) for session in sessions[:2]]))
    table = Table(title=f"A session of {TURNS} turns on {THREADS} threads", title_justify="left")
    for name in ("what", "seconds", "turns a second", "ratio to ours"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for what, seconds in (
        ("coder", code),
        ("coder and episodes", read),
        ("sentence-transformers on torch, a turn at a time", peer),
        ("arithmetic limit, fp32", limit),
    ):
        table.add_row(what, f"{seconds:.3f}", f"{TURNS / seconds:.0f}", f"{seconds / code:.2f}")
    console = Console(width=100)
    console.print(table)
    console.print(
        f"Peak memory of coder and finder {memory:.0f} MiB; a fresh `attunement --help` {cold_start(['--help']):.2f} s."
    )


if __name__ == "__main__":
    main()
