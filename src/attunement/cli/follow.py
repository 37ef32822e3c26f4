"""`attunement follow`: the folder of a case in; a report on the screen, JSON, a table, pages out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli import screen
from attunement.cli.outputs import PAGE_ENDINGS, STANDARD_OUTPUT, PageFolder, checked, write

if TYPE_CHECKING:
    from attunement.following import CaseReading

WRONG_INPUT = 2


def follow(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="One client's transcripts, measures.csv and events.yaml.")
    ],
    json: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write everything as JSON; - for standard output.")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write a table, one row a session, as R reads it.")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT", help="Write a page (OUT.html), or a folder with a page for each session too (OUT)."
        ),
    ] = None,
    client: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whom to follow, where the files hold several clients.")
    ] = None,
    therapist: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The therapist's name as the files have it; without it, it is found out."),
    ] = None,
    until: Annotated[
        int | None, typer.Option(metavar="SESSION", min=1, help="Look at the case as it stood after this session.")
    ] = None,
    model: Annotated[
        bool, typer.Option("--model", help="Add what the model of the dyad infers; needs attunement[dyad].")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Show every part with all its evidence.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but warnings and errors.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are there already.")] = False,
) -> None:
    """Follow a case: what runs through a client's sessions and answers, and what to take up next.

    What cannot be used is named and the rest is followed all the same; the exit code is then 2.
    """
    from attunement.following import follow as follow_case

    silent = quiet or json == STANDARD_OUTPUT
    for target in (json, csv):
        if target is not None:
            checked(target, overwrite)
    if html is not None and html.suffix.casefold() in PAGE_ENDINGS:
        checked(html, overwrite)
    with screen.progress(quiet=silent) as bar:
        followed = follow_case(
            folder,
            client=client,
            therapist=therapist,
            until=until,
            model=model,
            track=lambda places: bar.track(places, description="Reading"),
        )
    _write(followed, json=json, csv=csv, html=html, overwrite=overwrite, quiet=silent)
    if silent:
        for note in followed.notes:
            screen.note(note)
    else:
        _show(followed, full=full)
    if not followed.case.is_complete:
        raise typer.Exit(WRONG_INPUT)


def write_pages(followed: CaseReading, pages: PageFolder) -> Path:
    """A page for each session and one for the case that leads to them; the path of the latter."""
    written = {number: pages.put(each.session.id, each.to_html()) for number, each in followed.readings.items()}
    links = {number: page.name for number, page in written.items()}
    return pages.put(followed.case.client, followed.to_html(pages=links))


def _write(
    followed: CaseReading, *, json: Path | None, csv: Path | None, html: Path | None, overwrite: bool, quiet: bool
) -> None:
    written = []
    if json is not None:
        written.append(_file(json, followed.to_json() + "\n"))
    if csv is not None:
        written.append(_file(csv, followed.to_csv()))
    if html is not None and html.suffix.casefold() in PAGE_ENDINGS:
        written.append(_file(html, followed.to_html()))
    elif html is not None:
        written.append(write_pages(followed, PageFolder(html, overwrite=overwrite)))
    for path in written:
        if path != STANDARD_OUTPUT and not quiet:
            screen.note(f"Written: {path}")


def _file(path: Path, text: str) -> Path:
    write(path, text)
    return path


def _show(followed: CaseReading, *, full: bool) -> None:
    from attunement.reports.case import render_case

    render_case(followed.findings, screen.results(), full=full)
