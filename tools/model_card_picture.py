"""How far promised and found shares lie apart, as a picture: one panel a group of codes, a dot a tenth of the turns.

Plain shapes with a title and a description for those who do not see them; on the diagonal, what is promised is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from attunement.reports.palette import LIGHT

SIDE, GAP, TOP, COLUMNS = 180, 56, 34, 3
TICKS = (0.0, 0.5, 1.0)


def reliability_svg(groups: Sequence[dict[str, Any]]) -> str:
    """The picture of these groups, each with `label`, `error` and `bins` of turns, mean probability and share found."""
    rows = -(-len(groups) // COLUMNS)
    width, height = COLUMNS * (SIDE + GAP) + GAP, rows * (SIDE + GAP + TOP) + 20
    panels = (
        _panel(group, GAP + place % COLUMNS * (SIDE + GAP), TOP + place // COLUMNS * (SIDE + GAP + TOP))
        for place, group in enumerate(groups)
    )
    told = "; ".join(f"{group['label']}: off by {100 * group['error']:.1f} points on average" for group in groups)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
            f'font-size="12" role="img" aria-labelledby="title told">',
            '<title id="title">Promised and found shares, by group of codes</title>',
            f'<desc id="told">{escape(told)}</desc>',
            f'<rect width="{width}" height="{height}" fill="{LIGHT["card"]}"/>',
            *panels,
            "</svg>\n",
        ]
    )


def _panel(group: dict[str, Any], left: float, top: float) -> str:
    def at(share: float) -> str:
        return f"{share * SIDE:.1f}"

    def up(share: float) -> str:
        return f"{(1 - share) * SIDE:.1f}"

    soft, rule, dot = LIGHT["soft"], LIGHT["rule"], LIGHT["attunement"]
    bins = [(promised, found) for _, promised, found in group["bins"]]
    line = " ".join(f"{at(promised)},{up(found)}" for promised, found in bins)
    parts = [
        f'<g transform="translate({left},{top})">',
        f'<text y="-10" fill="{LIGHT["ink"]}" font-weight="600">{escape(group["label"])}</text>',
        f'<text x="{SIDE}" y="-10" text-anchor="end" fill="{soft}">off by {100 * group["error"]:.1f}</text>',
        f'<rect width="{SIDE}" height="{SIDE}" fill="none" stroke="{rule}"/>',
        f'<line x1="0" y1="{SIDE}" x2="{SIDE}" y2="0" stroke="{rule}" stroke-dasharray="4 3"/>',
        f'<polyline points="{line}" fill="none" stroke="{dot}"/>',
        *(f'<circle cx="{at(promised)}" cy="{up(found)}" r="3" fill="{dot}"/>' for promised, found in bins),
    ]
    for tick in TICKS:
        parts.append(f'<text x="{at(tick)}" y="{SIDE + 15}" text-anchor="middle" fill="{soft}">{tick:.0%}</text>')
        parts.append(f'<text x="-6" y="{float(up(tick)) + 4:.1f}" text-anchor="end" fill="{soft}">{tick:.0%}</text>')
    parts.append(f'<text x="{SIDE / 2}" y="{SIDE + 30}" text-anchor="middle" fill="{soft}">promised</text>')
    return "\n".join([*parts, "</g>"])
