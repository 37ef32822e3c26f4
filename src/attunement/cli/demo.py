"""`attunement demo`: the bundled sessions, read and shown, beside what a careful reader found in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attunement.cli import screen
from attunement.cli.outputs import PageFolder


def demo(
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the pages go.")] = Path("out"),
) -> None:
    """Read the bundled sessions.

    Shows one of the eight in full, writes a page for each, and says how far the program found what a careful reader
    found.
    """
    from attunement import examples
    from attunement.reading import read
    from attunement.reports import render_terminal

    pages = PageFolder(out, overwrite=False)
    with screen.progress(quiet=False) as bar:
        readings = [read(path) for path in bar.track(examples.transcripts(), description="Reading")]
        for reading in bar.track(readings, description="Pages"):
            pages.add(reading)
    console = screen.results()
    shown = next(reading for reading in readings if reading.session.id == examples.SHOWN)
    render_terminal(shown.findings, console)
    console.print(examples.rendered(examples.compare(readings)))
    screen.note(f"A page for each session: {out}/ (open {out / examples.SHOWN}.html in a browser)")
