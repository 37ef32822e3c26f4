"""Words as people paste them: one line an item, one line an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from attunement.web.questionnaires.words import key

NUMBER = re.compile(r"\(?(\d{1,3})(?:\s*[.):]\s*|\s+)(?=\S)")
BULLET = re.compile(r"[-–•*]\s+(?=\S)")
SIGNED = re.compile(r"(-?\d{1,4}(?:[.,]\d{1,2})?)(?:\s*[=:)]\s*|\.\s+|\s+[–-]\s+)(?=\S)")
BARE = re.compile(r"(-?\d{1,4}(?:[.,]\d{1,2})?)\s+(?=\S)")
BAR = "|"


class NotSo(ValueError):
    """What was pasted does not fit; the message says why."""


@dataclass(frozen=True, slots=True)
class PastedItem:
    """The words of an item; its own answers from the lowest to the highest, where they stood behind bars."""

    text: str
    answers: tuple[str, ...] = ()


def items_from(pasted: str) -> list[PastedItem]:
    """An item for each line that is not empty; numbers and bullets before them go."""
    return [_item(line) for line in _without_marks(_lines(pasted))]


def answers_from(pasted: str, possible: Sequence[float]) -> dict[str, str]:
    """The words of answers by their numbers.

    A number before the words says which answer it is. Without numbers the lines stand for all answers from the lowest
    to the highest, or two of them for the ends.

    Raises:
        NotSo: when it is neither.
    """
    lines = _lines(pasted)
    return _numbered(lines, possible) or _in_order(lines, possible)


def written(answers: dict[str, str]) -> str:
    """What `answers_from` reads back as the same."""
    return "\n".join(f"{number} = {words}" for number, words in answers.items())


def counted(pasted: str) -> dict[str, str]:
    """Answers of a questionnaire whose range is not known yet: by the numbers before them, else counted from 0.

    Raises:
        NotSo: when there are fewer than two.
    """
    lines = _lines(pasted)
    if len(lines) < 2:
        raise NotSo(_("Write at least two answers, one a line, from the lowest to the highest."))
    signed, bare = _split(SIGNED, lines), _split(BARE, lines)
    found = signed or (bare if list(bare) in _from_0_or_1(len(lines)) else {})
    if found and all(float(number).is_integer() for number in found):
        return dict(sorted(found.items(), key=lambda each: float(each[0])))
    return {key(number): line for number, line in enumerate(lines)}


def _from_0_or_1(count: int) -> list[list[str]]:
    return [[key(number) for number in range(first, first + count)] for first in (0, 1)]


def ends_of(answers: Iterable[str]) -> tuple[float, float]:
    """The lowest and the highest of answers by their numbers."""
    numbers = [float(number) for number in answers]
    return min(numbers), max(numbers)


def _numbered(lines: list[str], possible: Sequence[float]) -> dict[str, str]:
    """Empty unless every line begins with another possible answer; without a sign after it, with each in its turn."""
    known = [key(value) for value in possible]
    signed, bare = _split(SIGNED, lines), _split(BARE, lines)
    if set(signed) <= set(known) and signed:
        return signed
    return bare if list(bare) == known else {}


def _split(form: re.Pattern[str], lines: list[str]) -> dict[str, str]:
    """Numbers and what follows them; empty unless each line has one of its own."""
    found = [form.match(line) for line in lines]
    split = {
        key(float(match[1].replace(",", "."))): line[match.end() :]
        for line, match in zip(lines, found, strict=True)
        if match
    }
    return split if len(split) == len(lines) else {}


def _in_order(lines: list[str], possible: Sequence[float]) -> dict[str, str]:
    if not lines:
        return {}
    if len(lines) == len(possible):
        return {key(value): line for value, line in zip(possible, lines, strict=True)}
    if len(lines) == 2:
        return {key(possible[0]): lines[0], key(possible[-1]): lines[1]}
    raise NotSo(
        _("Write %(count)d answers, one a line from %(low)s to %(high)s; or put its number before each.")
        % {"count": len(possible), "low": key(possible[0]), "high": key(possible[-1])}
    )


def _item(line: str) -> PastedItem:
    text, *answers = (part.strip() for part in line.split(BAR))
    return PastedItem(text, tuple(answer for answer in answers if answer))


def _lines(pasted: str) -> list[str]:
    return [line for each in pasted.splitlines() if (line := " ".join(each.split()))]


def _without_marks(lines: list[str]) -> list[str]:
    """Numbers go only where they count on from line to line, so that an item may begin with one."""
    bullets = [BULLET.match(line) for line in lines]
    if len(lines) > 1 and all(bullets):
        return [line[each.end() :] for line, each in zip(lines, bullets, strict=True) if each]
    numbers = [NUMBER.match(line) for line in lines]
    counts = [int(each[1]) for each in numbers if each]
    if len(lines) > 1 and len(counts) == len(lines) and counts == list(range(counts[0], counts[0] + len(lines))):
        return [line[each.end() :] for line, each in zip(lines, numbers, strict=True) if each]
    return lines
