"""Where things go in the timeline's picture: lanes from top to bottom, turns from left to right, all in pixels."""

from __future__ import annotations

from dataclasses import dataclass

from attunement.reports.timeline import Timeline

ROOMY = 600  # pixels of width from which titles stand beside the lanes
GUTTER, LEFT, RIGHT = 128, 12, 16
SPAN_LANES = ("rupture", "repair", "corrective")
LANES = {"attunement": 96, "strain": 84, "repairs": 18, "rupture": 24, "repair": 24, "corrective": 24, "turns": 30}
TITLES = {
    "attunement": "Attunement",
    "strain": "Strain",
    "repairs": "Repair moves",
    "rupture": "Ruptures",
    "repair": "Repairs",
    "corrective": "Corrective",
    "turns": "Turn",
}
# Where there is no gutter, what stands in it elsewhere joins the title.
NARROW_TITLES = TITLES | {
    "attunement": "Attunement: moments met, 0 to 100%",
    "strain": "Strain: ▲ against, ▽ away",
    "corrective": "Corrective experiences",
    "turns": "",
}


@dataclass(frozen=True)
class Frame:
    """The layout for one width and one session; `gutter` is 0 where titles stand above the lanes."""

    width: int
    gutter: int
    length: int
    tops: dict[str, float]
    heights: dict[str, float]
    height: float

    @property
    def step(self) -> float:
        """Width of one turn."""
        return (self.width - self.gutter - LEFT - RIGHT) / self.length

    def x(self, turn: float) -> float:
        """The middle of a turn."""
        return self.gutter + LEFT + (turn - 0.5) * self.step

    def y(self, lane: str, share: float) -> float:
        """A height within a lane: 0 its foot, 1 its top."""
        return self.tops[lane] + (1 - share) * self.heights[lane]


def frame_for(marks: Timeline, width: int) -> Frame:
    """Lay the lanes out for a picture `width` pixels wide."""
    roomy = width >= ROOMY
    tops, heights, y = {}, {}, 6.0
    for lane, height in LANES.items():
        empty = lane in SPAN_LANES and all(span.type != lane for span in marks.spans)
        if not roomy:
            # No room beside the lanes: their titles stand above them, and an empty lane is its title alone.
            y += 18 if NARROW_TITLES[lane] else 0
            height = 0 if empty else height
        tops[lane], heights[lane] = y, float(height)
        y += height + (14 if lane not in ("rupture", "repair") else 6)
    return Frame(width, GUTTER if roomy else 0, max(marks.length, 1), tops, heights, y)
