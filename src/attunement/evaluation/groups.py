"""Codes taken together: a group is present in a turn when any of its codes is."""

from __future__ import annotations

from dataclasses import dataclass

from attunement.codebook import CODES, FAILURE, REPAIR, STRAIN, STRAIN_CONFRONTATION, STRAIN_WITHDRAWAL, Speaker


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """Codes of one speaker under a common name; `label` is how it is said to a reader."""

    name: str
    label: str
    codes: tuple[str, ...]

    @property
    def speaker(self) -> Speaker:
        """Whose turns the group applies to."""
        return CODES[self.codes[0]].speaker


GROUPS = (
    CodeGroup("any_strain", "any strain", STRAIN),
    CodeGroup("withdrawal", "withdrawal", STRAIN_WITHDRAWAL),
    CodeGroup("confrontation", "confrontation", STRAIN_CONFRONTATION),
    CodeGroup("felt_met", "felt met", ("felt_met",)),
    CodeGroup("repair_moves", "repair moves", REPAIR),
    CodeGroup("failures", "misattuned or hostile", FAILURE),
    CodeGroup("reflections", "reflections", ("reflection_simple", "reflection_complex")),
    CodeGroup("questions", "questions", ("question_open", "question_closed")),
)
