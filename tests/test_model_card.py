"""The model card and the README's figures say what the last training run says."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.figures.figure import Figure
from tools import model_card, model_card_measured, readme_figures
from tools.model_card_picture import reliability_svg
from tools.results import Corpus, Results, number
from training.sources import FIGURES, RUN_LOG

ROOT = Path(__file__).parents[1]
MADE_UP = Path(__file__).parent / "data" / "results"
MARKED = "before\n<!-- figures:begin -->\nold\n<!-- figures:end -->\nafter\n"


@pytest.fixture(scope="module")
def results() -> Results:
    return Results.load(MADE_UP / "run.json", MADE_UP / "figures.json", MADE_UP)


@pytest.fixture(scope="module")
def corpus(results) -> Corpus:
    return Corpus.beside(results)


@pytest.fixture(scope="module")
def card(results, corpus) -> str:
    return model_card.page(results, corpus)


@pytest.fixture(scope="module")
def last_run() -> Results:
    if not (RUN_LOG.exists() and FIGURES.exists()):
        pytest.skip("no training run yet: training/results lacks run.json or figures.json")
    return Results.load()


def section(card: str, title: str) -> str:
    return card.partition(f"## {title}\n")[2].partition("\n## ")[0]


def without_annomi(results: Results) -> Results:
    run = results.run | {
        "sessions": {"corpus": 513, "annomi": 0},
        "inputs_sha256": {"sessions/aiko-02.txt": "2" * 64},
    }
    kept = tuple(figure for figure in results.figures if not figure.task.startswith("AnnoMI"))
    return replace(results, run=run, figures=kept)


def test_the_card_is_that_of_the_last_run(last_run):
    page = model_card.page(last_run, Corpus.beside(last_run))
    assert model_card.CARD.read_text(encoding="utf-8") == page, "run `make model-card`"


def test_the_picture_is_that_of_the_last_run(last_run):
    calibration = last_run.further.get("calibration")
    if not calibration:
        pytest.skip("no calibration measured yet: `make bench-calibration`")
    drawn = reliability_svg(model_card_measured.on(calibration, "corpus"))
    assert model_card.PICTURE.read_text(encoding="utf-8") == drawn, "run `make model-card`"


def test_the_readme_s_figures_are_those_of_the_last_run(last_run):
    readme = model_card.README.read_text(encoding="utf-8")
    assert readme_figures.with_figures(readme, last_run) == readme, "run `make model-card`"


def test_the_card_says_first_what_it_is_what_it_learned_from_and_what_not_to_do(card):
    first_screen = section(card, "In one screen")
    for said in ("What it is", "What it learned from", "How well it works", "Do not use it", "not validated"):
        assert f"**{said}" in first_screen or said in first_screen
    assert len(first_screen.splitlines()) < 45


def test_every_code_measured_has_its_row(card, results):
    rows = re.findall(r"^\| `(\w+)` \|", section(card, "How well it works"), re.MULTILINE)
    assert sorted(rows) == sorted(row["name"] for row in results.codes)


def test_what_is_said_of_episodes_has_its_share_right(card):
    assert "| rupture | cause | .27 | 214 |" in section(card, "How well it works")


def test_codes_that_agree_poorly_are_named_as_failures_and_the_others_are_not(card, results):
    from_figures = section(card, "Known failures").partition("From reading")[0]
    for row in results.codes:
        poor_or_unknown = row["trust"] in ("no", "cannot tell")
        assert (f"`{row['name']}`" in from_figures) == poor_or_unknown, row["name"]


def test_a_task_that_word_counts_do_as_well_is_admitted(card):
    assert re.search(r"No better than word counts.*: .*AnnoMI client talk", section(card, "Known failures"))


def test_how_it_does_on_words_that_nobody_wrote_for_it_stands_beside_the_table(card):
    assert "agreement on strain is .40" in section(card, "In one screen").replace("\n", " ")


def test_probabilities_that_are_off_are_named(card):
    assert "Off by more than 10 %: `warmth`." in section(card, "Its probabilities")


def test_figures_that_cannot_be_told_are_left_out_or_dashes(card, results):
    assert results.of("corpus: client talk") is None
    assert "nan" not in card.lower().split("\n## sources")[0].replace("annomi", "")
    assert re.search(r"^\| `grief` \| 0 \| cannot tell \| – \|", card, re.MULTILINE)


def test_what_was_aimed_at_and_missed_is_said_beside_what_is_reached(results, corpus):
    aimed = (
        Figure("corpus: any strain", "F1", 0.6, people=0.88, aim=0.66),
        Figure("corpus: rupture episodes", "F1", 0.7, aim=0.62),
    )
    unknown = Figure("AnnoMI, strain, trained without them", "F1", None, note="needs a training run")
    card = model_card.page(replace(results, figures=results.figures + aimed, open=(unknown,)), corpus)
    told = section(card, "How well it works")
    assert "| corpus: any strain | F1 | .600 | .88 | ≥ .660 | **no** |" in told
    assert "| corpus: rupture episodes | F1 | .700 | – | ≥ .620 | yes |" in told
    assert "Open, and not to be taken for reached: AnnoMI, strain, trained without them (needs a training run)." in told


def test_what_further_commands_did_not_measure_is_said_to_be_unmeasured(card):
    assert "Not measured in this run." in section(card, "Who is read worse")
    assert "Not measured in this run." in section(card, "Is it the words in their place?")
    assert "reliability.svg" not in card


def test_what_further_commands_measured_is_in_the_card(results, corpus):
    group = {"label": "any strain", "turns": 100, "error": 0.02, "low": 0.01, "high": 0.05, "threshold": 0.4}
    group |= {"right": 0.5, "found": 0.6, "bins": [[10, 0.1, 0.2]], "cuts": [[0.3, None, 0.0], [0.5, 0.7, 0.4]]}
    fall = {"task": "any strain", "read_by": "shipped", "noise": "both", "clean": 0.9, "garbled": 0.8, "fall": 0.1}
    further = {
        "calibration": [group | {"where": "corpus"}, group | {"where": "AnnoMI transcripts", "error": 0.09}],
        "fairness": {"rows": [], "sentences": ["Age, 65 and over: found with less agreement."]},
        "degraded": [fall | {"low": 0.06, "high": 0.14}],
        "learning-curve": [
            {"model": "words", "thing": "strain", "share": share, "cases": 9, "value": value, "spread": 0.0}
            for share, value in ((0.5, 0.4), (1.0, 0.45))
        ],
    }
    card = model_card.page(replace(results, further=further), corpus)
    assert "| any strain | 2.0 (1.0–5.0) | 9.0 (1.0–5.0) |" in card
    assert "| any strain | .40 | .50, .60 | –, .00 | .70, .40 |" in card
    assert "- Age, 65 and over: found with less agreement." in section(card, "Who is read worse")
    assert "| any strain | – | – | – | 10.0 (6 to 14) |" in section(card, "Misheard text")
    assert "| strain | words | .40 | .45 | 5.0 points |" in section(card, "Would more data help?")


def test_the_picture_says_in_words_what_it_shows():
    drawn = reliability_svg([{"label": "a < b", "error": 0.013, "bins": [[10, 0.1, 0.2], [10, 0.5, 0.4]]}])
    assert "<desc" in drawn
    assert "a &lt; b: off by 1.3 points on average" in drawn
    assert drawn.count("<circle") == 2


def test_a_run_without_annomi_says_so_and_has_no_figures_on_it(results, corpus):
    card = model_card.page(without_annomi(results), corpus)
    assert "This run left AnnoMI out" in card
    assert "### On AnnoMI" not in card
    assert "by video" not in card
    assert "motivational interviewing: " not in section(card, "In one screen")


def test_a_corpus_that_changed_since_the_run_is_admitted(results, corpus, card):
    assert corpus.changed == corpus.sessions
    assert f"{corpus.changed} files of the corpus have changed since this run." in card
    assert "have changed since" not in model_card.page(results, replace(corpus, changed=0))


def test_one_digest_stands_for_all_inputs_in_any_order(results):
    inputs = results.run["inputs_sha256"]
    turned = replace(results, run=results.run | {"inputs_sha256": dict(reversed(inputs.items()))})
    other = replace(results, run=results.run | {"inputs_sha256": inputs | {"sessions/aiko-02.txt": "9" * 64}})
    assert results.combined_digest() == turned.combined_digest() != other.combined_digest()


def test_the_readme_gets_its_figures_between_the_marks_and_nothing_else(results):
    once = readme_figures.with_figures(MARKED, results)
    assert once.startswith("before\n<!-- figures:begin -->\n| finds |")
    assert once.endswith("<!-- figures:end -->\nafter\n")
    assert "old" not in once
    assert "| turns: the client moves away or against | .60 ± .01 | .50 | .85 |" in once
    assert results.date in once
    assert readme_figures.with_figures(once, results) == once


@pytest.mark.parametrize(
    "value, written", [(0.614, ".61"), (0.05, ".05"), (0.0, ".00"), (0.999, "1.0"), (1.0, "1.0"), (None, "–")]
)
def test_shares_are_written_with_two_digits(value, written):
    assert number(value) == written


def test_before_the_first_run_one_line_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(
        Results, "load", lambda: (_ for _ in ()).throw(FileNotFoundError(2, "", str(tmp_path / "run.json")))
    )
    with pytest.raises(SystemExit, match=r"run\.json is missing: `make train`"):
        model_card.main()


def test_the_corpus_page_counts_right(corpus):
    page = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    assert f"{corpus.sessions} files, {corpus.turns:,} turns, {corpus.cases} invented clients" in page
    in_the_table = [int(count) for count in re.findall(r"^\| `.*\((\d+)\) \|", page, re.MULTILINE)]
    assert sum(in_the_table) == corpus.sessions


def test_the_example_of_the_corpus_page_is_read():
    from attunement.evaluation.coded import coded_from_text

    page = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```text\n(.*?)```", page, re.DOTALL)[1]
    coded = coded_from_text(example, name="example.txt")
    assert coded.belief == (85, 80)
    assert [episode.type for episode in coded.episodes] == ["rupture", "repair"]


def test_the_words_of_other_people_s_data_are_ignored_by_git():
    asked = ["git", "check-ignore", "--quiet", "data/annomi/annomi_dev.csv"]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False).returncode
    if answer == 128:
        pytest.skip("not a git repository")
    assert answer == 0


def test_every_training_module_is_explained():
    page = (ROOT / "training" / "README.md").read_text(encoding="utf-8")
    modules = {path.name for path in (ROOT / "training").glob("*.py")} - {"__init__.py"}
    assert set(re.findall(r"^\| `(\w+\.py)` \|", page, re.MULTILINE)) == modules
