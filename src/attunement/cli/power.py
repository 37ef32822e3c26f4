"""`attunement power`: how many clients and therapists a study needs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli import screen
from attunement.cli.outputs import STANDARD_OUTPUT, checked, write
from attunement.cli.simulate import Overwrite, Seed, Setting, parameters_of
from attunement.errors import InputError

if TYPE_CHECKING:
    from attunement.simulating import Power

PICTURES = (".svg", ".png")


class Randomised(StrEnum):
    """What gets a condition by chance."""

    THERAPISTS = "therapists"
    CLIENTS = "clients"


def power(
    effect: Annotated[
        str,
        typer.Argument(
            metavar="EFFECT",
            help="A condition against usual therapy (training, feedback, support, insight, change), or what is "
            "measured of each client (alliance, empathy, repair).",
        ),
    ],
    on: Annotated[
        str, typer.Option(metavar="OUTCOME", help="distress, drop-out, alliance or open-rupture.")
    ] = "distress",
    therapists: Annotated[
        str, typer.Option(metavar="N,N,…", help="Numbers of therapists to try, in all arms together.")
    ] = "20,40",
    clients_each: Annotated[
        str, typer.Option(metavar="N,N,…", help="Numbers of clients of one therapist to try.")
    ] = "5,10,20",
    randomised: Annotated[
        Randomised | None,
        typer.Option(case_sensitive=False, help="Clients where nothing is said, unless therapists are trained."),
    ] = None,
    studies: Annotated[int, typer.Option(help="Studies simulated for each size; more make the answer surer.")] = 200,
    sessions: Annotated[int, typer.Option(help="Sessions planned; clients may leave before.")] = 20,
    exchanges: Annotated[int, typer.Option(help="Exchanges in a session.")] = 40,
    level: Annotated[float, typer.Option(help="Of the two-sided test.")] = 0.05,
    wanted: Annotated[float, typer.Option(help="The power that is aimed at.")] = 0.8,
    settings: Setting = None,
    seed: Seed = 0,
    json: Annotated[Path | None, typer.Option(metavar="OUT", help="Write all as JSON; - for standard output.")] = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Draw power over clients (OUT.svg or OUT.png).")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Say how large a study must be to find an effect, if therapy is as the model has it.

    Each size is simulated many times, with clients who share therapists and clients who leave, and analysed; beside it
    stands what the textbook's formula says, and why it differs. docs/simulate.md names the analyses.
    """
    from attunement.simulating import power as simulated

    for target in (json, plot):
        if target is not None:
            checked(target, overwrite)
    if plot is not None and plot.suffix.casefold() not in PICTURES:
        raise InputError(f"{plot}: a picture ends in {' or '.join(PICTURES)}.")
    found = simulated(
        effect,
        on,
        therapists=_numbers("--therapists", therapists),
        clients_each=_numbers("--clients-each", clients_each),
        randomised=None if randomised is None else randomised.value,
        studies=studies,
        sessions=sessions,
        exchanges=exchanges,
        level=level,
        wanted=wanted,
        parameters=parameters_of(settings),
        seed=seed,
    )
    if json is not None:
        write(json, found.to_json() + "\n")
    if plot is not None:
        _draw(found, plot)
        screen.note(f"Written: {plot}")
    if json != STANDARD_OUTPUT:
        _show(found)


def _numbers(option: str, text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise InputError(f"{option} {text}: write whole numbers with commas between them, such as 20,40.") from None


def _draw(found: Power, path: Path) -> None:
    if path.suffix.casefold() == ".svg":
        write(path, found.to_svg())
        return
    try:
        path.write_bytes(found.to_png())
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({(error.strerror or 'unknown').lower()}).") from None


def _show(found: Power) -> None:
    from attunement.reports.dyad import render_power

    render_power(found.result, screen.results())
