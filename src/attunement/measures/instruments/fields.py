"""Fields taken out of a mapping that a person wrote, each checked, with a plain word about what is wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from attunement.errors import InputError

LONGEST_SHOWN = 40


def shown(value: object) -> str:
    """A value as it may stand in a message: one line, not long."""
    line = " ".join(str(value).split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"


@dataclass
class Fields:
    """A mapping whose fields are taken one by one; `done` refuses what nobody asked for, such as a misspelt name."""

    content: Mapping[Any, Any]
    where: str
    asked: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, value: object, where: str) -> Fields:
        """The fields of `value`, which must be a mapping."""
        if not isinstance(value, Mapping):
            raise InputError(f"{where}: must be fields with a name each (name: value).")
        return cls(value, where)

    def take(self, name: str) -> Any:
        """The field as it stands; None when it is empty or not there."""
        self.asked.append(name)
        return self.content.get(name)

    def part(self, name: str) -> Fields | None:
        """A field that holds fields; None when it is not there."""
        value = self.take(name)
        return None if value is None else Fields.of(value, f"{self.where}, {name}")

    def parts(self, name: str) -> list[Fields]:
        """A field that holds a list of things with fields; empty when it is not there."""
        value = self.take(name)
        listed = [] if value is None else value if isinstance(value, list) else [value]
        return [Fields.of(each, f"{self.where}, {name} {number}") for number, each in enumerate(listed, start=1)]

    def text(self, name: str, default: str | None = None) -> str:
        """A field of words."""
        value = self.take(name)
        if value is None:
            if default is not None:
                return default
            raise self.wrong(name, "is missing")
        if not isinstance(value, str | int | float) or isinstance(value, bool) or not str(value).strip():
            raise self.wrong(name, "must be words")
        return " ".join(str(value).split())

    def texts(self, name: str) -> tuple[str, ...]:
        """A field of one or several words, in a list; empty when it is not there."""
        value = self.take(name)
        listed = [] if value is None else value if isinstance(value, list) else [value]
        if any(not isinstance(each, str | int) or isinstance(each, bool) or not str(each).strip() for each in listed):
            raise self.wrong(name, "must be words, or a list of words; put numbers with a point in quotation marks")
        return tuple(" ".join(str(each).split()) for each in listed)

    def number(self, name: str, default: float | None = None) -> float:
        """A field that holds a number."""
        value = self.take(name)
        if value is None and default is not None:
            return default
        found = _number(value)
        if found is None:
            raise self.wrong(name, "must be a number")
        return found

    def whole(self, name: str) -> int:
        """A field that holds a whole number of 0 or more."""
        value = self.number(name)
        if value < 0 or value != int(value):
            raise self.wrong(name, "must be a whole number of 0 or more")
        return int(value)

    def flag(self, name: str, default: bool | None = None) -> bool:
        """A field that holds true or false."""
        value = self.take(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, bool):
            raise self.wrong(name, "must be true or false")
        return value

    def range(self, name: str) -> tuple[float, float] | None:
        """A field that holds [lowest, highest]; None when it is not there."""
        value = self.take(name)
        if value is None:
            return None
        ends = [_number(each) for each in value] if isinstance(value, list) else []
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
            raise self.wrong(name, "must be [lowest, highest]")
        return ends[0], ends[1]

    def choice(self, name: str, choices: Sequence[str], default: str | None = None) -> Any:
        """A field that holds one of the words in `choices`."""
        value = self.take(name)
        value = default if value is None else value
        if value not in choices:
            raise self.wrong(name, f"must be one of: {', '.join(choices)}")
        return value

    def wrong(self, name: str, what: str) -> InputError:
        """The error that says what is wrong with a field."""
        return InputError(f"{self.where}: '{name}' {what}.")

    def done(self) -> None:
        """Refuse fields nobody asked for.

        Raises:
            InputError: naming the first of them and those that are known here.
        """
        odd = next((name for name in self.content if name not in self.asked), None)
        if odd is not None:
            known = ", ".join(dict.fromkeys(self.asked))
            raise InputError(f"{self.where}: '{shown(odd)}' is not known here; known are {known}.")


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None
