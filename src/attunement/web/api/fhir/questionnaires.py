"""`Questionnaire` in: an instrument of the clinic's own, or the words of one that is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, get_args

import msgspec
from django.db import transaction
from ninja.errors import HttpError

from attunement.errors import InputError
from attunement.measures.instruments import Domain, Instrument, instruments
from attunement.measures.instruments.catalogue import find
from attunement.measures.instruments.model import DOMAINS
from attunement.web.api.fhir import codes
from attunement.web.people.models import Clinic
from attunement.web.questionnaires.fhir_words import words_of
from attunement.web.questionnaires.models import Questionnaire
from attunement.web.questionnaires.own import known_already, read_file
from attunement.web.questionnaires.words import Words

NAME = "Questionnaire"
DIRECTION, DOMAIN = "urn:attunement:higher-is-better", "urn:attunement:domain"
Json = Mapping[str, Any]


def keep(resource: Json, clinic: Clinic) -> tuple[Questionnaire, bool]:
    """The questionnaire as the clinic has it now, and whether it is new; the same one sent twice is kept once.

    It is not offered to therapists before the clinic's lead has looked through it.

    Raises:
        InputError: when it is no questionnaire that can be scored.
        HttpError: 409 when another one of this name is set up.
    """
    if resource.get("resourceType") != NAME:
        raise InputError("Not a Questionnaire; its resourceType must say so.")
    instrument, words = _read(resource)
    known = known_already(instrument)
    if known is not None:
        instrument, words = known, words_of(resource, known)
    with transaction.atomic():
        kept = Questionnaire.objects.filter(clinic=clinic, name=instrument.name).first()
        if kept is None:
            definition = None if known else msgspec.to_builtins(instrument)
            values = {"definition": definition, "words": msgspec.to_builtins(words)}
            return Questionnaire.objects.create(clinic=clinic, name=instrument.name, **values), True
    if (kept.instrument, kept.said) != (instrument, words):
        raise HttpError(
            HTTPStatus.CONFLICT, f"{instrument.name} is set up already, with other words; change it on its page."
        )
    return kept, False


def resource_of(questionnaire: Questionnaire) -> dict[str, Any]:
    """What is kept of it: its items with their ranges, and the clinic's words."""
    instrument, words = questionnaire.instrument, questionnaire.said
    return {
        "resourceType": NAME,
        "id": str(questionnaire.pk),
        "url": codes.canonical(instrument),
        "name": instrument.name,
        "title": instrument.title,
        "status": "active" if questionnaire.is_offered else "draft",
        "subjectType": ["Patient"],
        "item": [
            {"linkId": item.name, "type": "integer" if item.is_whole else "decimal"}
            | ({"text": words.items[item.name]} if words.items.get(item.name) else {})
            for item in instrument.items
        ],
    }


def _read(resource: Json) -> tuple[Instrument, Words]:
    """Instrument and words.

    Raises:
        InputError: when none of its items has a score, or its direction is not said.
    """
    known = find(str(resource.get("name") or resource.get("title") or ""), instruments())
    direction = _extension(resource, DIRECTION, "valueBoolean")
    if not isinstance(direction, bool):
        if known is None:
            raise InputError(f"Is more of it better? Say so: extension {DIRECTION} with valueBoolean.")
        direction = known.higher_is_better
    domain = _extension(resource, DOMAIN, "valueCode") or "distress"
    if domain not in DOMAINS:
        raise InputError(f"extension {DOMAIN}: must be one of {', '.join(get_args(Domain))}.")
    content = json.dumps(resource).encode()
    return read_file(NAME, content, higher_is_better=direction, domain=domain)


def _extension(resource: Json, url: str, value: str) -> Any:
    extensions = resource.get("extension")
    for each in extensions if isinstance(extensions, list) else []:
        if isinstance(each, Mapping) and each.get("url") == url:
            return each.get(value)
    return None
