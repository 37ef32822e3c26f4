"""`make model-card`: `docs/model-card.md` and the figures in README.md, from the files of the last training run.

The words of the card are in `model_card.md.jinja`; this module puts figures, and what follows from them, into words.
"""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from attunement.codebook import CODES
from attunement.evaluation.trust import FAIR_F1, LARGE_CALIBRATION_ERROR
from benchmarks.figures.figure import Figure
from tools import model_card_measured as measured
from tools import readme_figures
from tools.model_card_picture import reliability_svg
from tools.model_card_words import listed, markdown, percent, points, thousands
from tools.results import MISSING, Corpus, Results, number, with_interval, with_spread

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CARD = ROOT / "docs" / "model-card.md"
PICTURE = ROOT / "docs" / "pictures" / "reliability.svg"
TEMPLATE = "model_card.md.jinja"
OVER_ALL_CODES = f"corpus: all {len(CODES)} codes"
CALIBRATION = "mean calibration error"
ATTRIBUTE = " episodes found: "


def page(results: Results, corpus: Corpus) -> str:
    """The whole card."""
    run = results.run
    annomi = run["sessions"]["annomi"]
    calibration = results.further.get("calibration", [])
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=False,  # Markdown, from our own files
        keep_trailing_newline=True,
    )
    return environment.get_template(TEMPLATE).render(
        results=results,
        corpus=corpus,
        codebook=CODES,
        recipe=run["recipe"],
        machine=run["machine"],
        precision=run["precision"],
        annomi=annomi,
        strain=sum(name.startswith("a/") for name in run["inputs_sha256"]),
        inputs=len(run["inputs_sha256"]),
        digest=results.combined_digest(),
        learnt=learnt(corpus, annomi),
        summary=readme_figures.table(results),
        meaning=readme_figures.meaning(results),
        weakest=listed(label for label, _ in weakest(results)[:3]),
        trust=Counter(row["trust"] for row in results.codes),
        on_corpus=figure_table(on_corpus(results)),
        on_annomi=figure_table(on_annomi(results)),
        attributes=attribute_table(results),
        over_all=over_all_codes(results),
        mean_error=mean_calibration_error(results),
        code_table=code_tables(results),
        off=listed(name(row) for row in results.codes if (row["calibration_error"] or 0) > LARGE_CALIBRATION_ERROR),
        largest_error=LARGE_CALIBRATION_ERROR,
        misheard=misheard(results),
        seeds=seeds(results),
        aims=measured.aims_table(results),
        open_cells=measured.open_cells(results),
        published=measured.published_table(results),
        epitome=measured.plain_table(results, "EPITOME"),
        sessions=measured.plain_table(results, "session: "),
        calibration=measured.calibration_table(calibration),
        thresholds=measured.threshold_table(calibration),
        fairness=measured.fairness_sentences(results.further.get("fairness")),
        garbled=measured.degraded_table(results.further.get("degraded")),
        ways=measured.ways_table(results.further.get("shortcuts")),
        shortcuts=measured.shortcut_sentences(results.further.get("shortcuts")),
        paraphrases=measured.paraphrase_sentences(results.further.get("paraphrases")),
        curve=measured.curve_table(results.further.get("learning-curve")),
        failures="\n".join(f"- {each}" for each in failures(results)),
        number=number,
        percent=percent,
        thousands=thousands,
    )


def learnt(corpus: Corpus, annomi: int) -> str:
    """What the weights come from, in one paragraph."""
    demonstrations = (
        f", and {annomi} transcribed demonstrations of motivational interviewing (AnnoMI)" if annomi else ""
    )
    return textwrap.fill(
        f"**What it learned from.** {corpus.sessions} sessions and excerpts invented for this project and coded turn "
        f"by turn{demonstrations}. It has seen no recording of a real therapy, and no clinician has coded with its "
        "codebook.",
        width=120,
    )


def seeds(results: Results) -> str:
    """How many trainings the figures rest on."""
    return "one seed" if len(results.seeds) == 1 else f"{len(results.seeds)} seeds"


def on_corpus(results: Results) -> list[Figure]:
    """Groups of codes, episodes, levels; not the means over all codes."""
    return [each for each in results.figures if each.task.startswith("corpus: ") and each.task != OVER_ALL_CODES]


def on_annomi(results: Results) -> list[Figure]:
    """The labels of motivational interviewing, and our codes on the same transcripts."""
    return [each for each in results.figures if each.task.startswith("AnnoMI")]


def attribute_table(results: Results) -> str:
    """How often what is said of an episode is right, where the episode was found; empty when not measured."""
    told = [(each.task.split(ATTRIBUTE), each) for each in results.figures if ATTRIBUTE in each.task]
    rows = [
        [kind, attribute.replace("_", " "), number(each.value), thousands(each.examples or 0)]
        for (kind, attribute), each in told
    ]
    return markdown(["episode", "what is said", "share right", "episodes"], rows) if rows else ""


