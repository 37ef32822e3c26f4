"""A reference sample as it comes: one row a score, checked before anything is fitted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from attunement.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
COLUMNS = ("id", "session", "score")
FEWEST_CLIENTS = 20
FEWEST_SCORES = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """Scores with the client (numbered from 0) and the session (from intake, 0) of each."""

    client: npt.NDArray[np.int64]
    session: Floats
    score: Floats

    @property
    def clients(self) -> int:
        """How many clients there are."""
        return len(np.unique(self.client))


def read_sample(data: pd.DataFrame | Path | str) -> Sample:
    """A data frame or CSV file with the columns id, session and score; rows without a score are left out.

    Sessions are shifted so that the sample's first one is intake, 0.

    Raises:
        InputError: a column is missing, an entry is no number, a client has two scores in a session, or there are
            fewer than 20 clients with three or more scores.
    """
    table = _table(data)
    if missing := [column for column in COLUMNS if column not in table.columns]:
        raise InputError(f"the reference sample has no column {', '.join(missing)}: it needs id, session and score")
    session, score = (_numbers(table, column) for column in ("session", "score"))
    kept = ~np.isnan(score)
    _refuse_rows(np.isnan(session) & kept, "has no session")
    _refuse_rows(table["id"].isna().to_numpy() & kept, "has no id")
    rows = table.loc[kept, ["id", "session"]]
    _refuse_rows(_spread(rows.duplicated().to_numpy(), kept), "is a second score of the same client and session")
    ids = np.unique(rows["id"].astype(str).to_numpy(), return_inverse=True)[1]
    _refuse_small(ids)
    return Sample(ids.astype(np.int64), session[kept] - session[kept].min(), score[kept])


def _table(data: pd.DataFrame | Path | str) -> pd.DataFrame:
    import pandas as pd

    if isinstance(data, pd.DataFrame):
        return data.reset_index(drop=True)
    try:
        return pd.read_csv(data)
    except OSError as error:
        raise InputError(f"{Path(data).name}: cannot be read ({error.strerror or 'not a file'})") from None
    except (ValueError, UnicodeDecodeError):
        raise InputError(f"{Path(data).name}: is not a table: give a CSV file with id, session and score") from None


def _numbers(table: pd.DataFrame, column: str) -> Floats:
    import pandas as pd

    numbers = pd.to_numeric(table[column], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    wrong = (np.isnan(numbers) & table[column].notna().to_numpy()) | np.isinf(numbers)
    _refuse_rows(wrong, f"has a {column} that is not a number")
    return np.asarray(numbers)


def _refuse_rows(wrong: npt.NDArray[Any], what: str) -> None:
    if wrong.any():
        # Counted as a spreadsheet shows them: the header is row 1.
        first = int(np.flatnonzero(wrong)[0]) + 2
        more = f", and {int(wrong.sum()) - 1} more" if wrong.sum() > 1 else ""
        raise InputError(f"the reference sample: row {first} {what}{more}; correct or remove it")


def _spread(marks: npt.NDArray[Any], kept: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Marks of the kept rows, set among all rows."""
    wide = np.zeros(len(kept), dtype=bool)
    wide[kept] = marks
    return wide


def _refuse_small(ids: npt.NDArray[Any]) -> None:
    enough = int((np.bincount(ids) >= FEWEST_SCORES).sum()) if len(ids) else 0
    if enough < FEWEST_CLIENTS:
        raise InputError(
            f"the reference sample has {enough} clients with {FEWEST_SCORES} or more scores: "
            f"it needs {FEWEST_CLIENTS}, and hundreds to be trusted"
        )
