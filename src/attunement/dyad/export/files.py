"""A study as a folder: answers for `attunement follow`, outcomes for `attunement change`, the truth apart from both.

measures.csv          answers of all clients; or c001/measures.csv, … a folder a client
study/outcomes.csv    before and after, with condition, therapist and clinic
truth/clients.csv, truth/sessions.csv, truth/ruptures.csv
truth/simulation.json how it was made
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from attunement.dyad.export.tables import Tables
from attunement.errors import InputError

NOTHING_KNOWN = "NA"
NEEDS_PYARROW = "Parquet needs pyarrow; install it with: pip install 'attunement[dyad]' pyarrow"


def write_study(
    tables: Tables,
    folder: Path,
    *,
    recipe: dict[str, Any],
    folders: bool = False,
    parquet: bool = False,
    overwrite: bool = False,
) -> list[Path]:
    """Write everything below `folder`, which is made; the paths written.

    Args:
        tables: from `tables_of`.
        folder: new or empty, unless `overwrite` is given.
        recipe: how it was simulated, kept beside the truth.
        folders: a folder a client, each ready for `attunement follow`, instead of one table for all.
        parquet: outcomes and truth as Parquet; answers stay CSV, which is what `follow` reads.
        overwrite: replace files of the same names.

    Raises:
        InputError: when something would be lost, cannot be written, or pyarrow is missing.
    """
    check_folder(folder, parquet=parquet, overwrite=overwrite)
    answers = _by_client(tables.answers) if folders else {"measures": tables.answers}
    if overwrite:
        _refuse_a_mixture(folder, answers)
    others = {
        "study/outcomes": tables.outcomes,
        "truth/clients": tables.clients,
        "truth/sessions": tables.sessions,
        "truth/ruptures": tables.ruptures,
    }
    try:
        written = [_csv(table, folder / f"{name}.csv") for name, table in answers.items()]
        write = _parquet if parquet else _csv
        ending = "parquet" if parquet else "csv"
        written += [write(table, folder / f"{name}.{ending}") for name, table in others.items()]
        note = folder / "truth" / "simulation.json"
        note.write_text(json.dumps(recipe, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({(error.strerror or 'unknown').lower()}).") from None
    return [*written, note]


def check_folder(folder: Path, *, parquet: bool, overwrite: bool) -> None:
    """Raise InputError when a study could not be written there; before anything is simulated."""
    if parquet and find_spec("pyarrow") is None:
        raise InputError(NEEDS_PYARROW)
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; give the name of a folder.")
    if not overwrite and folder.is_dir() and any(folder.iterdir()):
        raise InputError(f"{folder}: is there already and not empty; give another name, or --overwrite to replace it.")


def _refuse_a_mixture(folder: Path, answers: dict[str, pd.DataFrame]) -> None:
    """Answers of an earlier simulation that would stay between the new ones."""
    there = [*folder.glob("measures.csv"), *folder.glob("*/measures.csv")]
    left = [path for path in there if path.relative_to(folder).with_suffix("").as_posix() not in answers]
    if left:
        raise InputError(f"{left[0]}: would be left between the new files; remove it or give another folder.")


def _by_client(answers: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The client's name is the folder's, so it needs no column."""
    grouped = answers.groupby("client", sort=False)
    return {f"{client}/measures": rows.drop(columns="client") for client, rows in grouped}


def _csv(table: pd.DataFrame, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False, na_rep=NOTHING_KNOWN, lineterminator="\n")
    return path


def _parquet(table: pd.DataFrame, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_parquet(path, index=False, engine="pyarrow")
    return path
