"""Instruments of one's own, from a YAML file written like the entries of the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attunement.errors import InputError
from attunement.measures.instruments.entry import read_entry
from attunement.measures.instruments.model import Instrument

# An entry of the catalogue has 3 kB.
LARGEST_BYTES = 2_000_000


def load_instruments(path: Path | str) -> tuple[Instrument, ...]:
    """The instruments in a YAML file: one entry, or a list of them; docs/instruments.md shows what an entry holds.

    An entry may name a FHIR R4 questionnaire beside the file (`questionnaire: pain.json`) instead of its items.

    Raises:
        InputError: when the file cannot be read or an entry is not complete or contradicts itself.
    """
    path = Path(path)
    content = parse_yaml(_text(path), path.name)
    entries = content if isinstance(content, list) else [content]
    found = tuple(read_entry(entry, path.name, folder=path.parent) for entry in entries)
    names = [each.name for each in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise InputError(f"{path.name}: '{twice}' is defined twice; give each instrument a name of its own.")
    if not found:
        raise InputError(f"{path.name}: holds no instrument; see docs/instruments.md for an example.")
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(f"{path.name}: larger than 2 MB; that is no definition of an instrument.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path.name}: not UTF-8 text; save it again as UTF-8.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a file name"
        raise InputError(f"{path.name}: cannot be read ({why}).") from None


def parse_yaml(text: str, name: str) -> Any:
    """What a YAML text holds, without aliases, which can blow a small file up.

    Raises:
        InputError: when it is no YAML, or uses aliases.
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=loader)):
            raise InputError(f"{name}: aliases (*name) are not read; write the values out.")
        return yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        raise InputError(f"{name}{where}: not well-formed YAML.") from None
    except (ValueError, RecursionError, TypeError, OverflowError):
        raise InputError(f"{name}: not well-formed YAML.") from None
