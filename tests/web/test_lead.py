"""The lead: figures in which nobody can be found, people, cases, settings."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from web_cast import LABEL, PASSWORD, Cast, person, work

from attunement.web.audit.models import Action, Record
from attunement.web.checkins.models import Answers, Link
from attunement.web.clients.models import Client
from attunement.web.lead import staffing
from attunement.web.lead.cells import LEAST, hide_small
from attunement.web.lead.figures import last_months, look_over
from attunement.web.lead.intervals import clustered_share, mean_of
from attunement.web.lead.models import ClinicSettings, Glance, Outcome, settings_of
from attunement.web.people.models import Invitation, Role, Supervision, User
from attunement.web.people.signed_in import with_second_factor
from attunement.web.reading.queue import case_changed
from attunement.web.sessions.models import Session

# --- small cells ------------------------------------------------------------------------------------------------------


def test_what_is_under_five_is_hidden_and_nought_too():
    line = hide_small({"better": 30, "same": 20, "worse": 2, "unknown": 4})
    assert (line.total, line.cells) == (56, {"better": 30, "same": 20, "worse": None, "unknown": None})
    assert hide_small({"better": 30, "same": 0}).cells == {"better": None, "same": None}


def test_one_hidden_cell_takes_another_with_it():
    line = hide_small({"better": 30, "same": 20, "worse": 8, "unknown": 3})
    assert line.cells == {"better": 30, "same": 20, "worse": None, "unknown": None}


def test_a_small_clinic_shows_nothing_at_all():
    assert hide_small({"better": 2, "same": 2}).total is None


@pytest.mark.parametrize("cells, most", [(2, 40), (3, 30), (4, 22)])
def test_nothing_hidden_can_be_computed_not_even_by_who_knows_the_rule(cells: int, most: int):
    made_by = defaultdict(list)
    for counts in product(range(most + 1), repeat=cells):
        if sum(counts) <= most:  # all lines with this total are there
            line = hide_small(dict(zip("abcd", counts, strict=False)))
            made_by[line.total, tuple(line.cells.values())].append(counts)
    for (total, shown), every in made_by.items():
        assert all(count is None or count >= LEAST for count in shown)
        for place in (place for place, count in enumerate(shown) if count is None and total is not None):
            possible = {counts[place] for counts in every}
            assert len(possible) >= 3 or min(possible) >= LEAST, (total, shown, possible)


# --- intervals --------------------------------------------------------------------------------------------------------


def test_many_answers_of_few_clients_say_less_than_of_many():
    alike = clustered_share([(1, 2)] * 40)
    few = clustered_share([(10, 10), (0, 10)] * 4)
    assert alike["share"] == few["share"] == 0.5
    assert few["high"] - few["low"] > 2 * (alike["high"] - alike["low"])


def test_a_share_of_all_is_as_sure_as_its_clients_are_many():
    assert clustered_share([(20, 20)] * 5)["low"] < 0.6
    assert clustered_share([(20, 20)] * 5)["high"] == 1
    with pytest.raises(ValueError, match="nobody"):
        clustered_share([(0, 0)])


def test_the_mean_counts_each_client_once():
    found = mean_of([6.0, 7.0, 8.0, 7.0, 7.0])
    assert found["mean"] == 7
    assert found["low"] == pytest.approx(6.122, abs=0.001)  # t with 4 degrees of freedom: 2.776
    with pytest.raises(ValueError, match="two"):
        mean_of([7.0])


# --- the clinic at a glance -------------------------------------------------------------------------------------------


def many(cast: Cast, changes: dict[str, int], *, start: int = 0) -> list[Client]:
    """Clients of Bob's, so many of each change."""
    kinds = [change for change, count in changes.items() for _ in range(count)]
    clients = [Client.admit(therapist=cast.bob, label=f"C-{start + number}") for number in range(len(kinds))]
    for client, change in zip(clients, kinds, strict=True):
        Outcome.objects.create(client=client, found={"changes": {"phq9": change}, "alliance": {}})
    return clients


