"""The paraphrase pairs follow their form, and nothing learns from them."""

from __future__ import annotations

import re

import pytest

from attunement.errors import InputError
from benchmarks import paraphrases
from benchmarks.paraphrases import FOLDER, Kind, Wording, load_pairs
from training.sources import CORPUS


@pytest.fixture(scope="module")
def pairs():
    return load_pairs()


def test_there_are_enough_of_both_kinds_with_names_of_their_own(pairs):
    assert all(sum(pair.kind is kind for pair in pairs) >= 30 for kind in Kind)
    assert 60 <= len(pairs) <= 100
    assert len({(pair.kind, pair.name) for pair in pairs}) == len(pairs)


def test_no_line_of_them_is_in_the_sessions_that_the_coder_learns_from(pairs):
    learnt = " ".join(plain(path.read_text(encoding="utf-8")) for path in CORPUS.glob("*.txt"))
    long = [plain(w.turns[-1][1]) for pair in pairs for w in (pair.first, pair.second)]
    assert [text for text in long if len(text.split()) > 6 and text in learnt] == []


def test_the_last_turn_is_by_the_speaker_whose_act_it_is(pairs):
    by = {"confrontation": "client", "withdrawal": "client", "repair": "therapist", "failure": "therapist"}
    assert all(w.turns[-1][0] == by.get(p.act, w.turns[-1][0]) for p in pairs for w in (p.first, p.second))


def test_both_wordings_follow_the_same_turns_unless_the_second_has_its_own(monkeypatch, tmp_path):
    write(
        tmp_path,
        "# one | withdrawal\nT: And then?\n1 Nothing.\n2 Not much.\n\n"
        "# two | withdrawal\nC: Hm.\nT: And?\n1 No.\nT: Tea?\n2 No.\n",
    )
    one, two = [pair for pair in load_pairs(tmp_path) if pair.kind is Kind.SAME_ACT]
    assert one.second == Wording((("therapist", "And then?"), ("client", "Not much.")))
    assert two.first.turns[0] == ("client", "Hm.")
    assert two.second == Wording((("therapist", "Tea?"), ("client", "No.")))


@pytest.mark.parametrize(
    "text", ["# one | nonsense\n1 a\n2 b\n", "# one | withdrawal\n1 a\n", "# one | withdrawal\n1 a\nhello\n2 b\n"]
)
def test_what_does_not_follow_the_form_is_refused_with_a_line(text, tmp_path):
    write(tmp_path, text)
    with pytest.raises(InputError, match=r"same-act\.txt"):
        load_pairs(tmp_path)


def test_the_example_of_the_page_is_a_pair(tmp_path):
    example = re.search(r"```text\n(.*?)```", (FOLDER / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    write(tmp_path, example)
    assert load_pairs(tmp_path)[0].act == "confrontation"


def test_what_is_right_differs_by_kind(monkeypatch):
    given = {"Nothing.": True, "Not much.": False}
    monkeypatch.setattr(
        paraphrases,
        "answer",
        lambda wording, act: paraphrases.Answer(given[wording.turns[-1][1]], given[wording.turns[-1][1]], 0.0),
    )
    wordings = [Wording((("client", text),)) for text in given]
    pairs = [paraphrases.Pair("one", kind, "withdrawal", *wordings) for kind in Kind]
    same, other = (paraphrases.judged(kind, pairs) for kind in Kind)
    assert (same.both, same.first, same.second, same.wrong) == (0, 1, 0, ("one",))
    assert (other.both, other.ranked, other.wrong) == (1, 1, ())


def write(folder, text):
    (folder / "same-act.txt").write_text(text, encoding="utf-8")
    (folder / "other-act.txt").write_text("# x | repair\n1 a\n2 b\n", encoding="utf-8")


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z']+", text.lower()))
