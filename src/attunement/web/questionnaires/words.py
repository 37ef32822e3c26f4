"""The words of a questionnaire: its items, and the answers from which a client chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from attunement.measures.instruments import Instrument, Item

MOST_ANSWERS = 21


@dataclass(frozen=True, slots=True)
class Words:
    """`items` by name; `answers` by their number as text (`"0"`), for all items, `answers_of` for single ones."""

    heading: str = ""
    intro: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    answers_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def labels(self, item: Item) -> Mapping[str, str]:
        """The answers to this item that have words."""
        return self.answers_of.get(item.name) or self.answers

    def label(self, item: Item, value: float) -> str:
        """The words of an answer, else its number."""
        return self.labels(item).get(key(value)) or key(value)


def key(value: float) -> str:
    """An answer's number as text: `3`, not `3.0`."""
    return f"{value:g}"


def values(item: Item) -> tuple[float, ...]:
    """The answers that a client can choose: those that have codes, else all whole numbers of the item's range."""
    if item.codes:
        return tuple(sorted(set(item.codes.values())))
    return tuple(float(value) for value in range(int(item.low), int(item.high) + 1))


def lacking(instrument: Instrument, words: Words) -> list[str]:
    """What is still to be written before clients can be asked, in words; empty when all is there."""
    without = [item.name for item in instrument.items if not words.items.get(item.name, "").strip()]
    unlabelled = [item.name for item in instrument.items if not _has_ends(words, item)]
    found = []
    if not instrument.items:
        found.append(_("Its items are not known, so that it cannot be asked here."))
    if any(len(values(item)) > MOST_ANSWERS for item in instrument.items):
        found.append(_("An item has more than %(most)d answers, which no phone can show.") % {"most": MOST_ANSWERS})
    if without:
        found.append(_("Without words: item %(names)s.") % {"names": ", ".join(without)})
    if unlabelled:
        found.append(
            _("Give words to the lowest and the highest answer at least: item %(names)s.")
            % {"names": ", ".join(unlabelled)}
        )
    return found


def _has_ends(words: Words, item: Item) -> bool:
    possible, labels = values(item), words.labels(item)
    return all(labels.get(key(value), "").strip() for value in (possible[0], possible[-1]))
