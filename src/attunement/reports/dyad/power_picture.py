"""Power over the number of clients as a picture: a line a number of clients each, dashed what the textbook says."""

from __future__ import annotations

from typing import Any

from attunement.dyad.power import PowerResult
from attunement.reports.dyad.power_words import heading
from attunement.reports.palette import LIGHT

WIDTH, HEIGHT = 560, 320
HUES = ("attunement", "strain", "repair", "corrective")
PIXELS = 2  # of a PNG for one of the picture


def power_svg(result: PowerResult) -> str:
    """The picture as a file that fetches nothing."""
    import vl_convert  # here, like altair below: it takes a second to load

    return str(vl_convert.vegalite_to_svg(_chart(result)))


def power_png(result: PowerResult) -> bytes:
    """The same in pixels."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_chart(result), scale=PIXELS))


def _chart(result: PowerResult) -> dict[str, Any]:
    import altair as alt

    rows = [
        {
            "each": f"{cell.clients_each} each",
            "clients": cell.clients,
            "power": cell.power.value,
            "low": cell.power.low,
            "high": cell.power.high,
            "textbook": cell.textbook,
        }
        for cell in result.cells
    ]
    order = [f"{each} each" for each in dict.fromkeys(cell.clients_each for cell in result.cells)]
    colours = [LIGHT[HUES[place % len(HUES)]] for place in range(len(order))]
    base = alt.Chart(alt.Data(values=rows)).encode(  # type: ignore[no-untyped-call]
        x=alt.X("clients:Q", title="clients in all", scale=alt.Scale(zero=True, nice=True)),
        color=alt.Color("each:N", sort=order, title="clients", scale=alt.Scale(domain=order, range=colours)),
    )
    shape = alt.Shape("each:N", sort=order, title="clients", scale=alt.Scale(domain=order))
    power = alt.Y("power:Q", title="power", scale=alt.Scale(domain=[0, 1]))
    layers = [
        alt.Chart(alt.Data(values=[{"wanted": result.wanted}]))  # type: ignore[no-untyped-call]
        .mark_rule(color=LIGHT["soft"])
        .encode(y=alt.Y("wanted:Q", title="power")),
        base.mark_line(strokeDash=[5, 4], strokeWidth=1.5).encode(y="textbook:Q"),
        base.mark_rule(strokeWidth=1.5).encode(y=alt.Y("low:Q", title="power"), y2="high:Q"),
        base.mark_line(strokeWidth=2).encode(y=power),
        base.mark_point(filled=True, size=70, opacity=1).encode(y=power, shape=shape),
    ]
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(width=WIDTH, height=HEIGHT, background=LIGHT["card"], padding=16)
        .properties(
            title=alt.Title(
                heading(result),
                subtitle="lines: simulated, with 95 % Monte-Carlo interval; dashed: textbook",
                anchor="start",
            )
        )
        .configure_axis(
            gridColor=LIGHT["rule"], domainColor=LIGHT["rule"], labelColor=LIGHT["ink"], titleColor=LIGHT["ink"]
        )
        .configure_view(stroke=None)
    )
    spec: dict[str, Any] = chart.to_dict(validate=False)
    return spec
