"""`attunement convert`: a transcript in one format, written in another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attunement.cli import screen
from attunement.cli.outputs import refuse_to_destroy, refuse_to_replace

ELAN = ".eaf"


def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A transcript.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write; its ending says the format.")],
    format: Annotated[
        str | None,
        typer.Option(metavar="NAME", help='The format by name, where the ending is not enough ("Whisper JSON").'),
    ] = None,
    therapist: Annotated[
        str | None, typer.Option(metavar="NAME", help="The therapist's name as the file has it.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there already.")] = False,
) -> None:
    """Write a transcript in another format.

    For ELAN (.eaf) the session is read first, and codes and episodes become tiers. docs/formats.md lists the formats
    and what each has no place for.
    """
    from attunement.transcripts import load, save

    refuse_to_replace([source], target)
    refuse_to_destroy(target, overwrite=overwrite)
    session = load(source, therapist=therapist, any_language=True)
    if format is None and target.suffix.casefold() == ELAN:
        from attunement.reading import read

        read(session).to_elan(target)
    else:
        save(session, target, format)
    for warning in session.warnings:
        screen.note(f"{session.id}: {warning}")
