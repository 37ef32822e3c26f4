"""Code tables and finders made up for a test: random ones, and ones in which every number is set by hand."""

from __future__ import annotations

import numpy as np

from attunement.codebook import CLIENT_TALK, CODES, THERAPIST_BEHAVIOUR, THERAPIST_CODES
from attunement.coder.table import CodeTable
from attunement.episodes.classify import Classifier, span_summary
from attunement.episodes.features import SIGNS
from attunement.episodes.finder import Finder
from attunement.episodes.spans import SpanInput, SpanModel
from attunement.transcripts.session import Roles, Session, Turn

THRESHOLD = 0.5
ATTRIBUTES = {
    "rupture.kind": ("confrontation", "mixed", "withdrawal"),
    "rupture.cause": ("criticism", "misunderstanding"),
    "rupture.resolution": ("full", "none", "partial"),
    "repair.initiated_by": ("client", "therapist"),
    "repair.resolution": ("full", "none", "partial"),
    "corrective.meaning": ("no", "yes"),
    "corrective.carryover": ("no", "yes"),
}


def session_of(*texts: str, first: str = "therapist") -> Session:
    """The two speaking in turn."""
    speakers = ["therapist", "client"] if first == "therapist" else ["client", "therapist"]
    turns = tuple(Turn(row + 1, speakers[row % 2], text) for row, text in enumerate(texts))  # type: ignore[arg-type]
    return Session("made-up", turns, Roles("T", "C", "labelled"))


def long_session(turns: int) -> Session:
    """A session in which every turn is long enough to be an answer."""
    return session_of(*["so this is what I have to say"] * turns)


def table_of(session: Session, codes: dict[int, dict[str, float]] | None = None) -> CodeTable:
    """Probabilities set by hand: turn number → code → probability, all others nought; levels and empathy nought."""
    count = len(session.turns)
    therapist = np.array([turn.speaker == "therapist" for turn in session.turns])
    of_therapist = np.array([code.speaker == "therapist" for code in CODES.values()])
    probabilities = np.where(therapist[:, None] == of_therapist, 0.0, np.nan).astype(np.float32)
    for number, values in (codes or {}).items():
        for code, probability in values.items():
            probabilities[number - 1, list(CODES).index(code)] = probability
    return CodeTable(
        codes=tuple(CODES),
        probabilities=probabilities,
        thresholds=dict.fromkeys(CODES, THRESHOLD),
        experiencing=_only(~therapist, np.eye(3)[[0] * count]),
        empathy=_only(therapist, np.eye(3)[np.zeros((count, 3), dtype=int)]),
        therapist_behaviour=_only(therapist, np.eye(len(THERAPIST_BEHAVIOUR))[[3] * count]),
        client_talk=_only(~therapist, np.eye(len(CLIENT_TALK))[[1] * count]),
    )


def random_table(session: Session, seed: int) -> CodeTable:
    """Anything a coder might answer."""
    random = np.random.default_rng(seed)
    plain, count = table_of(session), len(session.turns)
    therapist = np.array([turn.speaker == "therapist" for turn in session.turns])
    return CodeTable(
        codes=plain.codes,
        probabilities=(plain.probabilities + random.beta(0.3, 2, plain.probabilities.shape)).astype(np.float32),
        thresholds=plain.thresholds,
        experiencing=_only(~therapist, random.dirichlet([1, 1, 1], count)),
        empathy=_only(therapist, random.dirichlet([1, 1, 1], (count, 3))),
        therapist_behaviour=_only(therapist, random.dirichlet([1] * 4, count)),
        client_talk=_only(~therapist, random.dirichlet([1] * 3, count)),
    )


def _only(rows: np.ndarray, values: np.ndarray) -> np.ndarray:
    kept = values.astype(np.float32)
    kept[~rows] = np.nan
    return kept


def span_model(*, further_signs: int = 0, at_least: float = 0.3, **weights: float) -> SpanModel:
    """A span model by hand: `bias` and `a_turn`, and the weight of each sign for turns inside the span."""
    signs = len(SIGNS) + further_signs
    inside = np.zeros(signs)
    for name, weight in weights.items():
        if name in SIGNS:
            inside[SIGNS.index(name)] = weight
    return SpanModel(
        inside=inside,
        start=np.zeros(5 * signs),
        end=np.zeros(5 * signs),
        span=np.zeros(SpanInput.of(np.zeros((2, signs))).spans.shape[-1]),
        bias=weights.get("bias", 0.0),
        a_turn=weights.get("a_turn", 0.0),
        at_least=at_least,
    )


def random_span_model(seed: int, *, further_signs: int = 0) -> SpanModel:
    """Weights of plausible size, with a threshold at which something is found now and then."""
    random = np.random.default_rng(seed)
    by_hand = span_model(further_signs=further_signs)
    return SpanModel(
        *(random.normal(0, 0.6, len(part)) for part in (by_hand.inside, by_hand.start, by_hand.end, by_hand.span)),
        bias=-3.0,
        a_turn=-0.3,
        at_least=0.2,
        confidence=(float(random.uniform(0.5, 1.5)), float(random.normal(0, 0.5))),
    )


def random_classifier(classes: tuple[str, ...], width: int, seed: int) -> Classifier:
    """A classifier that looks at everything."""
    random = np.random.default_rng(seed)
    return Classifier(classes, random.normal(0, 0.5, (len(classes), width)), random.normal(0, 0.5, len(classes)))


def random_finder(seed: int) -> Finder:
    """A finder of which only the shape makes sense."""
    width = len(span_summary(np.zeros((2, len(SIGNS))), 0, 1))
    return Finder(
        spans={
            name: random_span_model(seed + number, further_signs=0 if name == "rupture" else 1)
            for number, name in enumerate(("rupture", "repair", "corrective"))
        },
        attributes={name: random_classifier(classes, width, seed) for name, classes in ATTRIBUTES.items()},
        replies=random_replies(seed),
    )


def random_replies(seed: int) -> Classifier:
    """Judges replies at random."""
    return random_classifier(("harmed", "met", "missed"), len(THERAPIST_CODES) + 3, seed)


def replies_met_by(code: str) -> Classifier:
    """A reply with this code certainly met the client; any other certainly missed."""
    weights = np.zeros((3, len(THERAPIST_CODES) + 3))
    weights[1, THERAPIST_CODES.index(code)] = 80.0
    return Classifier(("harmed", "met", "missed"), weights, np.array([-40.0, -40.0, 0.0]))
