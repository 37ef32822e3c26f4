"""Two courses side by side as a picture, and as a small page in one file that fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from attunement.dyad.what_if import WhatIf
from attunement.reports.drawing import draw, svg, write
from attunement.reports.dyad import what_if_words, wording
from attunement.reports.dyad.what_if_course import Lane, lanes, marks
from attunement.reports.palette import LIGHT

if TYPE_CHECKING:
    import altair as alt

MARGIN, GUTTER, SIDE, BETWEEN, RIGHT = 12, 150, 370, 36, 16  # pixels
TOP, LANE, SPACE, MARKS, SMALL = 34, 56, 18, 40, 11
SIGNS = {"rupture": "╳", "failed": "·", "repair": "◆", "left": "▷"}
NAMES = {"rupture": "a rupture begins", "failed": "a repair fails", "repair": "a repair succeeds", "left": "leaves"}
STYLE = (
    f"body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; "
    f"background: {LIGHT['paper']}; color: {LIGHT['ink']} }} h1 {{ font-size: 1.4rem }} "
    f"small {{ color: {LIGHT['soft']} }} svg {{ width: 100%; background: {LIGHT['card']} }}"
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    sessions: int
    lanes: int

    @property
    def width(self) -> int:
        return GUTTER + 2 * SIDE + BETWEEN + RIGHT

    @property
    def height(self) -> float:
        return TOP + self.lanes * (LANE + SPACE) + MARKS

    def x(self, side: int, session: float) -> float:
        return GUTTER + side * (SIDE + BETWEEN) + (session - 0.5) * SIDE / self.sessions

    def y(self, place: int, share: float) -> float:
        return TOP + place * (LANE + SPACE) + (1 - share) * LANE


def what_if_svg(found: WhatIf) -> str:
    """Both courses beside each other, each lane at the same height in both."""
    sides = [lanes(courses) for courses in found.courses.values()]
    sheet = _Sheet(next(iter(found.courses.values())).sessions, len(sides[0]))
    drawn = svg(_layers(found, sides, sheet), sheet, label=what_if_words.heading(found))
    return drawn.replace("<svg ", f'<svg style="background:{LIGHT["card"]}" ', 1)


def what_if_html(found: WhatIf) -> str:
    """A page with the picture, what it shows, and what it does not."""
    endings = "".join(f"<li>{escape(what_if_words.ending(found, way))}</li>" for way in found.courses)
    intro, *rest = what_if_words.on_the_whole(found)
    whole = "".join(f"<li>{escape(line)}</li>" for line in rest)
    signs = ", ".join(f"{SIGNS[name]} {NAMES[name]}" for name in SIGNS)
    title = escape(what_if_words.heading(found))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f"<h1>{title}</h1><p><strong>{escape(wording.A_STORY)}</strong></p><p>{escape(what_if_words.opening(found))}</p>"
        f"{what_if_svg(found)}<p><small>A column a session; {signs}.</small></p>"
        f"<ul>{endings}</ul><p>{escape(intro)}</p><ul>{whole}</ul><p><small>{escape(wording.A_MODEL)}</small></p>"
        "</body></html>\n"
    )


def _layers(found: WhatIf, sides: list[tuple[Lane, ...]], sheet: _Sheet) -> Iterator[alt.Chart]:
    for side, name in enumerate(found.courses):
        where = [{"x": sheet.x(side, 0.5), "y": 12, "text": name}]
        yield write(sheet, where, color="ink", fontWeight=600)
        yield draw(sheet, "rule", _parting(sheet, side, found.session), color="soft", strokeDash=[3, 3])
        for place, lane in enumerate(sides[side]):
            yield from _lane(sheet, side, place, lane)
        yield from _marks(sheet, side, found)
    yield from _labels(sheet, sides[0])


def _labels(sheet: _Sheet, own: tuple[Lane, ...]) -> Iterator[alt.Chart]:
    """What each lane is, its ends, and which end is good."""
    names = [{"x": MARGIN, "y": sheet.y(place, 0.5) - 8, "text": lane.label} for place, lane in enumerate(own)]
    names.append({"x": MARGIN, "y": sheet.height - 26, "text": "what happened"})
    yield write(sheet, names, color="ink", fontWeight=600)
    better = [
        {
            "x": MARGIN,
            "y": sheet.y(place, 0.5) + 8,
            "text": f"{lane.low:g} to {lane.high:g}, {'high' if lane.higher_is_better else 'low'} is good",
        }
        for place, lane in enumerate(own)
    ]
    yield write(sheet, [*better, {"x": MARGIN, "y": sheet.height - 8, "text": "session"}], fontSize=SMALL)


def _parting(sheet: _Sheet, side: int, session: int) -> list[dict[str, Any]]:
    x = sheet.x(side, session - 0.5)
    return [{"x": x, "y": TOP - 8, "y2": sheet.height - 16}]


def _lane(sheet: _Sheet, side: int, place: int, lane: Lane) -> Iterator[alt.Chart]:
    ends = [
        {"x": sheet.x(side, 0.5), "x2": sheet.x(side, sheet.sessions + 0.5), "y": sheet.y(place, end)} for end in (0, 1)
    ]
    yield draw(sheet, "rule", ends, color="rule")
    points = [
        {"x": sheet.x(side, number), "y": sheet.y(place, lane.share(value))}
        for number, value in enumerate(lane.values, start=1)
    ]
    yield draw(sheet, "line", points, color=lane.hue, strokeWidth=2)
    yield draw(sheet, "point", points, shape="circle", fill=lane.hue, stroke="card", strokeWidth=1, size=40, opacity=1)


def _marks(sheet: _Sheet, side: int, found: WhatIf) -> Iterator[alt.Chart]:
    courses = list(found.courses.values())[side]
    texts = [
        {"x": sheet.x(side, number), "y": sheet.height - 26, "text": "".join(SIGNS[name] for name in names)}
        for number, names in marks(courses).items()
    ]
    yield write(sheet, texts, align="center", color="ink")
    every = 5 if sheet.sessions > 10 else 1
    numbers = [
        {"x": sheet.x(side, number), "y": sheet.height - 8, "text": str(number)}
        for number in range(1, sheet.sessions + 1)
        if number % every == 0 or number in (1, found.session)
    ]
    yield write(sheet, numbers, align="center")
