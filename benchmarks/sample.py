"""Sessions read by the coder that ships, which has learned from them: for comparing readings of one text with another.

The level of such figures flatters. What they can show is how much is lost when the text is made worse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rich.progress import track

from attunement.codebook import THERAPIST_BEHAVIOUR
from attunement.coder.model import shipped_coder
from attunement.coder.table import CodeTable
from attunement.episodes import shipped_finder
from attunement.evaluation import load_coded
from attunement.evaluation.coded import CodedSession
from attunement.evaluation.episodes import AnyEpisode
from attunement.transcripts.session import Session
from training.data import CODE_INDEX
from training.sources import CORPUS, DATA

EVERY = 8

Booleans = npt.NDArray[np.bool_]
Change = Callable[[Session], Session]


@dataclass(frozen=True)
class Read:
    """Coded sessions and what the shipped coder says of a version of their text, turn for turn."""

    coded: Sequence[CodedSession]
    tables: Sequence[CodeTable]
    found: Sequence[Sequence[AnyEpisode]] = ()

    def decided(self, codes: Sequence[str]) -> Booleans:
        """Whether any of the codes is given, for every turn."""
        columns = [CODE_INDEX[code] for code in codes]
        return np.concatenate([table.decisions[:, columns].any(axis=1) for table in self.tables])

    def marked(self, codes: Sequence[str]) -> Booleans:
        """Whether a person gave any of them, for every turn."""
        wanted = set(codes)
        return np.array([bool(turn.codes & wanted) for one in self.coded for turn in one.codes])

    def behaviour(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The labelled turns' therapist behaviour and ours; -1 where we took the turn for the client's."""
        told = [
            (turn.therapist_behaviour, row)
            for one, table in zip(self.coded, self.tables, strict=True)
            for turn, row in zip(one.codes, table.therapist_behaviour, strict=True)
            if turn.therapist_behaviour
        ]
        truth = np.array([THERAPIST_BEHAVIOUR.index(label) for label, _ in told if label], dtype=np.int64)
        return truth, np.array([-1 if np.isnan(row).any() else int(row.argmax()) for _, row in told], dtype=np.int64)

    def cases(self) -> list[str]:
        """The case of each turn."""
        return [one.case for one in self.coded for _ in one.codes]


def corpus_sample(every: int = EVERY) -> list[CodedSession]:
    """Every so many sessions of the corpus, in the order of their names."""
    return list(load_coded(CORPUS).sessions)[::every]


def annomi_sample(every: int = EVERY) -> list[CodedSession]:
    """Every so many transcripts of AnnoMI; empty where it is not at hand."""
    file = DATA / "annomi" / "annomi_dev.csv"
    return list(load_coded(file).sessions)[::every] if file.exists() else []


def read(coded: Sequence[CodedSession], change: Change, what: str, *, episodes: bool = False) -> Read:
    """Let the shipped coder read a changed version of every session, and the finder, short sessions too."""
    coder = shipped_coder()
    tables: list[CodeTable] = []
    found: list[tuple[AnyEpisode, ...]] = []
    for one in track(coded, what, transient=True):
        session = change(one.session)
        tables.append(coder.code(session))
        if episodes:
            reading = shipped_finder().find(session, tables[-1])
            found.append((*reading.ruptures, *reading.repairs, *reading.correctives))
    return Read(coded, tables, found)


def as_written(session: Session) -> Session:
    """No change."""
    return session
