"""A clinic sets up questionnaires; therapists choose which of them a client is asked. All words here are invented."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from web_cast import Cast, work

from attunement.measures.instruments import instrument
from attunement.web.checkins.models import Answers
from attunement.web.clients.models import Client
from attunement.web.people.models import Clinic
from attunement.web.questionnaires.asking import due
from attunement.web.questionnaires.fhir_words import words_of
from attunement.web.questionnaires.models import Asking, Questionnaire, instruments_of
from attunement.web.questionnaires.own import name_of
from attunement.web.questionnaires.pasting import NotSo, answers_from, counted, items_from, written
from attunement.web.questionnaires.words import Words, lacking
from attunement.web.reading.models import CaseView
from attunement.web.sessions.models import Session

SHARED = "0 = never\n1 = now and then\n2 = often\n3 = nearly always"
SENTENCE = st.from_regex(r"[A-Za-zÄöß][A-Za-z0-9ß?.,:)(-]{0,8}( [A-Za-z0-9ß?.,:)(-]{1,8}){0,2}", fullmatch=True)
NUMBERS = ("{}. ", "{}) ", "({}) ", "{} ", "{}: ", "{}\t")


DESCRIBED = {
    "title": "Schlaf & Träume",
    "domain": "wellbeing",
    "items": "I fell asleep easily\nI woke at night\nI felt rested",
    "answers": "never\nsometimes\noften\nalways",
    "direction": "high",
    "combine": "sum",
    "turned": "2",
    "may_be_missing": "1",
}


def set_up(clinic: Clinic, name: str = "phq9", *, risk: tuple[str, ...] = (), **columns) -> Questionnaire:
    """A questionnaire of the program with invented words."""
    items = {item.name: f"About thing {item.name}" for item in instrument(name).items}
    words = {"heading": "The last days", "items": items, "answers": answers_from(SHARED, range(4))}
    columns = {"is_offered": True, "risk_items": list(risk), **columns}
    return Questionnaire.objects.create(clinic=clinic, name=name, words=words, **columns)


def words_sent(name: str = "phq9", **other: str) -> dict[str, str]:
    """What a lead sends who has written all words of it."""
    items = {f"text-{n}": f"About thing {n + 1}" for n in range(len(instrument(name).items))}
    return {**items, "answers": SHARED, "is_offered": "on", **other}


class TestPasting:
    """Words as people paste them."""

    @given(st.lists(SENTENCE, min_size=2, max_size=8), st.sampled_from(NUMBERS))
    def test_numbers_before_items_go(self, texts: list[str], number: str):
        pasted = "\n\n".join(number.format(n) + text for n, text in enumerate(texts, start=1))
        assert [item.text for item in items_from(pasted)] == texts

    @given(st.lists(SENTENCE, min_size=1, max_size=8))
    def test_items_without_numbers_stay_as_they_are(self, texts: list[str]):
        assert [item.text for item in items_from("\n".join(texts))] == texts

    @given(st.text(max_size=300))
    def test_anything_can_be_pasted(self, text: str):
        assert all(item.text == item.text.strip() for item in items_from(text))

    def test_an_item_may_begin_with_a_number_of_its_own(self):
        texts = ["24 hours without sleep", "2 people I trust"]
        assert [item.text for item in items_from("\n".join(texts))] == texts

    @given(SENTENCE, st.lists(SENTENCE, min_size=1, max_size=6))
    def test_answers_of_its_own_stand_behind_bars(self, text: str, answers: list[str]):
        (item,) = items_from(" | ".join([text, *answers]))
        assert (item.text, item.answers) == (text, tuple(answers))

    @given(st.lists(SENTENCE, min_size=2, max_size=11))
    def test_what_is_written_out_is_read_back(self, labels: list[str]):
        answers = {str(number): label for number, label in enumerate(labels)}
        assert answers_from(written(answers), range(len(labels))) == answers
        assert counted(written(answers)) == answers

    @pytest.mark.parametrize(
        "pasted",
        [
            "never\nsometimes\noften",
            "0 never\n1 sometimes\n2 often",
            "2: often\n0: never\n1: sometimes",
            "0) never\n1) sometimes\n2) often",
        ],
    )
    def test_answers_are_read_in_order_or_by_their_numbers(self, pasted: str):
        assert answers_from(pasted, range(3)) == {"0": "never", "1": "sometimes", "2": "often"}

    def test_two_answers_are_the_ends(self):
        assert answers_from("not at all\ncompletely", range(11)) == {"0": "not at all", "10": "completely"}

    def test_answers_that_begin_with_a_number_stay_as_they_are(self):
        assert answers_from("1-2 days\n3-4 days\n5-6 days", range(3)) == {
            "0": "1-2 days",
            "1": "3-4 days",
            "2": "5-6 days",
        }

    def test_too_few_answers_are_said(self):
        with pytest.raises(NotSo, match="Write 4 answers, one a line from 0 to 3"):
            answers_from("never\nsometimes\nalways", range(4))

    @given(st.text(max_size=50))
    def test_every_title_gives_a_name(self, title: str):
        name = name_of(title)
        assert name[0].isascii()
        assert name[0].isalpha()
        assert len(name) <= 40


class TestSettingUp:
    """The lead enters words once."""

    def test_words_are_kept_and_shown_as_a_client_sees_them(self, cast: Cast):
        browser = cast.as_("lead")
        browser.post(reverse("questionnaire", args=["phq9"]), words_sent(heading="The last days", **{"risk-8": "on"}))
        found = Questionnaire.objects.get(clinic=cast.lead.clinic)
        assert (found.is_offered, found.risk_items, found.said.items["9"]) == (True, ["9"], "About thing 9")
        page = browser.get(reverse("preview-questionnaire", args=["phq9"])).content.decode()
        assert all(words in page for words in ("The last days", "About thing 3", "now and then", "Call 555."))

    def test_items_pasted_are_filled_in_but_not_yet_kept(self, cast: Cast):
        pasted = "\n".join(f"{n}. Pasted thing {n}" for n in range(1, 10))
        page = cast.as_("lead").post(reverse("questionnaire", args=["phq9"]), {"fill": "1", "pasted": pasted})
        assert ">\nPasted thing 4</textarea>" in page.content.decode()
        assert not Questionnaire.objects.exists()

    def test_too_many_lines_are_said(self, cast: Cast):
        page = cast.as_("lead").post(reverse("questionnaire", args=["phq9"]), {"fill": "1", "pasted": "one\ntwo"})
        assert "There are 9 items and 2 lines" in page.content.decode()

    def test_what_lacks_words_is_kept_but_not_offered(self, cast: Cast):
        browser, address = cast.as_("lead"), reverse("questionnaire", args=["phq9"])
        page = browser.post(address, {**words_sent(), "text-3": ""}).content.decode()
        assert "Without words: item 4." in page
        browser.post(address, {**words_sent(), "text-3": "", "is_offered": ""})
        assert not Questionnaire.objects.get().is_offered

    def test_answers_that_do_not_fit_are_said(self, cast: Cast):
        sent = words_sent(answers="never\nsometimes\nalways")
        page = cast.as_("lead").post(reverse("questionnaire", args=["phq9"]), sent).content.decode()
        assert "Write 4 answers" in page

    def test_another_clinic_sees_nothing_of_it(self, cast: Cast):
        set_up(cast.lead.clinic)
        page = cast.as_("stranger").get(reverse("questionnaire", args=["phq9"])).content.decode()
        assert "About thing" not in page

    def test_what_is_not_known_is_not_there(self, cast: Cast):
        for name in ("check_in", "nonsense"):
            assert cast.as_("lead").get(reverse("questionnaire", args=[name])).status_code == 404

    def test_one_that_was_answered_is_kept(self, cast: Cast):
        set_up(cast.lead.clinic)
        Answers.objects.create(client=cast.client, session=cast.session, instrument="phq9", items={"1": 2})
        cast.as_("lead").post(reverse("remove-questionnaire", args=["phq9"]))
        assert Questionnaire.objects.exists()
        Answers.objects.filter(instrument="phq9").delete()
        cast.as_("lead").post(reverse("remove-questionnaire", args=["phq9"]))
        assert not Questionnaire.objects.exists()

    def test_the_list_asks_the_database_as_often_for_many(self, cast: Cast):
        browser, counts = cast.as_("lead"), []
        browser.get(reverse("questionnaires"))
        for names in (["gad7"], ["phq9", "who5", "wsas", "pcl5"]):
            for name in names:
                Questionnaire.objects.create(clinic=cast.lead.clinic, name=name)
            with CaptureQueriesContext(connection) as asked:
                browser.get(reverse("questionnaires"))
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestOwn:
    """Questionnaires of the clinic's own."""

    def test_one_is_made_by_hand_and_scored_in_the_case(self, cast: Cast, coder):
        cast.as_("lead").post(reverse("new-questionnaire"), DESCRIBED)
        found = Questionnaire.objects.get()
        made = found.instrument
        assert (found.name, made.low, made.high, made.total.reversed) == ("schlaf_traume", 0, 9, {"2"})
        assert lacking(made, found.said) == []
        assert made in instruments_of(cast.lead.clinic)
        assert made not in instruments_of(cast.stranger.clinic)
        second = Session.objects.create(client=cast.client, number=2)
        for session, first in ((cast.session, 0), (second, 3)):
            items = {"1": first, "2": 1, "3": first}
            Answers.objects.create(client=cast.client, session=session, instrument=found.name, items=items)
        from attunement.web.reading.queue import case_changed

        case_changed(cast.client)
        assert work() == []
        assert "Schlaf" in CaseView.objects.get().page

    @pytest.mark.parametrize(
        "odd, said",
        [
            ({"title": "PHQ-9"}, "is known already"),
            ({"answers": "only"}, "at least two answers"),
            ({"turned": "7"}, "is no item of this scale"),
            ({"may_be_missing": "3"}, "must leave at least one item"),
        ],
    )
    def test_what_contradicts_itself_is_said(self, cast: Cast, odd: dict[str, str], said: str):
        page = cast.as_("lead").post(reverse("new-questionnaire"), {**DESCRIBED, **odd}).content.decode()
        assert said in page
        assert not Questionnaire.objects.exists()

    def test_a_name_is_given_once(self, cast: Cast):
        for _ in range(2):
            page = cast.as_("lead").post(reverse("new-questionnaire"), DESCRIBED)
        assert "of this name already" in page.content.decode()

    def test_a_fhir_questionnaire_brings_its_words(self, cast: Cast):
        found = self._from_file(cast, "pain.json", json.dumps(PAIN))
        assert found.said.items == {"a": "How strong was it?", "b": "How long did it last?"}
        assert found.said.answers == {"0": "not at all", "1": "a little", "2": "very"}
        assert lacking(found.instrument, found.said) == []

    def test_an_entry_in_yaml_is_read(self, cast: Cast):
        entry = "name: worries\ndomain: distress\nitems: {count: 2, range: [0, 10]}\ntotal: {higher_is_better: false}\n"
        assert self._from_file(cast, "worries.yaml", entry).instrument.high == 20

    @pytest.mark.parametrize(
        "name, content, said",
        [
            ("x.json", "{", "not well-formed JSON"),
            ("x.json", '{"resourceType": "Patient"}', "not a FHIR questionnaire"),
            ("x.yaml", "name: [", "not well-formed YAML"),
            ("x.yaml", "- {name: a}\n- {name: b}", "one questionnaire at a time"),
            ("x.yaml", "name: worries\nquestionnaire: ../../etc.json\n", "in the same folder"),
            ("x.yaml", b"\xff\xfe", "not UTF-8"),
            ("x.json", b"{" + b" " * 600_000, "larger than 500 kB"),
        ],
    )
    def test_what_is_wrong_with_a_file_is_said(self, cast: Cast, name: str, content: str | bytes, said: str):
        assert said in self._send(cast, name, content).content.decode()
        assert not Questionnaire.objects.exists()

    def _from_file(self, cast: Cast, name: str, content: str) -> Questionnaire:
        self._send(cast, name, content)
        return Questionnaire.objects.get()

    def _send(self, cast: Cast, name: str, content: str | bytes):
        file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
        sent = {"from-file": "1", "file": file, "domain": "distress", "direction": "low"}
        return cast.as_("lead").post(reverse("new-questionnaire"), sent)


