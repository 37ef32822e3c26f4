"""What comes out of a file of answers: scores, and what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Score:
    """One score of one client at one session or date; at least one of the two is there.

    `subscale` is None for the total. `value` is None when too many items are missing; `note` then says how many, and
    also when missing items were filled in. `row` is the line of the file (the first one, where several make the score).
    """

    client: str | None
    session: int | None
    date: date | None
    instrument: str
    subscale: str | None
    value: float | None
    row: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in the file that was not taken, where it stands and why; `column` is None when it is the whole row."""

    row: int
    column: str | None
    reason: str

    def __str__(self) -> str:
        where = f"row {self.row}" if self.column is None else f"row {self.row}, column '{self.column}'"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of a file, in the order of client, session, date; what was refused; what to mind when reading it."""

    scores: tuple[Score, ...]
    refused: tuple[Refused, ...] = ()
    warnings: tuple[str, ...] = ()
    format: str = ""

    def __iter__(self) -> Iterator[Score]:
        return iter(self.scores)

    def __len__(self) -> int:
        return len(self.scores)

    @property
    def clients(self) -> tuple[str | None, ...]:
        """Whose scores these are, in order of appearance; None where the file does not say."""
        return tuple(dict.fromkeys(score.client for score in self.scores))

    def of(self, instrument: str, subscale: str | None = None, *, client: str | None = None) -> tuple[Score, ...]:
        """The course of one score, in order; `client` None takes every client's."""
        return tuple(
            score
            for score in self.scores
            if (score.instrument, score.subscale) == (instrument, subscale) and client in (None, score.client)
        )

    def to_frame(self) -> pd.DataFrame:
        """A row a score: client, session, date, instrument, subscale, value, row, note."""
        import pandas as pd

        columns = ["client", "session", "date", "instrument", "subscale", "value", "row", "note"]
        frame = pd.DataFrame([[getattr(score, name) for name in columns] for score in self.scores], columns=columns)
        kinds = {"session": "Int64", "date": "datetime64[s]", "value": "Float64", "row": "int64"}
        return frame.astype({**kinds, **{name: "string" for name in columns if name not in kinds}})
