"""What is found: the criteria's verdicts on every interval, and the gains or losses themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from attunement.measures.gains.criteria import Criteria, Floats, Verdict

if TYPE_CHECKING:
    import pandas as pd

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class SuddenGain:
    """One sudden gain of one client, or one sudden loss.

    Args:
        after_session: the number of the last session before the change.
        before: the score of that session.
        after: the score of the next one.
        magnitude: the change in score points, always positive.
        share: the magnitude as a share of the improvement from the first to the last session; above 1 when some of it
            was lost again, negative when the client ended worse; None when either score is missing or nothing changed.
        reversed: whether a later session lost half of the change again; None when no later score is known.
    """

    after_session: int
    before: float
    after: float
    magnitude: float
    share: float | None
    reversed: bool | None


@dataclass(frozen=True)
class Gains:
    """All sudden gains, or losses, of a group of clients.

    The verdicts have a row a client and a column an interval between sessions: the first interval follows the second
    session, the last one leads to the last session but one, since criterion 3 needs two scores on either side. The
    other arrays have an element for each gain found, by client and then by session.

    Args:
        values: the scores, clients × sessions, missing ones NaN.
        criteria: what was applied.
        losses: whether losses were looked for.
        direction: 1 when a fall of the score was looked for, -1 when a rise.
        first_session: the number of the session before the first interval: 2, or 1 when a baseline comes first.
        criterion_1: large in points; unknown throughout when switched off, as are the next two.
        criterion_2: large as a share.
        criterion_3: stable.
        all_met: every criterion that is switched on.
        client: the row of each gain.
        session: the number of the session before each gain.
        magnitude: its size in points, always positive.
        share: its size as a share of the improvement from first to last session; NaN when that is unknown or zero.
        reversed: whether a later session lost half of it again; unknown when no later score is known.
    """

    values: Floats
    criteria: Criteria
    losses: bool
    direction: int
    first_session: int
    criterion_1: Verdict
    criterion_2: Verdict
    criterion_3: Verdict
    all_met: Verdict
    client: Numbers
    session: Numbers
    magnitude: Floats
    share: Floats
    reversed: Verdict

    def __len__(self) -> int:
        return len(self.client)

    @property
    def column(self) -> Numbers:
        """The column of `values` that holds the score before each gain."""
        return self.session - self.first_session + 1

    @property
    def clients_with_one(self) -> int:
        """How many clients had at least one."""
        return len(np.unique(self.client))

    @property
    def clients_judged(self) -> int:
        """How many clients had at least one interval that could be judged."""
        return int(self.all_met.known.any(axis=1).sum())

    def of(self, client: int) -> list[SuddenGain]:
        """The gains of one client, given as the row."""
        return [self._gain(index) for index in np.flatnonzero(self.client == client)]

    def _gain(self, index: np.intp) -> SuddenGain:
        row, column, share = self.client[index], self.column[index], self.share[index]
        return SuddenGain(
            after_session=int(self.session[index]),
            before=float(self.values[row, column]),
            after=float(self.values[row, column + 1]),
            magnitude=float(self.magnitude[index]),
            share=None if np.isnan(share) else float(share),
            reversed=bool(self.reversed.met[index]) if self.reversed.known[index] else None,
        )

    def wide(self, ids: Sequence[Any] | None = None, *, id_name: str = "id") -> pd.DataFrame:
        """One row a client, as `identify_sg(crit123_details = TRUE)` and `identify_sl` of suddengains return it.

        Args:
            ids: the clients' names, in the order of the rows; 1, 2, 3 … without them.
            id_name: the name of their column.
        """
        from attunement.measures.gains.tables import wide

        return wide(self, ids, id_name=id_name)

    def by_gain(
        self,
        data: pd.DataFrame,
        *,
        names: Sequence[str],
        measure: str,
        id_name: str = "id",
        start: str | None = None,
        end: str | None = None,
    ) -> pd.DataFrame:
        """One row a gain, as `create_bysg` of suddengains returns it; no row when nothing was found.

        Args:
            data: a row a client in the order of `values`, with the columns below.
            names: the columns of the scores.
            measure: the measure's name, which becomes part of the names of new columns.
            id_name: the column of the clients' names.
            start: the column of the score at the start of therapy; the first of `names` without it.
            end: the column of the score at its end; the last of `names` without it.
        """
        from attunement.measures.gains.tables import by_gain

        return by_gain(self, data, names=names, measure=measure, id_name=id_name, start=start, end=end)

    def by_person(
        self,
        data: pd.DataFrame,
        *,
        names: Sequence[str],
        measure: str,
        id_name: str = "id",
        start: str | None = None,
        end: str | None = None,
        select: str = "first",
    ) -> pd.DataFrame:
        """One row a client with one gain at most, as `create_byperson` of suddengains returns it.

        Args:
            data: as in `by_gain`; its further columns are kept.
            names: as in `by_gain`.
            measure: as in `by_gain`.
            id_name: as in `by_gain`.
            start: as in `by_gain`.
            end: as in `by_gain`.
            select: which of several gains: `first`, `last`, `smallest` or `largest`. Magnitudes of losses are negative
                in this table, as in suddengains, so that the `largest` loss is the one of the fewest points.

        Raises:
            InputError: when `select` is none of the four.
        """
        from attunement.measures.gains.tables import by_gain, one_each

        table = by_gain(self, data, names=names, measure=measure, id_name=id_name, start=start, end=end)
        return one_each(table, data, names=names, id_name=id_name, select=select)