class TestFhirWords:
    """Words put to the items of an instrument that is known."""

    def test_loinc_codes_name_items_and_answers_whatever_their_order(self):
        phq9 = instrument("phq9")
        codes = {"LA6568-5": "never", "LA6569-3": "sometimes", "LA6570-1": "often", "LA6571-9": "always"}
        options = [{"valueCoding": {"code": code, "display": words}} for code, words in codes.items()]
        items = [
            {"linkId": f"/{item.loinc}", "text": f"Thing {item.name}", "type": "choice", "answerOption": options}
            | {"code": [{"code": item.loinc}]}
            for item in reversed(phq9.items)
        ]
        words = words_of({"resourceType": "Questionnaire", "item": items}, phq9)
        assert words.items == {item.name: f"Thing {item.name}" for item in phq9.items}
        assert words.answers == {"0": "never", "1": "sometimes", "2": "often", "3": "always"}

    def test_items_with_answers_of_their_own_keep_them(self):
        who5 = instrument("who5")
        items = [
            {"linkId": f"q{n}", "text": f"Thing {n}", "type": "choice"}
            | {"answerOption": [{"valueString": f"{n}-{value}"} for value in range(6)]}
            for n in range(5)
        ]
        words = words_of({"item": items}, who5)
        assert words.answers == {}
        assert words.answers_of["2"] == {str(value): f"1-{value}" for value in range(6)}

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(
                    st.sampled_from(["item", "text", "linkId", "answerOption", "valueCoding", "code", "type"]), inner
                )
            ),
            max_leaves=20,
        )
    )
    def test_nothing_that_is_sent_breaks_it(self, content):
        assert isinstance(words_of({"item": content, "title": content}, instrument("phq9")), Words)


