"""Two courses side by side in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.text import Text

from attunement.dyad.courses import Courses
from attunement.dyad.what_if import WhatIf
from attunement.reports.dyad import what_if_words, wording
from attunement.reports.dyad.what_if_course import Lane, lanes, marks
from attunement.reports.palette import TERMINAL
from attunement.reports.printing import INDENT, WIDEST, print_parts, title

LABELS, GAP = 17, 3  # columns
BARS, BARS_ASCII = "▁▂▃▄▅▆▇█", ".:-=+*#@"
SIGNS = {"rupture": "╳", "failed": "·", "repair": "◆", "left": "▷"}
SIGNS_ASCII = {"rupture": "x", "failed": ".", "repair": "+", "left": ">"}
MEANING = {"rupture": "a rupture begins", "failed": "a repair fails", "repair": "a repair succeeds", "left": "leaves"}


def render_what_if(found: WhatIf, console: Console) -> None:
    """Print both courses, side by side where there is room, and what the choice does on the whole."""
    width = min(console.width, WIDEST) - 2 * INDENT
    print_parts(_parts(found, width, console.options.ascii_only), console)


def _parts(found: WhatIf, width: int, ascii_only: bool) -> Iterator[RenderableType]:
    yield Text()
    yield from title(what_if_words.heading(found))
    yield Text(what_if_words.opening(found))
    yield Text()
    sessions = next(iter(found.courses.values())).sessions
    beside = (width - LABELS - GAP) // 2 >= sessions
    if beside:
        yield _beside(found, sessions, ascii_only)
    else:
        for name, courses in found.courses.items():
            yield Group(Text(name, style="bold"), *_picture(courses, found.session, sessions, ascii_only, labels=True))
            yield Text()
    yield _legend(ascii_only)
    yield Text()
    for way in found.courses:
        yield Text(what_if_words.ending(found, way))
    yield Text()
    for line in what_if_words.on_the_whole(found):
        yield Text(line)
    yield Text()
    yield Text(f"{wording.A_STORY} {wording.A_MODEL}", style="dim")
    yield Text()


def _beside(found: WhatIf, sessions: int, ascii_only: bool) -> RenderableType:
    columns = [
        Group(
            Text((" " * LABELS if place == 0 else "") + name, style="bold"),
            *_picture(courses, found.session, sessions, ascii_only, labels=place == 0),
        )
        for place, (name, courses) in enumerate(found.courses.items())
    ]
    return Columns(columns, padding=(0, GAP))


def _picture(courses: Courses, parting: int, sessions: int, ascii_only: bool, *, labels: bool) -> Iterator[Text]:
    for lane in lanes(courses):
        yield _line(lane.label if labels else None, _bars(lane, ascii_only), TERMINAL.get(lane.hue, ""), sessions)
    signs = SIGNS_ASCII if ascii_only else SIGNS
    at = marks(courses)
    # The last to happen stands for a session in which several things did.
    cells = "".join(signs[at[number][-1]] if number in at else " " for number in range(1, sessions + 1))
    yield _line("what happened" if labels else None, cells, "bold", sessions)
    pointer = " " * (parting - 1) + ("^" if ascii_only else "▲")
    yield _line(f"session {parting}" if labels else None, pointer, "dim", sessions)


def _bars(lane: Lane, ascii_only: bool) -> str:
    signs = BARS_ASCII if ascii_only else BARS
    return "".join(signs[round(lane.share(value) * (len(signs) - 1))] for value in lane.values)


def _line(label: str | None, cells: str, style: str, sessions: int) -> Text:
    text = Text("" if label is None else f"{label:>{LABELS - 1}} ", no_wrap=True)
    text.append(f"{cells:<{sessions}}", style=style)
    return text


def _legend(ascii_only: bool) -> Text:
    signs = SIGNS_ASCII if ascii_only else SIGNS
    meanings = "   ".join(f"{sign} {MEANING[name]}" for name, sign in signs.items())
    return Text(
        f"A column a session. {meanings}. Strain: a rupture begins at half the height. High is good for safety and "
        "rating.",
        style="dim",
    )
