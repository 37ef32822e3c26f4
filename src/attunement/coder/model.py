"""The trained coder: a session in, a table of probabilities out."""

from __future__ import annotations

import json
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from attunement.codebook import CODES
from attunement.coder.calibration import HEADS, Calibration, split_heads
from attunement.coder.decisions import COLUMNS, decide
from attunement.coder.table import CodeTable, FloatArray
from attunement.coder.windows import Piece, Window, batch_of, pieces_of, windows_of
from attunement.coder.words import WordModel
from attunement.errors import ModelError
from attunement.transcripts.notation import canonical
from attunement.transcripts.session import Session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent / "weights"
# What word processors make of the marks that people type.
PLAIN_MARKS = str.maketrans("‘’“”", "''\"\"")


class Coder:
    """Reads sessions with one set of weights; make one and keep it, loading takes a fifth of a second.

    `threads` windows of a session are read side by side, each by one thread; as many as there are processors if not
    given.

    Raises:
        ModelError: when the weights are missing or damaged.
    """

    def __init__(self, folder: Path | None = None, *, threads: int | None = None) -> None:
        self.folder = folder or WEIGHTS
        self.threads = threads or os.cpu_count() or 1
        try:
            self.card: dict[str, Any] = json.loads((self.folder / "coder.json").read_text(encoding="utf-8"))
            self.calibration = Calibration.from_dict(self.card["calibration"])
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise _unusable("coder.json") from error

    @property
    def version(self) -> str:
        """The weights' name, as readings carry it."""
        return str(self.card["version"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        except Exception as error:  # the library raises nothing more particular
            raise _unusable("tokenizer.json") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _network(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        # Weights are unpacked to fp32 once. Some versions of the library would rather round what flows through the
        # network to int8, which is slower here and not the arithmetic that the figures were measured with.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        try:
            onnxruntime.disable_telemetry_events()  # some builds of the library would otherwise send usage data
            return onnxruntime.InferenceSession(
                str(self.folder / "coder.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own exceptions share no public base
            raise _unusable("coder.onnx") from error

    @cached_property
    def _words(self) -> WordModel:
        try:
            return WordModel.load(self.folder / "words.npz")
        except (OSError, ValueError, LookupError, EOFError, BadZipFile, zlib.error) as error:
            raise _unusable("words.npz") from error

    def code(self, session: Session) -> CodeTable:
        """Every code's calibrated probability on every turn; a turn is read after those before it, never after it."""
        logits = self.logits(session)
        return table_from(logits, [turn.speaker == "therapist" for turn in session.turns], self.calibration)

    def logits(self, session: Session) -> FloatArray:
        """The raw answers of the network and, beside them, of the word model: (turns, 2 × columns of `HEADS`)."""
        texts = [in_one_spelling(turn.text) for turn in session.turns]
        return np.concatenate([self._network_logits(session, texts), self._words.logits(texts)], axis=1)

    def _network_logits(self, session: Session, texts: list[str]) -> FloatArray:
        """Of a very long turn, read in pieces, the strongest answer counts, column by column."""
        table = np.full((len(session.turns), sum(HEADS.values())), -np.inf, dtype=np.float32)
        windows = windows_of(self._pieces(session, texts), length=self.card["length"], context=self.card["context"])
        answer = partial(_answer, self._network)
        # One window at a time needs no padding; the library lets other threads run while it computes.
        with ThreadPoolExecutor(self.threads) as side_by_side:
            for window, answers in side_by_side.map(answer, windows):
                _keep(answers, window, table)
        return table

    def _pieces(self, session: Session, texts: list[str]) -> list[Piece]:
        encoded = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [
            piece
            for row, (turn, encoding) in enumerate(zip(session.turns, encoded, strict=True))
            for piece in pieces_of(row, turn.speaker, encoding.ids, longest=self.card["longest_piece"])
        ]


def in_one_spelling(text: str) -> str:
    """Notes and quotation marks as the coder learned them, whoever wrote the session down."""
    return canonical(text).translate(PLAIN_MARKS)


def _unusable(file: str) -> ModelError:
    return ModelError(f"The coder's weights cannot be used, {file} is missing or damaged: reinstall attunement.")


def _answer(network: InferenceSession, window: Window) -> tuple[Window, FloatArray]:
    """What the network says of each piece of a window, (pieces, columns)."""
    batch = batch_of([window])
    inputs = {
        "tokens": batch.tokens,
        "speaker_of": batch.speaker_of,
        "turn_of": batch.turn_of,
        "pieces": np.arange(1, batch.pieces + 1),
    }
    (answers,) = network.run(None, inputs)
    return window, answers[0]


def _keep(answers: FloatArray, window: Window, table: FloatArray) -> None:
    for number, piece in enumerate(window.pieces[window.context :], start=window.context):
        np.maximum(table[piece.row], answers[number], out=table[piece.row])


def table_from(logits: FloatArray, is_therapist: list[bool], calibration: Calibration) -> CodeTable:
    """Calibrate raw answers into a table, with NaN wherever a column does not apply to the turn's speaker."""
    heads = split_heads(logits)
    therapist = np.array(is_therapist, dtype=bool)
    of_therapist = np.array([code.speaker == "therapist" for code in CODES.values()])

    def only(values: npt.NDArray[Any], rows: npt.NDArray[np.bool_]) -> FloatArray:
        kept = values.astype(np.float32)
        kept[~rows] = np.nan
        return kept

    probabilities = calibration.code_probabilities(heads).astype(np.float32)
    groups = calibration.group_probabilities(heads).astype(np.float32)
    gated = decide(probabilities, groups, calibration.thresholds, calibration.gates)
    for values, speakers in ((probabilities, of_therapist), (groups, of_therapist[[c[0] for c in COLUMNS.values()]])):
        values[therapist[:, None] != speakers[None, :]] = np.nan
    gated &= ~np.isnan(probabilities)
    return CodeTable(
        codes=tuple(CODES),
        probabilities=probabilities,
        thresholds=calibration.thresholds,
        experiencing=only(calibration.level_probabilities("experiencing", heads), ~therapist),
        empathy=only(calibration.level_probabilities("empathy", heads), therapist),
        therapist_behaviour=only(calibration.class_probabilities("therapist_behaviour", heads), therapist),
        client_talk=only(calibration.class_probabilities("client_talk", heads), ~therapist),
        groups=groups,
        gated=gated,
    )


@lru_cache(maxsize=1)
def shipped_coder() -> Coder:
    """The coder that comes with the package, loaded once a process."""
    return Coder()
