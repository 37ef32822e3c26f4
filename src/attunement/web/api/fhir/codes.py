"""What things are called: LOINC where the catalogue of instruments has a code, else names of our own.

Our own systems are URNs, for no server stands behind them: `urn:attunement:code` has `phq9`, `check_in.safe`,
`alert.ending_risk`; `urn:attunement:category` has `score`, `alliance`, `alert`.
"""

from __future__ import annotations

import re
from typing import Any

from attunement.measures.instruments import Instrument, Scale

OWN, CATEGORY, SESSION = "urn:attunement:code", "urn:attunement:category", "urn:attunement:session-number"
INSTRUMENT = "urn:attunement:instrument/"
LOINC = "http://loinc.org"
SURVEY = {
    "system": "http://terminology.hl7.org/CodeSystem/observation-category",
    "code": "survey",
    "display": "Survey",
}
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
LOINC_CODE = re.compile(r"\d{3,6}-\d")
ALLIANCE = ("alliance", "check-in")


def code_of(instrument: Instrument, scale: Scale) -> dict[str, Any]:
    """What a score is called."""
    name = instrument.name if scale.name is None else f"{instrument.name}.{scale.name}"
    coding = [{"system": LOINC, "code": loinc} for loinc in scale.other_names if LOINC_CODE.fullmatch(loinc)]
    part = "total" if scale.name is None else scale.name.replace("_", " ")
    return {"coding": [*coding, {"system": OWN, "code": name}], "text": f"{instrument.title}, {part}"}


def categories_of(instrument: Instrument) -> list[dict[str, Any]]:
    """Survey, and whether it rates the alliance or how the client is."""
    kind = "alliance" if instrument.domain in ALLIANCE else "score"
    return [{"coding": [SURVEY]}, category(kind)]


def category(name: str) -> dict[str, Any]:
    """A category of ours."""
    return {"coding": [{"system": CATEGORY, "code": name}]}


def canonical(instrument: Instrument) -> str:
    """The address by which answers name the instrument."""
    return instrument.url or INSTRUMENT + instrument.name


def encounter(session: int) -> dict[str, Any]:
    """The session, by its number."""
    return {"identifier": {"system": SESSION, "value": str(session)}, "display": f"Session {session}"}


def patient(client: Any) -> dict[str, str]:
    """A reference to the client."""
    return {"reference": f"Patient/{client}"}


def matches(concepts: list[dict[str, Any]], wanted: str) -> bool:
    """Whether one of the concepts has one of the codes of a search: `code`, `system|code`, commas between."""
    codings = [coding for concept in concepts for coding in concept.get("coding", [])]
    return any(_is(coding, token) for token in wanted.split(",") for coding in codings)


def _is(coding: dict[str, str], token: str) -> bool:
    system, bar, code = token.rpartition("|")
    return (not code or coding["code"] == code) and (not bar or coding["system"] == system)
