"""What the model of the dyad infers of a case, always marked as the model's."""

from __future__ import annotations

from attunement.case.inferred import InferredCourse
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.entries import Entry, Section


def model_section(inferred: InferredCourse) -> Section:
    """One entry: what it rests on, the next rating it expects, and whether it fits the case at all."""
    expected = inferred.next_rating
    low, high = (wording.number(end) for end in (expected.low or 0.0, expected.high or 0.0))
    value = wording.number(expected.value)
    text = f"Of the next session it expects a rating of {value}, with 80% between {low} and {high}."
    return Section(
        key="model",
        title="Inferred by a model",
        rests_on=f"{inferred.caution} The lanes marked (model) are medians with the band that holds them with 80%.",
        entries=(
            Entry(
                hue="plain",
                title="Safety, strain and the old expectation, if this therapy were one of the model's",
                text=inferred.warning or text,
                basis=f"Rests on {words.listing(inferred.sources)}." if inferred.sources else None,
            ),
        ),
        nothing="",
    )
