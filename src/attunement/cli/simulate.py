"""`attunement simulate`: a clinic or a trial that never happened, as files, with the hidden truth beside them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli import screen
from attunement.errors import InputError

if TYPE_CHECKING:
    from attunement.simulating import Simulation


class Layout(StrEnum):
    """What a row of the answers is."""

    WIDE = "wide"
    LONG = "long"


class Assigned(StrEnum):
    """What gets a condition by chance."""

    THERAPISTS = "therapists"
    CLIENTS = "clients"


Setting = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the model in place of its default; repeatable."),
]
Seed = Annotated[int, typer.Option(help="All chance comes from it: the same seed gives the same files.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace files that are there already.")]


def simulate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write; new or empty.")],
    clients: Annotated[int, typer.Option(help="How many clients in all.")] = 100,
    clients_each: Annotated[int, typer.Option(help="Clients of one therapist.")] = 20,
    therapists_each: Annotated[int, typer.Option(help="Therapists of one clinic.")] = 10,
    sessions: Annotated[int, typer.Option(help="Sessions planned; clients may leave before.")] = 20,
    exchanges: Annotated[int, typer.Option(help="Exchanges in a session.")] = 40,
    condition: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="usual, feedback, support, training, insight or change; several make the arms of a trial.",
        ),
    ] = None,
    assigned: Annotated[
        Assigned, typer.Option(case_sensitive=False, help="In a trial, what gets a condition by chance.")
    ] = Assigned.THERAPISTS,
    questionnaire: Annotated[
        str, typer.Option(metavar="NAME", help="The questionnaire of distress; see docs/instruments.md.")
    ] = "core10",
    layout: Annotated[
        Layout, typer.Option(case_sensitive=False, help="A row a session, or a row an answer.")
    ] = Layout.WIDE,
    missing: Annotated[
        float, typer.Option(metavar="SHARE", help="Questionnaires and check-ins not handed in; .1 is one in ten.")
    ] = 0.0,
    folders: Annotated[bool, typer.Option("--folders", help="A folder a client, for `attunement follow`.")] = False,
    parquet: Annotated[bool, typer.Option("--parquet", help="Outcomes and truth as Parquet (needs pyarrow).")] = False,
    settings: Setting = None,
    seed: Seed = 0,
    overwrite: Overwrite = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Simulate a clinic, or with several conditions a trial: answers as files, and the truth that nobody sees.

    For teaching, for trying out an analysis, and for testing programs. docs/simulate.md says what lies where. Nothing
    in it describes a person.
    """
    from attunement.dyad.export.files import check_folder
    from attunement.simulating import simulate as simulated

    check_folder(folder, parquet=parquet, overwrite=overwrite)
    found = simulated(
        clients,
        conditions=tuple(condition or ["usual"]),
        assigned=assigned.value,
        clients_each=clients_each,
        therapists_each=therapists_each,
        sessions=sessions,
        exchanges=exchanges,
        questionnaire=questionnaire,
        layout=layout.value,
        missing=missing,
        parameters=parameters_of(settings),
        seed=seed,
    )
    written = found.write(folder, folders=folders, parquet=parquet, overwrite=overwrite)
    if not quiet:
        _show(found, folder, len(written))


def parameters_of(settings: Sequence[str] | None) -> dict[str, float]:
    """`--set learn=0.05` as names and numbers.

    Raises:
        InputError: when one is no name and number.
    """
    found = {}
    for setting in settings or []:
        name, equals, value = setting.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            equals = ""
        if not equals:
            raise InputError(f"--set {setting}: write a parameter's name, =, and a number, such as learn=0.05.")
    return found


def _show(found: Simulation, folder: Path, files: int) -> None:
    from attunement.reports.dyad import render_simulation

    render_simulation(found.study, found.tables, screen.results())
    screen.note(f"Written: {folder} ({files} files)")
