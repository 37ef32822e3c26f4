"""What browsers are told, what logs keep, what is documented, how often the database is asked."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from permissions import ROWS
from web_cast import Cast

from attunement.web.clients.models import Client
from attunement.web.discreet import Discreet
from attunement.web.look import assets
from attunement.web.settings_table import SETTINGS

DOCS = Path(__file__).parents[2] / "docs"
WEB = Path(__file__).parents[2] / "src" / "attunement" / "web"


def test_no_page_may_run_script_that_is_not_a_file_of_ours(cast: Cast):
    response = cast.as_("alice").get(reverse("client", args=[cast.client.pk]))
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("template", sorted(WEB.rglob("*.html")), ids=lambda path: path.stem)
def test_templates_hold_no_script_style_or_address_of_others(template: Path):
    page = template.read_text(encoding="utf-8")
    assert not re.search(r"<script(?! src=)|<style| on\w+=|https?://", page)


def test_pages_of_clients_are_kept_by_no_browser(cast: Cast):
    for response in (
        cast.as_("alice").get(reverse("client", args=[cast.client.pk])),
        cast.as_("client").get(reverse("check-in", args=[cast.token])),
    ):
        assert "no-store" in response["Cache-Control"]


def test_cookies_are_for_tls_unless_said_otherwise():
    names = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0"
    code = f"from django.conf import settings as s; print({names})"
    settings = {key: value for key, value in os.environ.items() if key != "ATTUNEMENT_HTTPS"}
    done = subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * 3


@pytest.mark.parametrize("name", sorted(assets.PARTS))
def test_styles_and_scripts_may_be_kept_for_ever(db, name: str):
    response = Browser().get(reverse("asset", args=[assets.digest(), name]))
    assert "immutable" in response["Cache-Control"]


def test_logs_keep_no_token_and_no_message_of_a_failure():
    try:
        raise ValueError("what the client said")
    except ValueError:
        failure = sys.exc_info()
    request = logging.LogRecord("django.request", 40, "", 1, "Gone: %s", ("/c/SECRET/course/",), failure)
    other = logging.LogRecord("elsewhere", 40, "", 1, "failed: %s", ("what the client said",), None)
    said = Discreet().format(request) + Discreet().format(other)
    assert "SECRET" not in said
    assert "what the client said" not in said
    assert "ValueError" in said


def test_every_setting_is_documented():
    page = (DOCS / "clinic.md").read_text(encoding="utf-8")
    rows = [f"| `{each.name}` | {f'`{each.default}`' if each.default else ''} | {each.help} |" for each in SETTINGS]
    assert [row for row in rows if row not in page] == []


def test_no_setting_is_read_that_is_not_in_the_table():
    names = {each.name for each in SETTINGS}
    used = {name for path in WEB.rglob("*.py") for name in re.findall(r"ATTUNEMENT_[A-Z_]+", path.read_text())}
    assert used == {name for name in names if name.startswith("ATTUNEMENT_")}


def test_today_asks_the_database_as_often_for_many_clients(cast: Cast):
    browser = cast.as_("alice")
    browser.get(reverse("today"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("today"))
        counts.append(len(asked))
        for number in range(6):
            Client.admit(therapist=cast.alice, label=f"C-{number}")
    assert counts[0] == counts[1] <= 16


def test_every_page_speaks_german(cast: Cast):
    german = {"HTTP_ACCEPT_LANGUAGE": "de"}
    pages = {
        "today": cast.as_("alice").get(reverse("today"), **german),
        "check-in": cast.as_("client").get(reverse("check-in", args=[cast.token]), **german),
        "sign-in": Browser().get(reverse("sign-in"), **german),
    }
    words = {"today": "Heute", "check-in": "Wie war die Sitzung?", "sign-in": "Anmelden"}
    assert {name: words[name] in page.content.decode() for name, page in pages.items()} == dict.fromkeys(words, True)
    assert all('lang="de"' in page.content.decode() for page in pages.values())


def test_pages_have_one_heading_and_a_way_past_the_menu(cast: Cast):
    for row in ROWS:
        if row.method != "get" or row.by_token or row.name in ("asset", "demo", "api-schema", "fhir-schema"):
            continue
        who = "client" if row.who == frozenset({"client"}) else "lead" if row.name == "audit" else "alice"
        arguments = [cast.token] if who == "client" else row.arguments(cast)
        page = cast.as_(who).get(reverse(row.name, args=arguments), follow=True).content.decode()
        assert page.count("<h1") == 1, row.name
        assert 'class="skip"' in page, row.name
