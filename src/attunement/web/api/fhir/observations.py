"""Scores and alerts as `Observation`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from attunement.measures.instruments import Scale
from attunement.web.api.alerts import AlertOut, evidence_of
from attunement.web.api.answers import ScoreOut
from attunement.web.api.fhir import codes
from attunement.web.api.found import CAVEAT

Json = dict[str, Any]
NOT_VALIDATED = "Ratings of Attunement's own, not validated."
# Score observations by session, instrument and subscale.
Places = dict[tuple[int, str, str | None], str]


def score(found: ScoreOut, client: UUID) -> Json:
    """A score, with its range and direction; without a value where too many items are missing."""
    return _without_none(
        {
            "resourceType": "Observation",
            "id": _id(found),
            "status": "final",
            "category": codes.categories_of(found.instrument),
            "code": codes.code_of(found.instrument, found.scale),
            "subject": codes.patient(client),
            "encounter": codes.encounter(found.session),
            "effectiveDateTime": found.date.isoformat() if found.date else instant(found.answered_at),
            "issued": instant(found.answered_at),
            "performer": [codes.patient(client)] if found.by_client else None,
            "valueQuantity": None if found.value is None else _points(found.value),
            "dataAbsentReason": _absent(found),
            "interpretation": _band(found),
            "referenceRange": [_range(found.scale)],
            "note": _notes(found.note, None if found.instrument.is_validated else NOT_VALIDATED),
            "derivedFrom": [{"reference": f"QuestionnaireResponse/{found.answers}"}],
        }
    )


def alert(found: AlertOut, places: Places) -> Json:
    """An alert: preliminary, for no person has looked at it; derived from the scores that it rests on."""
    says = found.says
    rests = [places.get(each) for each in _scores(says["evidence"])]
    return _without_none(
        {
            "resourceType": "Observation",
            "id": f"alert-{found.case}-{found.id.hex[:12]}",
            "status": "preliminary",
            "category": [codes.category("alert")],
            "code": {
                "coding": [{"system": codes.OWN, "code": f"alert.{says['kind']}"}],
                "text": says["kind"].replace("_", " "),
            },
            "subject": codes.patient(found.client),
            "effectiveDateTime": instant(found.computed_at),
            "valueString": says["says"],
            "interpretation": [{"text": "To look at before the next session"}],
            "note": _notes(says["basis"], f"A step that might help: {says['next_step']}", _where(found), CAVEAT),
            "derivedFrom": [{"reference": f"Observation/{pk}"} for pk in dict.fromkeys(filter(None, rests))] or None,
            "component": [_part("urgency", found.urgency), _part("confidence", says["confidence"])],
        }
    )


def places(scores: Iterable[ScoreOut]) -> Places:
    """Where the observation of each score is."""
    return {(each.session, each.instrument.name, each.scale.name): _id(each) for each in scores}


def instant(moment: datetime | None) -> str | None:
    """As FHIR writes it, in UTC, to the second."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds")


def _id(found: ScoreOut) -> str:
    return f"score-{found.answers}-{found.place}"


def _points(value: float) -> Json:
    return {"value": value, "unit": "points", "system": "http://unitsofmeasure.org", "code": "{score}"}


def _absent(found: ScoreOut) -> Json | None:
    if found.value is not None:
        return None
    return {"coding": [{"system": codes.ABSENT, "code": "unknown"}], "text": found.note or "cannot be told"}


def _band(found: ScoreOut) -> list[Json] | None:
    band = None if found.value is None else found.scale.band(found.value)
    return [{"text": band}] if band else None


def _range(scale: Scale) -> Json:
    direction = "higher is better" if scale.higher_is_better else "higher is worse"
    return {"low": _points(scale.low), "high": _points(scale.high), "text": f"All possible scores; {direction}"}


def _part(name: str, value: float | None) -> Json:
    code = {"coding": [{"system": codes.OWN, "code": f"alert.{name}"}], "text": name}
    if value is None:
        absent = {"coding": [{"system": codes.ABSENT, "code": "unknown"}], "text": "the field has no figure"}
        return {"code": code, "dataAbsentReason": absent}
    return {"code": code, "valueQuantity": {"value": value, "system": "http://unitsofmeasure.org", "code": "1"}}


def _scores(evidence: list[Json]) -> Iterable[tuple[int, str, str | None]]:
    """What the evidence names: an instrument, or one of the check-in's ratings."""
    for piece in evidence:
        if piece["measure"]:
            yield piece["session"], piece["measure"], None
            yield piece["session"], "check_in", piece["measure"]


def _where(found: AlertOut) -> str | None:
    """The turns to look up, without a word of them."""
    lines = [
        f"session {piece['session']}, turns {', '.join(map(str, piece['turns']))}"
        for piece in evidence_of(found, with_words=False)
        if piece["turns"]
    ]
    return f"Rests on: {'; '.join(lines)}." if lines else None


def _notes(*texts: str | None) -> list[Json] | None:
    return [{"text": text} for text in texts if text] or None


def _without_none(resource: Json) -> Json:
    """FHIR has no null: what is not there is left out."""
    return {name: value for name, value in resource.items() if value is not None}
