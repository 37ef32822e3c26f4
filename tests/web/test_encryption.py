"""What lies in the database cannot be read from its file."""

from __future__ import annotations

import sqlite3
from base64 import b32encode
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from web_cast import FELT_OFF, LABEL, Cast, transcript, upload_example, work

from attunement.errors import InputError
from attunement.web import home
from attunement.web.clients.models import Client
from attunement.web.findings.models import Comment
from attunement.web.people.devices import Authenticator, PaperCodes
from attunement.web.sessions.models import Note, Reading
from attunement.web.vault import keys
from attunement.web.vault.fields import OfClient
from attunement.web.vault.sealing import SealBroken

NOTE, COMMENT = "xylophone in the corner", "marmalade at this turn"
# Columns of rows about a client that may hold words in the clear, each with what these words are.
PLAIN_WORDS = {
    "checkins.Link.token_hash",  # of a random token
    "checkins.Answers.instrument",  # the questionnaire's name
    "checkins.FeltOff.sight",
    "findings.Feedback.coder",  # a version
    "findings.Feedback.finding",  # its kind
    "findings.Feedback.verdict",
    "reading.CaseView.drawn_by",  # a version
    "reading.CaseView.failure",  # the kind of an exception
    "retention.Due.kind",
    "therapy_sessions.Event.kind",
    "therapy_sessions.Reading.coder",  # a version
    "therapy_sessions.Reading.drawn_by",  # a version
    "therapy_sessions.Transcript.state",
}


def test_no_word_of_a_client_is_in_the_database_file(cast: Cast, coder, tmp_path: Path):
    session = upload_example(cast.client)
    Note.objects.create(client=cast.client, session=session, author=cast.alice, text=NOTE)
    Comment.objects.create(client=cast.client, session=session, author=cast.alice, turn=1, text=COMMENT)
    assert work() == []
    said = [turn for turn in transcript()[1].decode().splitlines() if len(turn) > 40 and "-->" not in turn]
    raw = _raw(tmp_path)
    assert b"Praxis" in raw or b"Here" in raw  # the file is the database that we mean
    for word in [LABEL, FELT_OFF, NOTE, COMMENT, *said]:
        assert word.encode() not in raw, "a word of a client lies in the clear"


def test_no_second_factor_is_in_the_database_file_or_a_backup(cast: Cast, backups: Path, tmp_path: Path):
    authenticator, codes = Authenticator.begin(cast.alice), PaperCodes.write(cast.alice)
    call_command("backup", verbosity=0)
    (backup,) = backups.glob("*.attunement")
    secret = authenticator.secret
    words = [secret, secret.hex().encode(), b32encode(secret), *(code.encode() for code in codes)]
    lying = _raw(tmp_path) + backup.read_bytes()
    assert not [word for word in words if word in lying]


def test_a_second_factor_is_good_after_rotation(cast: Cast):
    secret, codes = Authenticator.begin(cast.alice).secret, PaperCodes.write(cast.alice)
    call_command("rotate_keys", verbosity=0)
    assert Authenticator.objects.get(user=cast.alice).secret == secret
    assert PaperCodes.objects.get(user=cast.alice).verify_token(codes[3])


def test_only_these_columns_hold_words_in_the_clear():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, OfClient)
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    }
    assert found == PLAIN_WORDS


def test_a_value_moved_to_another_row_cannot_be_opened(cast: Cast):
    one = Note.objects.create(client=cast.client, session=cast.session, author=cast.alice, text="one")
    two = Note.objects.create(client=cast.client, session=cast.session, author=cast.alice, text="two")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM therapy_sessions_note WHERE id = %s", [_id(one)])
        cursor.execute("UPDATE therapy_sessions_note SET text = %s WHERE id = %s", [cursor.fetchone()[0], _id(two)])
    with pytest.raises(SealBroken):
        _ = Note.objects.get(pk=two.pk).text


def test_sealed_values_cannot_be_set_past_an_instance(cast: Cast):
    with pytest.raises(TypeError):
        Note.objects.update(text="in the clear")


def test_saving_without_opening_keeps_a_value(cast: Cast):
    Client.objects.get(pk=cast.client.pk).save()
    assert Client.objects.get(pk=cast.client.pk).label == LABEL


def test_after_rotation_everything_can_still_be_read(cast: Cast, coder):
    upload_example(cast.client)
    assert work() == []
    before = (home.home() / keys.MASTER).read_text()
    wrapped = (keys.key_folder() / f"{cast.client.pk}.key").read_bytes()
    call_command("rotate_keys", verbosity=0)
    assert (home.home() / keys.MASTER).read_text() != before
    assert (keys.key_folder() / f"{cast.client.pk}.key").read_bytes() != wrapped
    assert Client.objects.get(pk=cast.client.pk).label == LABEL
    assert Reading.objects.get(client=cast.client).content


def test_a_rotation_that_was_cut_short_can_be_run_again(cast: Cast, monkeypatch):
    monkeypatch.setattr(keys.home, "replace", _cut_short(monkeypatch, after=1))
    with pytest.raises(KeyboardInterrupt):
        keys.rotate_master_key()
    monkeypatch.undo()
    assert Client.objects.get(pk=cast.client.pk).label == LABEL
    keys.rotate_master_key()
    assert Client.objects.get(pk=cast.client.pk).label == LABEL
    assert len(keys.master_keys()) == 1


def test_a_wrong_master_key_is_said(cast: Cast, monkeypatch):
    from cryptography.fernet import Fernet

    monkeypatch.setenv("ATTUNEMENT_MASTER_KEYS", Fernet.generate_key().decode())
    with pytest.raises(InputError, match="does not fit"):
        _ = Client.objects.get(pk=cast.client.pk).label


def test_keys_are_for_their_owner_alone(cast: Cast):
    files = [home.home() / keys.MASTER, keys.key_folder() / f"{cast.client.pk}.key"]
    assert [oct(path.stat().st_mode & 0o777) for path in files] == ["0o600", "0o600"]


def _cut_short(monkeypatch, *, after: int):
    real, calls = keys.home.replace, []

    def replace(path, content):
        if len(calls) == after:
            raise KeyboardInterrupt
        calls.append(path)
        real(path, content)

    return replace


def _id(row: models.Model) -> str:
    return row.pk.hex if connection.vendor == "sqlite" else str(row.pk)


def _raw(folder: Path) -> bytes:
    """The bytes of the database file; of PostgreSQL, what a dump of its tables would hold."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(folder / "raw.sqlite3") as copy:
            assert connection.connection is not None
            copy.executescript("\n".join(connection.connection.iterdump()))
        return (folder / "raw.sqlite3").read_bytes()
    rows = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                rows += b"|".join(bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for v in row)
    return rows
