from __future__ import annotations

from collections import defaultdict

from hypothesis import assume, given
from hypothesis import strategies as st

from training.folds import folds_of

SESSIONS = st.lists(
    st.tuples(st.sampled_from([f"{source}:{case}" for source in ("corpus", "annomi") for case in range(15)])),
    min_size=1,
    max_size=60,
).flatmap(
    lambda groups: st.tuples(
        st.just([group for (group,) in groups]),
        st.lists(st.integers(1, 100), min_size=len(groups), max_size=len(groups)),
    )
)
FOLDS = st.integers(2, 5)


@given(SESSIONS, FOLDS)
def test_a_group_is_never_split(sessions, folds):
    groups, sizes = sessions
    fold = folds_of(groups, sizes, folds)
    assert len(fold) == len(groups)
    assert set(fold) <= set(range(folds))
    assert len(set(zip(groups, fold, strict=True))) == len(set(groups))


@given(SESSIONS, FOLDS, st.randoms())
def test_the_order_of_the_sessions_does_not_matter(sessions, folds, random):
    groups, sizes = sessions
    order = list(range(len(groups)))
    random.shuffle(order)
    shuffled = folds_of([groups[i] for i in order], [sizes[i] for i in order], folds)
    assert [folds_of(groups, sizes, folds)[i] for i in order] == shuffled


@given(SESSIONS, FOLDS)
def test_one_source_does_not_move_another(sessions, folds):
    groups, sizes = sessions
    ours = [i for i, group in enumerate(groups) if group.startswith("corpus")]
    assume(ours)
    alone = folds_of([groups[i] for i in ours], [sizes[i] for i in ours], folds)
    assert [folds_of(groups, sizes, folds)[i] for i in ours] == alone


@given(SESSIONS, FOLDS)
def test_no_two_folds_differ_by_more_than_a_group(sessions, folds):
    groups, sizes = sessions
    filled, largest = defaultdict(lambda: [0] * folds), defaultdict(int)
    for group, size, fold in zip(groups, sizes, folds_of(groups, sizes, folds), strict=True):
        filled[group.split(":")[0]][fold] += size
        largest[group] += size
    for source, totals in filled.items():
        assert max(totals) - min(totals) <= max(n for group, n in largest.items() if group.startswith(source))


def test_folds_stay_what_they_were():
    """Figures of one training run can be compared with those of the last only while this holds."""
    groups = [f"corpus:case-{number}" for number in range(8)] + [f"annomi:video-{number}" for number in range(4)]
    assert folds_of(groups, [10] * 12, 3) == [1, 2, 0, 0, 1, 1, 2, 0, 2, 1, 0, 0]
