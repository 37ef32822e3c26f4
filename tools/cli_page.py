"""`docs/cli.md`: every command with its arguments and options, out of the program itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main

from attunement.cli.app import app

HEAD = """\
# The command line

What `attunement --help` and `attunement COMMAND --help` say. This page is written by `make docs`.

Results go to standard output; warnings, errors and notes about the run go to standard error. Exit codes: 0 done,
2 wrong use or input that cannot be read, 1 a failure of the program.

A file that is there already is replaced only when Attunement wrote it as a reading, or with `--overwrite`. A transcript
is never written over.
"""


def page() -> str:
    """The whole page."""
    program: Any = typer.main.get_command(app)
    commands = [_command(name, command) for name, command in program.commands.items()]
    return "\n".join([HEAD, _parameters(program), *commands]).rstrip() + "\n"


def _command(name: str, command: Any) -> str:
    arguments = [parameter.metavar for parameter in command.params if parameter.param_type_name == "argument"]
    options = ["[OPTIONS]"] if len(arguments) < len(command.params) else []
    usage = " ".join(["attunement", name, *options, *arguments])
    return "\n".join([f"## `{usage}`\n", f"{command.help}\n", *([_parameters(command)] if command.params else [])])


def _parameters(command: Any) -> str:
    return "".join(f"- {_name(parameter)}: {parameter.help}{_default(parameter)}\n" for parameter in command.params)


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar}`"
    value = f" {parameter.metavar}" if parameter.metavar else ""
    return ", ".join(f"`{option}{value}`" for option in _in_order(parameter.opts))


def _in_order(options: list[str]) -> Iterator[str]:
    yield from sorted(options, key=len, reverse=True)


def _default(parameter: Any) -> str:
    shown = parameter.default not in (None, False, True) and not callable(parameter.default)
    return f" Default: `{parameter.default}`." if shown else ""
