"""Whether what is read moves with what the writer knew: the belief's strength, the client's answers afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from attunement.case.beliefs import beliefs_of
from attunement.case.findings import Belief
from attunement.episodes.model import SessionReading
from benchmarks.case_figures.figure import Figure, over_cases, rank_correlation, rounded
from benchmarks.held_out_cases import HeldOutCase

# A tenth of the turns in strain, or stepped over, weighs as much as one turn with a new view.
SHARE_AS_TURNS = 10.0
Parts = list[list[tuple[float, float]]]
ALLIANCE = ("understood", "safe", "goals", "fit")


def loosening(reading: SessionReading) -> float:
    """A plain sign that an old belief loosens: new views, change outside and correctives, less strain and failure.

    Expected numbers; no weight of it is fitted.
    """
    table = reading.table
    better = _expected(reading, "new_view") + _expected(reading, "change_outside")
    better += sum(episode.confidence for episode in reading.correctives)
    return better - SHARE_AS_TURNS * (_share(reading, "strain") + float(np.nanmean(table.group("failure"))))


def course_figures(cases: list[HeldOutCase]) -> list[Figure]:
    """Rank correlations over sessions, and over cases, each beside that of the session's place in the therapy."""
    return [*_belief(cases), *_ratings(cases)]


def _belief(cases: list[HeldOutCase]) -> list[Figure]:
    sessions = [_pairs(case, loosening, _loosened) for case in cases]
    place = [_placed(case, _loosened) for case in cases]
    totals = [[(_total(case), sum(loosening(each) for each in _readings(case).values()))] for case in cases]
    within, place_within = [_centred(part) for part in sessions], [_centred(part) for part in place]
    by_case = "number of the last session"
    return [
        _correlation("belief before → after, by session", sessions, "place in the therapy", place),
        _correlation("the same within the case", within, "place in the therapy", place_within),
        _correlation("belief first → last, by case", totals, by_case, _last_sessions(cases)),
        *_belief_map(cases),
    ]


def _belief_map(cases: list[HeldOutCase]) -> list[Figure]:
    """The same from the belief map: what it shows to have moved, session by session, and whether by experience."""
    maps = [beliefs_of(case.case) for case in cases]
    moves = [_moves(case, beliefs) for case, beliefs in zip(cases, maps, strict=True)]
    both = list(zip(cases, moves, strict=True))
    sessions = [[(_loosened(case, number), float(n)) for number, n in moved.items()] for case, moved in both]
    totals = [[(_total(case), float(sum(moved.values())))] for case, moved in both]
    ways = [[(_total(case), _by_experience(beliefs))] for case, beliefs in zip(cases, maps, strict=True)]
    place, last = [_placed(case, _loosened) for case in cases], _last_sessions(cases)
    return [
        _correlation("belief map: what moved, by session", sessions, "place in the therapy", place),
        _correlation("belief map: what moved, by case", totals, "number of the last session", last),
        _correlation("belief map: loosened by experience, by case", ways, "number of the last session", last),
    ]


def _moves(case: HeldOutCase, beliefs: tuple[Belief, ...]) -> Counter[int]:
    """By session: its contradicting episodes, and its turns with a new view or something lived outside."""
    turns = {(e.session, e.turns) for belief in beliefs for e in (*belief.new_views, *belief.lived_outside)}
    episodes = {(each.session, each.episode.start) for belief in beliefs for each in belief.contradicted}
    counted = Counter(session for session, _ in (*turns, *episodes))
    return Counter({number: counted[number] for number in case.coded})


def _by_experience(beliefs: tuple[Belief, ...]) -> float:
    """2 when any belief loosened by experience, 1 when by insight, else 0."""
    ways = {belief.loosened for belief in beliefs}
    return 2.0 if "experience" in ways else float("insight" in ways)


