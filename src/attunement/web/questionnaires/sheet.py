"""A questionnaire as a client sees it: its items, each with the answers from which to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attunement.measures.instruments import Item
from attunement.web.questionnaires.models import Questionnaire
from attunement.web.questionnaires.words import Words, key, values


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer; `value` is its number as text, `says` its words, empty where it has none."""

    value: str
    says: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One item. `is_worded` when every answer has words; else only the ends and perhaps some between have."""

    item: Item
    field: str
    asks: str
    choices: tuple[Choice, ...]
    is_open: bool

    @property
    def is_worded(self) -> bool:
        """Whether every answer has words."""
        return all(choice.says for choice in self.choices)

    @property
    def between(self) -> tuple[Choice, ...]:
        """Answers with words that are not at the ends."""
        return tuple(choice for choice in self.choices[1:-1] if choice.says)


def sheet(
    questionnaire: Questionnaire, given: Mapping[str, str] | None = None, *, open_items: frozenset[str] = frozenset()
) -> list[Line]:
    """Its lines; `given` are answers by the item's name, `open_items` those to be pointed out as unanswered."""
    words = questionnaire.said
    items = questionnaire.instrument.items
    return [
        Line(
            item=item,
            field=field_of(number),
            asks=words.items.get(item.name, ""),
            choices=_choices(words, item, (given or {}).get(item.name)),
            is_open=item.name in open_items,
        )
        for number, item in enumerate(items)
    ]


def field_of(number: int) -> str:
    """The name of the form field of an item, counted from 0."""
    return f"item-{number}"


def _choices(words: Words, item: Item, chosen: str | None) -> tuple[Choice, ...]:
    labels = words.labels(item)
    return tuple(Choice(key(value), labels.get(key(value), ""), key(value) == chosen) for value in values(item))