class TestAsking:
    """Which questionnaires are due."""

    def test_the_therapist_chooses_how_often(self, cast: Cast):
        set_up(cast.lead.clinic)
        address = reverse("askings", args=[cast.client.pk])
        cast.as_("alice").post(address, {"phq9": "4"})
        assert Asking.objects.get().every == 4
        cast.as_("alice").post(address, {"phq9": "0"})
        assert not Asking.objects.exists()

    def test_one_is_due_as_often_as_it_is_asked(self, cast: Cast):
        Asking.objects.create(client=cast.client, questionnaire=set_up(cast.lead.clinic), every=3)
        asked = []
        for number in range(2, 9):
            session = Session.objects.create(client=cast.client, number=number)
            if due(cast.client, number):
                asked.append(number)
                Answers.objects.create(client=cast.client, session=session, instrument="phq9", items={})
        assert asked == [2, 5, 8]

    def test_what_was_missed_stays_due(self, cast: Cast):
        Asking.objects.create(client=cast.client, questionnaire=set_up(cast.lead.clinic), every=3)
        assert due(cast.client, 2) == due(cast.client, 3) == ("phq9",)

    def test_what_is_no_longer_offered_is_not_asked(self, cast: Cast):
        Asking.objects.create(client=cast.client, questionnaire=set_up(cast.lead.clinic, is_offered=False), every=1)
        assert due(cast.client, 2) == ()

    def test_the_askings_of_an_erased_client_are_gone(self, cast: Cast):
        Asking.objects.create(client=cast.client, questionnaire=set_up(cast.lead.clinic), every=1)
        Client.objects.get(pk=cast.client.pk).delete()
        assert not Asking.objects.exists()


def _option(words: str, score: int) -> dict:
    score_is = {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": score}
    return {"valueCoding": {"code": f"c{score}", "display": words}, "extension": [score_is]}


PAIN = {
    "resourceType": "Questionnaire",
    "name": "PainDiary",
    "title": "Pain diary",
    "item": [
        {"linkId": link, "type": "choice", "text": text}
        | {"answerOption": [_option("not at all", 0), _option("a little", 1), _option("very", 2)]}
        for link, text in (("a", "How strong was it?"), ("b", "How long did it last?"))
    ],
}
