"""`attunement demo`: the bundled cases, followed and shown, beside what a careful reader found in their sessions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attunement.cli import screen
from attunement.cli.follow import write_pages
from attunement.cli.outputs import PageFolder


def demo(
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the pages go.")] = Path("out"),
) -> None:
    """Follow the two bundled cases.

    Shows one of them, writes a page for each case and session, and says how far the program found what a careful reader
    found in the sessions.
    """
    from attunement import examples
    from attunement.following import follow
    from attunement.reports.case import render_case

    pages = PageFolder(out, overwrite=False)
    with screen.progress(quiet=False) as bar:
        followed = {
            folder.name: follow(folder, track=lambda places: bar.track(places, description="Reading"))
            for folder in examples.cases()
        }
        written = [write_pages(case, pages) for case in bar.track(followed.values(), description="Pages")]
    console = screen.results()
    render_case(followed[examples.SHOWN_CASE].findings, console)
    readings = [reading for case in followed.values() for reading in case.readings.values()]
    console.print(examples.rendered(examples.compare(readings)))
    screen.note(f"A page for each case, which leads to its sessions: {' and '.join(map(str, written))}")
