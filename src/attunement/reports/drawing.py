"""How every picture is made: layers in pixels, drawn with Altair, rendered to SVG here.

So a page needs no script and no network. Pictures are drawn in the colours of `palette.LIGHT`, which a page may
recolour by CSS, or in those of `DARK`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from attunement.reports.palette import DARK, LIGHT

if TYPE_CHECKING:
    import altair as alt

Row = dict[str, Any]

WIDE, NARROW = 960, 340  # pixels: a desk and a phone
LETTER, BOLD_LETTER = 6.4, 7.6  # pixels, about, of one letter at this size of type
FONT_SIZE = 12


class Canvas(Protocol):
    """Whatever has a size in pixels."""

    @property
    def width(self) -> int:
        """From left to right."""
        ...

    @property
    def height(self) -> float:
        """From top to bottom."""
        ...


def svg(layers: Iterable[alt.Chart], canvas: Canvas, *, label: str, dark: bool = False) -> str:
    """The layers, later ones on top, as an `<svg>` element that scales with its box.

    Layers with `href` become links within the page, named by their `description`; `label` names the picture.
    """
    import altair as alt  # here, like the next: they take a second to load, and the terminal needs neither
    import vl_convert

    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(width=canvas.width, height=canvas.height, padding=0, background="transparent")
        .configure(autosize=alt.AutoSizeParams(type="none"))
        .configure_view(stroke=None)
    )
    drawn = _tidy(vl_convert.vegalite_to_svg(chart.to_dict(validate=False)), label)
    return _recolour(drawn) if dark else drawn


def draw(canvas: Canvas, mark: str, rows: list[Row], **style: Any) -> alt.Chart:
    """One layer in pixels; the keys of the rows are the channels they feed, colours of style names of the palette."""
    import altair as alt

    style = {key: LIGHT.get(value, value) if isinstance(value, str) else value for key, value in style.items()}
    channels: dict[str, Any] = {
        "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, canvas.width], nice=False, zero=False)),
        "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[canvas.height, 0], nice=False, zero=False)),
        "x2": alt.X2("x2:Q"),
        "y2": alt.Y2("y2:Q"),
        "text": alt.Text("text:N"),
        "href": alt.Href("href:N"),
        "description": alt.Description("description:N"),
    }
    keys = rows[0].keys() if rows else ("x", "y")
    data = alt.Data(values=rows)  # type: ignore[no-untyped-call]
    chart = getattr(alt.Chart(data), f"mark_{mark}")(aria="href" in keys, **style)
    drawn: alt.Chart = chart.encode(**{key: channels[key] for key in channels if key in keys})
    return drawn


def write(canvas: Canvas, rows: list[Row], **style: Any) -> alt.Chart:
    """One layer of text, left-aligned and in the soft colour unless `style` says otherwise."""
    return draw(canvas, "text", rows, **{"fontSize": FONT_SIZE, "align": "left", "color": "soft", **style})


def _recolour(svg: str) -> str:
    for name, light in LIGHT.items():
        svg = svg.replace(f'"{light}"', f'"{DARK[name]}"')
    return svg


def _tidy(svg: str, label: str) -> str:
    """Make Vega's SVG fit a page: let it scale, link within the page, and name each link once."""
    svg = re.sub(r'(<svg [^>]*?) width="[\d.]+" height="[\d.]+"', r"\1", svg, count=1)
    svg = re.sub(
        r'<a xlink:href="[^"#]*(#[^"]+)"><path aria-label="([^"]*)"',
        lambda match: f'<a href="{match[1]}" aria-label="{match[2]}"><path aria-hidden="true"',
        svg,
    )
    svg = re.sub(r' (?:role|aria-roledescription)="[^"]*"', "", svg)
    return svg.replace("<svg ", f'<svg role="group" aria-label="{escape(label)}" ', 1)
