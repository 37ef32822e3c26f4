"""Fit the episode finder on out-of-fold code tables: the tables it will meet are as unsure as these."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from attunement.coder.table import CodeTable
from attunement.episodes.classify import Classifier, span_summary
from attunement.episodes.features import Floats, signs_of
from attunement.episodes.finder import COMPONENTS, Finder
from attunement.episodes.moments import CALLING, reply_features, reply_to
from attunement.episodes.semimarkov import choose, inside, overlap, posterior
from attunement.episodes.spans import SpanInput, SpanModel
from attunement.evaluation.coded import CodedSession, TurnCodes
from training.spans import SpanExample, fit_spans

TYPES = ("rupture", "repair", "corrective")
PENALTY = {"rupture": 3.0, "repair": 3.0, "corrective": 6.0}

# What makes a reply one that met the client, where nothing in it missed or harmed.
MEETING = frozenset(
    {
        "reflection_simple",
        "reflection_complex",
        "validation",
        "warmth",
        "affirmation",
        "senses_unspoken",
        "invite_feedback",
        "acknowledge_part",
        "clarify_misunderstanding",
        "validate_defence",
        "disclose_here_now",
        "change_task",
    }
)


def fit_finders(
    coded: list[CodedSession], tables: list[CodeTable], fold: list[int]
) -> tuple[Finder, dict[int, Finder]]:
    """The finder that ships, and for each fold one that has not seen its sessions.

    `tables` are out-of-fold too: each from a coder that had not seen the session.
    """
    signs = [signs_of(table) for table in tables]
    inputs = [SpanInput.of(each) for each in signs]
    shipped: dict[str, SpanModel] = {}
    by_fold: dict[int, dict[str, SpanModel]] = {number: {} for number in sorted(set(fold))}
    for kind in TYPES:
        shipped[kind], models, held_out = fit_type(coded, inputs, fold, kind)
        for number, model in models.items():
            by_fold[number][kind] = model
        if kind == "rupture":
            inputs = [
                SpanInput.of(np.column_stack([each, inside(spans)]))
                for each, spans in zip(signs, held_out, strict=True)
            ]

    def whole(spans: dict[str, SpanModel], rows: list[int]) -> Finder:
        some, theirs = [coded[row] for row in rows], [signs[row] for row in rows]
        return Finder(spans, fit_attributes(some, theirs), fit_replies(some, [tables[row] for row in rows]))

    others = {number: [row for row, f in enumerate(fold) if f != number] for number in by_fold}
    return (
        whole(shipped, list(range(len(coded)))),
        {number: whole(spans, others[number]) for number, spans in by_fold.items()},
    )


def fit_type(
    coded: list[CodedSession], inputs: list[SpanInput], fold: list[int], kind: str
) -> tuple[SpanModel, dict[int, SpanModel], list[Floats]]:
    """Span models of one type: for all sessions, for each fold from the others, and the held-out posteriors.

    A model's threshold and confidence are set on held-out posteriors of sessions it may know of.
    """
    examples = [
        SpanExample(session, [(e.start - 1, e.end - 1) for e in one.episodes if e.type == kind])
        for session, one in zip(inputs, coded, strict=True)
    ]
    held_out: list[Floats] = [np.empty(0)] * len(examples)
    models: dict[int, SpanModel] = {}
    for number in sorted(set(fold)):
        models[number] = fit_spans(
            [e for e, f in zip(examples, fold, strict=True) if f != number], penalty=PENALTY[kind]
        )
        for row, f in enumerate(fold):
            if f == number:
                held_out[row] = posterior(models[number].scores(examples[row].session))[0]

    def tuned(model: SpanModel, rows: list[int]) -> SpanModel:
        spans, truth = [held_out[row] for row in rows], [examples[row].spans for row in rows]
        at_least = max(np.arange(0.16, 0.6, 0.02), key=lambda value: found_f1(spans, truth, float(value)))
        return replace(model, at_least=round(float(at_least), 2), confidence=fit_confidence(spans, truth))

    for number, model in models.items():
        models[number] = tuned(model, [row for row, f in enumerate(fold) if f != number])
    everyone = list(range(len(examples)))
    return tuned(fit_spans(examples, penalty=PENALTY[kind]), everyone), models, held_out


def found_f1(posteriors: list[Floats], truth: list[list[tuple[int, int]]], at_least: float) -> float:
    """F1 of spans found, matched one to one at intersection over union of a half."""
    hits = found = true = 0
    for spans, ours in zip(posteriors, truth, strict=True):
        chosen = [(span.first, span.last) for span in choose(spans, at_least=at_least)]
        hits += matched(chosen, ours)
        found, true = found + len(chosen), true + len(ours)
    return 2 * hits / max(found + true, 1)


def matched(found: list[tuple[int, int]], true: list[tuple[int, int]]) -> int:
    """How many of the true spans have a partner among the found ones."""
    left, hits = list(true), 0
    for span in found:
        partner = next((other for other in left if same(span, other)), None)
        if partner is not None:
            left.remove(partner)
            hits += 1
    return hits


def same(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans overlap by half or more."""
    both = np.array([first, second])
    return bool(overlap(both[:, 0], both[:, 1])[0, 1] >= 0.5)


