"""Learn from common words who is the therapist: `python -m training.roles CORPUS [--annomi CSV]`.

Writes `role_words.json` into the package: base rates and weights of a fixed list of function words and set phrases, no
text. Prints how often the guess is right on sessions kept aside (folds by case and by video), on whole sessions and on
their beginnings, as written and as a speech recogniser would have it. Needs scikit-learn; takes a minute.
"""

# ruff: noqa: SIM905 (lists of words read better as text)
from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

import attunement.transcripts.role_words as role_words
from attunement.evaluation.coded import read_coded
from attunement.transcripts import Session, load_all

TARGET = Path(role_words.__file__).with_name("role_words.json")

WORDS = """
i i'm i've i'd i'll me my myself you you're you've you'd you'll your yourself we we're us our let's he he's she she's
they they're them him her his their it it's that that's this there what what's how why who where when which so and but
because or if then just like really maybe actually probably okay ok yeah yes no right sure well oh um uh mm mm-hmm mm-hm
mhm hmm hm good great feel feeling feels felt think thought know said say says told tell was were had did do does don't
didn't would could can can't is are am not never always the a an of to in on at with about for from up out today week
""".split()
PHRASES = """
i don't know|i don't|i just|i think|i guess|i mean|i was|i can't|i hear|i wonder|i'm wondering|i want to|i'd like|
i'm sorry|you know|you feel|you were|do you|did you|have you|are you|were you|would you|can you|could you|if you|
when you|for you|with you|to you|tell me|part of you|it sounds|sounds like|it seems|seems like|kind of|sort of|a bit|
a little|what do|
what would|what was|what is|what happens|how do|how did|how was|how does|how are|how would|and then|and i|but i|
so i|so you|and you|that you|what you|you said|you say|for me|to me|my mum|my mom|thank you|this week|last time
""".replace("\n", "").split("|")
FIRST_WORDS = """
so and but what how do did is are i yeah yes no okay mm-hmm mm well that it you because right tell can would when oh not
""".split()
VOCABULARY = sorted(
    {*WORDS, *PHRASES, *(role_words.FIRST + word for word in FIRST_WORDS), role_words.TURN, role_words.QUESTION_MARK}
)

