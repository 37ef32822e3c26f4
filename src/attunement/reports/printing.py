"""How every report is put on a terminal: as wide as reads well, indented, in signs that the terminal can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.text import Text

from attunement.reports.palette import TERMINAL

WIDEST = 96  # columns; longer lines tire the eye
INDENT = 2


def print_parts(parts: Iterable[RenderableType], console: Console) -> None:
    """Print one part below the other; colours and signs follow what the console can show."""
    width, ascii_only = min(console.width, WIDEST), console.options.ascii_only
    for part in parts:
        padded = Padding(part, (0, INDENT))
        console.print(_Encodable(padded) if ascii_only else padded, width=width, highlight=False)


def title(text: str) -> Iterator[RenderableType]:
    """A heading with a blank line under it."""
    yield Text(text, style=f"bold {TERMINAL['attunement']}")
    yield Text()


class _Encodable:
    """What the console's encoding cannot hold, in the next best sign; one for one, so that nothing shifts."""

    TYPOGRAPHY = str.maketrans("“”‘’–—…·→", "\"\"''--.->")

    def __init__(self, renderable: RenderableType) -> None:
        self.renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self.renderable, options):
            text = segment.text.translate(self.TYPOGRAPHY).encode(console.encoding, "replace").decode(console.encoding)
            yield Segment(text, segment.style, segment.control)
