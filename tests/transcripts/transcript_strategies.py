"""Sessions as hypothesis draws them, and small helpers for writing files."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from hypothesis import strategies as st

from attunement.transcripts import Roles, Session, Turn
from attunement.transcripts.notation import canonical

# Words and other pieces, parted by two spaces.
PIECES = (
    "I  you  we  mm-hm  well, so  don't know  what?  feel  it’s  naïve  “quite”  [laughs]  [pause]  [long pause]  okay."
    "  [inaudible]  because...  no—  3:15  £20  (I think)  Größe  它  yes; and:  the cat & dog  <  >  {maybe}  =x  -and"
    "  '=y  #one  \\  /  |  ~  !  😀"
)
WORDS = st.sampled_from(re.split("  ", PIECES))
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: canonical(" ".join(words)))
ANY_TEXTS = st.text(min_size=1, max_size=60).map(canonical).filter(bool)
NAMES = st.sampled_from(
    ["Anna", "Dr Bell", "Sam Field", "Óscar", "Ruth van Dam", "SPEAKER_00", "P1", "Anna-Lee O'Neil"]
)


@st.composite
def sessions(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS, *, times: str = "any") -> Session:
    """A session with two or three speakers; `times` is "all", "none" or "any" (each time drawn on its own)."""
    people = draw(st.lists(NAMES, min_size=2, max_size=3, unique=True))
    therapist, client, *others = people
    role = dict(zip(people, ["therapist", "client", draw(st.sampled_from(["therapist", "client"]))], strict=False))
    order = [name for name, _ in groupby(draw(st.lists(st.sampled_from(people), min_size=2, max_size=10)))]
    order = [*people, *(order[1:] if order[0] == people[-1] else order)]
    turns, clock = [], 0
    for number, name in enumerate(order, start=1):
        start = clock + draw(st.integers(0, 5000))
        clock = start + draw(st.integers(1, 50_000))
        has_start = times == "all" or (times == "any" and draw(st.booleans()))
        has_end = times == "all" or (has_start and draw(st.booleans()))
        turns.append(
            Turn(
                number,
                role[name],
                draw(texts),
                start / 1000 if has_start else None,
                clock / 1000 if has_end else None,
                name,
            )
        )
    roles = Roles(therapist, client, "labelled", None, {name: role[name] for name in others})
    return Session("session-7", tuple(turns), roles)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def spoken(session: Session) -> list[tuple[str, str]]:
    """Who said what."""
    return [(turn.speaker, turn.text) for turn in session.turns]