def figure_table(figures: list[Figure]) -> str:
    """One row a task; empty when there is none."""
    if not figures:
        return ""
    rows = [
        [
            each.task.removeprefix("corpus: "),
            each.measure,
            MISSING if each.examples is None else thousands(each.examples),
            with_spread(each),
            MISSING if each.low is None else f"{number(each.low)}–{number(each.high)}",
            *(number(value) for value in (each.degraded, each.baseline, each.people)),
        ]
        for each in figures
    ]
    return markdown(["what", "measure", "examples", "ours", "95 %", "misheard", "word counts", "two readers"], rows)


def over_all_codes(results: Results) -> str:
    """The means over the single codes."""
    means = (each for each in results.figures if each.task == OVER_ALL_CODES and each.measure != CALIBRATION)
    return ", ".join(f"{each.measure} {number(each.value)}" for each in means)


def mean_calibration_error(results: Results) -> str:
    """The mean over all codes, in points of a hundred."""
    return next((points(each.value) for each in results.figures if each.measure == CALIBRATION), "")


def code_tables(results: Results) -> str:
    """One table a speaker, in the codebook's order."""
    head = ["code", "examples", "trust it?", "from", "right", "found", "F1", "ranking", "off by"]
    figures = ("precision", "recall", "f1", "average_precision")
    parts = []
    for speaker in ("client", "therapist"):
        rows = [
            [
                name(row),
                thousands(row["examples"]),
                row["trust"],
                number(row.get("threshold")),
                *(with_interval(row[each], row[f"{each}_low"], row[f"{each}_high"]) for each in figures),
                MISSING if row["calibration_error"] is None else f"{100 * row['calibration_error']:.1f}",
            ]
            for row in results.codes
            if row["speaker"] == speaker
        ]
        parts.append(f"**{speaker.capitalize()}**\n\n{markdown(head, rows)}")
    return "\n\n".join(parts)


def misheard(results: Results) -> str:
    """How much is lost on degraded text, on average and at worst."""
    both = [each for each in results.figures if each.degraded is not None]
    if not both:
        return "Not measured in this run."
    lost = sorted(both, key=lambda each: each.value - each.degraded, reverse=True)
    mean = sum(each.value - each.degraded for each in both) / len(both)
    worst = lost[0]
    return (
        "On text without punctuation and capitals, with 6 % of the words lost, doubled or wrong, "
        f"{points(mean)} of F1 are lost on average over {len(both)} tasks, most at {plain(worst)}: "
        f"from {number(worst.value)} to {number(worst.degraded)}."
    )


def weakest(results: Results) -> list[tuple[str, float]]:
    """The codes with the lowest F1 first, with their F1; those without examples left out."""
    told = [(name(row), row["f1"]) for row in results.codes if row["f1"] is not None]
    return sorted(told, key=lambda pair: pair[1])


def failures(results: Results) -> list[str]:
    """What the figures say it should not be trusted with, as sentences."""
    poor = sorted((row for row in results.codes if row["trust"] == "no"), key=lambda row: row["f1"])
    unknown = [name(row) for row in results.codes if row["trust"] == "cannot tell"]
    loose = [plain(each) for each in on_corpus(results) if each.low is not None and each.low < FAIR_F1]
    beaten = [
        plain(each)
        for each in results.figures
        if each.baseline is not None
        and each.task.startswith(("corpus", "AnnoMI"))
        and each.baseline + (each.spread or 0) >= each.value
    ]
    found = [
        (
            "Not to be relied on, code by code (F1 may be below .30): {}.",
            [f"{name(r)} {number(r['f1'])}" for r in poor],
        ),
        ("Too few examples to tell: {}.", unknown),
        ("As a whole only with care (F1 may be below .50): {}.", loose),
        ("No better than word counts, or by less than the spread: {}.", beaten),
    ]
    return [sentence.format(", ".join(names)) for sentence, names in found if names]


def plain(figure: Figure) -> str:
    """A task's name without the data set it is measured on, which the tables tell."""
    return figure.task.removeprefix("corpus: ")


def name(row: dict[str, Any]) -> str:
    """A code as the codebook writes it."""
    return f"`{row['name']}`"


def main() -> None:
    """Write both."""
    try:
        results = Results.load()
    except FileNotFoundError as missing:
        sys.exit(f"{Path(missing.filename).name} is missing: `make train`, then `make bench-accuracy` write it.")
    CARD.write_text(page(results, Corpus.beside(results)), encoding="utf-8")
    if calibration := results.further.get("calibration"):
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_text(reliability_svg(measured.on(calibration, "corpus")), encoding="utf-8")
    README.write_text(readme_figures.with_figures(README.read_text(encoding="utf-8"), results), encoding="utf-8")
    print(f"docs/{CARD.name}\n{README.name}")


if __name__ == "__main__":
    main()
