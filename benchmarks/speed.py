"""`make bench-speed`: how fast a session is read, beside named peers in the same run.

Peers, on torch with random or plain weights: the coder's own encoder in sentence-transformers, one turn at a time with
the same context before it; a bi-encoder on RoBERTa-base as EPITOME has it (Sharma et al., 2020), one pair of turn and
turn before at a time, 64 tokens each; and the arithmetic limit, the encoder's own multiplications at the rate at which
this machine multiplies matrices. Needs the training environment.

What is compared is processor time on one thread, which other programs on the machine disturb least; beside it stands
the shortest of a few times on two threads.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console
from rich.table import Table

from attunement.coder.model import Coder, in_one_spelling
from attunement.coder.windows import windows_of
from attunement.episodes import find
from attunement.transcripts.session import Session
from training.assemble import as_session
from training.sources import Data, Encoder

TURNS, SESSIONS = 60, 3
# Of a session, so many turns are read by the peers; their time is scaled up to all of them.
PEER_TURNS = 15
THREADS = 2
HIDDEN, LAYERS, INTERMEDIATE = 384, 6, 1536
PAIR_TOKENS = 64


@dataclass(frozen=True)
class Timed:
    """Seconds a session: of the processor with one thread, and the shortest with two; None where it has no meaning."""

    processor: float
    wall: float | None = None


def processor_seconds(action: Callable[[], object], rounds: int = 2) -> float:
    """Median processor time of one call, after one that is not counted."""
    action()
    seconds = []
    for _ in range(rounds):
        began = time.process_time()
        action()
        seconds.append(time.process_time() - began)
    return median(seconds)


def shortest(action: Callable[[], object], rounds: int = 3) -> float:
    """The shortest time of one call."""
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def sessions_of_sixty() -> list[Session]:
    """Whole sessions of the corpus, cut to sixty turns."""
    whole = [as_session(session) for session in Data.load().corpus if len(session) >= TURNS][:SESSIONS]
    return [Session(each.id, each.turns[:TURNS], each.roles) for each in whole]


def ours(sessions: list[Session], read: Callable[[Coder, Session], object]) -> Timed:
    """The coder, alone or with what follows it."""
    one, two = Coder(threads=1), Coder(threads=THREADS)
    processor = processor_seconds(lambda: [read(one, session) for session in sessions])
    wall = shortest(lambda: [read(two, session) for session in sessions])
    return Timed(processor / len(sessions), wall / len(sessions))


def on_torch(action: Callable[[], object]) -> Timed:
    """A peer's action on `PEER_TURNS` turns, as seconds a session."""
    import torch

    torch.set_num_threads(1)
    processor = processor_seconds(action, rounds=2)
    torch.set_num_threads(THREADS)
    share = PEER_TURNS / TURNS
    return Timed(processor / share, shortest(action, rounds=2) / share)


def turn_at_a_time(session: Session, context: int) -> list[str]:
    """Each turn with as many words of the turns before it as the coder sees at least."""
    texts: list[str] = []
    before: list[str] = []
    for turn in session.turns:
        texts.append(" ".join([*before[-context:], turn.text]))
        before += turn.text.split()
    return texts


def sentence_transformers(sessions: list[Session]) -> Timed:
    """The same encoder as most people would run it: one turn a call."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(Encoder.installed().folder), device="cpu")
    # From the middle of the session, where every turn has its context.
    texts = turn_at_a_time(sessions[0], context=75)[TURNS // 2 :][:PEER_TURNS]
    return on_torch(lambda: [model.encode(text, show_progress_bar=False) for text in texts])


def bi_encoder() -> Timed:
    """One of EPITOME's three models: two RoBERTa-base encoders, every turn with the one before it."""
    import torch
    from transformers import RobertaConfig, RobertaModel

    config = RobertaConfig(vocab_size=50265, max_position_embeddings=514, type_vocab_size=1)
    encoders = [RobertaModel(config).eval() for _ in range(2)]
    tokens = torch.randint(10, 50000, (1, PAIR_TOKENS))

    def read() -> None:
        with torch.inference_mode():
            for _ in range(PEER_TURNS):
                for encoder in encoders:
                    encoder(tokens)

    return on_torch(read)