def fit_confidence(posteriors: list[Floats], truth: list[list[tuple[int, int]]]) -> tuple[float, float]:
    """How the model's own chance relates to being right, on the log-odds scale, from every span it would propose.

    Where all of them are right, or none is, the chance stays as it is.
    """
    odds, right = [], []
    for spans, ours in zip(posteriors, truth, strict=True):
        for span in choose(spans, at_least=0.05):
            chance = min(max(span.confidence, 1e-4), 1 - 1e-4)
            odds.append(np.log(chance / (1 - chance)))
            right.append(any(same((span.first, span.last), other) for other in ours))
    if len(set(right)) < 2:
        return 1.0, 0.0
    model = LogisticRegression(C=10.0).fit(np.array(odds)[:, None], np.array(right))
    return round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4)


def classifier(features: np.ndarray, labels: list[str], *, strength: float) -> Classifier:
    """A multinomial logistic regression on standardised features, the standardising folded into the weights."""
    centre, scale = features.mean(axis=0), features.std(axis=0) + 0.05
    model = LogisticRegression(C=strength, max_iter=500).fit((features - centre) / scale, labels)
    weights, bias = model.coef_ / scale, model.intercept_
    if len(model.classes_) == 2:
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    return Classifier(tuple(str(name) for name in model.classes_), weights, bias - weights @ centre)


def fit_attributes(coded: list[CodedSession], signs: list[Floats]) -> dict[str, Classifier]:
    """One classifier for each attribute of each type, on the spans people marked."""
    rows: dict[str, list[np.ndarray]] = {kind: [] for kind in TYPES}
    labels: dict[str, list[str]] = {}
    for session, table in zip(coded, signs, strict=True):
        for episode in session.episodes:
            rows[episode.type].append(span_summary(table, episode.start - 1, episode.end - 1))
            for name, value in episode_labels(episode.type, episode.attributes, episode.components).items():
                labels.setdefault(f"{episode.type}.{name}", []).append(value)
    return {
        name: classifier(np.array(rows[name.split(".")[0]]), values, strength=0.01) for name, values in labels.items()
    }


def episode_labels(kind: str, attributes: dict[str, str], components: tuple[str, ...]) -> dict[str, str]:
    """The attributes the finder says, as a person marked them."""
    if kind == "rupture":
        return {name: attributes[name] for name in ("kind", "cause", "resolution")}
    if kind == "repair":
        return {name: attributes[name] for name in ("initiated_by", "resolution")}
    open_parts = [part for part in COMPONENTS if part in ("meaning", "carryover")]
    return {part: "yes" if part in components else "no" for part in open_parts}


def fit_replies(coded: list[CodedSession], tables: list[CodeTable]) -> Classifier:
    """Whether a reply to a calling client turn met, missed or harmed, as people's codes tell."""
    features, labels = [], []
    for session, table in zip(coded, tables, strict=True):
        turns = session.session.turns
        for row, marks in enumerate(session.codes):
            reply = reply_to(turns, row) if marks.codes & set(CALLING) else None
            if reply is not None:
                features.append(reply_features(table, reply))
                labels.append(answer_of(session.codes[reply]))
    return classifier(np.array(features), labels, strength=0.03)


def answer_of(reply: TurnCodes) -> str:
    """What a person's codes say of a reply: harmed before missed before met; nothing coded counts as missed."""
    if "hostile" in reply.codes:
        return "harmed"
    if reply.codes & {"misattuned", "redirect"}:
        return "missed"
    return "met" if reply.codes & MEETING or any(reply.empathy or ()) else "missed"
