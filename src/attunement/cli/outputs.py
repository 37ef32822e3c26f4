"""Files that readings are written to, and the rule that nobody's work is overwritten.

A file that is there already is replaced when Attunement wrote it as a reading, when it is empty, or when the user says
`--overwrite`; never when it is one of the transcripts being read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from attunement.errors import InputError

if TYPE_CHECKING:
    from attunement.reading import Reading

STANDARD_OUTPUT = Path("-")
PAGE_ENDINGS = (".html", ".htm")
# How the files that we write begin.
OUR_MARKS = (
    b'{"schema": "attunement/',
    b"session,turn,speaker,name,start_s",
    b"client,session,date,file,turns",
    b"<title>Reading of ",
    b"<title>Case of ",
    b'{"augmented": [',
)
BEGINNING = 1024  # bytes
LONGEST_NAME = 80


class Output(Protocol):
    """Something that takes one reading after the other. Nothing is created before the first."""

    path: Path
    is_begun: bool

    def add(self, reading: Reading) -> None:
        """Write one more reading."""
        ...


class _Lines:
    """A text file, begun at the first reading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_begun = False

    def _write(self, text: str) -> None:
        write(self.path, text, further=self.is_begun)
        self.is_begun = True


class JsonLines(_Lines):
    """One reading a line, whatever the file's ending; a file with one session is plain JSON."""

    def add(self, reading: Reading) -> None:
        """Write one more line."""
        self._write(reading.to_json() + "\n")


class CsvTable(_Lines):
    """One table for all sessions, one row a turn."""

    def add(self, reading: Reading) -> None:
        """Write the rows of one more session."""
        self._write(reading.to_csv(header=not self.is_begun))


class Page:
    """One page for one session."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_begun = False

    def add(self, reading: Reading) -> None:
        """Write the page."""
        if self.is_begun:
            raise _one_page_only(self.path)
        self.is_begun = True
        write(self.path, reading.to_html())


class PageFolder:
    """A folder with a page for each session, named after it."""

    def __init__(self, folder: Path, *, overwrite: bool) -> None:
        self.path = folder
        self.is_begun = False
        self.overwrite = overwrite
        self.used: set[str] = set()

    def add(self, reading: Reading) -> None:
        """Write one more page."""
        self.put(reading.session.id, reading.to_html())

    def put(self, title: str, html: str) -> Path:
        """Write a page under the name that the title makes; its path."""
        self.is_begun = True
        page = self.path / f"{self._name(title)}.html"
        refuse_to_destroy(page, overwrite=self.overwrite)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_write(self.path, error) from None
        write(page, html)
        return page

    def _name(self, session: str) -> str:
        # An id comes out of the file and must not lead out of the folder.
        safe = re.sub(r"[^\w-]+", "-", session)[:LONGEST_NAME].strip("-") or "session"
        name, number = safe, 1
        while name.casefold() in self.used:
            number += 1
            name = f"{safe}-{number}"
        self.used.add(name.casefold())
        return name


def outputs(
    *, json: Path | None, csv: Path | None, html: Path | None, sources: Sequence[Path], overwrite: bool
) -> list[Output]:
    """The outputs asked for, checked before anything is read.

    Raises:
        InputError: when one of them would destroy a file, cannot be made, or cannot take all sources.
    """
    for path in (json, csv, html):
        if path is not None:
            refuse_to_replace(sources, path)
    found: list[Output] = []
    if json is not None:
        found.append(JsonLines(checked(json, overwrite)))
    if csv is not None:
        found.append(CsvTable(checked(csv, overwrite)))
    if html is not None:
        found.append(_pages(html, several=len(sources) > 1, overwrite=overwrite))
    return found


def refuse_to_destroy(path: Path, *, overwrite: bool) -> None:
    """Raise InputError when there is a file that is not ours to replace."""
    if path.is_dir():
        raise InputError(f"{path}: is a folder; give the name of a file.")
    # Pipes and devices hold nothing that could be lost.
    if path.is_file() and not overwrite and not _is_ours(path):
        raise InputError(f"{path}: is there already; give another name, or --overwrite to replace it.")


def refuse_to_replace(sources: Sequence[Path], path: Path) -> None:
    """Raise InputError when the path is one of the transcripts, whatever the user says."""
    if path.is_file() and path.resolve() in {source.resolve() for source in sources}:
        raise InputError(f"{path}: is a transcript being read; write to another file.")


def checked(path: Path, overwrite: bool) -> Path:
    """The path, when a file may be written there; else InputError."""
    if path != STANDARD_OUTPUT:
        refuse_to_destroy(path, overwrite=overwrite)
        if not path.parent.is_dir():
            raise InputError(f"{path}: there is no folder {path.parent}; make it first.")
    return path


def _pages(path: Path, *, several: bool, overwrite: bool) -> Output:
    if path.suffix.casefold() in PAGE_ENDINGS and not path.is_dir():
        if several:
            raise _one_page_only(path)
        return Page(checked(path, overwrite))
    if path.exists() and not path.is_dir():
        raise InputError(f"{path}: is a file; end the name in .html for one page, or give a folder.")
    return PageFolder(path, overwrite=overwrite)


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            beginning = file.read(BEGINNING)
    except OSError:
        return False
    return not beginning or any(mark in beginning for mark in OUR_MARKS)


def write(path: Path, text: str, *, further: bool = False) -> None:
    """Write a file, or to standard output, in UTF-8 whatever the terminal's encoding; `further` text goes to its end.

    Raises:
        InputError: when the file cannot be written.
    """
    if path == STANDARD_OUTPUT:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        sys.stdout.write(text)
        return
    try:
        with path.open("a" if further else "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise _cannot_write(path, error) from None


def _one_page_only(path: Path) -> InputError:
    return InputError(f"{path}: a page shows one session; for several give a folder, without .html at its end.")


def _cannot_write(path: Path, error: OSError) -> InputError:
    return InputError(f"{path}: cannot be written ({(error.strerror or 'unknown').lower()}).")
