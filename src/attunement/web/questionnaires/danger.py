"""Items that ask about danger, as the instruments' authors point them out; a clinic marks what else it wants to see."""

from __future__ import annotations

from attunement.measures.instruments import Instrument

# By the number of the item: thoughts of, or plans for, ending one's life.
POINTED_OUT = {"phq9": ("9",), "bdi2": ("9",), "oq45": ("8",), "core10": ("6",)}
RISK = "risk"


def ask_about_danger(instrument: Instrument) -> tuple[str, ...]:
    """The items marked to begin with: those above, and all of a subscale called `risk`."""
    risk = next((scale.items for scale in instrument.subscales if scale.name == RISK), ())
    return POINTED_OUT.get(instrument.name, risk)
