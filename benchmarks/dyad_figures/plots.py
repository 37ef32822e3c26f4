"""Pictures: rank histograms of simulation-based calibration, and one simulated case as inferred beside the truth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.stats import binom

from attunement.dyad.inference.inferred import Bands
from benchmarks.dyad_figures.clients import Client
from benchmarks.dyad_figures.recovery import RANKS, STATES, TRAITS, Recovered

NAMES = {"first_safety": "safety, first day", "first_expectation": "expectation, first day"}
INK, SOFT, TRUE = "#31688e", "#c6d7e2", "#b5533c"


def draw_ranks(found: list[Recovered], path: Path) -> None:
    """A histogram a quantity; where the model can be inverted bars stay in the grey band for 95 of 100."""
    import altair as alt
    import pandas as pd

    rows = [
        {"quantity": NAMES.get(name, name), "rank": rank, "clients": int(count)}
        for name in (*STATES, *TRAITS)
        for rank, count in enumerate(np.bincount([each.rank[name] for each in found], minlength=RANKS))
    ]
    frame = pd.DataFrame(rows)
    frame["low"], frame["high"] = binom.ppf([0.025, 0.975], len(found), 1 / RANKS)
    base = alt.Chart(frame)
    band = base.mark_rect(color="#e8e8e8").encode(y=alt.Y("low:Q", title="clients"), y2="high:Q")
    bars = base.mark_bar(color=INK).encode(x=alt.X("rank:O", axis=alt.Axis(labels=False, ticks=False)), y="clients:Q")
    chart = alt.layer(band, bars).properties(width=190, height=90).facet(alt.Facet("quantity:N", title=None), columns=4)
    _save(chart, path)


def draw_case(client: Client, states: dict[str, Bands], path: Path) -> None:
    """Bands of 50, 80 and 95 %, the median, and the simulated truth as a dashed line."""
    import altair as alt
    import pandas as pd

    rows = [
        {"quantity": name, "session": row + 1, "truth": float(client.truth[name][row]), "median": float(b.median[row])}
        | {f"{end}{level}": float(getattr(b, end)[level][row]) for end in ("low", "high") for level in range(3)}
        for name, b in states.items()
        for row in range(client.sessions)
    ]
    base = alt.Chart(pd.DataFrame(rows)).encode(x=alt.X("session:Q", axis=alt.Axis(tickMinStep=1)))
    areas = [
        base.mark_area(color=INK, opacity=0.2).encode(y=alt.Y(f"low{level}:Q", title=None), y2=f"high{level}:Q")
        for level in range(3)
    ]
    lines = base.mark_line(color=INK).encode(y="median:Q")
    truth = base.mark_line(color=TRUE, strokeDash=[4, 3]).encode(y="truth:Q")
    chart = alt.layer(*areas, lines, truth).properties(width=220, height=150).facet(
        alt.Facet("quantity:N", title=None, sort=list(STATES))
    )  # fmt: skip
    _save(chart, path)


def _save(chart, path: Path) -> None:  # type: ignore[no-untyped-def]
    import vl_convert

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(vl_convert.vegalite_to_svg(chart.to_dict()), encoding="utf-8")
