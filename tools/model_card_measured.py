"""What the further measurements say, for the model card: calibration, fairness, garbled text, shortcuts, more data.

Each comes from the file that its command keeps in `training/results`; where there is none, the card says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.figures.anchors import SOURCES
from tools.model_card_words import markdown, points, signed
from tools.results import MISSING, Results, number

Row = dict[str, Any]
NOT_MEASURED = "Not measured in this run."


def aims_table(results: Results) -> str:
    """Every figure with an aim, whether it is reached, and what others published."""
    rows = [
        [
            figure.task,
            figure.measure,
            f"{figure.value:.3f}".removeprefix("0"),
            number(figure.people),
            f"≥ {figure.aim:.3f}".replace(" 0.", " ."),
            "yes" if figure.reached else "**no**",
        ]
        for figure in results.figures
        if figure.aim is not None
    ]
    return markdown(["what", "measure", "ours", "people", "aim", "reached"], rows)


def open_cells(results: Results) -> str:
    """What could not be measured, with why."""
    notes = dict.fromkeys(figure.note for figure in results.open)
    tasks = {note: [figure.task for figure in results.open if figure.note == note] for note in notes}
    return ". ".join(f"{'; '.join(names)} ({note})" for note, names in tasks.items())


def published_table(results: Results) -> str:
    """Beside what others report."""
    rows = [
        [f.task, f.measure, number(f.value), number(f.baseline), f.published] for f in results.figures if f.published
    ]
    sources = "; ".join(f"[{number}] {source}" for number, source in enumerate(SOURCES, start=1))
    table = markdown(["what", "measure", "ours", "simple baseline", "published"], rows)
    return f"{table}\n\n{sources}." if rows else ""


def plain_table(results: Results, beginning: str) -> str:
    """The figures whose task begins like this: value, interval, the simplest alternative."""
    rows = [
        [
            figure.task.removeprefix(beginning).strip(" :,"),
            figure.measure,
            MISSING if figure.examples is None else f"{figure.examples:,}",
            number(figure.value),
            MISSING if figure.low is None else f"{number(figure.low)}–{number(figure.high)}",
            number(figure.baseline),
        ]
        for figure in results.figures
        if figure.task.startswith(beginning)
    ]
    return markdown(["what", "measure", "examples", "ours", "95 %", "baseline"], rows)


def on(found: Sequence[Row], where: str) -> list[Row]:
    """The calibration of groups in one place."""
    return [row for row in found if row["where"] == where]


def calibration_table(found: Sequence[Row]) -> str:
    """How far each group's probabilities are off, in points, by place."""
    places = list(dict.fromkeys(row["where"] for row in found))
    rows = []
    for label in dict.fromkeys(row["label"] for row in found):
        here = {row["where"]: row for row in found if row["label"] == label}
        rows.append([label, *(_off(here[place]) for place in places)])
    return markdown(["off by, in points", *places], rows)


def _off(row: Row) -> str:
    span = f"{100 * row['low']:.1f}–{100 * row['high']:.1f}"
    return f"{100 * row['error']:.1f} ({span})"


def threshold_table(found: Sequence[Row]) -> str:
    """Precision and recall of groups at the shipped threshold and at some others."""
    rows = [
        [
            row["label"],
            number(row["threshold"]),
            f"{number(row['right'])}, {number(row['found'])}",
            *(f"{number(right)}, {number(share)}" for _, right, share in row["cuts"]),
        ]
        for row in on(found, "corpus")
    ]
    cuts = [f"from {number(cut)}" for cut, _, _ in on(found, "corpus")[0]["cuts"]] if rows else []
    return markdown(["group", "ships at", "right, found", *cuts], rows)


def fairness_sentences(measured: dict[str, Any] | None) -> str:
    """Who is read worse, as a list."""
    return "\n".join(f"- {each}" for each in measured["sentences"]) if measured else NOT_MEASURED


def degraded_table(found: Sequence[Row] | None) -> str:
    """The falls: held out, then those of the shipped coder, one column a kind of noise."""
    if not found:
        return ""
    rows = []
    for task in dict.fromkeys(row["task"] for row in found):
        here = {row["noise"]: row for row in found if row["task"] == task}
        rows.append([task, *(_fall(here.get(noise)) for noise in ("6 % of words", "words", "swaps", "both"))])
    return markdown(
        ["F1 lost, in points", "6 % of words (held out)", "15 % of words", "5 % of turns swapped", "both"], rows
    )


def _fall(row: Row | None) -> str:
    if row is None:
        return MISSING
    span = "" if row["low"] is None else f" ({100 * row['low']:.0f} to {100 * row['high']:.0f})".replace("-", "−")
    return f"{100 * row['fall']:.1f}".replace("-", "−") + span


def ways_table(measured: dict[str, Any] | None) -> str:
    """What is reached by reading less than the turn in its place."""
    if not measured:
        return ""
    rows = measured["ways"]
    things = list(dict.fromkeys(row["thing"] for row in rows))
    table = [
        [way, *(number(next(r["value"] for r in rows if r["way"] == way and r["thing"] == thing)) for thing in things)]
        for way in dict.fromkeys(row["way"] for row in rows)
    ]
    return markdown(["average precision, by what is read", *things], table)


def shortcut_sentences(measured: dict[str, Any] | None) -> str:
    """The other controls, as a list."""
    if not measured:
        return NOT_MEASURED
    alike = "; ".join(
        f"{r['thing']} {number(r['among_all'])} and {number(r['among_alike'])}" for r in measured["alike"]
    )
    falls = "; ".join(
        f"{r['thing']} {signed(r['shuffled'] - r['clean'])} ({signed(-r['high'])} to {signed(-r['low'])})"
        for r in measured["shuffled"]
    )
    return "\n".join(
        [
            "- **Turns alike.** Share of pairs ranked rightly, first among all turns, then among turns of one length "
            f"in one third of the session: {alike}.",
            "- **Exchanges in another order**, read by the shipped coder, which has learned from these sessions, so "
            f"that only the change of F1 is to be read: {falls}.",
        ]
    )


def paraphrase_sentences(found: Sequence[Row] | None) -> str:
    """How often pairs are treated rightly, as a list."""
    return "\n".join(f"- {_pairs(row)}" for row in found) if found else NOT_MEASURED


def _pairs(row: Row) -> str:
    if row["ranked"] is None:
        return f"One act in two wordings: found in both in {row['both']} of {row['pairs']} pairs."
    return (
        f"One wording in two acts: found where it is and not where it is not in {row['both']} of {row['pairs']} pairs; "
        f"the right one is given the higher chance in {row['ranked']} (by word counts alone in {row['by_words']})."
    )


def curve_table(found: Sequence[Row] | None) -> str:
    """Average precision by share of the cases."""
    if not found:
        return ""
    shares = sorted({row["share"] for row in found})
    cases = {row["share"]: row["cases"] for row in found}
    rows = []
    for model, thing in dict.fromkeys((row["model"], row["thing"]) for row in found):
        line = {row["share"]: row for row in found if (row["model"], row["thing"]) == (model, thing)}
        step = points(line[shares[-1]]["value"] - line[shares[-2]]["value"])
        rows.append([thing.replace("_", " "), model, *(number(line[share]["value"]) for share in shares), step])
    heads = [f"{100 * share:.0f} % ({cases[share]} cases)" for share in shares]
    return markdown(["average precision", "model", *heads, "last step"], rows)
