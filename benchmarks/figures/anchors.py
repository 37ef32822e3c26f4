"""What a figure is measured by: what others published, and what it should at least be.

The aims for codes on the corpus and on transcripts are shares of what two readers reach with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from benchmarks.figures.figure import Figure

SHARE_OF_PEOPLE = 0.75
SOURCES = (
    "Wu and colleagues (2023), from text",
    "Hossain, Alexandersson & Müller (2024), with text, sound and ten utterances of context",
    "reported for text models on AnnoMI (therapist RoBERTa-base, client BERT-base); the source could not be traced",
    "reported as balanced accuracy, another measure; from human codes AUC .95, from codes by TF-IDF .90, from mere "
    "length .74, on all 133 transcripts",
    "Sharma and colleagues (2020), RoBERTa trained on such data; ours has learned none of them",
    "Goldberg and colleagues (2020), 1,235 real sessions, against the clients' ratings of the alliance",
)
PUBLISHED = {
    "AnnoMI therapist behaviour": ".72 [1] .811 [3] .83 [2]",
    "AnnoMI client talk": ".55 [1] .579 [3] .66 [2]",
    "AnnoMI session quality from the reading": ".65–.74 [4]",
    "EPITOME reaction": ".74–.77 [5]",
    "EPITOME interpretation": "about .60 [5]",
    "EPITOME exploration": ".56–.73 [5]",
    "session: attunement and the client's ratings": ".15 [6]",
}
AIMS = {
    "AnnoMI therapist behaviour": 0.80,
    "AnnoMI client talk": 0.64,
    "AnnoMI session quality from the reading": 0.92,
    "EPITOME, mean of the three": 0.50,
    "corpus: rupture episodes": 0.62,
    "corpus: repair episodes": 0.62,
    "corpus: corrective episodes": 0.50,
}
# Judged by what two readers reach with each other.
OF_PEOPLE = (
    "corpus: any strain",
    "corpus: withdrawal",
    "corpus: confrontation",
    "corpus: felt met",
    "corpus: repair moves",
    "corpus: misattuned or hostile",
)


def anchored(figures: Iterable[Figure]) -> list[Figure]:
    """The figures with what is published and aimed at."""
    return [
        replace(figure, published=PUBLISHED.get(figure.task, figure.published), aim=aim_of(figure))
        for figure in figures
    ]


def aim_of(figure: Figure, aims: Mapping[str, float] = AIMS) -> float | None:
    """The least that the figure should be; None where there is no aim."""
    by_people = figure.task in OF_PEOPLE or figure.task.startswith("AnnoMI, ") or figure.measure == "macro F1"
    if by_people and figure.people is not None:
        return SHARE_OF_PEOPLE * figure.people
    return aims.get(figure.task, figure.aim)
