"""From coded sessions and a reader to figures, words and a screen."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from sklearn import metrics as sk

from attunement.codebook import CODES
from attunement.episodes.model import Attunement, Repair, Rupture, SessionReading
from attunement.errors import InputError
from attunement.evaluation import CodedSession, agreement, evaluate, evaluate_tables, load_coded
from attunement.evaluation.coded import TurnCodes, coded_from_text
from attunement.evaluation.groups import GROUPS
from attunement.evaluation.screen import rendered
from attunement.evaluation.second import as_table

EXAMPLES = load_coded(Path(__file__).parents[1] / "data" / "coded").sessions


def cases(count: int = 30) -> list[CodedSession]:
    """The example sessions again and again, as if each were another person."""
    return [replace(EXAMPLES[n % len(EXAMPLES)], case=f"case {n}") for n in range(count)]


def unsure(coded: CodedSession, *, seed: int = 0, noise: float = 0.3):
    """A coder who sees what the person saw, through noise."""
    random = np.random.default_rng(seed)
    table = as_table(coded)

    def blurred(certain):
        return ((1 - noise) * certain + noise * random.random(certain.shape)).astype(np.float32)

    levels = ("experiencing", "empathy", "therapist_behaviour", "client_talk")
    return replace(
        table,
        probabilities=blurred(table.probabilities),
        thresholds=dict.fromkeys(CODES, 0.45),
        **{name: blurred(getattr(table, name)) for name in levels},
    )


def figure(table: pd.DataFrame, name: str, column: str) -> float:
    return table.set_index("name").loc[name, column]


def shown(evaluation, notes=(), width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(rendered(evaluation, notes))
    return console.file.getvalue()


# --- figures


def test_a_second_coder_who_marks_the_same_agrees_perfectly():
    coded = cases()
    same = agreement(coded, coded)
    for table, names in (
        (same.codes, ("precision", "recall", "f1", "kappa", "average_precision")),
        (same.groups, ("f1", "kappa")),
        (same.scales, ("macro_f1", "kappa")),
        (same.episodes, ("precision", "recall", "f1")),
    ):
        judged = table[table.examples > 0]
        assert len(judged)
        for name in names:
            assert np.allclose(judged[name].astype(float), 1)
    assert np.allclose(same.codes.calibration_error.dropna(), 0)
    assert {"poor_agreement", "miscalibrated", "base_rate_shift"}.isdisjoint(c.reason for c in same.cautions)


def test_figures_of_a_code_are_those_of_scikit_learn_on_the_turns_of_its_speaker():
    coded = cases(12)
    tables = [unsure(session, seed=n, noise=0.6) for n, session in enumerate(coded)]
    found = evaluate_tables(coded, tables)
    human, decided, score = [], [], []
    for session, table in zip(coded, tables, strict=True):
        for row, (turn, codes) in enumerate(zip(session.session.turns, session.codes, strict=True)):
            if turn.speaker == "client":
                human.append("felt_met" in codes.codes)
                decided.append("felt_met" in table.decided(row))
                score.append(table.column("felt_met")[row])
    for name, theirs in (
        ("precision", sk.precision_score(human, decided)),
        ("recall", sk.recall_score(human, decided)),
        ("f1", sk.f1_score(human, decided)),
        ("kappa", sk.cohen_kappa_score(human, decided)),
        ("average_precision", sk.average_precision_score(human, score)),
    ):
        assert figure(found.codes, "felt_met", name) == pytest.approx(theirs)
    assert figure(found.codes, "felt_met", "turns") == len(human)
    assert figure(found.codes, "felt_met", "marked") == sum(decided)
    assert figure(found.codes, "felt_met", "expected_rate") == pytest.approx(np.mean(score))


def test_a_group_is_present_when_any_of_its_codes_is():
    def coded(codes: set[str], case: str) -> CodedSession:
        session = coded_from_text("C: Hm. {denial}\nC: Well. {feeling}\n", name=case)
        return replace(session, case=case, codes=(TurnCodes(frozenset(codes)), TurnCodes(frozenset())))

    human = [coded({"denial"}, str(n)) for n in range(6)]
    coder = [as_table(coded({"deferential"}, str(n))) for n in range(6)]
    found = evaluate_tables(human, coder)
    assert figure(found.codes, "denial", "f1") == 0
    assert figure(found.groups, "withdrawal", "f1") == figure(found.groups, "any_strain", "f1") == 1


def test_every_group_has_codes_of_one_speaker():
    for group in GROUPS:
        assert {CODES[code].speaker for code in group.codes} == {group.speaker}


def test_every_figure_lies_in_its_interval():
    coded = cases()
    found = evaluate_tables(coded, [unsure(s, seed=n, noise=0.7) for n, s in enumerate(coded)])
    for table in (found.codes, found.groups, found.scales, found.levels):
        for column in table.columns:
            if f"{column}_low" in table.columns:
                judged = table.dropna(subset=[f"{column}_low"])
                assert (judged[f"{column}_low"] <= judged[column]).all()
                assert (judged[column] <= judged[f"{column}_high"]).all()


def test_the_same_seed_gives_the_same_evaluation_and_the_order_of_sessions_no_other_figures():
    coded = cases(12)
    tables = [unsure(session, seed=n) for n, session in enumerate(coded)]
    once = evaluate_tables(coded, tables, seed=4)
    assert once.to_json() == evaluate_tables(coded, tables, seed=4).to_json()
    turned = evaluate_tables(coded[::-1], tables[::-1], seed=4)
    for name in ("f1", "kappa", "average_precision", "calibration_error"):
        assert np.allclose(once.codes[name], turned.codes[name], equal_nan=True)


def test_more_cases_narrow_the_interval():
    def width(count: int) -> float:
        coded = cases(count)
        found = evaluate_tables(coded, [unsure(s, seed=n, noise=0.7) for n, s in enumerate(coded)])
        return figure(found.groups, "any_strain", "f1_high") - figure(found.groups, "any_strain", "f1_low")

    assert width(60) < width(9)


def test_a_table_without_some_codes_is_judged_on_those_it_has():
    coded = cases(6)
    tables = []
    for session in coded:
        table = as_table(session)
        keep = [place for place, code in enumerate(table.codes) if code != "denial"]
        tables.append(
            replace(
                table,
                codes=tuple(table.codes[k] for k in reversed(keep)),
                probabilities=table.probabilities[:, keep[::-1]],
            )
        )
    found = evaluate_tables(coded, tables)
    assert figure(found.codes, "denial", "turns") == 0
    assert figure(found.codes, "feeling", "f1") == 1


def test_motivational_interviewing_labels_are_compared_class_by_class():
    def labelled(behaviour: str, talk: str, case: int) -> CodedSession:
        session = coded_from_text("T: Hm?\nC: Hm.\n", name=f"pair {case}")
        codes = (TurnCodes(frozenset(), therapist_behaviour=behaviour), TurnCodes(frozenset(), client_talk=talk))
        return replace(session, codes=codes, case=str(case))

    human = [labelled(*labels, n) for n, labels in enumerate([("question", "change"), ("other", "neutral")] * 10)]
    coder = [as_table(labelled("question", talk.codes[1].client_talk, 0)) for talk in human]
    found = evaluate_tables(human, coder)
    assert figure(found.scales, "client_talk", "macro_f1") == 1
    assert figure(found.scales, "therapist_behaviour", "kappa") == 0
    by_level = found.levels.set_index(["name", "level"])
    assert by_level.loc[("therapist_behaviour", "question"), "recall"] == 1
    assert by_level.loc[("therapist_behaviour", "other"), "recall"] == 0
    assert pd.isna(by_level.loc[("therapist_behaviour", "reflection"), "f1"])
    assert pd.isna(figure(found.scales, "client_talk", "weighted_kappa"))
    assert figure(found.scales, "experiencing", "examples") == 0


# --- reading


def reader(found: dict[str, tuple[Rupture, ...]]):
    def read(session):
        coded = next(one for one in EXAMPLES if one.session is session)
        return SessionReading(
            session, unsure(coded), found.get(session.id, ()), (), (), Attunement(None, None, (), (None,)), ()
        )

    return read


def rupture(start: int, end: int) -> Rupture:
    return Rupture(
        start,
        end,
        0.9,
        (start,),
        kind="mixed",
        cause="distress",
        noticed="in_session",
        noticed_by=None,
        resolution="none",
    )


def test_the_reader_is_asked_once_a_session_and_its_episodes_are_compared():
    marked = [e for session in EXAMPLES for e in session.episodes if e.type == "rupture"]
    where = next(session for session in EXAMPLES if any(e.type == "rupture" for e in session.episodes))
    first = next(e for e in where.episodes if e.type == "rupture")
    found = {where.session.id: (rupture(first.start, first.end), rupture(1, 1))}
    result = evaluate(EXAMPLES, reader(found))
    assert result.sessions == len(EXAMPLES)
    assert figure(result.episodes, "rupture", "examples") == len(marked)
    assert figure(result.episodes, "rupture", "precision") == 0.5
    assert figure(result.episodes, "rupture", "recall") == pytest.approx(1 / len(marked))
    assert figure(result.episodes, "repair", "marked") == 0


def test_without_episodes_from_the_coder_none_are_compared():
    assert evaluate_tables(cases(6), [as_table(session) for session in cases(6)]).episodes.empty


def test_a_type_nobody_marked_is_not_judged():
    coded = [replace(session, episodes=()) for session in cases(6)]
    repair = Repair(1, 2, 0.5, (1,), initiated_by="client", resolution="none")
    result = evaluate_tables(coded, [as_table(s) for s in coded], [[repair] for _ in coded])
    assert figure(result.episodes, "repair", "marked") == 6
    assert pd.isna(figure(result.episodes, "repair", "precision"))


def test_a_table_of_another_length_is_refused():
    with pytest.raises(ValueError, match="rows in the table"):
        evaluate_tables([EXAMPLES[0]], [as_table(EXAMPLES[1])])


@pytest.mark.parametrize(
    "first, second, says",
    [
        ([], [], "share no session"),
        (["C: Hm. {feeling}"], ["C: Hm. {feeling}\nT: Mm."], "not the same turns"),
    ],
)
def test_two_coders_without_common_ground_are_told_so(first, second, says):
    one, other = ([coded_from_text(text, name="x.txt") for text in texts] for texts in (first, second))
    with pytest.raises(InputError, match=says):
        agreement(one, other)


def test_nothing_to_compare_is_said():
    with pytest.raises(InputError, match="No coded turns"):
        evaluate_tables([], [])


# --- words


def reasons(evaluation) -> dict[str, tuple[str, ...]]:
    return {caution.reason: caution.about for caution in evaluation.cautions}


def test_few_cases_are_said_and_no_answer_is_given():
    few = evaluate_tables(EXAMPLES, [as_table(session) for session in EXAMPLES])
    assert "few_cases" in reasons(few)
    assert set(few.codes.trust) | set(few.groups.trust) == {"cannot tell"}
    assert few.codes.f1_low.isna().all()
    assert "Only 3 cases" in shown(few)


def test_a_coder_who_guesses_is_not_to_be_trusted():
    coded = cases()
    found = evaluate_tables(coded, [unsure(session, seed=n, noise=1.0) for n, session in enumerate(coded)])
    assert "felt_met" in reasons(found)["poor_agreement"]
    assert "feeling" in reasons(found)["miscalibrated"]
    assert "feeling" in reasons(found)["base_rate_shift"]
    assert "never_coded" in reasons(found)
    assert figure(found.groups, "felt_met", "trust") == "no"
    assert figure(found.scales, "experiencing", "trust") == "no"


def test_good_agreement_with_enough_examples_may_be_used_as_a_pointer():
    coded = cases()
    found = evaluate_tables(coded, [as_table(session) for session in coded])
    assert figure(found.groups, "any_strain", "trust") == "as a pointer"
    assert figure(found.codes, "feeling", "trust") == "as a pointer"


def test_probabilities_that_do_not_fit_call_for_care_even_if_the_codes_agree():
    coded = cases()
    found = evaluate_tables(coded, [unsure(session, noise=0.4) for session in coded])
    assert figure(found.codes, "felt_met", "f1") == 1
    assert figure(found.codes, "felt_met", "trust") == "with care"


def test_codes_with_few_examples_are_named():
    coded = [*cases(6)]
    found = evaluate_tables(coded, [as_table(session) for session in coded])
    rare = found.codes[(found.codes.examples > 0) & (found.codes.examples < 20)]
    assert set(rare.name) <= set(reasons(found)["few_examples"])
    assert set(rare.trust) == {"cannot tell"}


def test_a_set_with_other_labels_only_is_not_blamed_for_codes_it_never_had():
    pair = coded_from_text("C: Hm.\nT: Hm?\n", name="x")
    levels = [(0, 0, 0), (1, 0, 0), (2, 0, 0)] * 10
    coded = [
        replace(pair, case=str(n), codes=(TurnCodes(frozenset()), TurnCodes(frozenset(), empathy=level)))
        for n, level in enumerate(levels)
    ]
    found = evaluate_tables(coded, [unsure(session, noise=1.0) for session in coded])
    assert "never_coded" not in reasons(found)
    assert figure(found.scales, "empathy_reaction", "examples") == 10
    assert figure(found.scales, "empathy_exploration", "examples") == 0


# --- showing it


def test_the_screen_begins_with_the_answer_then_says_where_not_to_trust_it_then_gives_figures():
    coded = cases()
    text = shown(evaluate_tables(coded, [unsure(s, seed=n, noise=0.8) for n, s in enumerate(coded)]), ["A note."])
    parts = ["Can you trust it", "not validated", "any strain", "Where not to trust it", "A note.", "Groups of codes"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [80, 120])
def test_no_figure_is_cut_off(width):
    coded = cases()
    text = shown(evaluate_tables(coded, [unsure(s, seed=n, noise=0.8) for n, s in enumerate(coded)]), width=width)
    assert "…" not in text
    assert max(len(line) for line in text.splitlines()) <= width


def test_the_screen_never_quotes_a_session():
    text = shown(evaluate_tables(cases(6), [as_table(session) for session in cases(6)]), width=200)
    for session in EXAMPLES:
        assert not any(turn.text in text for turn in session.session.turns if len(turn.text) > 25)


def test_json_holds_every_table_and_null_for_what_cannot_be_told():
    coded = cases(6)
    found = json.loads(evaluate_tables(coded, [as_table(s) for s in coded], [s.episodes for s in coded]).to_json())
    assert found["schema"] == "attunement/evaluation/1"
    assert found["cases"] == 6
    assert [row["name"] for row in found["codes"]] == list(CODES)
    never = next(row for row in found["codes"] if row["examples"] == 0)
    assert never["f1"] is None
    assert {row["name"] for row in found["episodes"]} == {"rupture", "repair", "corrective"}
    assert found["bootstrap"] == {
        "unit": "case",
        "resamples": 1000,
        "resamples_of_average_precision": 200,
        "seed": 0,
    }


@settings(max_examples=15)
@given(st.integers(1, 8), st.floats(0, 1), st.integers(0, 1000))
def test_any_coder_on_any_number_of_cases_can_be_evaluated_shown_and_saved(count, noise, seed):
    coded = cases(count)
    found = evaluate_tables(coded, [unsure(session, seed=seed, noise=noise) for session in coded], resamples=20)
    assert shown(found)
    assert json.loads(found.to_json())["sessions"] == count
