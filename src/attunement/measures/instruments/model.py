"""What is known of a questionnaire: its items, its scores, and how these are to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Literal

from attunement.measures.instruments.facts import Band, Cutoff, Group, MissingRule, Norm, Reliability, ReliableChange

Domain = Literal["distress", "functioning", "wellbeing", "alliance", "check-in"]

DOMAINS: tuple[Domain, ...] = ("distress", "functioning", "wellbeing", "alliance", "check-in")
# Two-sided 5 %: the change that measurement error alone exceeds once in twenty.
CONFIDENCE_Z = 1.96


@dataclass(frozen=True, slots=True)
class Item:
    """One question; in FHIR files it may go by its `loinc` code, and its answers by the keys of `codes`."""

    name: str
    low: float
    high: float
    is_whole: bool = True
    codes: Mapping[str, float] = field(default_factory=dict)
    loinc: str | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """One score of an instrument, over all its items (`name` None) or some of them.

    The score is the sum or mean of `items`, those in `reversed` turned round first, times `times`. Its direction is
    `higher_is_better`. `items` may be empty: then only ready scores can be read.
    """

    name: str | None
    items: tuple[str, ...]
    low: float
    high: float
    higher_is_better: bool
    combine: Literal["sum", "mean"] = "sum"
    times: float = 1
    reversed: frozenset[str] = frozenset()
    missing: MissingRule | None = None
    cutoffs: tuple[Cutoff, ...] = ()
    bands: tuple[Band, ...] = ()
    reliabilities: tuple[Reliability, ...] = ()
    norms: tuple[Norm, ...] = ()
    published_reliable_change: ReliableChange | None = None
    other_names: tuple[str, ...] = ()

    @property
    def cutoff(self) -> float | None:
        """The clinical cut-off in points (the first one listed); None where none is established."""
        return self.cutoffs[0].value if self.cutoffs else None

    def is_clinical(self, score: float) -> bool | None:
        """Whether `score` lies on the clinical side of the cut-off; None where there is no cut-off."""
        return self.cutoffs[0].is_clinical(score) if self.cutoffs else None

    def band(self, score: float) -> str | None:
        """The severity band of `score`; None where none is published. A score between two bands is in the lower one."""
        reached = [band for band in self.bands if band.low <= score]
        return max(reached, key=lambda band: band.low).label if reached else None

    @property
    def reliability(self) -> float | None:
        """The coefficient listed first, 0 to 1; None where none is established."""
        return self.reliabilities[0].value if self.reliabilities else None

    def norm(self, group: Group) -> Norm | None:
        """The first sample of that group; None where none is published."""
        return next((norm for norm in self.norms if norm.group == group), None)

    @property
    def reliable_change(self) -> float | None:
        """Points that a change must reach to be reliable: as published, else computed; None where neither is possible.

        Computed from the clinical sample's standard deviation and the reliability: 1.96 · SD · √(2 · (1 − r)) (Jacobson
        & Truax, 1991). `reliable_change_source` says which it is.
        """
        if self.published_reliable_change is not None:
            return self.published_reliable_change.points
        norm = self.norm("clinical")
        if norm is None or self.reliability is None:
            return None
        return CONFIDENCE_Z * norm.sd * sqrt(2 * (1 - self.reliability))

    @property
    def reliable_change_source(self) -> str | None:
        """Where `reliable_change` comes from: a key of the instrument's sources, or 'computed'."""
        if self.published_reliable_change is not None:
            return self.published_reliable_change.source
        return None if self.reliable_change is None else "computed"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire as data, without the words of its items.

    `total` is the score over the whole questionnaire, `subscales` those over parts of it. The properties below speak of
    the total. `sources` spells out the keys that the numbers name as their source; `notes` says what to mind.
    """

    name: str
    title: str
    measures: str
    domain: Domain
    items: tuple[Item, ...]
    total: Scale
    subscales: tuple[Scale, ...]
    usual: str
    licence: str
    source: str
    sources: Mapping[str, str]
    is_validated: bool = True
    other_names: tuple[str, ...] = ()
    url: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def low(self) -> float:
        """The lowest total."""
        return self.total.low

    @property
    def high(self) -> float:
        """The highest total."""
        return self.total.high

    @property
    def higher_is_better(self) -> bool:
        """The direction of the total: False for symptoms, True for wellbeing and alliance."""
        return self.total.higher_is_better

    @property
    def cutoff(self) -> float | None:
        """The total's clinical cut-off in points; None where none is established."""
        return self.total.cutoff

    @property
    def reliability(self) -> float | None:
        """The total's reliability, 0 to 1; None where none is established."""
        return self.total.reliability

    @property
    def reliable_change(self) -> float | None:
        """Points by which the total must move to have changed reliably; None where that cannot be told."""
        return self.total.reliable_change

    def scale(self, name: str | None) -> Scale:
        """The total for None, else the subscale of that name.

        Raises:
            KeyError: when there is no such subscale.
        """
        if name is None:
            return self.total
        found = next((scale for scale in self.subscales if scale.name == name), None)
        if found is None:
            raise KeyError(f"{self.name} has no subscale '{name}'")
        return found

    def item(self, name: str) -> Item:
        """The item of that name.

        Raises:
            KeyError: when there is no such item.
        """
        found = next((item for item in self.items if item.name == name), None)
        if found is None:
            raise KeyError(f"{self.name} has no item '{name}'")
        return found