Rates = dict[str, float]
BEGINNINGS = (2, 4, 10, 20, None)
FOLDS = 5
# The lowest log loss of a small grid (20, 60, 150 words; 0.02 to 5) over the same folds.
PRIOR_WORDS = 20.0
STRENGTH = 0.05
WHOLE_SESSION_TURNS = 30
FILLERS = re.compile(r"\b(?:um+|uh+|mm+(?:-hm+)?|hm+|mhm+)\b", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Known:
    """A session with known roles; `group` is never split between folds."""

    session: Session
    group: str
    source: str


def main() -> None:
    """Measure by cross-validation, fit on everything, write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path, help="folder with the authored sessions (coded text)")
    arguments.add_argument("--annomi", type=Path, help="AnnoMI as CSV; left out if not given")
    arguments.add_argument("--out", type=Path, default=TARGET)
    options = arguments.parse_args()
    known = [*authored(options.corpus), *(annomi(options.annomi) if options.annomi else [])]
    base = base_rates(known)
    slope = report(known, base)
    fitted = fit(known, base) * slope
    write(options.out, base, fitted)
    print(f"{len(known)} sessions; weights written to {options.out.name}")


def authored(folder: Path) -> list[Known]:
    """The corpus, grouped by case."""
    coded = [read_coded(path) for path in sorted(folder.glob("*.txt"))]
    return [Known(item.session, f"corpus:{item.case}", "corpus") for item in coded]


def annomi(path: Path) -> list[Known]:
    """AnnoMI, grouped by video."""
    with path.open(encoding="utf-8", newline="") as lines:
        video = {row["transcript_id"]: row["video_url"] for row in csv.DictReader(lines)}
    return [Known(session, f"annomi:{video[session.id]}", "annomi") for session in load_all(path)]


def as_written(text: str) -> str:
    """The clean condition."""
    return text


def as_recognised(text: str) -> str:
    """Without fillers, punctuation and capitals, as speech recognisers give it."""
    return " ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)?", FILLERS.sub(" ", text).casefold()))


CONDITIONS: dict[str, Callable[[str], str]] = {"as written": as_written, "as recognised": as_recognised}


def base_rates(known: Iterable[Known]) -> Rates:
    """Each feature's rate per word over everyone's speech; features seen fewer than 20 times are left out."""
    turns = [turn.text for item in known for turn in item.session.turns]
    counts, total = role_words.count(turns, VOCABULARY)
    return {feature: counts[feature] / total for feature in VOCABULARY if counts[feature] >= 20}


def difference(item: Known, base: Rates, turns: int | None, change: Callable[[str], str]) -> np.ndarray | None:
    """Therapist's features minus client's, from the first `turns` turns; None unless both speak."""
    spoken: dict[str, list[str]] = {"therapist": [], "client": []}
    for turn in item.session.turns[:turns]:
        spoken[turn.speaker].append(change(turn.text))
    if not all(spoken.values()):
        return None
    therapist, client = (role_words.features(spoken[role], base, PRIOR_WORDS) for role in ("therapist", "client"))
    return np.array([therapist[feature] - client[feature] for feature in base])


def fit(known: Sequence[Known], base: Rates) -> np.ndarray:
    """Logistic weights without an intercept, so that swapping the speakers swaps the answer."""
    rows, weights = [], []
    for item in known:
        found = [
            row
            for change in CONDITIONS.values()
            for turns in BEGINNINGS
            if (row := difference(item, base, turns, change)) is not None
        ]
        rows += found
        weights += [1 / len(found)] * len(found)
    table, weight = np.array(rows), np.array(weights)
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=2000)
    model.fit(
        np.concatenate([table, -table]),
        np.repeat([1, 0], len(table)),
        sample_weight=np.concatenate([weight, weight]),
    )
    return model.coef_[0]


def report(known: Sequence[Known], base: Rates) -> float:
    """Print the figures; return the slope that makes the left-out answers calibrated."""
    groups = [item.group for item in known]
    answers: dict[tuple[str, int | None], list[tuple[Known, float]]] = {}
    for train, test in GroupKFold(FOLDS).split(known, groups=groups):
        fitted = fit([known[i] for i in train], base)
        for name, change in CONDITIONS.items():
            for turns in BEGINNINGS:
                answers.setdefault((name, turns), []).extend(
                    judge([known[i] for i in test], fitted, base, turns, change)
                )
    slope = calibration_slope(np.array([logit for values in answers.values() for _, logit in values]))
    print(f"Guessing the therapist: {FOLDS} folds by case and video; slope for calibration {slope:.2f}")
    print(f"{'sessions':22} {'text':14} {'turns':>6} {'n':>5} {'right':>6} {'mean confidence':>16} {'ECE':>6}")
    for (name, turns), values in answers.items():
        for title, wanted in subsets(known).items():
            logits = np.array([logit for item, logit in values if item in wanted])
            print(f"{title:22} {name:14} {turns or 'all':>6} {line(logits * slope)}")
    for left_out in sorted({item.source for item in known}):
        others = [item for item in known if item.source != left_out]
        if others:
            rest = [item for item in known if item.source == left_out]
            found = judge(rest, fit(others, base), base, None, as_recognised)
            print(
                f"{left_out} without training on it, all turns as recognised: {line(np.array([z for _, z in found]))}"
            )
    return slope


def judge(
    known: Iterable[Known], fitted: np.ndarray, base: Rates, turns: int | None, change: Callable[[str], str]
) -> list[tuple[Known, float]]:
    """The log odds of the right answer for each session in which both speak."""
    rows = ((item, difference(item, base, turns, change)) for item in known)
    return [(item, float(row @ fitted)) for item, row in rows if row is not None]


def subsets(known: Sequence[Known]) -> dict[str, list[Known]]:
    """The groups of sessions to report on."""
    found = {"all": list(known)}
    for source in sorted({item.source for item in known}):
        found[source] = [item for item in known if item.source == source]
    found[f"{WHOLE_SESSION_TURNS}+ turns"] = [item for item in known if len(item.session.turns) >= WHOLE_SESSION_TURNS]
    return found


def calibration_slope(logits: np.ndarray) -> float:
    """The factor under which left-out logits are the log odds of being right (Platt scaling without intercept)."""
    model = LogisticRegression(C=1e6, fit_intercept=False)
    model.fit(np.concatenate([logits, -logits])[:, None], np.repeat([1, 0], len(logits)))
    return float(model.coef_[0, 0])


def line(logits: np.ndarray) -> str:
    """Number, accuracy, mean confidence, expected calibration error in ten bins of confidence."""
    confidence = 1 / (1 + np.exp(-np.abs(logits)))
    right = logits > 0
    bins = np.minimum(((confidence - 0.5) * 20).astype(int), 9)
    error = sum(
        abs(right[bins == b].mean() - confidence[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    )
    return f"{len(logits):>5} {right.mean():>6.3f} {confidence.mean():>16.3f} {error:>6.3f}"


def write(path: Path, base: Rates, weights: np.ndarray) -> None:
    """Base rates and weights, rounded to what matters."""
    entries = {
        feature: {"base": float(f"{rate:.4g}"), "weight": round(float(weight), 4)}
        for (feature, rate), weight in zip(base.items(), weights, strict=True)
    }
    content = {"prior_words": PRIOR_WORDS, "features": entries}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
