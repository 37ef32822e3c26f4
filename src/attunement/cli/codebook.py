"""`attunement codebook`: what the codes mean, on the screen."""

from __future__ import annotations

from itertools import groupby

from attunement.cli import screen


def codebook() -> None:
    """Show every code with its definition."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from attunement.codebook import CODES

    console = screen.results()
    for (speaker, group), codes in groupby(CODES.values(), key=lambda code: (code.speaker, code.group)):
        console.print(Text(f"{speaker.capitalize()}: {group}", style="bold"))
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column()
        for code in codes:
            meaning = Text(code.definition)
            if code.not_this:
                meaning.append(f" (not: {code.not_this})", style="dim")
            table.add_row(code.name, meaning)
        console.print(Padding(table, (0, 0, 1, 2)))
