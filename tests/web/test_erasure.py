"""A client is erased in one step, from backups too; a no deletes what it forbids."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from web_cast import LABEL, Cast, upload_example, work

from attunement.web.audit.models import Action, Record
from attunement.web.clients.consent import decide
from attunement.web.clients.erasure import erase, finish_erasures, without_key
from attunement.web.clients.models import Client, ConsentKind, Erasure
from attunement.web.sessions.models import Reading, Transcript
from attunement.web.vault import keys
from attunement.web.vault.fields import OfClient


def test_nothing_of_an_erased_client_is_left_but_receipt_and_audit(cast: Cast, coder):
    upload_example(cast.client)
    assert work() == []
    number = cast.client.pk
    response = cast.as_("alice").post(reverse("erase", args=[number]), {"is_meant": "on"}, follow=True)
    assert response.status_code == 200
    assert not Client.objects.filter(pk=number).exists()
    for model in apps.get_models():
        if issubclass(model, OfClient):
            assert not model.objects.filter(client_id=number).exists(), model
    assert not keys.has_key(number)
    receipt = Erasure.objects.get(client=number)
    assert receipt.removed["Transcript"] == receipt.removed["Reading"] == 1
    assert Record.objects.filter(client=number, action=Action.ERASED).exists()


def test_it_has_to_be_meant(cast: Cast):
    cast.as_("alice").post(reverse("erase", args=[cast.client.pk]), {})
    assert keys.has_key(cast.client.pk)


def test_the_link_of_an_erased_client_opens_nothing(cast: Cast):
    erase(cast.client, by=cast.alice)
    assert cast.as_("client").get(reverse("check-in", args=[cast.token])).status_code == 410


def test_the_key_is_destroyed_among_the_backups_too(cast: Cast, backups: Path):
    call_command("backup", verbosity=0)
    assert (backups / "keys" / f"{cast.client.pk}.key").exists()
    receipt = erase(cast.client, by=cast.alice)
    assert receipt.keys_destroyed == ["here", "among the backups"]
    assert not (backups / "keys" / f"{cast.client.pk}.key").exists()


def test_a_client_whose_key_is_missing_is_not_erased(cast: Cast):
    key = keys.key_folder() / f"{cast.client.pk}.key"
    aside = key.rename(key.with_suffix(".aside"))
    assert finish_erasures() == []
    assert without_key() == 1
    aside.rename(key)
    assert Client.objects.get(pk=cast.client.pk).label == LABEL


def test_an_erasure_that_was_cut_short_is_finished(cast: Cast):
    number = cast.client.pk
    keys.destroy_key(number)  # killed after the first step
    assert finish_erasures() == [number]
    assert not Client.objects.filter(pk=number).exists()
    assert Erasure.objects.filter(client=number).count() == 1
    assert finish_erasures() == []


@pytest.mark.parametrize("kind", [ConsentKind.ANALYSIS, ConsentKind.RECORDING])
def test_a_no_deletes_transcripts_and_readings(cast: Cast, coder, kind: ConsentKind):
    upload_example(cast.client)
    assert work() == []
    assert Reading.objects.count() == 1
    cast.as_("client").post(reverse("own-consent", args=[cast.token]), {"kind": kind, "said": "no"})
    assert Transcript.objects.count() == Reading.objects.count() == 0
    assert work() == []
    page = cast.as_("alice").get(reverse("client", args=[cast.client.pk])).content.decode()
    assert "<q" not in page  # no word of the transcript is quoted any more


def test_without_a_yes_nothing_is_read(cast: Cast, coder):
    upload_example(cast.client)
    cast.client.consents.all().delete()
    assert work() == []
    assert Reading.objects.count() == 0
    assert "not agreed" in Transcript.objects.get().refusal


def test_a_no_while_it_is_being_read_wins(cast: Cast, coder, monkeypatch):
    from attunement.web.reading import jobs

    def slow(transcript):
        decide(cast.client, ConsentKind.ANALYSIS, is_given=False, by_client=True)
        return {"content": b"content", "coder": "coder"}

    monkeypatch.setattr(jobs, "_read", slow)
    upload_example(cast.client)
    assert work() == []
    assert Reading.objects.count() == Transcript.objects.count() == 0