def matrix_rate() -> float:
    """Operations a second of this machine's products of 512 × 384 by 384 × 1536 in fp32, on one thread."""
    import torch

    torch.set_num_threads(1)
    a, b = torch.randn(512, HIDDEN), torch.randn(HIDDEN, INTERMEDIATE)
    return 50 * 2 * 512 * HIDDEN * INTERMEDIATE / processor_seconds(lambda: [a @ b for _ in range(50)])


def operations(coder: Coder, session: Session, *, with_context: bool) -> float:
    """Multiplications and additions in the encoder's matrix products, what is read twice counted twice or once."""
    pieces = coder._pieces(session, [in_one_spelling(turn.text) for turn in session.turns])
    total = 0
    for window in windows_of(pieces, length=coder.card["length"], context=coder.card["context"]):
        new = sum(len(piece.tokens) for piece in window.pieces[window.context :])
        tokens = window.length if with_context else new
        linear = 2 * tokens * (4 * HIDDEN * HIDDEN + 2 * HIDDEN * INTERMEDIATE)
        total += LAYERS * (linear + 2 * 2 * tokens * window.length * HIDDEN)
    return float(total)


@dataclass(frozen=True)
class Process:
    """A whole process: seconds of the processor, seconds on the clock."""

    processor: float
    wall: float


def process(arguments: list[str], rounds: int = 2) -> Process:
    """Medians over fresh processes, the shortest for the clock."""
    runs = [_run([str(Path(sys.executable).with_name("attunement")), *arguments]) for _ in range(rounds + 1)][1:]
    return Process(median(run.processor for run in runs), min(run.wall for run in runs))


def _run(command: list[str]) -> Process:
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command[1:2])} failed")
    return Process(used.ru_utime + used.ru_stime, time.perf_counter() - began)


def cold(session: Session) -> dict[str, Process]:
    """What a user waits for who calls the program once."""
    names = {"therapist": "T", "client": "C"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "session.txt"
        path.write_text("\n".join(f"{names[t.speaker]}: {t.text}" for t in session.turns), encoding="utf-8")
        return {
            "attunement --help": process(["--help"]),
            "attunement read, in the terminal": process(["read", str(path)]),
            "attunement read --json": process(["read", str(path), "--json", "-"]),
        }


def main() -> None:
    """Print both tables."""
    sessions = sessions_of_sixty()
    coder = Coder(threads=1)
    code = ours(sessions, lambda coder, session: coder.code(session))
    rows = {
        "coder": code,
        "coder and episodes": ours(sessions, lambda coder, session: find(session, coder.code(session))),
        "the encoder in sentence-transformers, a turn at a time": sentence_transformers(sessions),
        "RoBERTa-base bi-encoder, a turn at a time": bi_encoder(),
    }
    rate = matrix_rate()
    for name, with_context in (("every word read once", False), ("with the context read again", True)):
        needed = float(np.mean([operations(coder, session, with_context=with_context) for session in sessions]))
        rows[f"arithmetic limit, {name}"] = Timed(needed / rate)
    _print(rows, code, rate, cold(sessions[0]))


def _print(rows: dict[str, Timed], code: Timed, rate: float, processes: dict[str, Process]) -> None:
    table = Table(title=f"A session of {TURNS} turns", title_justify="left")
    for name in ("what", "processor, s", "turns a second", "times the coder", f"{THREADS} threads, s"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for what, timed in rows.items():
        wall = "" if timed.wall is None else f"{timed.wall:.3f}"
        ratio = timed.processor / code.processor
        table.add_row(what, f"{timed.processor:.3f}", f"{TURNS / timed.processor:.0f}", f"{ratio:.2f}", wall)
    whole = Table(title="A fresh process", title_justify="left")
    for name in ("command", "processor, s", "shortest, s"):
        whole.add_column(name, justify="left" if name == "command" else "right")
    for command, used in processes.items():
        whole.add_row(command, f"{used.processor:.2f}", f"{used.wall:.2f}")
    console = Console(width=120)
    console.print(table)
    console.print(f"Matrices are multiplied here at {rate / 1e9:.0f} thousand million operations a second and thread.")
    console.print(whole)


if __name__ == "__main__":
    main()
