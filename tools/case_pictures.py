"""The time lines of the two bundled cases as pictures for README.md: `docs/pictures/leander.svg`, `maribel.svg`."""

from __future__ import annotations

from pathlib import Path

from attunement import follow
from attunement.examples import cases
from attunement.reports.case import case_svg
from attunement.reports.palette import LIGHT


def pictures() -> dict[str, str]:
    """File name and SVG of each case, on paper, so that they read on a dark page too."""
    return {f"{folder.name}.svg": on_paper(case_svg(follow(folder).findings)) for folder in cases()}


def on_paper(svg: str) -> str:
    """The picture with a background of its own."""
    head, body = svg.split(">", 1)
    return f'{head} style="background: {LIGHT["paper"]}">{body}\n'


def write(folder: Path) -> list[Path]:
    """Write them all into a folder."""
    folder.mkdir(exist_ok=True)
    written = []
    for name, svg in pictures().items():
        (folder / name).write_text(svg, encoding="utf-8")
        written.append(folder / name)
    return written
