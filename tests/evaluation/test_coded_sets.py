"""Coded sets in every format they are kept in, and one clear line for those that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.codebook import CODES
from attunement.errors import TranscriptError
from attunement.evaluation import load_coded
from attunement.evaluation.datasets import annomi, codes_only, epitome, sheet
from attunement.evaluation.datasets.find import kind_of

EXAMPLES = Path(__file__).parents[1] / "data" / "coded"

CODED_TEXT = """\
# id: mira-01
# case: mira
T: How was the week? {question_open}
C: Fine. {minimal_response, exp=0}
T: That sounds short. {senses_unspoken, emp=0,1,0}
## rupture 2-3 kind=withdrawal cause=distress noticed=in_session resolution=none
"""
ANNOMI = """\
transcript_id,video_url,utterance_id,interlocutor,timestamp,utterance_text,annotator_id,reflection_subtype,\
question_subtype,main_therapist_behaviour,client_talk_type
0,https://v/1,0,therapist,00:00:13,"Well, how are you?",3,n/a,open,question,n/a
0,https://v/1,1,client,00:01:24,"Not ""great"".",3,n/a,n/a,n/a,sustain
1,https://v/1,0,therapist,00:00:01,So you came.,1,simple,n/a,reflection,n/a
"""
SHEET = """\
session,turn,speaker,text,codes,experiencing,empathy_reaction,empathy_interpretation,empathy_exploration
s1,2,client,Fine.,Minimal response; deferential,0,,,
s1,1,Therapist,How was it?,question_open,,0,0,1
s2,1,C,I was furious.,feeling,1,,,
s2,2,T,Mm.,,,,,
"""
PAIRS = "sp_id,rp_id,seeker_post,response_post,level,rationales\na,1,I am lost.,I am so sorry.,{},\na,2,Lost.,Why?,0,\n"


@pytest.fixture
def save(tmp_path):
    def save(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return save


def one_line(raised) -> str:
    message = str(raised.value)
    assert "\n" not in message
    assert "Traceback" not in message
    return message


# --- each format, as its owner would have it


def test_a_folder_of_coded_texts_is_read_with_cases_episodes_and_levels():
    coded = load_coded(EXAMPLES)
    assert coded.format == "coded text"
    assert [session.case for session in coded.sessions] == ["aiko", "hanne", "kwame"]
    assert any(session.episodes for session in coded.sessions)


def test_files_without_codes_are_left_out_and_named(save):
    save("mira.txt", CODED_TEXT)
    coded = load_coded(save("notes.txt", "kappa 0.8\n").parent)
    assert len(coded.sessions) == 1
    assert "notes.txt" in coded.notes[0]


def test_annomi_gives_a_session_a_transcript_and_a_case_a_video(save):
    coded = load_coded(save("annomi.csv", ANNOMI))
    first, second = coded.sessions
    assert (coded.format, coded.notes) == ("AnnoMI", ())
    assert first.case == second.case == "https://v/1"
    assert [turn.text for turn in first.session.turns] == ["Well, how are you?", 'Not "great".']
    assert [turn.start_s for turn in first.session.turns] == [13, 84]
    assert first.codes[0].codes == {"question_open"}
    assert first.codes[0].therapist_behaviour == "question"
    assert first.codes[1].client_talk == "sustain"
    assert second.codes[0].codes == {"reflection_simple"}
    assert first.codes[0].experiencing is None
    assert first.codes[0].empathy is None


def test_where_several_people_coded_an_utterance_the_majority_counts(save):
    row = "5,u,0,client,00:00:01,Maybe.,{},n/a,n/a,n/a,{}\n"
    head = ANNOMI.splitlines()[0] + "\n"
    votes = ["change", "neutral", "neutral"]
    coded = load_coded(save("many.csv", head + "".join(row.format(i, vote) for i, vote in enumerate(votes))))
    assert len(coded.sessions[0].codes) == 1
    assert coded.sessions[0].codes[0].client_talk == "neutral"
    assert "majority" in coded.notes[0]


def test_of_equally_many_votes_the_first_counts(save):
    row = "5,u,0,client,00:00:01,Maybe.,{},n/a,n/a,n/a,{}\n"
    head = ANNOMI.splitlines()[0] + "\n"
    coded = load_coded(save("two.csv", head + row.format(1, "sustain") + row.format(2, "change")))
    assert coded.sessions[0].codes[0].client_talk == "sustain"


def test_a_labs_own_table_is_read_in_the_order_of_its_turns(save):
    first, second = load_coded(save("lab.csv", SHEET)).sessions
    assert [turn.text for turn in first.session.turns] == ["How was it?", "Fine."]
    assert first.codes[0].empathy == (0, 0, 1)
    assert first.codes[1].codes == {"minimal_response", "deferential"}
    assert first.codes[1].experiencing == 0
    assert second.codes[1].empathy is None
    assert second.case == "s2"


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators_do_as_well(save, separator):
    rows = [line.split(",") for line in SHEET.splitlines()]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    assert load_coded(save("lab.csv", "\ufeff" + text)).sessions == load_coded(save("lab.csv", SHEET)).sessions


def test_a_case_column_joins_the_sessions_of_one_person(save):
    text = "case,session,turn,speaker,text,codes\np,1,1,c,Hm.,feeling\np,2,1,c,Hm.,\n"
    assert {session.case for session in load_coded(save("lab.csv", text)).sessions} == {"p"}


def test_epitome_joins_one_file_a_mechanism_into_sessions_of_two_turns(save):
    save("e/emotional-reactions.csv", PAIRS.format(2))
    folder = save("e/explorations.csv", PAIRS.format(1)).parent
    first, second = load_coded(folder).sessions
    assert [turn.speaker for turn in first.session.turns] == ["client", "therapist"]
    assert first.codes[1].empathy == (2, 0, 1)
    assert second.codes[1].empathy == (0, 0, 0)
    assert first.case == second.case == "a"


def test_pairs_that_only_one_file_has_are_left_out_and_counted(save):
    save("e/reactions.csv", PAIRS.format(2))
    folder = save("e/explorations.csv", PAIRS.format(1).rsplit("a,2", 1)[0]).parent
    coded = load_coded(folder)
    assert len(coded.sessions) == 1
    assert coded.notes[-1] == "Pairs left out because not every file has them: 1."


def test_a_pair_coded_twice_stays_two_sessions(save):
    coded = load_coded(save("reactions.csv", PAIRS.format(2) + "a,1,I am lost.,I am so sorry.,1,\n"))
    assert [session.codes[1].empathy[0] for session in coded.sessions] == [2, 0, 1]
    assert len({session.session.id for session in coded.sessions}) == 3


def test_codes_are_joined_with_the_words_beside_them(save):
    save("turns/mira.txt", "1 T: How was {that}?\n2 C: Fine {sort of}\n3 T: Mm.\n")
    folder = save("a/mira.txt", "# mira\n1 question_open, emp=0,0,1\n2\n## rupture 1-2 kind=mixed\n").parent
    (session,) = load_coded(folder).sessions
    assert [turn.text for turn in session.session.turns] == ["How was {that}?", "Fine {sort of}", "Mm."]
    assert session.codes[0].codes == {"question_open"}
    assert session.codes[0].empathy == (0, 0, 1)
    assert [turn.codes for turn in session.codes[1:]] == [frozenset(), frozenset()]
    assert [(e.type, e.start, e.end) for e in session.episodes] == [("rupture", 1, 2)]


def test_the_words_may_be_a_coded_text_whose_codes_are_ignored(save):
    save("sessions/mira-01.txt", CODED_TEXT)
    (session,) = load_coded(save("second/mira-01.txt", "2 deferential\n").parent).sessions
    assert session.codes[1].codes == {"deferential"}
    assert session.codes[2].codes == frozenset()
    assert session.case == "mira"
    assert session.episodes == ()


@given(st.data())
def test_coded_text_comes_back_from_words_and_codes_kept_apart(data):
    speakers = data.draw(st.lists(st.sampled_from("TC"), min_size=1, max_size=8))
    words = data.draw(st.lists(st.text("ab {}=,:.", max_size=12), min_size=len(speakers), max_size=len(speakers)))
    of = {"T": "therapist", "C": "client"}
    codes = [
        data.draw(st.sets(st.sampled_from([c for c in CODES if CODES[c].speaker == of[s]]), max_size=3))
        for s in speakers
    ]
    numbered = "\n".join(f"{n} {s}: {w}" for n, (s, w) in enumerate(zip(speakers, words, strict=True), start=1))
    coded = "\n".join(f"{n} {', '.join(sorted(c))}" for n, c in enumerate(codes, start=1))
    session = codes_only.read("x.txt", coded, numbered)
    assert [turn.codes for turn in session.codes] == codes
    assert [turn.text for turn in session.session.turns] == [word.strip() for word in words]


# --- finding out the format


@pytest.mark.parametrize(
    "text, kind",
    [
        (CODED_TEXT, "coded text"),
        (ANNOMI, "AnnoMI"),
        (PAIRS, "EPITOME"),
        (SHEET, "table of codes"),
        ("# a\n3 feeling, exp=1\n", "codes only"),
        ("# a\n", "codes only"),
        ("1 T: Hm.\n", "words only"),
        ("any words\n", None),
        ("a,b,c\n1,2,3\n", None),
        ("", None),
    ],
)
def test_formats_are_told_from_content(text, kind):
    assert kind_of(text) == kind


@given(st.text())
def test_any_text_has_a_kind_or_none(text):
    kind_of(text)


# --- what cannot be read


@pytest.mark.parametrize(
    "name, content, says",
    [
        ("missing.txt", None, "cannot be read"),
        ("empty.txt", "", "nothing coded"),
        ("binary.csv", b"session\0turn", "binary"),
        ("latin.txt", "T: Café".encode("latin-1"), "UTF-8"),
        ("prose.txt", "Once upon a time.", "nothing coded"),
        ("plain.txt", "T: Hello.\nC: Hello.\n", "without a single code"),
        ("typo.txt", "C: Hm. {feelin}\n", "line 1: 'feelin' is no client code"),
        ("wrong_speaker.txt", "T: Hm. {feeling}\n", "is no therapist code"),
        ("type.txt", "C: Hm. {feeling}\n## ruptur 1-1\n", "line 2: 'ruptur' is none of"),
        ("span.txt", "C: Hm. {feeling}\n## rupture 1-9\n", "outside 1-1"),
        ("words.txt", "1 T: Hm.\n", "words without codes"),
        ("codes.txt", "1 feeling\n", "codes without words"),
        ("code.csv", SHEET.replace("deferential", "polite"), "session s1, turn 2: 'polite' is no client code"),
        ("speaker.csv", SHEET.replace("Therapist", "Nurse"), "speaker must be"),
        ("turn.csv", SHEET.replace("s1,2", "s1,two"), "number the turns"),
        ("long.csv", SHEET.replace("s1,2", "s1," + "9" * 5000), "number the turns"),
        ("twice.csv", SHEET.replace("s1,2", "s1,1"), "occurs twice"),
        ("level.csv", SHEET.replace("furious.,feeling,1", "furious.,feeling,7"), "experiencing must be 0, 1, 2"),
        ("half.csv", SHEET.replace("0,0,1", "0,,1"), "every empathy column"),
        ("cells.csv", SHEET + "s3,1,client\n", "line 6: 3 cells where the head has 9"),
        ("quote.csv", SHEET + 's3,1,client,"open,,,,,\n', "not a well-formed table"),
        ("head.csv", SHEET.splitlines()[0], "a head without rows"),
        ("lines.csv", SHEET.replace("deferential", "polite").replace("s1", '"s\n1"'), "session s 1, turn 2"),
        ("label.csv", ANNOMI.replace("sustain", "maybe"), "transcript 0: 'maybe' is no client_talk_type"),
        ("who.csv", ANNOMI.replace("client,00", "patient,00"), "interlocutor must be"),
        ("id.csv", ANNOMI.replace("1,0,therapist", "1,x,therapist"), "is no number"),
        ("mechanism.csv", PAIRS.format(1), "put the mechanism into the file's name"),
        ("reactions.csv", PAIRS.format(3), "row 1: level must be"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(save, tmp_path, name, content, says):
    path = tmp_path / name if content is None else save(name, content)
    with pytest.raises(TranscriptError) as raised:
        load_coded(path)
    assert one_line(raised).startswith(name)
    assert says in one_line(raised)


@pytest.mark.parametrize(
    "files, says",
    [
        ({"d/readme.md": "x"}, "no coded files here"),
        ({"d/a/x.txt": CODED_TEXT, "d/b/x.txt": CODED_TEXT}, "give one of the folders inside (a, b)"),
        ({"d/x.txt": CODED_TEXT, "d/y.csv": SHEET}, "holds coded text and table of codes"),
        ({"d/reaction1.csv": PAIRS.format(0), "d/reaction2.csv": PAIRS.format(1)}, "a second file for 'reaction'"),
        ({"d/x.txt": "9 feeling\n", "turns/x.txt": "1 C: Hm.\n"}, "no turn 9"),
        ({"d/x.txt": "1 feeling\n1 grief\n", "turns/x.txt": "1 C: Hm.\n"}, "turn 1 is coded twice"),
        ({"d/x.txt": "1 polite\n", "turns/x.txt": "1 C: Hm.\n"}, "x.txt, line 1: 'polite' is no client code"),
        ({"d/x.txt": "1 feeling\n", "turns/x.txt": "1 C: Hm.\n3 T: Mm.\n"}, "turn 2 of the words is numbered 3"),
        ({"d/x.txt": "1 feeling\n", "turns/x.txt": "C: Hm.\nhuh\n"}, "line 2 of the words"),
    ],
)
def test_a_folder_that_cannot_be_read_is_said_in_one_line(save, tmp_path, files, says):
    for name, content in files.items():
        save(name, content)
    with pytest.raises(TranscriptError) as raised:
        load_coded(tmp_path / "d")
    assert says in one_line(raised)


def test_a_file_too_large_is_refused_before_it_is_read(save, monkeypatch):
    monkeypatch.setattr("attunement.evaluation.datasets.text.LARGEST_BYTES", 10)
    with pytest.raises(TranscriptError, match="split it"):
        load_coded(save("large.txt", CODED_TEXT))


@pytest.mark.parametrize("load", [annomi.load, epitome.load, sheet.load])
@given(rows=st.text(alphabet=st.characters(exclude_characters="\0"), max_size=80))
def test_rows_of_anything_are_read_or_refused_in_words(load, rows):
    heads = {annomi.load: annomi.COLUMNS, epitome.load: epitome.COLUMNS, sheet.load: sheet.COLUMNS}
    refusal = ""
    try:
        load([("reactions.csv", ",".join(heads[load]) + "\n" + rows)])
    except TranscriptError as refused:
        refusal = str(refused)
    assert "\n" not in refusal
