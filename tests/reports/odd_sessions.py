"""Readings of sessions as they come: two turns or a thousand, with or without times, with anything in the text."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from attunement.codebook import CODES
from attunement.coder.table import CodeTable
from attunement.episodes.model import Attunement, Corrective, Moment, Repair, Rupture, SessionReading
from attunement.transcripts.session import Roles, Session, Turn

NASTY = (
    "<script>alert(1)</script>",
    "</style></script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %} [bold red]markup[/] \x1b[31mred\x1b[0m \x07",
    "\"quoted\" 'quoted' & ampersand &amp; <b>",
    "שלום, אני לא יודע \u202etxt.exe\u202c مرحبا",
    "👩‍👩‍👧‍👦 emoji 🥲 and 中文字 and ä ö ü",
    '=HYPERLINK("http://example.com")',
    "- no\nnew line\r\nand\ttab",
    "x" * 3000,
    "",
)
texts = st.sampled_from(NASTY) | st.text(max_size=60)
KINDS, CAUSES = ("withdrawal", "confrontation", "mixed"), ("criticism", "distress", "something new")


def odd_reading(
    said: list[str], *, seed: int = 0, times: str = "none", how: str = "labelled", others: bool = False
) -> SessionReading:
    """A reading with random codes and episodes; `times` is `none`, `all` or `some`."""
    random = np.random.default_rng(seed)
    count = len(said)
    turns = tuple(_turn(number, text, times) for number, text in enumerate(said, start=1))
    roles = Roles(
        therapist="<b>Dr & Co</b>",
        client="C\x1b[1m",
        how=how,  # type: ignore[arg-type]
        confidence=0.6 if how == "guessed" else None,
        others={"Mother <i>": "client"} if others else {},
    )
    session = Session(id="odd <session> & more", turns=turns, roles=roles, warnings=("Lines 3–4 could not be read.",))
    return SessionReading(
        session=session,
        table=_table(turns, random),
        ruptures=tuple(_rupture(count, random) for _ in range(random.integers(0, 3))),
        repairs=tuple(_repair(count, random) for _ in range(random.integers(0, 2))),
        correctives=tuple(_corrective(count, random) for _ in range(random.integers(0, 2))),
        attunement=_attunement(turns, random),
        insights=(2,) if random.random() < 0.5 else (),
    )


@st.composite
def readings(draw: st.DrawFn) -> SessionReading:
    """Odd readings of any length up to forty turns."""
    return odd_reading(
        draw(st.lists(texts, min_size=2, max_size=40)),
        seed=draw(st.integers(0, 10_000)),
        times=draw(st.sampled_from(("none", "all", "some"))),
        how=draw(st.sampled_from(("named", "labelled", "guessed"))),
        others=draw(st.booleans()),
    )


def _turn(number: int, text: str, times: str) -> Turn:
    timed = times == "all" or (times == "some" and number % 3 == 0)
    start = 4000.5 * (number - 1) if timed else None
    end = None if start is None or number % 2 else start + 1
    return Turn(number, "therapist" if number % 2 else "client", text, start, end, name="Mother <i>")


def _table(turns: tuple[Turn, ...], random: np.random.Generator) -> CodeTable:
    shape = len(turns)
    client = np.array([turn.speaker == "client" for turn in turns])
    applies = np.array([[code.speaker == turn.speaker for code in CODES.values()] for turn in turns])

    def chances(rows: np.ndarray, *tail: int) -> np.ndarray:
        values = random.dirichlet(np.ones(tail[-1]), size=(shape, *tail[:-1]))
        values[~rows] = np.nan
        return values.astype(np.float32)

    return CodeTable(
        codes=tuple(CODES),
        probabilities=np.where(applies, random.beta(0.3, 1, applies.shape), np.nan).astype(np.float32),
        thresholds=dict.fromkeys(CODES, 0.6),
        experiencing=chances(client, 3),
        empathy=chances(~client, 3, 3),
        therapist_behaviour=chances(~client, 4),
        client_talk=chances(client, 3),
    )


def _span(count: int, random: np.random.Generator) -> dict[str, object]:
    start, end = sorted(int(n) for n in random.integers(1, count + 1, size=2))
    evidence = tuple(dict.fromkeys(int(n) for n in random.integers(start, end + 1, size=3)))
    return {"start": start, "end": end, "confidence": float(random.random()), "evidence": evidence}


def _rupture(count: int, random: np.random.Generator) -> Rupture:
    taken_up = random.random() < 0.5
    return Rupture(
        **_span(count, random),  # type: ignore[arg-type]
        kind=str(random.choice(KINDS)),  # type: ignore[arg-type]
        cause=str(random.choice(CAUSES)),
        noticed="in_session" if taken_up else "not_taken_up",
        noticed_by="client" if taken_up else None,
        resolution=str(random.choice(("none", "partial", "full"))),  # type: ignore[arg-type]
    )


def _repair(count: int, random: np.random.Generator) -> Repair:
    return Repair(**_span(count, random), initiated_by="client", resolution="partial")  # type: ignore[arg-type]


def _corrective(count: int, random: np.random.Generator) -> Corrective:
    parts = ("exposure", "disconfirmation", "registration")
    return Corrective(**_span(count, random), components=parts, strength="partial")  # type: ignore[arg-type]


def _attunement(turns: tuple[Turn, ...], random: np.random.Generator) -> Attunement:
    moments = []
    for turn in turns:
        if turn.speaker == "client" and random.random() < 0.5:
            reply = turn.number + 1 if turn.number < len(turns) else None
            met, missed, harmed = (float(p) for p in random.dirichlet((1, 1, 1)))
            moments.append(Moment(turn.number, reply, "strain", float(random.random()), met, missed, harmed))
    if len(moments) < 3:
        return Attunement(None, None, tuple(moments), (None,) * len(turns))
    line = tuple(None if turn.number < 4 else float(random.random()) for turn in turns)
    return Attunement(0.5, (0.2, 0.8), tuple(moments), line)
