"""A second human coder in the place of the coder."""

from __future__ import annotations

import numpy as np

from attunement.codebook import CLIENT_TALK, CODES, EMPATHY_MECHANISMS, THERAPIST_BEHAVIOUR
from attunement.coder.table import CodeTable, FloatArray
from attunement.evaluation.coded import CodedSession


def as_table(coded: CodedSession) -> CodeTable:
    """What a person coded as a table of certainties: 1 for what was marked, 0 for what was not."""
    speakers = [turn.speaker for turn in coded.session.turns]
    probabilities = [
        [float(name in turn.codes) if code.speaker == speaker else np.nan for name, code in CODES.items()]
        for speaker, turn in zip(speakers, coded.codes, strict=True)
    ]
    return CodeTable(
        codes=tuple(CODES),
        probabilities=np.array(probabilities, np.float32),
        thresholds=dict.fromkeys(CODES, 0.5),
        experiencing=_certain([turn.experiencing for turn in coded.codes], 3),
        empathy=np.stack(
            [
                _certain([turn.empathy[place] if turn.empathy else None for turn in coded.codes], 3)
                for place in range(len(EMPATHY_MECHANISMS))
            ],
            axis=1,
        ),
        therapist_behaviour=_certain([_place(t.therapist_behaviour, THERAPIST_BEHAVIOUR) for t in coded.codes], 4),
        client_talk=_certain([_place(turn.client_talk, CLIENT_TALK) for turn in coded.codes], 3),
    )


def _certain(levels: list[int | None], count: int) -> FloatArray:
    return np.array(
        [[np.nan] * count if level is None else [float(place == level) for place in range(count)] for level in levels],
        np.float32,
    )


def _place(label: str | None, labels: tuple[str, ...]) -> int | None:
    return None if label is None else labels.index(label)
