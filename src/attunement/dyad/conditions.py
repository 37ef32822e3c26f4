"""The conditions that studies compare, by name."""

from __future__ import annotations

from dataclasses import dataclass

from attunement.dyad.policies import Policy, change_early, feedback, nothing, support
from attunement.errors import InputError


@dataclass(frozen=True, slots=True)
class Condition:
    """How therapies of one arm are done."""

    name: str
    meaning: str
    policy: Policy = nothing
    trained: bool = False  # therapists were trained to notice and repair ruptures
    experiential: bool = True  # False where only insight is sought


TABLE = (
    Condition("usual", "the therapist sees no answers"),
    Condition("feedback", "a warning to the therapist when a client is off track", policy=feedback),
    Condition("support", "feedback with support tools from the first warning on", policy=support),
    Condition("training", "therapists trained to notice and repair ruptures", trained=True),
    Condition("insight", "work that seeks insight alone and exposes little", experiential=False),
    Condition("change", "another therapist after session 3 where the alliance is poor", policy=change_early),
)
CONDITIONS = {condition.name: condition for condition in TABLE}


def named(condition: str | Condition) -> Condition:
    """The condition of this name.

    Raises:
        InputError: when there is none.
    """
    if isinstance(condition, Condition):
        return condition
    if condition not in CONDITIONS:
        raise InputError(f"There is no condition {condition!r}; the conditions are {', '.join(CONDITIONS)}.")
    return CONDITIONS[condition]
