"""`attunement evaluate`: how far the coder agrees with people, on sessions that people have coded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli import screen
from attunement.cli.outputs import STANDARD_OUTPUT, checked, write

if TYPE_CHECKING:
    from attunement.episodes.model import SessionReading
    from attunement.evaluation import CodedSet, Evaluation
    from attunement.transcripts import Session


def evaluate(
    coded: Annotated[Path, typer.Argument(metavar="FILE_OR_FOLDER", help="Sessions that people have coded.")],
    json: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write the figures as JSON; - for standard output.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there already.")] = False,
) -> None:
    """Check the coder on your own sessions before you believe it.

    Prints how far the program and your coders agree, code by code and with intervals, and where not to trust it.
    docs/evaluate.md shows the formats that are read.
    """
    from attunement.evaluation import load_coded

    target = None if json is None else checked(json, overwrite)
    loaded = load_coded(coded)
    figures = _compared(loaded)
    if target is not None:
        write(target, figures.to_json() + "\n")
    if target != STANDARD_OUTPUT:
        _show(figures, loaded)


def _compared(loaded: CodedSet) -> Evaluation:
    from attunement.evaluation import evaluate as compare
    from attunement.reading import read

    with screen.progress(quiet=False) as bar:
        task = bar.add_task("Reading", total=len(loaded.sessions))

        def findings(session: Session) -> SessionReading:
            reading = read(session)
            bar.advance(task)
            return reading.findings

        return compare(loaded.sessions, findings)


def _show(figures: Evaluation, loaded: CodedSet) -> None:
    from attunement.evaluation.screen import rendered

    screen.results().print(rendered(figures, loaded.notes))
