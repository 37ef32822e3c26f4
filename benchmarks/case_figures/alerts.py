"""How often alerts are raised and right, when a case is looked at after each of its sessions as it comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from attunement.case.alerts import alerts_of
from attunement.case.alliance import alliance_of
from attunement.case.findings import Alert, AlertKind, HiddenStrain
from attunement.case.fit import fit_of
from attunement.case.frame import frame_of
from attunement.case.hidden_strain import hidden_strain_of
from attunement.case.threads import threads_of
from attunement.evaluation.coded import CodedEpisode
from benchmarks.case_figures.figure import Figure, of_answers, over_cases, pooled, precision, recall, rounded
from benchmarks.held_out_cases import HeldOutCase
from training.episodes import same

Answers = list[tuple[bool, bool]]


@dataclass(frozen=True)
class Look:
    """What is raised after one session of a case."""

    case: HeldOutCase
    session: int
    alerts: tuple[Alert, ...]
    hidden: tuple[HiddenStrain, ...]

    def alert(self, kind: AlertKind) -> Alert | None:
        """The alert of this kind, None where none is raised."""
        return next((alert for alert in self.alerts if alert.kind == kind), None)


def looks_at(case: HeldOutCase) -> list[Look]:
    """A look after each session, knowing nothing of what comes later."""
    return [_look(case, session.number) for session in case.case.read]


def alert_figures(cases: list[HeldOutCase]) -> list[Figure]:
    """How many alerts a look brings, and how often those that rest on the transcript are right."""
    looks = [looks_at(case) for case in cases]
    return [
        *_how_many(looks),
        *_against(
            "a rupture of the last three sessions is open",
            [
                [(bool(_open_ruptures(look)), look.alert("unrepaired_rupture") is not None) for look in of]
                for of in looks
            ],
        ),
        _right("the rupture that the alert names is one, and open", [_named_ruptures(of) for of in looks]),
        _confidence(looks),
        *_against(
            "words in the last two sessions move towards an ending",
            [[(_has_bid(look), look.alert("ending_risk") is not None) for look in of] for of in looks],
        ),
        _right("deferring twice in a session rated without complaint", [_deferring(of) for of in looks]),
    ]


def kinds_raised(cases: list[HeldOutCase]) -> Counter[str]:
    """How many looks brought an alert of each kind, a question of each pattern, and how many looks there were."""
    raised: Counter[str] = Counter()
    for case in cases:
        for look in looks_at(case):
            raised["looks"] += 1
            raised.update(alert.kind for alert in look.alerts)
            raised.update(f"question: {each.kind}" for each in look.hidden if each.session == look.session)
    return raised


def _look(case: HeldOutCase, last: int) -> Look:
    known = case.case.until(last)
    alliance = alliance_of(known)
    hidden = hidden_strain_of(known, alliance)
    parts = (threads_of(known), hidden, frame_of(known, alliance), fit_of(known, alliance))
    return Look(case, last, alerts_of(known, (), alliance, *parts), hidden)


def _how_many(looks: list[list[Look]]) -> Iterator[Figure]:
    counts = [[len(look.alerts) for look in of] for of in looks]
    examples = sum(map(len, counts))
    yield rounded("alerts after a session", "mean", examples, over_cases(counts, _mean))
    none = [[float(count == 0) for count in of] for of in counts]
    yield rounded("sessions after which nothing is raised", "share", examples, over_cases(none, _mean))


def _mean(parts: list[list[float]]) -> float:  # type: ignore[misc]
    values = pooled(parts)
    return sum(values) / len(values)


def _against(task: str, parts: list[Answers]) -> list[Figure]:
    always = [[(truth, True) for truth, _ in part] for part in parts]
    return of_answers(task, {"precision": precision, "recall": recall}, parts, "always raised", always)


def _right(task: str, parts: list[Answers]) -> Figure:
    return rounded(task, "precision", sum(map(len, parts)), over_cases(parts, precision))


def _confidence(looks: list[list[Look]]) -> Figure:
    """What the same alerts say of themselves; as high as their precision if they know themselves well."""
    alerts = [[alert for look in of if (alert := look.alert("unrepaired_rupture")) is not None] for of in looks]
    stated = [[alert.confidence or 0.0 for alert in of] for of in alerts]
    return rounded("… and how sure that alert says it is", "mean", sum(map(len, stated)), over_cases(stated, _mean))


def _named_ruptures(looks: list[Look]) -> Answers:
    """For each alert: whether the rupture it is about was marked, and is open."""
    found = []
    for look in looks:
        alert = look.alert("unrepaired_rupture")
        if alert is not None:
            first = alert.evidence[0]
            named = [
                rupture
                for session in look.case.case.read
                if session.number == first.session and session.reading is not None
                for rupture in session.reading.ruptures
                if rupture.evidence == first.turns
            ]
            true = [marked for number, marked in _open_ruptures(look) if number == first.session]
            found.append((any(same((n.start, n.end), (t.start, t.end)) for n in named for t in true), True))
    return found


def _open_ruptures(look: Look) -> list[tuple[int, CodedEpisode]]:
    """Marked ruptures of the last three session numbers that nobody had mended by then.

    One marked as taken up late counts as open until another session has been read.
    """
    return [
        (number, episode)
        for number, coded in look.case.coded.items()
        if look.session - 3 < number <= look.session
        for episode in coded.episodes
        if episode.type == "rupture" and _is_open(episode, is_last=number == look.session)
    ]


def _is_open(rupture: CodedEpisode, *, is_last: bool) -> bool:
    noticed, resolution = rupture.attributes["noticed"], rupture.attributes["resolution"]
    return {"in_session": resolution != "full", "late": is_last, "missed": True}[noticed]


def _has_bid(look: Look) -> bool:
    return any(
        "ending_bid" in turn.codes
        for number, coded in look.case.coded.items()
        if look.session - 2 < number <= look.session
        for turn in coded.codes
    )


def _deferring(looks: list[Look]) -> Answers:
    """For each such question: whether two turns of the session were coded so."""
    return [
        (sum("deferential" in turn.codes for turn in look.case.coded[each.session].codes) >= 2, True)
        for look in looks
        for each in look.hidden
        if each.kind == "deferring" and each.session == look.session
    ]
