"""`make bench-swaps`: how many turns under the wrong name are pointed out, and how often a clean session is suspected.

Sessions of the corpus and of AnnoMI, where it is to be had, from 15 entries on. What is learnt from words is learnt on
one half of the cases and videos and tried on the other, both ways; the threshold is chosen on the first half and the
figures are those of the second. In 5 % of turns the other speaker is put down, as poor recognisers do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table

from attunement.codebook import Speaker
from attunement.transcripts import role_words
from attunement.transcripts.role_words import Weights
from attunement.transcripts.roles import SURE
from attunement.transcripts.session import Roles, Session, Turn
from attunement.transcripts.swaps import FEWEST, chances_wrong
from attunement.transcripts.turn_words import TurnWords
from training import roles as role_training
from training.data import TrainingSession
from training.noise import degrade
from training.sources import Data
from training.turn_words import fit_turn_words

SWAPPED = 0.05
# No more of the clean sessions than this may be suspected, on the first half of the authored cases, over all ways in
# which a file may be cut. (Names in AnnoMI are not always right themselves, so that it cannot serve here.)
FALSE_ALARMS = 0.02
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)

Utterances = list[tuple[str, Speaker]]


def in_turns(session: TrainingSession) -> Utterances:
    """One entry a turn."""
    return list(zip(session.texts, session.speakers, strict=True))


def without_short_turns(session: TrainingSession) -> Utterances:
    """Half of the turns under five words left out, as typists do: speakers no longer take turns strictly."""
    rng = np.random.default_rng(list(session.id.encode()))
    return [each for each in in_turns(session) if len(each[0].split()) >= 5 or rng.random() < 0.5]


CUTS: dict[str, Callable[[TrainingSession], Utterances]] = {
    "one entry a turn": in_turns,
    "short turns left out": without_short_turns,
}


@dataclass(frozen=True)
class Answer:
    """The chances given to the entries of one session: as it is, and with swaps, beside what is true."""

    clean: list[float]
    swapped: list[float]
    wrong: list[bool]


def answers(sessions: Iterable[TrainingSession], words: TurnWords, cut: str, *, recognised: bool) -> Iterator[Answer]:
    """Every session long enough."""
    for session in sessions:
        rng = np.random.default_rng(list(session.id.encode()))
        entries = CUTS[cut](session)
        if len(entries) < FEWEST:
            continue
        texts = [degrade(text, rng) if recognised else text for text, _ in entries]
        speakers = [who for _, who in entries]
        wrong = (rng.random(len(entries)) < SWAPPED).tolist()
        heard = [_other(who) if swap else who for who, swap in zip(speakers, wrong, strict=True)]
        yield Answer(chances_wrong(texts, speakers, words), chances_wrong(texts, heard, words), wrong)


def _other(who: Speaker) -> Speaker:
    return "client" if who == "therapist" else "therapist"


def suspected(found: list[Answer], threshold: float) -> float:
    """The share of clean sessions in which anything is pointed out."""
    return float(np.mean([max(answer.clean) >= threshold for answer in found]))


def precision_and_recall(found: list[Answer], threshold: float) -> tuple[float, float]:
    """Over all entries of sessions with swaps."""
    pointed = np.concatenate([np.array(answer.swapped) >= threshold for answer in found])
    wrong = np.concatenate([answer.wrong for answer in found])
    return float(wrong[pointed].mean()) if pointed.any() else float("nan"), float(pointed[wrong].mean())


def halves(data: Data) -> tuple[list[TrainingSession], list[TrainingSession]]:
    """All sessions in two, cases and videos whole."""
    groups = sorted({session.group for session in data.sessions})
    first = set(np.random.default_rng(0).permutation(groups)[: len(groups) // 2].tolist())
    return (
        [session for session in data.sessions if session.group in first],
        [session for session in data.sessions if session.group not in first],
    )


def choose(found: list[Answer]) -> float:
    """The lowest threshold at which hardly a clean session is suspected."""
    return next(threshold for threshold in THRESHOLDS if suspected(found, threshold) <= FALSE_ALARMS)


def exchanged(learnt: list[TrainingSession], tried: list[TrainingSession]) -> tuple[int, float, float]:
    """Sessions tried; the share said to be exchanged when they are, and when they are not."""
    known = [role_training.Known(as_session(session), session.group, session.source) for session in learnt]
    base = role_training.base_rates(known)
    fitted = role_training.fit(known, base)
    weights = Weights(role_training.PRIOR_WORDS, base, dict(zip(base, fitted.tolist(), strict=True)))
    chances = []
    for session in tried:
        if len(session) < FEWEST:
            continue
        spoken = {
            role: role_words.score(
                [text for text, who in zip(session.texts, session.speakers, strict=True) if who == role], weights
            )
            for role in ("therapist", "client")
        }
        chances.append(role_words.probability(spoken["therapist"], spoken["client"]))
    right = np.array(chances)
    return len(right), float((right >= SURE).mean()), float((1 - right >= SURE).mean())


def as_session(session: TrainingSession) -> Session:
    """As the guess of roles wants it."""
    said = enumerate(zip(session.speakers, session.texts, strict=True), start=1)
    return Session(session.id, tuple(Turn(n, who, text) for n, (who, text) in said), Roles("T", "C", "labelled"))


def main() -> None:
    """Print both tables."""
    data = Data.load()
    first, second = halves(data)
    on_first, on_second = fit_turn_words(second), fit_turn_words(first)
    ways = [(cut, recognised) for cut in CUTS for recognised in (False, True)]
    authored = [session for session in first if session.source == "corpus"]
    threshold = choose(
        [each for cut, recognised in ways for each in answers(authored, on_first, cut, recognised=recognised)]
    )
    console = Console(width=120)
    table = Table(
        title=f"Turns under the wrong name ({SWAPPED:.0%}), threshold {threshold} from the other half",
        title_justify="left",
    )
    for name in (
        "file",
        "text",
        "source",
        "sessions",
        "entries swapped",
        "precision",
        "recall",
        "clean sessions suspected",
    ):
        table.add_column(name, justify="left" if name in ("file", "text", "source") else "right")
    for cut, recognised in ways:
        for source in ("corpus", "annomi"):
            found = list(answers([s for s in second if s.source == source], on_second, cut, recognised=recognised))
            if found:
                precision, recall = precision_and_recall(found, threshold)
                swapped = sum(sum(answer.wrong) for answer in found)
                text = "as recognised" if recognised else "as written"
                table.add_row(
                    cut,
                    text,
                    source,
                    str(len(found)),
                    str(swapped),
                    f"{precision:.2f}",
                    f"{recall:.2f}",
                    f"{suspected(found, threshold):.1%}",
                )
    console.print(table)
    count, noticed, false = exchanged(first, second)
    console.print(
        f"Roles exchanged in the whole session, {count} sessions: said in {noticed:.1%} of them; of sessions with the "
        f"right roles, {false:.1%} are said to be exchanged."
    )


if __name__ == "__main__":
    main()
