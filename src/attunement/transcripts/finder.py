"""Which files of a folder are transcripts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from attunement.errors import TranscriptError
from attunement.transcripts import files
from attunement.transcripts.formats import convokit
from attunement.transcripts.reader import recognised
from attunement.transcripts.registry import ENDINGS

# Names and kinds of files that often lie beside transcripts; the kinds count when their content is one.
NEVER = ("readme", "license", "licence", "changelog", "requirements")
ONLY_IF_RECOGNISED = (".json", ".md", ".csv", ".tsv", ".tab", ".xlsx", ".xlsm")


def find_transcripts(paths: Iterable[Path | str]) -> list[Path]:
    """Files and folders as given by a user, made a list of what `load_all` can read.

    A file is taken as it is. Of a folder, with all below it, those files are taken whose ending is a transcript's,
    without hidden files and README files; tables, JSON and Markdown only when their content is a transcript. A folder
    that is a ConvoKit corpus counts as one. Links to folders are not followed. Each path comes once.

    Raises:
        TranscriptError: when a path does not exist or no transcript is found in a folder.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        try:
            found.update(dict.fromkeys(_below(path)))
        except OSError as error:
            raise TranscriptError(f"{path}: cannot be opened ({(error.strerror or 'unknown').lower()}).") from None
    return list(found)


def _below(path: Path) -> list[Path]:
    if not path.is_dir():
        if not os.path.lexists(path):
            raise TranscriptError(f"{path}: no such file.")
        return [path]
    below = list(_in_folder(path))
    if not below:
        raise TranscriptError(f"{path}: no transcripts in this folder; files end in {', '.join(sorted(ENDINGS))}.")
    return below


def _in_folder(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=_refuse):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if convokit.recognises_folder(here):
            folders.clear()
            yield here
            continue
        yield from (here / name for name in sorted(names) if _is_wanted(here / name))


def _refuse(error: OSError) -> None:
    raise error


def _is_wanted(path: Path) -> bool:
    name, ending = path.name.casefold(), path.suffix.casefold()
    if name.startswith((".", "~$", *NEVER)) or ending not in ENDINGS or not path.is_file():
        return False
    return ending not in ONLY_IF_RECOGNISED or _is_recognised(path)


def _is_recognised(path: Path) -> bool:
    try:
        data = files.read_bytes(path)
        return files.office_part(data) is not None or recognised(files.decode(data)[0]) is not None
    except TranscriptError:
        return True  # too big, damaged, not permitted: the reader will say so
