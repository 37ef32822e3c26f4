"""`attunement dyad`: the model of therapist and client held to what is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attunement.cli import screen
from attunement.cli.outputs import STANDARD_OUTPUT, checked, write

if TYPE_CHECKING:
    from rich.table import Table

    from attunement.dyad.check import Finding

app = typer.Typer(
    name="dyad",
    help="A model of therapist and client: simulate therapies and hold them to what is known of real ones.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def options() -> None:
    """A model of therapist and client: simulate therapies and hold them to what is known of real ones."""


@app.command()
def check(
    json: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write the table as JSON; - for standard output.")
    ] = None,
    dyads: Annotated[int, typer.Option(help="How many clients are simulated under each condition.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Where chance starts from.")] = 0,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there already.")] = False,
) -> None:
    """Simulate a population and compare it with what was found in real therapies."""
    from json import dumps

    from attunement.dyad.check import as_json
    from attunement.dyad.check import check as check_facts

    target = None if json is None else checked(json, overwrite)
    findings = check_facts(dyads, seed=seed)
    if target is not None:
        write(target, dumps(as_json(findings), indent=2, ensure_ascii=False) + "\n")
    if target != STANDARD_OUTPUT:
        _show(findings, dyads, seed)


def _show(findings: list[Finding], dyads: int, seed: int) -> None:
    console = screen.results()
    inside = sum(finding.holds is True for finding in findings)
    console.print(
        f"{inside} of {len(findings)} facts are reproduced ({dyads:,} simulated dyads, seed {seed}).\n", highlight=False
    )
    console.print(_table(findings), highlight=False)
    console.print(
        "\nA simulation of an idea, not a proof of it; it says nothing about any one person. Sources: docs/dyad.md.",
        highlight=False,
    )


def _table(findings: list[Finding]) -> Table:
    from rich.table import Table

    from attunement.dyad.words import inside, interval

    table = Table(box=None, pad_edge=False)
    for heading in ("fact", "published", "simulated", ""):
        table.add_column(heading)
    for finding in findings:
        fact = finding.fact
        table.add_row(
            fact.says,
            interval(fact.value, fact.low, fact.high),
            interval(finding.value, finding.low, finding.high),
            inside(finding.holds),
        )
    return table