@pytest.fixture
def by_phq9(cast: Cast) -> None:
    """The clinic goes by the PHQ-9."""
    ClinicSettings.objects.create(clinic=cast.lead.clinic, distress="phq9")


def cells(cast: Cast, stage: str = "under way") -> dict[str, int | None]:
    """What is shown of outcomes."""
    line = Glance.objects.get(clinic=cast.lead.clinic).figures["outcome"]["lines"][stage]
    return {name: cell and cell["count"] for name, cell in line["cells"].items()}


def test_outcomes_are_counted_with_small_cells_hidden(cast: Cast, by_phq9):
    many(cast, {"improved": 12, "unchanged": 9, "deteriorated": 3})
    look_over(cast.lead.clinic)
    # Alice's client is the one of whom nothing is known.
    assert cells(cast) == {"improved": 12, "unchanged": None, "deteriorated": None, "unknown": None}
    page = cast.as_("lead").get(reverse("clinic")).content.decode()
    assert "Clients in therapy: 25" in page
    assert "48 %" in page
    assert page.count("not shown") == 3
    assert "nothing is shown" in page  # of ended therapies there are none


def test_figures_stay_until_five_clients_are_counted_elsewhere(cast: Cast, by_phq9):
    clients = many(cast, {"improved": 10, "unchanged": 12})
    look_over(cast.lead.clinic)
    before = cells(cast)
    for number, client in enumerate(clients[:5], start=1):
        outcome = Outcome.objects.get(client=client)
        outcome.found = {"changes": {"phq9": "unchanged"}, "alliance": {}}
        outcome.save()
        look_over(cast.lead.clinic)
        assert (cells(cast) == before) is (number < LEAST)


def test_who_was_erased_counts_as_one_of_the_five(cast: Cast, by_phq9):
    clients = many(cast, {"improved": 10, "unchanged": 12})
    look_over(cast.lead.clinic)
    for client in clients[:4]:
        client.delete()
    look_over(cast.lead.clinic)
    assert Glance.objects.get().figures["outcome"]["counted"] == 23
    clients[4].delete()
    look_over(cast.lead.clinic)
    assert Glance.objects.get().figures["outcome"]["counted"] == 18


def test_another_measure_is_counted_at_once_and_none_shows_nothing(cast: Cast, by_phq9):
    many(cast, {"improved": 10})
    look_over(cast.lead.clinic)
    ClinicSettings.objects.update(distress="gad7")
    look_over(cast.lead.clinic)
    assert Glance.objects.get().figures["outcome"]["instrument"] == "gad7"
    ClinicSettings.objects.update(distress="")
    look_over(cast.lead.clinic)
    assert Glance.objects.get().figures["outcome"] is None
    assert "Choose in the" in cast.as_("lead").get(reverse("clinic")).content.decode()


def test_the_outcome_is_that_of_the_case(cast: Cast, coder):
    for number, total in ((1, 20), (2, 8)):
        session, _made = Session.objects.get_or_create(
            client=cast.client, number=number, defaults={"date": date(2026, 3, 4)}
        )
        Answers.objects.create(client=cast.client, session=session, instrument="phq9", items={}, total=total)
    case_changed(cast.client)
    assert work() == []
    assert Outcome.objects.get(client=cast.client).found == {
        "changes": {"phq9": "improved"},
        "alliance": {"2026-03": 7.0},
    }


