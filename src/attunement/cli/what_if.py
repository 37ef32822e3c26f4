"""`attunement dyad what-if`: one rupture taken up, or not, and how the therapy goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attunement.cli import screen
from attunement.cli.outputs import PAGE_ENDINGS, checked, write
from attunement.cli.simulate import Overwrite, Seed, Setting, parameters_of
from attunement.errors import InputError

ENDINGS = (*PAGE_ENDINGS, ".svg")


def what_if(
    client: Annotated[
        int | None, typer.Option(help="Number of the made-up client; without it, one with a rupture is chosen.")
    ] = None,
    session: Annotated[
        int | None,
        typer.Option(help="The session that is done in two ways; without it, the first with a rupture open."),
    ] = None,
    sessions: Annotated[int, typer.Option(help="Sessions planned.")] = 20,
    exchanges: Annotated[int, typer.Option(help="Exchanges in a session.")] = 40,
    settings: Setting = None,
    seed: Seed = 0,
    html: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write a page (OUT.html) or the picture alone (OUT.svg).")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Set two courses side by side: the same made-up client, one rupture taken up and not taken up.

    A story for supervision and teaching, told by the model; it forecasts nothing for any person.
    """
    from attunement.dyad.parameters import parameters
    from attunement.dyad.what_if import what_if as told
    from attunement.reports.dyad import render_what_if, what_if_html, what_if_svg

    if html is not None:
        checked(html, overwrite)
        if html.suffix.casefold() not in ENDINGS:
            raise InputError(f"{html}: end the name in {', '.join(ENDINGS)}.")
    if seed < 0:
        raise InputError(f"A seed is a whole number from 0, not {seed}.")
    chosen = parameters(**parameters_of(settings))
    found = told(client, session, sessions=sessions, exchanges=exchanges, parameters=chosen, seed=seed)
    render_what_if(found, screen.results())
    if html is not None:
        write(html, what_if_svg(found) if html.suffix.casefold() == ".svg" else what_if_html(found))
        screen.note(f"Written: {html}")