def _ratings(cases: list[HeldOutCase]) -> list[Figure]:
    signs: list[tuple[str, str, Callable[[SessionReading], float], Callable[[HeldOutCase, int], float]]] = [
        ("alliance ratings", "attunement", _attunement, _alliance),
        ("alliance ratings", "less strain", lambda reading: -_share(reading, "strain"), _alliance),
        (
            "alliance ratings",
            "less missed",
            lambda reading: -float(np.nanmean(reading.table.group("failure"))),
            _alliance,
        ),
        (
            "alliance ratings",
            "repair moves",
            lambda reading: float(np.nanmean(reading.table.group("repair"))),
            _alliance,
        ),
        ("left unsaid", "withdrawal", lambda reading: _share(reading, "withdrawal"), _unsaid),
        ("left unsaid", "ruptures left open", _left_open, _unsaid),
        ("left unsaid", "less disclosed", lambda reading: -_expected(reading, "disclosure"), _unsaid),
    ]
    figures = []
    for rating, name, sign, answer in signs:
        parts = [_pairs(case, sign, answer) for case in cases]
        # What is left unsaid falls over a therapy, and its signs with it: the plain rule counts backwards.
        later = -1 if rating == "left unsaid" else 1
        place = [[(given, later * when) for given, when in _placed(case, answer)] for case in cases]
        figures.append(_correlation(f"{rating} after the session, by {name}", parts, "place in the therapy", place))
    return figures


def _correlation(task: str, parts: Parts, plain: str, plain_parts: Parts) -> Figure:
    """Rank correlation with what was written, beside that of the plain rule."""
    found, baseline = over_cases(parts, rank_correlation), rank_correlation(plain_parts)
    return rounded(task, "rank correlation", sum(map(len, parts)), found, plain=plain, baseline=baseline)


# --- what was written -------------------------------------------------------------------------------------------------


def _loosened(case: HeldOutCase, number: int) -> float:
    before, after = case.belief[number]
    return before - after


def _total(case: HeldOutCase) -> float:
    return case.belief[min(case.belief)][0] - case.belief[max(case.belief)][1]


def _last_sessions(cases: list[HeldOutCase]) -> Parts:
    """The longer a therapy has gone on, the more a belief has loosened: the plain rule by case."""
    return [[(_total(case), float(max(case.coded)))] for case in cases]


def _alliance(case: HeldOutCase, number: int) -> float:
    return float(np.mean([case.ratings[number][name] for name in ALLIANCE]))


def _unsaid(case: HeldOutCase, number: int) -> float:
    return case.ratings[number]["unsaid"]


# --- what is read -----------------------------------------------------------------------------------------------------


def _expected(reading: SessionReading, code: str) -> float:
    return float(np.nansum(reading.table.column(code)))


def _share(reading: SessionReading, group: str) -> float:
    return float(np.nanmean(reading.table.group(group)))


def _attunement(reading: SessionReading) -> float:
    return float("nan") if reading.attunement.rate is None else reading.attunement.rate


def _left_open(reading: SessionReading) -> float:
    return sum(rupture.confidence for rupture in reading.ruptures if rupture.resolution == "none")


def _readings(case: HeldOutCase) -> dict[int, SessionReading]:
    return {session.number: session.reading for session in case.case.sessions if session.reading}


def _pairs(
    case: HeldOutCase, sign: Callable[[SessionReading], float], answer: Callable[[HeldOutCase, int], float]
) -> list[tuple[float, float]]:
    return [(answer(case, number), sign(reading)) for number, reading in _readings(case).items()]


def _placed(case: HeldOutCase, answer: Callable[[HeldOutCase, int], float]) -> list[tuple[float, float]]:
    return [(answer(case, number), float(place)) for place, number in enumerate(case.coded)]


def _centred(part: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Both numbers less the case's own mean: sessions of one case against each other."""
    values = np.array(part) - np.mean(part, axis=0)
    return [(float(first), float(second)) for first, second in values]
