"""Distress in the model's unit as points of a questionnaire."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.errors import InputError
from attunement.measures.instruments import Instrument, instrument

DOMAINS = ("distress", "functioning", "wellbeing")
SPREADS_IN_RANGE = 6  # where no clinical sample is published: the range is taken as this many standard deviations


@dataclass(frozen=True, slots=True)
class Points:
    """A questionnaire as the model fills it in: the mean and SD of clients at intake, in its points.

    `is_published` says whether these are a published clinical sample's; else they are the middle of the range and a
    sixth of it.
    """

    instrument: Instrument
    mean: float
    sd: float
    is_published: bool

    def of(self, distress: NDArray[np.float32]) -> NDArray[np.float64]:
        """Scores for distress in SD of clients at intake (high is bad), rounded and kept within the range.

        High scores are good where the questionnaire has it so.
        """
        sign = -1 if self.instrument.higher_is_better else 1
        points = self.mean + sign * self.sd * np.asarray(distress, float)
        return np.asarray(np.clip(np.round(points, self.decimals), self.instrument.low, self.instrument.high))

    @property
    def decimals(self) -> int:
        """0 where scores are sums of whole answers, else 1."""
        total = self.instrument.total
        is_whole = total.combine == "sum" and total.times == 1 and all(item.is_whole for item in self.instrument.items)
        return 0 if is_whole else 1


def points_of(name: str) -> Points:
    """The questionnaire of that name with the figures of clients at intake.

    Raises:
        InputError: when there is none of that name or it does not ask how the client is.
    """
    found = instrument(name)
    if found.domain not in DOMAINS:
        raise InputError(
            f"{found.name} asks about the {found.domain}; take a questionnaire of distress, such as core10."
        )
    norm = found.total.norm("clinical")
    if norm is None:
        width = found.high - found.low
        return Points(found, found.low + width / 2, width / SPREADS_IN_RANGE, False)
    return Points(found, norm.mean, norm.sd, True)
