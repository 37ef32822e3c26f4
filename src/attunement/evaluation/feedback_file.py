"""Verdicts on findings as a file without a word of any session: a clinic writes it, `attunement evaluate` reads it.

{"schema": "attunement/feedback/1",
 "verdicts": [{"session": 48213, "finding": "rupture", "start": 12, "end": 19, "probability": 0.74,
               "verdict": "accepted", "coder": "2026.11"}]}
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from attunement.errors import InputError
from attunement.evaluation.feedback import ANSWERS, KINDS, Judgement

SCHEMA = "attunement/feedback/1"
LARGEST_BYTES = 100_000_000
BEGINNING = 200  # bytes, in which the schema is named
LONGEST_CODER = 100


def feedback_json(judgements: Sequence[Judgement]) -> str:
    """The file."""
    verdicts = [asdict(each) for each in judgements]
    return json.dumps({"schema": SCHEMA, "verdicts": verdicts}, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def is_feedback(path: Path) -> bool:
    """Whether a file says of itself that it holds feedback."""
    try:
        with path.open("rb") as file:
            return SCHEMA.encode() in file.read(BEGINNING)
    except OSError:
        return False


def read_feedback(path: Path) -> tuple[Judgement, ...]:
    """The verdicts in a file.

    Raises:
        InputError: when it is no such file, or one of its entries is not as it should be.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(f"{path.name}: larger than 100 MB; it is not what a clinic wrote.")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise InputError(f"{path.name}: not the JSON that a clinic writes; have it written again.") from None
    verdicts = content.get("verdicts") if isinstance(content, dict) and content.get("schema") == SCHEMA else None
    if not isinstance(verdicts, list):
        raise InputError(f"{path.name}: no list of verdicts in the form {SCHEMA}; have the clinic write it again.")
    return tuple(_judgement(entry, f"{path.name}, verdict {number}") for number, entry in enumerate(verdicts, start=1))


def _judgement(entry: Any, where: str) -> Judgement:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: not an object with finding, verdict and the rest.")
    probability = entry.get("probability")
    if not (probability is None or (_is_number(probability) and 0 <= probability <= 1)):
        raise InputError(f"{where}: probability must be a number from 0 to 1, or null.")
    for name, allowed in (("finding", KINDS), ("verdict", ANSWERS)):
        if entry.get(name) not in allowed:
            raise InputError(f"{where}: {name} must be one of {', '.join(allowed)}.")
    for name in ("session", "start", "end"):
        if not (_is_number(entry.get(name)) and isinstance(entry[name], int) and entry[name] >= 1):
            raise InputError(f"{where}: {name} must be a whole number from 1.")
    coder = entry.get("coder")
    if not isinstance(coder, str) or not coder or len(coder) > LONGEST_CODER or not coder.isprintable():
        raise InputError(f"{where}: coder must be the version of the coder, as text.")
    stated = None if probability is None else float(probability)
    return Judgement(entry["session"], entry["finding"], entry["start"], entry["end"], stated, entry["verdict"], coder)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
