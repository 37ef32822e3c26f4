"""FHIR R4 `QuestionnaireResponse` resources (JSON), one or a bundle of them.

Read are `questionnaire`, `status`, `subject`, `authored`, and of each item `linkId`, `answer` and `item`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attunement.errors import InputError
from attunement.measures.answers.columns import Unknown, find_part, find_target
from attunement.measures.answers.dates import UNREADABLE, DateReader
from attunement.measures.answers.moment import Answer, Moment, Reading, Target
from attunement.measures.answers.wide import Options
from attunement.measures.instruments.catalogue import find
from attunement.measures.instruments.fhir_scores import Json, coding_score, number
from attunement.measures.instruments.model import Instrument

RESPONSE = "QuestionnaireResponse"
FINISHED = ("completed", "amended")
DEEPEST = 20


def read_fhir(content: object, options: Options) -> Reading:
    """Every finished response to a known instrument; a response's row is its place in the bundle, from 1.

    Raises:
        InputError: when the JSON holds no response, or none of the client asked for.
    """
    reading = Reading()
    responses = [(row, each) for row, each in enumerate(_resources(content), start=1) if _kind(each) == RESPONSE]
    if not responses:
        raise InputError(f"{options.name}: holds no FHIR QuestionnaireResponse.")
    clients = {_client(response) for _, response in responses}
    if options.client is not None and clients != {None} and options.client not in clients:
        raise InputError(f"{options.name}: no response of client '{options.client}'; it holds {len(clients)} clients.")
    for row, response in responses:
        client = _client(response) or options.client
        if options.client in (None, client):
            _read_response(response, row, client, options, reading)
    return reading


def _resources(content: object) -> Iterator[Json]:
    """The resources of a bundle, of a list, or the one resource."""
    if isinstance(content, Mapping) and content.get("resourceType") == "Bundle":
        entries = content.get("entry")
        for entry in entries if isinstance(entries, list) else []:
            resource = entry.get("resource") if isinstance(entry, Mapping) else None
            yield resource if isinstance(resource, Mapping) else {}
        return
    for resource in content if isinstance(content, list) else [content]:
        yield resource if isinstance(resource, Mapping) else {}


def _kind(resource: Json) -> str:
    return str(resource.get("resourceType"))


def _client(response: Json) -> str | None:
    subject = response.get("subject")
    subject = subject if isinstance(subject, Mapping) else {}
    identifier = subject.get("identifier")
    identified = identifier.get("value") if isinstance(identifier, Mapping) else None
    name = str(subject.get("reference") or identified or "").rstrip("/").rpartition("/")[2]
    return name or None


def _read_response(response: Json, row: int, client: str | None, options: Options, reading: Reading) -> None:
    if response.get("status", "completed") not in FINISHED:
        reading.refuse(row, "status", "not finished, or entered in error")
        return
    instrument = _instrument(str(response.get("questionnaire") or ""), options.instruments)
    if instrument is None:
        reading.refuse(row, "questionnaire", "not a known instrument; add it with docs/instruments.md")
        return
    authored = response.get("authored")
    found = DateReader(None).read(authored) if authored else "says no date (authored)"
    if isinstance(found, str):
        reading.refuse(row, "authored", UNREADABLE if authored else found)
        return
    moment = Moment(client, None, found)
    for link, answer in _answers(response.get("item"), 0):
        _read_answer(link, answer, moment, instrument, row, reading)


def _instrument(canonical: str, known: tuple[Instrument, ...]) -> Instrument | None:
    """By its address without the version, else by the last part of it: `…/Questionnaire/PHQ-9|1.0`."""
    address = canonical.partition("|")[0].rstrip("/")
    last = address.rpartition("/")[2]
    if not last:
        return None
    urls = [(each, (each.url or "").rstrip("/")) for each in known]
    exact = next((each for each, url in urls if url == address), None)
    return exact or find(last, known) or next((each for each, url in urls if url.rpartition("/")[2] == last), None)


def _answers(items: object, depth: int) -> Iterator[tuple[str, Json]]:
    """Every answer with its item's linkId; the first where an item has several is followed by the others."""
    if depth > DEEPEST or not isinstance(items, list):
        return
    for item in items:
        if not isinstance(item, Mapping):
            continue
        answers = item.get("answer")
        for answer in answers if isinstance(answers, list) else []:
            if isinstance(answer, Mapping):
                yield str(item.get("linkId") or ""), answer
                yield from _answers(answer.get("item"), depth + 1)
        yield from _answers(item.get("item"), depth + 1)


def _read_answer(link: str, answer: Json, moment: Moment, instrument: Instrument, row: int, reading: Reading) -> None:
    target = _target(link, instrument)
    if isinstance(target, Unknown):
        reading.refuse(row, link, str(target))
        return
    value = _value(answer, target)
    if value is None:
        reading.refuse(row, link, "the answer has no score: neither a number, nor ordinalValue, nor a code we know")
        return
    reading.answers.append(Answer(moment, target, value, row, link, sheet=row))


def _target(link: str, instrument: Instrument) -> Target | Unknown:
    own = link.strip("/")
    for item in instrument.items:
        if own and own in (item.name, item.loinc):
            return Target(instrument, instrument.total, item)
    if not own:
        return Unknown("an answer without a linkId")
    part = find_part(instrument, own)
    whole = find_target(own, (instrument,)) if isinstance(part, Unknown) else part
    return part if isinstance(whole, Unknown) else whole


def _value(answer: Json, target: Target) -> float | None:
    for key in ("valueInteger", "valueDecimal"):
        if (value := number(answer.get(key))) is not None:
            return value
    coding = answer.get("valueCoding")
    codes = target.item.codes if target.item else {}
    if not isinstance(coding, Mapping):
        return codes.get(str(answer.get("valueString")))
    score = coding_score(coding)
    return codes.get(str(coding.get("code") or coding.get("display"))) if score is None else score
