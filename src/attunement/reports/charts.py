"""The timeline as a picture.

Every lane has its own place and shapes, so that it also reads without colour: attunement is a line with a band, its
moments circles (met full, missed hollow, hurt a cross); confrontation solid bars upwards, withdrawal hollow bars
downwards; repair moves diamonds; episodes bars (rupture dashed, repair plain, corrective with a heavy edge).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attunement.episodes.model import SessionReading
from attunement.reports import words
from attunement.reports.chart_frame import NARROW_TITLES, TITLES, Frame, frame_for
from attunement.reports.drawing import BOLD_LETTER, LETTER, WIDE, Row, draw, svg, write
from attunement.reports.timeline import Span, StrainKind, Timeline, outcome, timeline, turn_in_words

if TYPE_CHECKING:
    import altair as alt

TICK_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
SPAN_STYLE: dict[str, dict[str, Any]] = {
    "rupture": {"fill": "strain-soft", "stroke": "strain", "strokeDash": [4, 3], "strokeWidth": 1.5},
    "repair": {"fill": "repair-soft", "stroke": "repair", "strokeWidth": 1},
    "corrective": {"fill": "corrective-soft", "stroke": "corrective", "strokeWidth": 2.5},
}
MOMENT_STYLE: dict[str, dict[str, Any]] = {
    "met": {"shape": "circle", "fill": "attunement", "stroke": "attunement", "size": 42},
    "missed": {"shape": "circle", "fill": "card", "stroke": "attunement", "size": 46},
    "harmed": {"shape": "cross", "fill": "strain", "stroke": "strain", "size": 80},
}


def timeline_svg(reading: SessionReading, *, width: int = WIDE, dark: bool = False) -> str:
    """The timeline as an `<svg>` element that scales with its box; every turn is a link to `#turn-N`.

    Drawn in the colours of `palette.LIGHT`, which a page may recolour by CSS, or in those of `DARK`.
    """
    marks = timeline(reading)
    frame = frame_for(marks, width)
    label = "Timeline of the session: attunement, strain, repair moves and episodes, by turn"
    return svg(_layers(marks, reading, frame), frame, label=label, dark=dark)


def _layers(marks: Timeline, reading: SessionReading, frame: Frame) -> Iterator[alt.Chart]:
    yield from _background(marks, frame)
    yield from _attunement(marks, frame)
    yield from _strain(marks, frame)
    yield from _repairs(marks, frame)
    yield from _spans(marks, frame)
    yield from _axis(reading, frame)
    yield _links(marks, reading, frame)


def _background(marks: Timeline, frame: Frame) -> Iterator[alt.Chart]:
    half = frame.step / 2
    ruptures = [
        {
            "x": frame.x(span.start) - half,
            "x2": frame.x(span.end) + half,
            "y": frame.tops["attunement"],
            "y2": frame.y("strain", 0),
        }
        for span in marks.spans
        if span.type == "rupture"
    ]
    yield draw(frame, "rect", ruptures, color="strain-soft", opacity=0.45)
    if frame.gutter:
        titles = [
            {"x": 0, "y": frame.y(lane, 0.5), "text": title}
            for lane, title in TITLES.items()
            if lane not in ("attunement", "turns")
        ]
        titles.append({"x": 0, "y": frame.tops["turns"] + 4, "text": TITLES["turns"]})
        titles.append({"x": 0, "y": frame.tops["attunement"] + 1, "text": TITLES["attunement"]})
        yield write(frame, [{"x": 0, "y": frame.tops["attunement"] + 17, "text": "moments met"}], fontSize=11)
    else:
        titles = [{"x": 0, "y": frame.tops[lane] - 10, "text": title} for lane, title in NARROW_TITLES.items()]
    yield write(frame, titles, color="ink", fontWeight=600)


def _attunement(marks: Timeline, frame: Frame) -> Iterator[alt.Chart]:
    left, right = frame.x(0.5), frame.x(frame.length + 0.5)
    levels = {share: frame.y("attunement", share) for share in (0, 0.5, 1)}
    yield draw(frame, "rule", [{"x": left, "x2": right, "y": y} for y in levels.values()], color="rule")
    if frame.gutter:
        labels = [{"x": frame.gutter, "y": y, "text": f"{share:.0%}"} for share, y in levels.items()]
        yield write(frame, labels, align="right", fontSize=11)
    if not marks.line:
        nothing = [{"x": (left + right) / 2, "y": levels[0.5] - 10, "text": "too few moments for a line"}]
        yield write(frame, nothing, align="center", fontStyle="italic")
        return
    points = [(frame.x(p.turn), p) for p in marks.line]
    band = [{"x": x, "y": frame.y("attunement", p.low), "y2": frame.y("attunement", p.high)} for x, p in points]
    yield draw(frame, "area", band, color="attunement-soft", opacity=0.8, interpolate="monotone")
    line = [{"x": x, "y": frame.y("attunement", p.rate)} for x, p in points]
    yield draw(frame, "line", line, color="attunement", strokeWidth=2.5, interpolate="monotone")
    for result, style in MOMENT_STYLE.items():
        rows = [
            {"x": frame.x(moment.turn), "y": frame.y("attunement", moment.met)}
            for moment in marks.moments
            if outcome(moment) == result
        ]
        yield draw(frame, "point", rows, opacity=1, strokeWidth=1.5, **style)


def _strain(marks: Timeline, frame: Frame) -> Iterator[alt.Chart]:
    middle = frame.y("strain", 0.5)
    width = max(1.5, min(9.0, 0.8 * frame.step))
    for decided, opacity in ((False, 0.4), (True, 1.0)):
        yield _bars(frame, marks, "confrontation", 0.5, width, decided, opacity=opacity, fill="strain", stroke="strain")
        yield _bars(frame, marks, "withdrawal", -0.5, width, decided, opacity=opacity, fill="card", stroke="strain")
    yield draw(frame, "rule", [{"x": frame.x(0.5), "x2": frame.x(frame.length + 0.5), "y": middle}], color="soft")
    if frame.gutter:
        sides = [{"x": frame.gutter, "y": middle + y, "text": text} for y, text in ((-34, "against ▲"), (34, "away ▽"))]
        yield write(frame, sides, align="right", fontSize=11)


def _bars(
    frame: Frame, marks: Timeline, kind: StrainKind, reach: float, width: float, decided: bool, **style: Any
) -> alt.Chart:
    rows = [
        {
            "x": frame.x(mark.turn) - width / 2,
            "x2": frame.x(mark.turn) + width / 2,
            "y": frame.y("strain", 0.5),
            "y2": frame.y("strain", 0.5 + reach * mark.probability),
        }
        for mark in marks.strain[kind]
        if mark.decided == decided
    ]
    return draw(frame, "rect", rows, strokeWidth=1, **style)


def _repairs(marks: Timeline, frame: Frame) -> Iterator[alt.Chart]:
    rows = [{"x": frame.x(mark.turn), "y": frame.y("repairs", 0.5)} for mark in marks.repairs]
    yield draw(frame, "point", rows, shape="diamond", fill="repair", stroke="card", strokeWidth=1, size=90, opacity=1)
    if not rows:
        yield _none_found(frame, "repairs")


def _spans(marks: Timeline, frame: Frame) -> Iterator[alt.Chart]:
    for lane, style in SPAN_STYLE.items():
        spans = [span for span in marks.spans if span.type == lane]
        yield draw(frame, "rect", [_box(span, frame) for span in spans], cornerRadius=5, **style)
        yield write(frame, [_span_label(span, frame) for span in spans], color="ink")
        if not spans:
            yield _none_found(frame, lane)


def _none_found(frame: Frame, lane: str) -> alt.Chart:
    x, y = frame.x(0.5), frame.y(lane, 0.5)
    if not frame.gutter:
        x, y = len(NARROW_TITLES[lane]) * BOLD_LETTER + 12, frame.tops[lane] - 10
    return write(frame, [{"x": x, "y": y, "text": "none found"}], fontStyle="italic", fontSize=11)


def _box(span: Span, frame: Frame) -> Row:
    half = frame.step / 2
    return {
        "x": frame.x(span.start) - half,
        "x2": frame.x(span.end) + half,
        "y": frame.y(span.type, 0.95),
        "y2": frame.y(span.type, 0.05),
    }


def _span_label(span: Span, frame: Frame) -> Row:
    """Inside the bar if it fits, else behind it, else before it."""
    box = _box(span, frame)
    text = f"{span.label}, {words.percent(span.confidence)}"
    needed = len(text) * LETTER + 12
    if box["x2"] - box["x"] >= needed:
        x = box["x"] + 7
    elif frame.width - box["x2"] >= needed:
        x = box["x2"] + 6
    else:
        x = max(0.0, box["x"] - needed)
    return {"x": x, "y": frame.y(span.type, 0.5), "text": text}


def _axis(reading: SessionReading, frame: Frame) -> Iterator[alt.Chart]:
    room = frame.width - frame.gutter
    step = next(s for s in TICK_STEPS if frame.length / s * 64 <= room or s == TICK_STEPS[-1])
    turns = [1, *(turn for turn in range(step, frame.length + 1, step) if turn > 1)]
    top = frame.tops["turns"]
    labels = [{"x": frame.x(turn), "y": top + 4, "text": str(turn)} for turn in turns]
    yield write(frame, labels, align="center", fontSize=11)
    starts = [(turn, reading.session.turns[turn - 1].start_s) for turn in turns if turn <= len(reading.session.turns)]
    times = [{"x": frame.x(turn), "y": top + 19, "text": words.clock(s)} for turn, s in starts if s is not None]
    yield write(frame, times, align="center", fontSize=11)


def _links(marks: Timeline, reading: SessionReading, frame: Frame) -> alt.Chart:
    """Unseen boxes over all marks: a turn is as easy to hit as the picture is high."""
    half, rows = frame.step / 2, []
    for turn in reading.session.turns:
        x = frame.x(turn.number)
        rows.append(
            {
                "x": x - half,
                "x2": x + half,
                "y": 0.0,
                "y2": frame.tops["rupture"] - 4,
                "href": f"#turn-{turn.number}",
                "description": turn_in_words(turn.number, reading, marks),
            }
        )
    rows += [
        _box(span, frame)
        | {
            "href": f"#turn-{span.start}",
            "description": f"{words.sentence(span.type)}, {span.label}, {words.turns(span.start, span.end)}, "
            f"{words.confidence(span.confidence)}",
        }
        for span in marks.spans
    ]
    return draw(frame, "rect", rows, opacity=0, fill="ink")
