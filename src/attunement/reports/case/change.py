"""What is said about questionnaires: how far each moved, whether that is real, at once or not, on track or not."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.findings import CaseFindings, MeasureChange
from attunement.measures.gains import SuddenGain
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.entries import Entry, Hue, Section

HUE: dict[str | None, Hue] = {"improved": "attunement", "deteriorated": "strain"}
REAL = {
    "improved": "a real change for the better, larger than measurement error",
    "deteriorated": "a real change for the worse, larger than measurement error",
    "unchanged": "no more than measurement error explains",
    None: "whether that is more than measurement error cannot be told",
}
CATEGORY = {
    "recovered": "Recovered: it crossed the clinical cut-off on the way.",
    "improved": "Improved, and on the same side of the clinical cut-off as before.",
    "unchanged": "Unchanged, in the terms of reliable and clinically significant change.",
    "deteriorated": "Deteriorated, and on the same side of the clinical cut-off as before.",
    "harmed": "Deteriorated across the clinical cut-off.",
}


def change_section(findings: CaseFindings) -> Section:
    """One entry a questionnaire that was answered twice or more."""
    return Section(
        key="change",
        title="Change",
        rests_on="Rests on questionnaires alone. Real means that measurement error alone would hardly "
        "(under 5%) bring it about; what did, is another question.",
        entries=tuple(_entry(change, findings) for change in findings.changes),
        nothing="No questionnaire was answered at two sessions, so there is no change to judge.",
    )


def main_change(findings: CaseFindings) -> MeasureChange | None:
    """The change to speak of first: of a questionnaire of distress if there is one, and one that can be judged."""
    order = ("distress", "functioning", "wellbeing")
    changes = [each for each in findings.changes if kind_of(each, findings) in (*order, None)]
    return min(
        changes,
        key=lambda each: (order.index(kind_of(each, findings) or "wellbeing"), each.reliable is None),
        default=None,
    )


def kind_of(change: MeasureChange, findings: CaseFindings) -> str | None:
    """What the questionnaire measures, None where that is not known."""
    trajectory = findings.trajectory(change.instrument)
    return trajectory.kind if trajectory else None


def moved(change: MeasureChange) -> str:
    """`went from 17 to 7 between sessions 1 and 9`."""
    first, last = change.first, change.last
    between = f"between sessions {first.session} and {last.session}"
    if first.value == last.value:
        return f"stood at {wording.number(last.value)} at sessions {first.session} and {last.session}"
    return f"went from {wording.number(first.value)} to {wording.number(last.value)} {between}"


def _entry(change: MeasureChange, findings: CaseFindings) -> Entry:
    trajectory = findings.trajectory(change.instrument)
    direction = "" if trajectory is None else f" ({'higher' if trajectory.higher_is_better else 'lower'} is better)"
    name = wording.measure(change.instrument, findings.case)
    return Entry(
        hue=HUE.get(change.reliable, "plain"),
        title=f"{words.sentence(name)}: {wording.number(change.first.value)} → {wording.number(change.last.value)}",
        text=" ".join([f"{words.sentence(name)}{direction} {moved(change)}: {REAL[change.reliable]}.", *_more(change)]),
    )


def _more(change: MeasureChange) -> Iterator[str]:
    if change.index is not None:
        better = "for the better" if change.index > 0 else "for the worse"
        size = wording.number(abs(change.index))
        yield f"Reliable change index {size} {better}; from 1.96 on it counts as real." if change.index else ""
    if change.category is not None and change.category != change.reliable:
        yield CATEGORY[change.category]
    elif change.reliable is not None and change.category is None:
        yield "There is no clinical cut-off to judge it by."
    yield from (gain_in_words(gain, "gain") for gain in change.gains)
    yield from (gain_in_words(loss, "loss") for loss in change.losses)
    if change.expected is not None:
        yield f"Expected course. {change.expected.sentence}"


def gain_in_words(gain: SuddenGain, what: str) -> str:
    """A sudden gain or loss as a sentence."""
    size = wording.number(gain.magnitude)
    held = {True: " It was lost again later.", False: " It has held since.", None: ""}[gain.reversed]
    if what == "loss":
        held = {True: " It was made up later.", False: " It has stayed so since.", None: ""}[gain.reversed]
    return words.sentence(f"a sudden {what} of {size} points came after session {gain.after_session}.{held}")
