"""`load_scores`: a file of answers in any known form."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

from attunement.errors import InputError
from attunement.measures.answers.collect import collect, sorted_refusals
from attunement.measures.answers.columns import Roles, find_roles
from attunement.measures.answers.fhir import read_fhir
from attunement.measures.answers.long import read_long
from attunement.measures.answers.model import Score, Scores
from attunement.measures.answers.moment import Reading
from attunement.measures.answers.redcap import is_redcap, read_redcap
from attunement.measures.answers.table import Table, read_table
from attunement.measures.answers.wide import Options, read_wide
from attunement.measures.instruments.catalogue import instruments as catalogue
from attunement.measures.instruments.model import Instrument

Format = Literal["long", "wide", "redcap", "fhir"]
FORMATS: tuple[Format, ...] = get_args(Format)
LARGEST_BYTES = 200_000_000
# Scores multiplied by at least this much are easily given as plain sums or means, which then look very low.
MULTIPLIED = 4
FEWEST_TO_WARN = 3


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
    return _finished(_read(found, table, roles, options), found)


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


def _finished(reading: Reading, format: Format) -> Scores:
    scores = collect(reading)
    warnings = (*_out_of_order(scores), *_too_low(scores, reading))
    return Scores(scores, sorted_refusals(reading.refused), warnings, format)


def _out_of_order(scores: tuple[Score, ...]) -> list[str]:
    """Sessions whose dates run against their numbers."""
    dates: dict[str | None, dict[int, tuple[Score, int]]] = defaultdict(dict)
    for score in scores:
        if score.session is not None and score.date is not None:
            dates[score.client].setdefault(score.session, (score, score.row))
    found = []
    for own in dates.values():
        ordered = [own[session][0] for session in sorted(own)]
        for before, after in pairwise(ordered):
            if before.date and after.date and after.date < before.date:
                found.append(f"Session {after.session} (row {after.row}) is dated before session {before.session}.")
    return found


def _too_low(scores: tuple[Score, ...], reading: Reading) -> list[str]:
    """Instruments whose ready totals all look like sums or means that were not multiplied."""
    found = []
    totals = {
        answer.target.instrument.name: answer.target.instrument for answer in reading.answers if not answer.target.item
    }
    for name, instrument in totals.items():
        times = instrument.total.times
        values = [score.value for score in scores if score.instrument == name and score.subscale is None]
        given = [value for value in values if value is not None]
        if times >= MULTIPLIED and len(given) >= FEWEST_TO_WARN and max(given) <= instrument.high / times:
            found.append(
                f"No {name} score is above {instrument.high / times:g}: if they are not yet multiplied by {times:g}, "
                f"as the range of 0 to {instrument.high:g} asks, do that first."
            )
    return found
