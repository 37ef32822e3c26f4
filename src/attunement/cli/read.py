"""`attunement read`: transcripts in; a report on the screen, JSON, a table, pages out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli import screen
from attunement.cli.outputs import STANDARD_OUTPUT, outputs
from attunement.errors import InputError

if TYPE_CHECKING:
    from attunement.reading import Reading
    from attunement.transcripts import Session

WRONG_INPUT = 2


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Transcripts, or folders of them.")],
    json: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Write the readings as JSON, one line a session; - for standard output."),
    ] = None,
    csv: Annotated[Path | None, typer.Option(metavar="OUT", help="Write a table, one row a turn.")] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Write a page (OUT.html), or a folder with a page for each session (OUT)."),
    ] = None,
    therapist: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The therapist's name as the file has it; without it, it is found out."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but warnings and errors.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are there already.")] = False,
) -> None:
    """Read sessions and show what happened between the two.

    One session is shown in full, several in a few sentences each. A file that cannot be read is reported and the others
    are read all the same; the exit code is then 2.
    """
    from attunement.reading import read as read_session

    troubles = _Troubles()
    sources = _found(files, troubles)
    targets = outputs(json=json, csv=csv, html=html, sources=sources, overwrite=overwrite)
    silent = quiet or json == STANDARD_OUTPUT
    for session, is_alone in _sessions(sources, therapist, troubles, quiet=silent):
        reading = read_session(session)
        for target in targets:
            target.add(reading)
        if silent:
            _warn(reading)
        elif is_alone:
            _show_in_full(reading)
        else:
            _show_in_short(reading)
    if not silent:
        for target in targets:
            if target.is_begun:
                screen.note(f"Written: {target.path}")
    if troubles.count:
        raise typer.Exit(WRONG_INPUT)


class _Troubles:
    """What could not be read, told as it comes up."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, error: InputError) -> None:
        self.count += 1
        screen.complain(str(error))


def _found(files: Sequence[Path], troubles: _Troubles) -> list[Path]:
    from attunement.transcripts import find_transcripts

    found: dict[Path, None] = {}
    for path in files:
        try:
            found.update(dict.fromkeys(find_transcripts([path])))
        except InputError as error:
            troubles.tell(error)
    return list(found)


def _sessions(
    sources: Sequence[Path], therapist: str | None, troubles: _Troubles, *, quiet: bool
) -> Iterator[tuple[Session, bool]]:
    """Every session with whether it is the only one."""
    from attunement.transcripts import load_all

    with screen.progress(quiet=quiet or len(sources) == 1) as bar:
        for source in bar.track(sources, description="Reading"):
            try:
                sessions = load_all(source, therapist=therapist)
            except InputError as error:
                troubles.tell(error)
                continue
            for session in sessions:
                yield session, len(sources) == len(sessions) == 1


def _show_in_full(reading: Reading) -> None:
    from attunement.reports import render_terminal

    render_terminal(reading.findings, screen.results())


def _show_in_short(reading: Reading) -> None:
    from rich.padding import Padding
    from rich.text import Text

    console = screen.results()
    console.print(Text(screen.one_line(reading.session.id), style="bold"))
    for sentence in reading.summary:
        console.print(Padding(Text(sentence), (0, 0, 0, 2)), highlight=False)
    for warning in reading.warnings:
        console.print(Padding(Text(f"Note. {screen.one_line(warning)}", style="dim"), (0, 0, 0, 2)))
    console.print()


def _warn(reading: Reading) -> None:
    for warning in reading.warnings:
        screen.note(f"{reading.session.id}: {warning}")
