"""Finding sudden gains and losses in many clients' scores at once, or in those of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from attunement.errors import InputError
from attunement.measures.gains.criteria import (
    CRITICAL_VALUE,
    Criteria,
    Floats,
    Verdict,
    is_large,
    is_large_share,
    is_stable,
)
from attunement.measures.gains.model import Gains, Numbers, SuddenGain
from attunement.measures.gains.windows import windows

Better = Literal["lower", "higher"]
FEWEST_SESSIONS = 4


def sudden_gains(
    values: ArrayLike,
    *,
    cutoff: float | None,
    percent: float | None = 0.25,
    criterion_3: bool = True,
    alpha: float = 0.05,
    adjust: bool = True,
    critical_value: float = CRITICAL_VALUE,
    from_first: bool = False,
    better: Better = "lower",
) -> Gains:
    """Sudden improvements between two sessions (Tang & DeRubeis, 1999), as `identify_sg` of suddengains finds them.

    Args:
        values: scores, one row a client, one column a session in order; missing ones NaN or None. At least 4 columns.
        cutoff: see `Criteria`, as the next five.
        percent: see `Criteria`.
        criterion_3: see `Criteria`.
        alpha: see `Criteria`.
        adjust: see `Criteria`.
        critical_value: see `Criteria`.
        from_first: whether the first column is a baseline before session 1, so that a gain from session 1 to 2 can be
            found. It changes how sessions are numbered, not what is computed.
        better: whether low or high scores are better; suddengains knows the first only. For the second a gain is a
            rise, and criterion 2 a rise by that share of the score before it.

    Raises:
        InputError: when an option is out of range or the scores are no table of 4 or more sessions.
    """
    criteria = Criteria(cutoff, percent, criterion_3, alpha, adjust, critical_value)
    return _found(_scores(values), criteria, losses=False, from_first=from_first, better=better)


def sudden_losses(
    values: ArrayLike,
    *,
    cutoff: float | None,
    percent: float | None = 0.25,
    criterion_3: bool = True,
    alpha: float = 0.05,
    adjust: bool = True,
    critical_value: float = CRITICAL_VALUE,
    from_first: bool = False,
    better: Better = "lower",
) -> Gains:
    """Sudden worsenings between two sessions, as `identify_sl` of suddengains finds them.

    The losses of a series are the gains of the same series with every sign turned. Criterion 2 is therefore met by
    every worsening, and by small improvements too: it excludes nothing that criterion 1 lets through.

    Args:
        values: see `sudden_gains`, as the rest.
        cutoff: 7 and -7 (so suddengains writes it) mean the same.
        percent: see `Criteria`.
        criterion_3: see `Criteria`.
        alpha: see `Criteria`.
        adjust: see `Criteria`.
        critical_value: see `Criteria`.
        from_first: see `sudden_gains`.
        better: see `sudden_gains`.

    Raises:
        InputError: as `sudden_gains`.
    """
    size = None if cutoff is None else abs(cutoff)
    criteria = Criteria(size, percent, criterion_3, alpha, adjust, critical_value)
    return _found(_scores(values), criteria, losses=True, from_first=from_first, better=better)


def gains_of_one(
    scores: Sequence[float | None],
    *,
    cutoff: float | None,
    percent: float | None = 0.25,
    losses: bool = False,
    from_first: bool = False,
    better: Better = "lower",
) -> list[SuddenGain]:
    """The sudden gains of one client, or the losses, in order; none when there are fewer than 4 sessions.

    Args:
        scores: one a session in order, None where it is missing.
        cutoff: as a rule the reliable change of the instrument, in points; None switches criterion 1 off.
        percent: see `Criteria`.
        losses: whether to look for losses.
        from_first: see `sudden_gains`.
        better: see `sudden_gains`.

    Raises:
        InputError: when an option is out of range.
    """
    find = sudden_losses if losses else sudden_gains
    if len(scores) < FEWEST_SESSIONS:
        return []
    row = np.array([scores], dtype=np.float64)
    return find(row, cutoff=cutoff, percent=percent, from_first=from_first, better=better).of(0)


def _scores(values: ArrayLike) -> Floats:
    try:
        scores: Floats = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError("Scores are numbers, one row a client and one column a session.") from None
    if scores.ndim != 2 or scores.shape[1] < FEWEST_SESSIONS:
        raise InputError(f"Sudden gains need a row a client and at least {FEWEST_SESSIONS} sessions.")
    if np.isinf(scores).any():
        raise InputError("A score is infinite; leave unknown scores empty.")
    return scores


def _found(values: Floats, criteria: Criteria, *, losses: bool, from_first: bool, better: Better) -> Gains:
    improvement = 1 if better == "lower" else -1
    direction = -improvement if losses else improvement
    verdicts = _verdicts(values, criteria, direction=direction, losses=losses)
    everything = _all_of([verdict for verdict in verdicts if verdict is not None])
    client, interval = np.nonzero(everything.met)
    size = direction * (values[client, interval + 1] - values[client, interval + 2])
    first_session = 1 if from_first else 2
    return Gains(
        values=values,
        criteria=criteria,
        losses=losses,
        direction=direction,
        first_session=first_session,
        **{
            f"criterion_{number}": verdict or Verdict.unknown(everything.met.shape)
            for number, verdict in enumerate(verdicts, start=1)
        },
        all_met=everything,
        client=client,
        session=interval + first_session,
        magnitude=size,
        share=share_of_total(size, improvement * (values[client, 0] - values[client, -1])),
        reversed=_reversed(values[client], interval + 2, size, direction),
    )


def _verdicts(
    values: Floats, criteria: Criteria, *, direction: int, losses: bool
) -> tuple[Verdict | None, Verdict | None, Verdict | None]:
    """One verdict a criterion, None for what is switched off."""
    before, after = values[:, 1:-2], values[:, 2:-1]
    change = direction * (before - after)
    share = criteria.percent
    return (
        None if criteria.cutoff is None else is_large(change, criteria.cutoff),
        None if share is None else is_large_share(change, before, -share if losses else share),
        is_stable(windows(values), direction=direction, criteria=criteria) if criteria.criterion_3 else None,
    )


def _all_of(verdicts: Sequence[Verdict]) -> Verdict:
    together = verdicts[0]
    for verdict in verdicts[1:]:
        together = together & verdict
    return together


def share_of_total(size: Floats, total: Floats) -> Floats:
    """Sizes as shares of total changes, NaN where there was none."""
    shares: Floats = np.divide(size, total, out=np.full(size.shape, np.nan), where=total != 0)
    return shares


def _reversed(values: Floats, column: Numbers, size: Floats, direction: int) -> Verdict:
    """Whether half of each change was lost in a session after the one that `column` names; a row of `values` each."""
    lost = direction * (values - midway(values, column, size, direction)[:, None]) > 0
    later = np.arange(values.shape[1]) > column[:, None]
    followed = later & ~np.isnan(values)
    return Verdict.of(np.any(lost & followed, axis=1), np.any(followed, axis=1))


def midway(values: Floats, column: Numbers, size: Floats, direction: int) -> Floats:
    """The score at which half of each change is lost again."""
    after: Floats = values[np.arange(len(column)), column]
    return after + direction * size / 2
