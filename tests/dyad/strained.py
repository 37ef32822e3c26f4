"""Parameters for tests: more ruptures than in real therapies, within whatever range the table has."""

from __future__ import annotations

from attunement.dyad.parameters import TABLE


def within_range(**wanted: float) -> dict[str, float]:
    """As near to the wanted values as the table of parameters allows."""
    return {row.name: min(max(wanted[row.name], row.low), row.high) for row in TABLE if row.name in wanted}


STRAINED = within_range(strain_missed=0.5, strain_eases=0.0, leave_base=-2.5)
