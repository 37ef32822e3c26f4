"""Where the commands print: results on standard output, everything about the run on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress


def results() -> Console:
    """The console for what the user asked for."""
    from rich.console import Console

    return Console()


def note(sentence: str) -> None:
    """Tell something about the run."""
    print(one_line(sentence), file=sys.stderr)


def complain(sentence: str) -> None:
    """Tell what went wrong, in one line."""
    print(one_line(f"attunement: {sentence}"), file=sys.stderr)


def progress(*, quiet: bool) -> Progress:
    """A bar on standard error that leaves nothing behind; without a terminal there is none."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),  # else what is piped elsewhere would end up on the terminal
    )


def one_line(text: str) -> str:
    """The text without control characters: names of files and speakers could otherwise rewrite the terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
