"""The program `attunement`: its commands, and how failures are told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from attunement import __version__
from attunement.cli.change import change
from attunement.cli.codebook import codebook
from attunement.cli.convert import convert
from attunement.cli.deidentify import deidentify
from attunement.cli.demo import demo
from attunement.cli.dyad import app as dyad
from attunement.cli.evaluate import evaluate
from attunement.cli.follow import follow
from attunement.cli.gains import gains
from attunement.cli.power import power
from attunement.cli.read import read
from attunement.cli.screen import complain
from attunement.cli.serve import serve
from attunement.cli.simulate import simulate
from attunement.cli.what_if import what_if
from attunement.errors import AttunementError, InputError

WRONG_USE, OUR_FAILURE = 2, 1
DEBUG = "--debug"

app = typer.Typer(
    name="attunement",
    help="Make the therapeutic relationship visible: read session transcripts on this machine, find attunement, "
    "ruptures, repairs and corrective experiences, and follow a case over its sessions and answers. Nothing is ever "
    "sent anywhere.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (read, follow, change, gains, simulate, power, evaluate, convert, deidentify, codebook, demo, serve):
    app.command()(command)
dyad.command("what-if")(what_if)
app.add_typer(dyad, name="dyad")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"attunement {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and stop.")
    ] = False,
    debug: Annotated[
        bool, typer.Option(DEBUG, help="Show where a failure arose. May show words of a session.")
    ] = False,
) -> None:
    """Options of the program itself; `--debug` is acted upon in `main`."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program. Exit codes: 0 done, 2 wrong use or input, 1 our failure."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in given  # wherever it stands: it is mostly added at the end of a line that has failed
    try:
        app([argument for argument in given if argument != DEBUG], prog_name="attunement")
    except AttunementError as error:
        if debug:
            raise
        complain(str(error))
        sys.exit(WRONG_USE if isinstance(error, InputError) else OUR_FAILURE)
    except Exception as error:
        if debug:
            raise
        complain(
            f"failed ({type(error).__name__}), which is a fault of the program and not of your files; "
            f"add {DEBUG} to see where, and look through what it shows before passing it on: it may hold words spoken."
        )
        sys.exit(OUR_FAILURE)
    sys.exit(0)
