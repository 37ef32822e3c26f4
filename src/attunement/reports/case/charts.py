"""The time line of a case as a picture.

Every lane has its own place and shapes, so that it also reads without colour: questionnaires and ratings are lines with
dots, moments met dots with their interval, strain full bars, openness hollow ones; what happened stands in boxes that
name it, dashed for strain, with a heavy edge for corrective experiences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from attunement.case.findings import CaseFindings
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.course import Course, Lane, Row, course
from attunement.reports.case.layout import BOX, LANES, MOST_STACKED, Layout, layout_for
from attunement.reports.case.sessions import SessionView, session_in_words, session_views
from attunement.reports.case.signs import ROWS, SIGNS
from attunement.reports.drawing import BOLD_LETTER, LETTER, WIDE, draw, svg, write

if TYPE_CHECKING:
    import altair as alt

BOX_STYLE: dict[Row, dict[str, Any]] = {
    "steps": {"fill": "attunement-soft", "stroke": "attunement", "strokeWidth": 1},
    "ratings": {"fill": "card", "stroke": "strain", "strokeWidth": 1},
    "ruptures": {"fill": "strain-soft", "stroke": "strain", "strokeDash": [4, 3], "strokeWidth": 1.5},
    "corrective": {"fill": "corrective-soft", "stroke": "corrective", "strokeWidth": 2.5},
    "events": {"fill": "card", "stroke": "soft", "strokeWidth": 1},
}
SHARES = ("attunement", "strain", "openness")
LINE = {"distress": "ink", "alliance": "repair", "unsaid": "strain"}
SMALL = 11  # letters
ROOM_FOR_VALUES, ABOVE = 30, 12  # pixels: width of a session, and how far over its dot a value stands


def case_svg(
    findings: CaseFindings, *, width: int = WIDE, pages: Mapping[int, str] | None = None, dark: bool = False
) -> str:
    """The time line as an `<svg>` element that scales with its box; a session is a link to its page.

    `pages` are the addresses of the pages by session number; a session without one links to `#session-N`.
    """
    marks = course(findings)
    layout = layout_for(marks, width)
    views = session_views(findings)
    drawn = svg(_layers(marks, layout, views), layout, label="Time line of the case, session by session", dark=dark)
    return _linked(drawn, pages or {})


def _linked(drawn: str, pages: Mapping[int, str]) -> str:
    def target(match: re.Match[str]) -> str:
        page = pages.get(int(match[1]))
        return match[0] if page is None else f'href="{escape(page)}"'

    return re.sub(r'href="#session-(\d+)"', target, drawn)


def _layers(marks: Course, layout: Layout, views: tuple[SessionView, ...]) -> Iterator[alt.Chart]:
    yield from _background(marks, layout)
    for place, lane in enumerate(marks.lanes):
        yield from _frame(place, lane, layout)
        if lane.family in ("strain", "openness"):
            yield from _bars(place, lane, layout)
        else:
            yield from _steps(place, lane, marks, layout)
            yield from _line(place, lane, layout)
        yield from _values(place, lane, layout)
    for row in layout.rows:
        yield from _row(row, marks, layout)
    yield from _axis(layout, views)
    yield _links(layout, views)


def _background(marks: Course, layout: Layout) -> Iterator[alt.Chart]:
    """A band behind the ratings where they dropped."""
    half = layout.step / 2
    for place, lane in enumerate(marks.lanes):
        if lane.family == "alliance":
            top = layout.lanes[place]
            drops = [
                {
                    "x": layout.x(m.session) - half,
                    "x2": layout.x(m.session) + half,
                    "y": top - 6,
                    "y2": top + LANES["alliance"] + 6,
                }
                for m in marks.of("ratings")
                if m.sign == "drop"
            ]
            yield draw(layout, "rect", drops, color="strain-soft", opacity=0.6)


def _frame(place: int, lane: Lane, layout: Layout) -> Iterator[alt.Chart]:
    """Title, and the ends of the range as lines with their values."""
    low, high = lane.range
    ends = [(value, layout.y(place, lane, value)) for value in (low, high)]
    yield draw(layout, "rule", [{"x": layout.left, "x2": layout.right, "y": y} for _, y in ends], color="rule")
    if layout.gutter:
        middle = (ends[0][1] + ends[1][1]) / 2
        yield write(
            layout, [{"x": 0, "y": middle - 8, "text": words.sentence(lane.label)}], color="ink", fontWeight=600
        )
        yield write(layout, [{"x": 0, "y": middle + 8, "text": _better(lane)}], fontSize=SMALL)
        labels = [{"x": layout.gutter, "y": y, "text": _value(lane, value)} for value, y in ends]
        yield write(layout, labels, align="right", fontSize=SMALL)
    else:
        top = layout.lanes[place] - 23
        yield write(layout, [{"x": 0, "y": top, "text": words.sentence(lane.label)}], color="ink", fontWeight=600)
        beside = f"{_value(lane, low)} to {_value(lane, high)}, {_better(lane)}"
        yield write(layout, [{"x": len(lane.label) * BOLD_LETTER + 16, "y": top, "text": beside}], fontSize=SMALL)


def _better(lane: Lane) -> str:
    return "higher is better" if lane.higher_is_better else "lower is better"


def _value(lane: Lane, value: float) -> str:
    return f"{value:.0%}" if lane.family in SHARES else wording.number(value)


def _steps(place: int, lane: Lane, marks: Course, layout: Layout) -> Iterator[alt.Chart]:
    """A broad stroke under the line where it changed all at once."""
    for mark in marks.of("steps"):
        ends = [p for p in lane.points if p.session <= mark.session][-2:]
        if mark.measure == lane.label and len(ends) > 1:
            points = [{"x": layout.x(p.session), "y": layout.y(place, lane, p.value)} for p in ends]
            colour = "attunement" if mark.sign == "gain" else "strain"
            yield draw(layout, "line", points, color=colour, strokeWidth=11, opacity=0.3, strokeCap="round")


def _line(place: int, lane: Lane, layout: Layout) -> Iterator[alt.Chart]:
    colour = LINE.get(lane.family, "attunement")
    points = [{"x": layout.x(p.session), "y": layout.y(place, lane, p.value)} for p in lane.points]
    bounds = [
        {"x": layout.x(p.session), "y": layout.y(place, lane, p.low), "y2": layout.y(place, lane, p.high)}
        for p in lane.points
        if p.low is not None and p.high is not None
    ]
    yield draw(layout, "rule", bounds, color="attunement-soft", strokeWidth=9, strokeCap="round")
    yield draw(layout, "line", points, color=colour, strokeWidth=2)
    yield draw(layout, "point", points, shape="circle", fill=colour, stroke="card", strokeWidth=1.5, size=70, opacity=1)


def _bars(place: int, lane: Lane, layout: Layout) -> Iterator[alt.Chart]:
    half = min(14.0, 0.3 * layout.step)
    rows = [
        {
            "x": layout.x(p.session) - half,
            "x2": layout.x(p.session) + half,
            "y": layout.y(place, lane, lane.range[0]),
            "y2": layout.y(place, lane, p.value),
        }
        for p in lane.points
    ]
    style = (
        {"fill": "strain", "stroke": "strain"} if lane.family == "strain" else {"fill": "card", "stroke": "attunement"}
    )
    yield draw(layout, "rect", rows, strokeWidth=1.5, **style)


def _values(place: int, lane: Lane, layout: Layout) -> Iterator[alt.Chart]:
    """The values over the dots: all where there is room, else the first and the last."""
    points = lane.points if layout.step >= ROOM_FOR_VALUES else lane.points[:1] + lane.points[1:][-1:]
    rows = [
        {"x": layout.x(p.session), "y": layout.y(place, lane, p.value) - ABOVE, "text": _value(lane, p.value)}
        for p in points
    ]
    yield write(layout, rows, align="center", fontSize=SMALL, color="ink")


def _row(row: Row, marks: Course, layout: Layout) -> Iterator[alt.Chart]:
    title, _ = ROWS[row]
    top = layout.rows[row]
    where = {"x": 0, "y": top + BOX / 2 - 1} if layout.gutter else {"x": 0, "y": top - 10}
    yield write(layout, [{**where, "text": words.sentence(title)}], color="ink", fontWeight=600)
    spelled = all(_needed(mark.short) <= layout.step - 4 for mark in marks.of(row))
    boxes, texts = [], []
    for session in sorted({mark.session for mark in marks.of(row)} & set(layout.sessions)):
        for place, mark in enumerate(marks.of(row, session)[:MOST_STACKED]):
            text = mark.short if spelled else SIGNS[mark.sign]
            half = min(layout.step / 2 - 1, max(9.0, _needed(text) / 2))
            x, y = layout.x(session), top + place * BOX
            boxes.append({"x": x - half, "x2": x + half, "y": y, "y2": y + BOX - 3})
            texts.append({"x": x, "y": y + (BOX - 3) / 2 + 0.5, "text": text})
    yield draw(layout, "rect", boxes, cornerRadius=4, **BOX_STYLE[row])
    yield write(layout, texts, align="center", color="ink", fontSize=SMALL)


def _needed(text: str) -> float:
    return len(text) * LETTER * SMALL / 12 + 12


def _axis(layout: Layout, views: tuple[SessionView, ...]) -> Iterator[alt.Chart]:
    """Numbers, and dates where there is room; bold where a transcript was read."""
    if layout.gutter:
        yield write(layout, [{"x": 0, "y": layout.axis + 8, "text": "Session"}], color="ink", fontWeight=600)
    every = next(s for s in (1, 2, 5, 10, 20, 50, 1000) if layout.step * s >= 17)
    shown = [view for place, view in enumerate(views) if place % every == 0]
    for is_read in (True, False):
        rows = [
            {"x": layout.x(view.number), "y": layout.axis + 8, "text": str(view.number)}
            for view in shown
            if view.is_read == is_read
        ]
        style = {"fontWeight": 700, "color": "ink"} if is_read else {"color": "soft"}
        yield write(layout, rows, align="center", **style)
    if layout.step >= 46:
        days = [
            {"x": layout.x(view.number), "y": layout.axis + 24, "text": f"{view.date.day} {view.date:%b}"}
            for view in shown
            if view.date
        ]
        yield write(layout, days, align="center", fontSize=SMALL)


def _links(layout: Layout, views: tuple[SessionView, ...]) -> alt.Chart:
    """Unseen boxes over all marks: a session is as easy to hit as the picture is high."""
    half = layout.step / 2
    rows = [
        {
            "x": layout.x(view.number) - half,
            "x2": layout.x(view.number) + half,
            "y": 0.0,
            "y2": layout.height,
            "href": f"#session-{view.number}",
            "description": session_in_words(view),
        }
        for view in views
    ]
    return draw(layout, "rect", rows, opacity=0, fill="ink")
