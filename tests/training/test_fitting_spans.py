from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from attunement.episodes.features import SIGNS
from attunement.episodes.semimarkov import posterior
from attunement.episodes.spans import SpanInput
from training import spans
from training.episodes import found_f1
from training.spans import SpanExample, fit_spans

STRAIN, REPAIR = SIGNS.index("strain"), SIGNS.index("repair")


def planted(seed: int, *, turns: int = 14) -> SpanExample:
    """Noise on every sign; inside the one episode, in two sessions of three, strain is raised."""
    random = np.random.default_rng(seed)
    signs = random.uniform(0, 0.4, (turns, len(SIGNS)))
    if seed % 3 == 0:
        return SpanExample(SpanInput.of(signs), [])
    first = int(random.integers(0, turns - 4))
    last = first + int(random.integers(2, 4))
    signs[first : last + 1, STRAIN] += 0.5
    return SpanExample(SpanInput.of(signs), [(first, last)])


@pytest.fixture(scope="module")
def model():
    return fit_spans([planted(seed) for seed in range(60)], penalty=0.5, steps=40)


def test_planted_spans_are_recovered_in_sessions_not_seen(model):
    examples = [planted(seed) for seed in range(100, 140)]
    posteriors = [posterior(model.scores(example.session))[0] for example in examples]
    assert found_f1(posteriors, [example.spans for example in examples], 0.3) > 0.9
    exact = sum(spans[truth] > 0.5 for spans, each in zip(posteriors, examples, strict=True) for truth in each.spans)
    assert exact > 0.6 * sum(len(example.spans) for example in examples)


def test_the_sign_that_was_raised_has_the_largest_say(model):
    assert np.abs(model.inside).argmax() == STRAIN
    assert model.inside[STRAIN] > 0


def test_a_heavier_penalty_makes_smaller_weights(model):
    heavy = fit_spans([planted(seed) for seed in range(60)], penalty=50.0, steps=40)
    assert np.abs(heavy.inside).sum() < 0.5 * np.abs(model.inside).sum()


def test_sessions_without_any_span_teach_that_there_is_none():
    model = fit_spans([planted(seed) for seed in range(0, 60, 3)], penalty=0.5, steps=20)
    spans = posterior(model.scores(planted(99).session))[0]
    assert spans.sum() < 0.2


def test_the_gradient_is_the_slope_of_the_likelihood():
    examples = [planted(seed, turns=turns) for seed, turns in ((1, 6), (2, 9), (3, 7))]
    scalings = [
        spans._Scaling.of(np.concatenate([example.session.signs for example in examples])),
        spans._Scaling.of(np.concatenate([example.session.borders for example in examples])),
        spans._Scaling.of(np.concatenate([e.session.spans[np.triu_indices(len(e.session))] for e in examples])),
    ]
    batch = spans._batch(examples, *scalings)
    widths = [len(scalings[0].centre), *[len(scalings[1].centre)] * 2, len(scalings[2].centre), 1]
    cuts, random = np.cumsum(widths)[:-1], np.random.default_rng(1)
    weights = random.normal(0, 0.1, sum(widths))
    _, gradient = spans._likelihood(batch, *np.split(weights, cuts))
    some = random.choice(len(weights), 40, replace=False)

    def along(values: np.ndarray) -> float:
        moved = weights.copy()
        moved[some] = values
        return spans._likelihood(batch, *np.split(moved, cuts))[0]

    assert gradient[some] == pytest.approx(approx_fprime(weights[some], along, 1e-5), abs=1e-2, rel=1e-2)


def test_a_batch_of_sessions_of_different_length_is_worth_their_sum():
    examples = [planted(seed, turns=turns) for seed, turns in ((1, 6), (2, 9), (4, 12))]
    scalings = [
        spans._Scaling(np.zeros(width), np.ones(width))
        for width in (len(SIGNS), 5 * len(SIGNS), examples[0].session.spans.shape[-1])
    ]
    random = np.random.default_rng(1)
    weights = [
        random.normal(0, 0.1, width) for width in (len(SIGNS), *[5 * len(SIGNS)] * 2, len(scalings[2].centre), 1)
    ]
    together, slope = spans._likelihood(spans._batch(examples, *scalings), *weights)
    alone = [spans._likelihood(spans._batch([example], *scalings), *weights) for example in examples]
    assert together == pytest.approx(sum(value for value, _ in alone), rel=1e-4)
    assert slope == pytest.approx(sum(gradient for _, gradient in alone), abs=1e-3, rel=1e-3)
