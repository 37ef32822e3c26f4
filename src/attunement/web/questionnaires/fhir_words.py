"""The words in a FHIR R4 questionnaire, put to the items and answers of an instrument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from attunement.measures.instruments import Instrument, Item
from attunement.measures.instruments.fhir_scores import codes_of, listed, value_sets
from attunement.web.questionnaires.words import Words, key, values

Json = Mapping[str, Any]
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class _Question:
    link: str
    text: str
    codes: frozenset[str]
    options: list[Json]


def words_of(resource: Json, instrument: Instrument) -> Words:
    """What the resource says, as far as it fits: items by their `linkId` or LOINC code, else in their order.

    The answers that all items share are said once.
    """
    pairs = _paired(list(_questions(resource)), instrument)
    labels = {item.name: _labels(question, item) for item, question in pairs}
    first = next(iter(labels.values()), {})
    is_shared = all(each == first for each in labels.values())
    return Words(
        heading=_line(resource.get("title")),
        intro=_line(resource.get("description")),
        items={item.name: question.text for item, question in pairs},
        answers=first if is_shared else {},
        answers_of={} if is_shared else {name: each for name, each in labels.items() if each},
    )


def _paired(questions: list[_Question], instrument: Instrument) -> list[tuple[Item, _Question]]:
    by_code = {code: question for question in questions for code in (*question.codes, question.link) if code}
    found = [(item, by_code.get(item.name) or by_code.get(item.loinc or "")) for item in instrument.items]
    if any(question is None for _item, question in found) and len(questions) == len(instrument.items):
        return list(zip(instrument.items, questions, strict=True))
    return [(item, question) for item, question in found if question is not None]


def _labels(question: _Question, item: Item) -> dict[str, str]:
    scores = codes_of(question.options)
    named = {_name(option): _display(option) for option in question.options}
    by_score = {name: scores.get(name, item.codes.get(name)) for name in named}
    possible = values(item)
    if None in by_score.values():
        by_score = dict(zip(named, possible, strict=True)) if len(named) == len(possible) else {}
    return {key(score): named[name] for name, score in by_score.items() if score is not None and score in possible}


def _questions(resource: Json) -> Iterator[_Question]:
    sets = value_sets(resource)
    for entry in _walk(listed(resource.get("item")), 0):
        if entry.get("type") not in ("group", "display") and _line(entry.get("text")):
            yield _Question(
                link=str(entry.get("linkId") or ""),
                text=_line(entry.get("text")),
                codes=frozenset(str(code.get("code")) for code in listed(entry.get("code")) if code.get("code")),
                options=listed(entry.get("answerOption")) or sets.get(str(entry.get("answerValueSet")), []),
            )


def _walk(entries: list[Json], depth: int) -> Iterator[Json]:
    for entry in entries:
        yield entry
        if depth < DEEPEST:
            yield from _walk(listed(entry.get("item")), depth + 1)


def _name(option: Json) -> str:
    coding = option.get("valueCoding")
    if isinstance(coding, Mapping):
        return str(coding.get("code") or coding.get("display"))
    return str(option.get("valueInteger", option.get("valueString")))


def _display(option: Json) -> str:
    coding = option.get("valueCoding")
    return _line(coding.get("display") or coding.get("code")) if isinstance(coding, Mapping) else _name(option)


def _line(text: object) -> str:
    return " ".join(str(text or "").split())
