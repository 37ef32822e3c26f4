"""From answers to scores: reversed items turned round, missing ones filled in as far as the scale's rule allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attunement.measures.instruments.model import Instrument, Item, Scale


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """A score in points of its scale; `value` None when too many items are missing, which `note` then says.

    `filled` counts missing items for which the mean of the others stands.
    """

    scale: Scale
    value: float | None
    filled: int = 0
    note: str | None = None


def refusal(item: Item, value: float) -> str | None:
    """Why `value` is no answer to the item, in words; None when it is one."""
    if not item.low <= value <= item.high:
        return f"{value:g} is outside the item's range, {item.low:g} to {item.high:g}"
    if item.is_whole and value != int(value):
        return f"{value:g} is no whole number, as the answers to this item are"
    return None


def score_answers(instrument: Instrument, answers: Mapping[str, float | None]) -> tuple[ScaleScore, ...]:
    """The total, then every subscale, from answers by item name; an item that is None or not there is missing.

    Raises:
        ValueError: when an answer is to no item of the instrument, or out of its item's range.
    """
    items = {item.name: item for item in instrument.items}
    for name, value in answers.items():
        if name not in items:
            raise ValueError(f"{instrument.name} has no item '{name}'")
        if value is not None and (why := refusal(items[name], value)):
            raise ValueError(f"{instrument.name}, item {name}: {why}")
    return tuple(_scored(scale, items, answers) for scale in (instrument.total, *instrument.subscales) if scale.items)


def _scored(scale: Scale, items: Mapping[str, Item], answers: Mapping[str, float | None]) -> ScaleScore:
    given = {name: value for name in scale.items if (value := answers.get(name)) is not None}
    missing = len(scale.items) - len(given)
    allowed = scale.missing.at_most if scale.missing else 0
    if missing > allowed or not given:
        rule = f"at most {allowed} may be" if scale.missing else "no rule for missing items is established"
        return ScaleScore(scale, None, note=f"{missing} of {len(scale.items)} items missing; {rule}")
    turned = [_turned(items[name], value) if name in scale.reversed else value for name, value in given.items()]
    mean = sum(turned) / len(turned)
    value = (mean if scale.combine == "mean" else _sum(turned, missing)) * scale.times
    note = f"{missing} of {len(scale.items)} items missing, the mean of the others taken for them" if missing else None
    return ScaleScore(scale, min(max(value, scale.low), scale.high), missing, note)


def _turned(item: Item, value: float) -> float:
    return item.low + item.high - value


def _sum(values: list[float], missing: int) -> float:
    return sum(values) * (len(values) + missing) / len(values)


def impossible(instrument: Instrument, scale: Scale, value: float) -> str | None:
    """Why `value` cannot be a score of the scale, in words; None when it can.

    Where all answers are whole numbers, are added up, and nothing may be missing, a score is a whole multiple.
    """
    if not scale.low <= value <= scale.high:
        made = f"the {scale.combine} of {len(scale.items)} items" if scale.items else "the scale"
        times = f", times {scale.times:g}" if scale.times != 1 else ""
        return f"{value:g} is outside the range, {scale.low:g} to {scale.high:g} ({made}{times})"
    steps = value / scale.times
    if abs(steps - round(steps)) > 1e-6 and _adds_whole_answers(instrument, scale):
        return f"{value:g} cannot come about by adding up whole answers"
    return None


def _adds_whole_answers(instrument: Instrument, scale: Scale) -> bool:
    may_be_filled = scale.missing is not None and scale.missing.at_most > 0
    if not scale.items or scale.combine == "mean" or may_be_filled:
        return False
    return all(instrument.item(name).is_whole for name in scale.items)