def test_a_month_with_few_clients_is_hidden_and_one_with_enough_is_not(cast: Cast):
    today, this_month = timezone.localdate(), timezone.localdate().replace(day=1)
    for client in many(cast, {"improved": 5}):
        session = Session.objects.create(client=client, number=1, date=today)
        Link.issue(session)
        Outcome.objects.filter(client=client).delete()
        Outcome.objects.create(client=client, found={"changes": {}, "alliance": {f"{this_month:%Y-%m}": 7.5}})
    Link.objects.filter(client__therapist=cast.bob).update(used_at=timezone.now(), expires_at=timezone.now())
    now, before, *_rest = look_over(cast.lead.clinic).figures["months"]
    assert now["sessions"] == {"sessions": 5, "clients": 5}
    assert now["alliance"]["mean"] == 7.5
    # Alice's client has links of this month too: six clients were asked, five answered all they could still answer.
    assert now["check_ins"]["sent"] == 6
    assert now["check_ins"]["answered"] == 5
    assert (before["sessions"], before["check_ins"], before["alliance"]) == (None, None, None)
    Session.objects.filter(client__therapist=cast.bob, date=today).first().delete()  # type: ignore[union-attr]
    assert look_over(cast.lead.clinic).figures["months"][0]["sessions"] is None


def test_months_follow_each_other_without_overlap():
    assert [f"{day:%Y-%m}" for day in last_months(date(2026, 2, 28))] == [
        "2026-02",
        "2026-01",
        "2025-12",
        "2025-11",
        "2025-10",
        "2025-09",
    ]


def test_figures_are_of_the_own_clinic(cast: Cast, by_phq9):
    many(cast, {"improved": 10, "unchanged": 12})
    assert look_over(cast.stranger.clinic).figures["months"][0]["sessions"] is None
    assert "Clients in therapy" not in cast.as_("stranger").get(reverse("clinic")).content.decode()


def test_no_page_of_the_lead_holds_a_clients_name(cast: Cast):
    for name in ("clinic", "open-alerts", "people", "cases", "retention", "clinic-settings", "audit"):
        assert LABEL not in cast.as_("lead").get(reverse(name)).content.decode(), name


@pytest.mark.parametrize("name", ["clinic", "people", "cases", "clinic-settings"])
def test_pages_ask_the_database_as_often_for_a_large_clinic(cast: Cast, name: str):
    browser, counts = cast.as_("lead"), []
    browser.get(reverse(name))
    for round_ in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse(name))
        counts.append(len(asked))
        many(cast, {"improved": 6}, start=10 * round_)
        for number in range(4):
            person(cast.lead.clinic, f"new-{round_}-{number}", Role.THERAPIST)
            Invitation.issue(clinic=cast.lead.clinic, roles=[Role.THERAPIST])
    assert counts[0] == counts[1] <= 14


# --- people -----------------------------------------------------------------------------------------------------------


def test_an_invitation_is_shown_once_and_works_once(cast: Cast):
    browser = cast.as_("lead")
    page = browser.post(reverse("invite"), {"roles": ["therapist", "supervisor"]}).content.decode()
    address = page.split('id="address">')[1].split("<")[0]
    joining = {"name": "Zoe", "email": "zoe@example.org", "password": PASSWORD, "again": PASSWORD}
    assert Browser().post(address, joining).status_code == 302
    assert Browser().post(address, joining).status_code == 410
    assert User.objects.get(email="zoe@example.org").roles == ["therapist", "supervisor"]
    assert address.rstrip("/").rsplit("/", 1)[1] not in browser.get(reverse("people")).content.decode()
    assert Record.objects.filter(action=Action.MANAGED, what="invited as therapist, supervisor").exists()


def test_an_invitation_that_was_withdrawn_opens_nothing(cast: Cast):
    invitation = Invitation.objects.get()
    cast.as_("lead").post(reverse("withdraw-invitation", args=[invitation.pk]))
    assert Browser().get(reverse("welcome", args=[cast.invitation])).status_code == 410


def test_who_supervises_no_more_by_role_reads_no_more(cast: Cast):
    address = reverse("client", args=[cast.client.pk])
    supervisor = cast.as_("supervisor")
    assert supervisor.get(address).status_code == 200
    cast.as_("lead").post(reverse("change-roles", args=[cast.supervisor.pk]), {"roles": ["researcher"]})
    assert supervisor.get(address).status_code == 404
    assert not Supervision.objects.filter(supervisor=cast.supervisor, ended_at=None).exists()


