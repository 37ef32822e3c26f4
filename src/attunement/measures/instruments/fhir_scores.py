"""The numbers in FHIR resources: scores behind answers, limits of items."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]

# The last part of the addresses of the extensions that give an answer's score: R4, its predecessor, R5.
SCORES = ("ordinalValue", "questionnaire-ordinalValue", "itemWeight")


def codes_of(options: list[Json]) -> dict[str, float]:
    """The score behind every answer's code; none at all where one answer has no score."""
    found: dict[str, float] = {}
    for option in options:
        coding = option.get("valueCoding")
        score = extension(option, *SCORES)
        if isinstance(coding, Mapping):
            score = coding_score(coding) if score is None else score
            key = coding.get("code") or coding.get("display")
        else:
            key = option.get("valueInteger", option.get("valueString"))
            score = number(option.get("valueInteger")) if score is None else score
        if score is None or key is None:
            return {}
        found[str(key)] = score
    return found


def value_sets(resource: Json) -> dict[str, list[Json]]:
    """The answers in the value sets that a resource contains, by the address that its items give (`#id`)."""
    found: dict[str, list[Json]] = {}
    for contained in listed(resource.get("contained")):
        compose = contained.get("compose")
        includes = listed(compose.get("include")) if isinstance(compose, Mapping) else []
        concepts = [concept for include in includes for concept in listed(include.get("concept"))]
        found[f"#{contained.get('id')}"] = [{"valueCoding": concept} for concept in concepts]
    return found


def coding_score(coding: Json) -> float | None:
    """The score that a `Coding` carries in an extension; None when it has none."""
    return extension(coding, *SCORES)


def extension(element: Json, *names: str) -> float | None:
    """The number in the first extension whose address ends in one of `names`; None when there is none."""
    for each in listed(element.get("extension")):
        if str(each.get("url", "")).rpartition("/")[2] in names:
            values = (number(each.get(key)) for key in ("valueDecimal", "valueInteger"))
            return next((value for value in values if value is not None), None)
    return None


def number(value: object) -> float | None:
    """A JSON number that is finite; None for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def listed(value: object) -> list[Json]:
    """The objects in a JSON list; none for everything else."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
