"""`attunement evaluate`: how far the coder agrees with people, who coded sessions or judged its findings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli import screen
from attunement.cli.outputs import STANDARD_OUTPUT, checked, write

if TYPE_CHECKING:
    from rich.console import RenderableType

    from attunement.episodes.model import SessionReading
    from attunement.evaluation import CodedSet, Evaluation
    from attunement.evaluation.feedback import FeedbackEvaluation
    from attunement.transcripts import Session


def evaluate(
    coded: Annotated[
        Path, typer.Argument(metavar="FILE_OR_FOLDER", help="Sessions that people have coded, or a clinic's feedback.")
    ],
    json: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write the figures as JSON; - for standard output.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there already.")] = False,
) -> None:
    """Check the coder on your own sessions before you believe it.

    Prints how far the program and your coders agree, code by code and with intervals, and where not to trust it;
    of a clinic's feedback on findings, how often therapists found them right. docs/evaluate.md shows the formats that
    are read, docs/feedback.md those of the clinic.
    """
    from attunement.evaluation.feedback_file import is_feedback

    target = None if json is None else checked(json, overwrite)
    figures, shown = _of_feedback(coded) if is_feedback(coded) else _of_coded(coded)
    if target is not None:
        write(target, figures.to_json() + "\n")
    if target != STANDARD_OUTPUT:
        screen.results().print(shown)


def _of_coded(path: Path) -> tuple[Evaluation, RenderableType]:
    from attunement.evaluation import load_coded
    from attunement.evaluation.screen import rendered

    loaded = load_coded(path)
    figures = _compared(loaded)
    return figures, rendered(figures, loaded.notes)


def _of_feedback(path: Path) -> tuple[FeedbackEvaluation, RenderableType]:
    from attunement.evaluation.feedback import evaluate_feedback
    from attunement.evaluation.feedback_file import read_feedback
    from attunement.evaluation.feedback_screen import rendered

    figures = evaluate_feedback(read_feedback(path))
    return figures, rendered(figures)


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
