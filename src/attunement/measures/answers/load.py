"""`load_scores`: a file of answers in any known form."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

from attunement.errors import InputError
from attunement.measures.answers.cautions import cautions
from attunement.measures.answers.collect import collect, sorted_refusals
from attunement.measures.answers.columns import Roles, find_roles
from attunement.measures.answers.fhir import read_fhir
from attunement.measures.answers.long import read_long
from attunement.measures.answers.model import Scores
from attunement.measures.answers.moment import Reading
from attunement.measures.answers.redcap import is_redcap, read_redcap
from attunement.measures.answers.table import Table, read_table
from attunement.measures.answers.wide import Options, read_wide
from attunement.measures.instruments.catalogue import instruments as catalogue
from attunement.measures.instruments.model import Instrument

Format = Literal["long", "wide", "redcap", "fhir"]
FORMATS: tuple[Format, ...] = get_args(Format)
LARGEST_BYTES = 200_000_000


def load_scores(
    path: Path | str,
    *,
    instruments: Iterable[Instrument] = (),
    client: str | None = None,
    format: Format | None = None,
) -> Scores:
    """The scores in a file of answers: CSV or Excel (long or wide), a REDCap export, FHIR responses.

    Items are scored; ready scores are taken as they are, when they are possible. What cannot be taken is named in
    `Scores.refused`, and the rest is kept.

    Args:
        path: the file.
        instruments: instruments of your own, known besides the catalogue; they win where names are the same.
        client: read only this client's rows; where the file names no client, all rows are this client's.
        format: the file's form; found out when None.

    Raises:
        InputError: when the file cannot be read at all: no table or JSON, no known instrument, nothing that says when
            the answers were given.
    """
    path = Path(path)
    if format is not None and format not in FORMATS:
        raise InputError(f"'{format}' is no format of answers; known are {', '.join(FORMATS)}.")
    data = _bytes(path)
    options = Options(_known(instruments), path.name, client)
    if format == "fhir" or (format is None and data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")):
        return _finished(read_fhir(_json(data, path.name), options), "fhir")
    table = read_table(data, path.name)
    roles = find_roles(table.header)
    found = format or _format(table, roles)
    return _finished(_read(found, table, roles, options), found, table.warnings)


def _format(table: Table, roles: Roles) -> Format:
    if is_redcap(table.header):
        return "redcap"
    return "long" if roles.is_long else "wide"


def _read(format: Format, table: Table, roles: Roles, options: Options) -> Reading:
    if format == "redcap":
        return read_redcap(table, roles, options)
    if format == "wide":
        return read_wide(table, roles, options)
    if not roles.is_long:
        raise InputError(f"{options.name}: a long table needs a column 'value' and a column 'instrument' or 'item'.")
    return read_long(table, roles, options)


def _known(own: Iterable[Instrument]) -> tuple[Instrument, ...]:
    given = tuple(own)
    names = {each.name for each in given}
    return (*given, *(each for each in catalogue() if each.name not in names))


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{path.name}: this is a folder; give the file with the answers.")
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(f"{path.name}: larger than {LARGEST_BYTES // 1_000_000} MB; split it.")
        data = path.read_bytes() if path.is_file() else b""
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a file name"
        raise InputError(f"{path.name}: cannot be read ({why}).") from None
    if not data.strip():
        raise InputError(f"{path.name}: the file is empty.")
    return data


def _json(data: bytes, name: str) -> object:
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        raise InputError(f"{name}: not well-formed JSON.") from None


def _finished(reading: Reading, format: Format, warnings: tuple[str, ...] = ()) -> Scores:
    scores = collect(reading)
    warnings = (*warnings, *cautions(scores, reading.answers))
    return Scores(scores, sorted_refusals(reading.refused), warnings, format)
