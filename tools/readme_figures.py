"""The most telling figures of the last training run, between the marks that README.md keeps for them."""

from __future__ import annotations

import re
import textwrap

from tools.results import Results, number, with_spread

MARKS = re.compile(r"(<!-- figures:begin -->\n).*?(<!-- figures:end -->)", re.DOTALL)

# What is asked, in words for people who know sessions but not the codebook.
TELLING = {
    "corpus: any strain": "turns: the client moves away or against",
    "corpus: felt met": "turns: the client feels met",
    "corpus: repair moves": "turns: the therapist takes strain up",
    "corpus: misattuned or hostile": "turns: the therapist misses or hurts",
    "corpus: rupture episodes": "ruptures, from beginning to end",
    "corpus: repair episodes": "repairs, from beginning to end",
    "corpus: corrective episodes": "corrective experiences, from beginning to end",
    "AnnoMI therapist behaviour": "motivational interviewing: question, reflection, input, other",
    "AnnoMI client talk": "motivational interviewing: talk for, against or beside change",
}


def with_figures(readme: str, results: Results) -> str:
    """The README with the table and what it means."""
    text = f"{table(results)}\n\n{meaning(results)}"
    return MARKS.sub(lambda marks: f"{marks[1]}{text}\n{marks[2]}", readme)


def table(results: Results) -> str:
    """One row for each of `TELLING` that was measured."""
    head = "| finds | Attunement | word counts | two readers |\n|---|---|---|---|"
    rows = [
        f"| {words} | {with_spread(figure)} | {number(figure.baseline)} | {number(figure.people)} |"
        for task, words in TELLING.items()
        if (figure := results.of(task))
    ]
    return "\n".join([head, *rows])


def meaning(results: Results) -> str:
    """What the numbers of the table are, and how far to believe them."""
    return textwrap.fill(
        f"Agreement with the coding (F1), on sessions of people that the coder had not met; run of {results.date}. "
        "1 is full agreement, 0 none; .60 comes out when six of ten marks are right and six of ten places are found: "
        "enough to point at places to read, not to believe a single mark. *Word counts* is a simple baseline, *two "
        f"readers* how far two careful readers agree with each other; ± is the spread over {results.folds} parts of "
        "the data. The sessions are invented, written and coded by language models, those of motivational interviewing "
        f"are demonstrations. **With real clients expect less**{_on_demonstrations(results)}.",
        width=120,
        break_on_hyphens=False,
    )


def _on_demonstrations(results: Results) -> str:
    figure = results.strain_on_demonstrations
    if figure is None:
        return ""
    transcripts = figure.task.removeprefix("AnnoMI, ").removesuffix(": strain")
    strain = number(figure.value)
    return f": on {transcripts} of demonstrations, which nobody wrote for it, agreement on strain is {strain}"