def test_the_last_lead_stays(cast: Cast):
    browser, own = cast.as_("lead"), cast.lead.pk
    page = browser.post(reverse("change-roles", args=[own]), {"roles": ["therapist"]}).content.decode()
    assert "Nobody else leads the clinic" in page
    page = browser.post(reverse("change-access", args=[own]), {"let": "out"}, follow=True).content.decode()
    assert "Nobody else leads the clinic" in page
    cast.lead.refresh_from_db()
    assert cast.lead.is_active
    assert cast.lead.has_role(Role.LEAD)
    cast.bob.is_active = False
    cast.bob.roles = ["lead"]
    cast.bob.save()
    with pytest.raises(staffing.LastLead):  # one who cannot sign in leads nothing
        staffing.deactivate(cast.lead, by=cast.lead)
    User.objects.filter(pk=cast.bob.pk).update(is_active=True)
    browser.post(reverse("change-roles", args=[own]), {"roles": ["therapist"]})
    assert browser.get(reverse("clinic")).status_code == 403


def test_who_is_deactivated_is_out_at_once_and_comes_back_without_supervision(cast: Cast):
    supervisor, lead = cast.as_("supervisor"), cast.as_("lead")
    address = reverse("change-access", args=[cast.supervisor.pk])
    lead.post(address, {"let": "out"})
    assert supervisor.get(reverse("confirm")).status_code == 302
    wrong = supervisor.post(reverse("sign-in"), {"username": "supervisor@example.org", "password": PASSWORD})
    assert "errorlist" in wrong.content.decode()
    lead.post(address, {"let": "in"})
    right = supervisor.post(reverse("sign-in"), {"username": "supervisor@example.org", "password": PASSWORD})
    assert right.status_code == 302
    assert not Supervision.objects.filter(supervisor=cast.supervisor, ended_at=None).exists()
    assert {row.what for row in Record.objects.filter(action=Action.MANAGED)} == {
        "deactivated: Supervisor",
        "reactivated: Supervisor",
    }


def test_a_lost_phone_is_forgotten_and_all_sessions_end(cast: Cast):
    alice = cast.as_("alice")
    assert alice.get(reverse("today")).status_code == 200
    cast.as_("lead").post(reverse("reset-second-factor", args=[cast.alice.pk]))
    assert alice.get(reverse("today"))["Location"].startswith(reverse("sign-in"))
    assert with_second_factor([cast.alice]) == set()
    answer = alice.post(reverse("sign-in"), {"username": "alice@example.org", "password": PASSWORD})
    assert answer["Location"] == reverse("set-up")


def test_supervision_begins_and_ends(cast: Cast):
    bob, lead = cast.bob, cast.as_("lead")
    lead.post(reverse("begin-supervision", args=[bob.pk]), {"person": cast.supervisor.pk})
    lead.post(reverse("begin-supervision", args=[bob.pk]), {"person": cast.supervisor.pk})
    supervision = Supervision.objects.get(therapist=bob)
    theirs = Client.admit(therapist=bob, label="B-01")
    address = reverse("client", args=[theirs.pk])
    assert cast.as_("supervisor").get(address).status_code == 200
    lead.post(reverse("end-supervision", args=[supervision.pk]))
    assert cast.as_("supervisor").get(address).status_code == 404


@pytest.mark.parametrize("who", ["researcher", "bob", "stranger", "alice"])
def test_only_a_supervisor_of_the_own_clinic_supervises(cast: Cast, who: str):
    other = getattr(cast, who)
    cast.as_("lead").post(reverse("begin-supervision", args=[cast.alice.pk]), {"person": other.pk})
    assert not Supervision.objects.filter(supervisor=other).exists()


