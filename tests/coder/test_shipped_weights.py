"""The coder that ships, tried on lines written for it: what must hold whatever it was trained on."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from made_up_coder import session_of

from attunement.codebook import CODES, THERAPIST_BEHAVIOUR
from attunement.coder import Coder, CodeTable, shipped_coder
from attunement.coder.decisions import GROUPS
from attunement.coder.model import WEIGHTS
from attunement.examples import answer_to, transcripts
from attunement.transcripts import load
from attunement.transcripts.session import Session

# What is read together changes the order of additions, and with it the last digits.
CLOSE = 1e-3
FILES = {"coder.json", "coder.onnx", "rates.json", "tokenizer.json", "words.npz"}
TALK = (
    "So, how was the week?",
    "It was okay. I went to my sister's on Saturday, and we cooked.",
    "That sounds nice. What was it like to be there?",
    "Good, mostly. I was a bit nervous before I went, to be honest.",
    "Nervous in what way?",
    "That she would ask about the job again. And she did.",
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return shipped_coder()


@pytest.fixture(scope="module", params=transcripts(), ids=lambda path: path.stem)
def bundled(request: pytest.FixtureRequest) -> Session:
    return load(request.param)


@pytest.fixture(scope="module")
def table(coder: Coder, bundled: Session) -> CodeTable:
    """What the coder makes of a bundled session."""
    return coder.code(bundled)


def probabilities(coder: Coder, *texts: str) -> np.ndarray:
    return np.nan_to_num(coder.code(session_of(*texts)).probabilities)


def test_the_weights_are_small_and_complete():
    assert {path.name for path in WEIGHTS.iterdir()} == FILES
    assert (WEIGHTS / "coder.onnx").stat().st_size <= 30e6
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= 33e6


def test_they_have_a_name(coder):
    assert coder.version.strip()


def test_they_are_calibrated_for_every_code_and_group_of_the_codebook(coder):
    calibration = coder.calibration
    assert set(calibration.codes) == set(calibration.thresholds) == set(CODES)
    assert set(calibration.groups) == set(calibration.gates) == set(GROUPS)
    assert all(0 < value < 1 for value in (*calibration.thresholds.values(), *calibration.gates.values()))


def test_network_and_words_are_both_believed(coder):
    slopes = np.array([coder.calibration.codes[code][1:3] for code in CODES])
    assert np.median(slopes[:, 0]) > 0
    assert np.median(slopes[:, 1]) > 0


def test_every_code_of_the_speaker_has_a_probability_and_no_other(table, bundled):
    for turn, row, group_row in zip(bundled.turns, table.probabilities, table.groups, strict=True):
        speakers = np.array([code.speaker for code in CODES.values()])
        assert np.array_equal(np.isnan(row), speakers != turn.speaker)
        assert np.nanmin(row) >= 0
        assert np.nanmax(row) <= 1
        assert np.nanmin(group_row) >= 0
        assert np.nanmax(group_row) <= 1


def test_levels_and_classes_share_one_on_turns_of_their_speaker(table, bundled):
    client = np.array([turn.speaker == "client" for turn in bundled.turns])
    for values, rows in (
        (table.experiencing, client),
        (table.client_talk, client),
        (table.empathy, ~client),
        (table.therapist_behaviour, ~client),
    ):
        assert np.allclose(values[rows].sum(axis=-1), 1, atol=1e-4)
        assert values[rows].min() >= 0
        assert np.isnan(values[~rows]).all()


def test_reading_twice_gives_the_same(coder):
    session = load(transcripts()[0])
    assert np.array_equal(coder.logits(session), coder.logits(session))


def test_the_number_of_threads_changes_next_to_nothing(coder):
    session = session_of(*TALK)
    single = Coder(threads=1).code(session).probabilities
    assert np.allclose(single, coder.code(session).probabilities, atol=CLOSE, equal_nan=True)


@pytest.mark.parametrize("kept", [1, 2, 4, 6])
def test_turns_that_are_added_later_change_nothing(coder, kept):
    session = session_of(*TALK * 4)
    whole, part = coder.code(session), coder.code(session_of(*TALK[:kept]))
    assert np.allclose(whole.probabilities[:kept], part.probabilities, atol=CLOSE, equal_nan=True)


def test_turns_that_are_said_otherwise_later_change_nothing(coder):
    before = TALK[:4]
    calm = probabilities(coder, *before, "Mm-hm.", "So that was that.")
    stormy = probabilities(
        coder, *before, "You are wasting my time!", "I hate coming here. You never listen. I'm leaving, this is it."
    )
    assert np.allclose(calm[:4], stormy[:4], atol=CLOSE)


def test_what_was_said_before_does_matter(coder):
    answers = [
        probabilities(coder, question, "Yeah. I guess.")[1]
        for question in (
            "Did you take the bus here today?",
            "You looked so sad just now, when you spoke of your mother. What was happening in you?",
        )
    ]
    assert np.abs(answers[0] - answers[1]).max() > 0.05


def test_two_turns_are_enough(coder):
    table = coder.code(session_of("I feel so ashamed of it.", "That must be hard.", first="client"))
    assert len(table) == 2
    assert np.isfinite(table.column("feeling")[0])


@pytest.mark.parametrize("empty", ["", "   ", "[inaudible]", "...", "(pause)", "\x00", "😀", "嗯，我不知道。"])
def test_a_turn_without_words_is_read_and_gets_few_codes(coder, empty):
    table = coder.code(session_of("So, how was the week?", empty, "Mm-hm."))
    assert np.nanmin(table.probabilities) >= 0
    assert len(table.decided(1)) <= 4


def test_a_turn_of_many_thousand_words_is_read_in_pieces(coder):
    story = "And then we went on, and it was the same as the week before, and nobody said a word about it. " * 120
    table = coder.code(session_of("Tell me.", story + "I was so ashamed, I have never told anybody.", "Thank you."))
    short = coder.code(session_of("Tell me.", "I was so ashamed, I have never told anybody.", "Thank you."))
    assert np.nanmax(table.probabilities) <= 1
    assert table.column("disclosure")[1] > 0.3 * short.column("disclosure")[1]


@pytest.mark.parametrize(
    "one, other",
    [
        ("I don’t know. It’s fine.", "I don't know. It's fine."),
        ("It's fine. (laughs) Really.", "It's fine. [laughter] Really."),
    ],
)
def test_one_thing_written_in_two_ways_is_read_as_one(coder, one, other):
    tables = [coder.code(session_of("How was it?", text)).probabilities for text in (one, other)]
    assert np.array_equal(*tables, equal_nan=True)


NEUTRAL = "It was fine. I took the bus, it was on time, and then I had lunch with a colleague from work."
NEUTRAL_QUESTION = "And what time did you get home that night?"
UNMISTAKABLE = {
    "confrontation": (
        "I'd like you to go on with the worksheet this week.",
        "You're not listening to me. You never do. You just read from your list, and I don't think you care at all.",
    ),
    "withdrawal": (
        "You said your father hung up on you. What was that like for you?",
        "Oh, it's nothing. It doesn't matter, really. I'm fine. Anyway, did you have a nice weekend?",
    ),
    "repair": (
        "When you said that, I felt you were judging me, and I didn't want to come back.",
        "I'm sorry. I pushed you last week, and I missed how much it hurt. How is it for you now, here with me?",
    ),
    "failure": (
        "I cried all night. I can't stop thinking about him.",
        "Well, that's just silly. You're overreacting, and frankly you need to stop feeling sorry for yourself.",
    ),
}


@pytest.mark.parametrize("as_heard", [str, lambda text: text.lower().replace(",", "").replace(".", "")])
@pytest.mark.parametrize("group", UNMISTAKABLE)
def test_what_is_unmistakable_is_told_from_small_talk(coder, group, as_heard):
    first = "client" if group in ("repair", "failure") else "therapist"
    before, line = UNMISTAKABLE[group]
    plain = NEUTRAL if first == "therapist" else NEUTRAL_QUESTION
    marked, neutral = (
        coder.code(session_of(as_heard(before), as_heard(text), first=first)).group(group)[1] for text in (line, plain)
    )
    assert marked > neutral + 0.2


@pytest.mark.parametrize(
    "code, before, line",
    [
        ("ending_bid", "What comes up?", "I was thinking, maybe I could take a break from therapy. I'm fine, really."),
        ("felt_met", "You carried that alone for years.", "Yes. Nobody ever said that to me. I feel so relieved now."),
        ("belief_self", "What goes through your mind?", "That I'm worthless. I'm just too much for everybody."),
        ("disclosure", "I'm listening.", "I have never told anybody this. I was so ashamed. I hit my son, once."),
        ("insight", "Mm-hm.", "Oh. I see it now: I go quiet with you just as I did with my father, to be safe."),
        ("grief", "What is there now?", "I miss her so much. I never got to have a mother, and I won't any more."),
    ],
)
def test_a_code_is_likelier_where_it_is_plainly_there(coder, code, before, line):
    marked = coder.code(session_of(before, line)).column(code)[1]
    neutral = coder.code(session_of(before, NEUTRAL)).column(code)[1]
    assert marked > 2 * neutral
    assert marked > 0.2


def test_experiencing_rises_from_events_to_felt_meaning(coder):
    levels = [
        coder.code(session_of("What comes up?", line)).experiencing[1] @ np.arange(3)
        for line in (
            NEUTRAL,
            "I was angry about it, I told him so, and afterwards I felt bad.",
            "There's this tightness, here, as I say it, like... like I'm small again. It's sadness. I never knew it "
            "was sadness, I always took it for anger. It's softer now.",
        )
    ]
    assert all(lower < higher for lower, higher in pairwise(levels))


def test_questions_and_reflections_are_told_apart(coder):
    lines = ("What did you do then?", "So you felt left alone with all of it.")
    found = [
        coder.code(session_of("I went home and sat there.", line, first="client")).therapist_behaviour[1].argmax()
        for line in lines
    ]
    assert [THERAPIST_BEHAVIOUR[index] for index in found] == ["question", "reflection"]


def test_on_the_bundled_sessions_strain_is_likelier_where_a_careful_reader_saw_it(table, bundled):
    answers = answer_to(bundled.id)
    strained = np.array([bool(turn.codes & set(GROUPS["strain"])) for turn in answers.codes])
    client = np.array([turn.speaker == "client" for turn in bundled.turns])
    if not strained.any():
        pytest.skip("nobody saw strain here")
    strain = table.group("strain")
    assert strain[strained].mean() > strain[client & ~strained].mean()
