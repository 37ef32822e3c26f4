"""`attunement deidentify`: a transcript, or the folder of a case, without what tells who somebody is."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli import screen
from attunement.cli.outputs import refuse_to_destroy, refuse_to_replace
from attunement.errors import InputError

if TYPE_CHECKING:
    from attunement.deidentify import Report, Wishes

WRONG_INPUT = 2
ONLY_OWNER = 0o600
# What we write into a folder, so that a second run leaves nothing of the first.
OURS = ("session-*.txt", "session-*.vtt", "measures.csv", "events.yaml")


def deidentify(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A transcript, or the folder of one client's case.")],
    target: Annotated[
        Path,
        typer.Argument(metavar="OUT", help="The file to write, its ending says the format; for a folder a folder."),
    ],
    keep: Annotated[
        list[str] | None, typer.Option(metavar="WORD", help="Leave this word as it is; may be given several times.")
    ] = None,
    also: Annotated[
        list[str] | None, typer.Option(metavar="WORD", help="Replace this word too; may be given several times.")
    ] = None,
    therapist: Annotated[
        str | None, typer.Option(metavar="NAME", help="The therapist's name as the files have it.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what is there already.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but warnings and errors.")] = False,
) -> None:
    """Replace names, places, dates and numbers in transcripts by placeholders; English only.

    Beside OUT, a file OUT.review.yaml says who is who: look it through, add words under keep and also, run again. It is
    for you alone. What is left can still tell who somebody is: read it before you hand it on.
    """
    review = target.with_name(f"{target.name}.review.yaml")
    wishes = _wishes(review).with_more(keep or (), also or ())
    _refuse(source, target, overwrite=overwrite)
    notes, report = (_folder if source.is_dir() else _file)(source, target, wishes, therapist)
    _write_review(review, report, wishes)
    for note in notes:
        screen.note(note)
    if not quiet:
        _show(report, target, review)
    if notes:
        raise typer.Exit(WRONG_INPUT)


def _wishes(review: Path) -> Wishes:
    from attunement.deidentify import Wishes, read_wishes

    if not review.exists():
        return Wishes()
    screen.note(f"{review.name}: is there already, so its words and its days are used.")
    return read_wishes(review)


def _refuse(source: Path, target: Path, *, overwrite: bool) -> None:
    """Everything that can be refused before the work is done.

    Raises:
        InputError: when a file would be lost, or the output lie among what is read.
    """
    if not source.is_dir():
        refuse_to_replace([source], target)
        refuse_to_destroy(target, overwrite=overwrite)
        return
    if target.resolve() == source.resolve() or source.resolve() in target.resolve().parents:
        raise InputError(f"{target}: lies in the folder that is read; give one outside of it.")
    if target.is_file():
        raise InputError(f"{target}: is a file; a folder is written as a folder.")
    if target.is_dir() and any(target.iterdir()) and not overwrite:
        raise InputError(
            f"{target}: is not empty; give another folder, or --overwrite to replace what was written there."
        )


def _file(source: Path, target: Path, wishes: Wishes, therapist: str | None) -> tuple[list[str], Report]:
    from attunement.case.numbering import date_in
    from attunement.deidentify import Spoken
    from attunement.deidentify import deidentify as without_names
    from attunement.transcripts import load, save

    session = load(source, therapist=therapist)
    done = without_names([Spoken(1, session, date_in(source.stem))], wishes)
    save(done.sessions[0].session, target)
    return [], done.report


def _folder(source: Path, target: Path, wishes: Wishes, therapist: str | None) -> tuple[list[str], Report]:
    from attunement.case.scores import INSTRUMENTS
    from attunement.deidentifying import deidentified_files, read_therapy

    therapy, notes = read_therapy(source, therapist=therapist)
    files, report = deidentified_files(therapy, wishes)
    try:
        target.mkdir(parents=True, exist_ok=True)
        for old in (path for pattern in OURS for path in target.glob(pattern)):
            old.unlink()
        for name, content in files.items():
            (target / name).write_text(content, encoding="utf-8", newline="\n")
        if (source / INSTRUMENTS).is_file():
            # One's own questionnaires are needed to read the answers, and are about nobody.
            shutil.copyfile(source / INSTRUMENTS, target / INSTRUMENTS)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({(error.strerror or 'unknown').lower()}).") from None
    return notes, report


def _write_review(path: Path, report: Report, wishes: Wishes) -> None:
    from attunement.deidentify import review

    try:
        path.touch(mode=ONLY_OWNER)
        path.chmod(ONLY_OWNER)
        path.write_text(review(report, wishes), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({(error.strerror or 'unknown').lower()}).") from None


def _show(report: Report, target: Path, review: Path) -> None:
    from rich import box
    from rich.table import Table

    from attunement.deidentify import PROMISE, WORDS

    console = screen.results()
    table = Table(
        box=box.SIMPLE_HEAD, title=f"Replaced in {report.sessions} sessions, {report.turns} turns", title_justify="left"
    )
    table.add_column("what")
    table.add_column("times", justify="right")
    table.add_column("different ones", justify="right")
    for kind, count in report.counts.items():
        different = len({each.placeholder for each in report.replacements if each.kind is kind})
        table.add_row(WORDS[kind], str(count), str(different))
    console.print(table)
    console.print(PROMISE, highlight=False)
    console.print(
        f"Written: {target}. Who is who, for you alone: {review}.", highlight=False, markup=False, soft_wrap=True
    )