def test_what_changes_people_needs_the_password(cast: Cast):
    browser = cast.as_("lead")
    session = browser.session
    session["password_given_at"] = 0
    session.save()
    for name, who in (("change-roles", cast.bob), ("change-access", cast.bob), ("reset-second-factor", cast.bob)):
        answer = browser.post(reverse(name, args=[who.pk]), {"roles": ["lead"], "let": "out"})
        assert answer["Location"].startswith(reverse("confirm")), name
    assert browser.post(reverse("invite"), {"roles": ["lead"]})["Location"].startswith(reverse("confirm"))
    cast.bob.refresh_from_db()
    assert cast.bob.roles == ["therapist"]
    assert cast.bob.is_active


# --- cases and settings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["lead", "alice"])
def test_a_client_is_handed_over_with_everything_but_the_own_notes(cast: Cast, who: str):
    answer = cast.as_(who).post(reverse("hand-over", args=[cast.client.pk]), {"person": cast.bob.pk}, follow=True)
    assert answer.status_code == 200
    assert "Handed over to Bob" in answer.content.decode()
    address = reverse("client", args=[cast.client.pk])
    assert cast.as_("bob").get(address).status_code == 200
    assert cast.as_("alice").get(address).status_code == 404
    assert cast.as_("supervisor").get(address).status_code == 404  # supervises Alice, not Bob
    assert Record.objects.filter(client=cast.client.pk, what="handed over: Alice to Bob").exists()


@pytest.mark.parametrize("who", ["supervisor", "stranger", "alice"])
def test_a_client_is_handed_over_to_another_active_therapist_of_the_clinic_only(cast: Cast, who: str):
    page = cast.as_("lead").post(reverse("hand-over", args=[cast.client.pk]), {"person": getattr(cast, who).pk})
    assert "errorlist" in page.content.decode()
    assert LABEL not in page.content.decode()
    assert Client.objects.get().therapist == cast.alice


def test_the_crisis_text_is_shown_before_it_is_saved(cast: Cast):
    said = {"name": "New name", "crisis_text": "Call 999.", "alert_days": 21, "distress": "gad7"}
    browser = cast.as_("lead")
    page = browser.post(reverse("clinic-settings"), {**said, "preview": "yes"}).content.decode()
    assert '<div class="crisis-preview"><p>Call 999.</p></div>' in page
    cast.lead.clinic.refresh_from_db()
    assert cast.lead.clinic.crisis_text == "Call 555."
    browser.post(reverse("clinic-settings"), said)
    cast.lead.clinic.refresh_from_db()
    kept = settings_of(cast.lead.clinic)
    assert (cast.lead.clinic.name, cast.lead.clinic.crisis_text) == ("New name", "Call 999.")
    assert (kept.alert_days, kept.distress) == (21, "gad7")
    assert "Call 999." in cast.as_("client").get(reverse("check-in", args=[cast.token])).content.decode()


@pytest.mark.parametrize("wrong", [{"alert_days": 0}, {"distress": "wai_sr"}, {"crisis_text": " "}])
def test_settings_that_make_no_sense_are_refused(cast: Cast, wrong: dict[str, object]):
    said = {"name": "Here", "crisis_text": "Call 999.", "alert_days": 21, "distress": ""} | wrong
    page = cast.as_("lead").post(reverse("clinic-settings"), said).content.decode()
    assert "errorlist" in page
    assert not ClinicSettings.objects.exists()


def test_a_lead_without_clients_begins_at_the_clinic(cast: Cast):
    assert cast.as_("lead").get(reverse("today"))["Location"] == reverse("clinic")


def test_ended_therapies_count_for_a_year(cast: Cast, by_phq9):
    clients = many(cast, {"improved": 6, "unchanged": 6})
    for client in clients:
        Client.objects.filter(pk=client.pk).update(ended_at=timezone.now() - timedelta(days=300))
    look_over(cast.lead.clinic)
    assert Glance.objects.get().figures["outcome"]["lines"]["ended"]["total"] == 12
    Client.objects.filter(therapist=cast.bob).update(ended_at=timezone.now() - timedelta(days=400))
    look_over(cast.lead.clinic)
    assert Glance.objects.get().figures["outcome"]["lines"]["ended"]["total"] is None
