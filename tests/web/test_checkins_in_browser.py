"""A questionnaire in a real Chromium: set up by the lead, answered on a narrow phone without script."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from test_in_browser import AXE, PHONE
from test_serve import SERVE, until

from chromium import browser, needs_chromium  # noqa: F401

pytestmark = [needs_chromium, pytest.mark.slow]

ITEMS = 6  # of the invented questionnaire; the last asks about danger


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration; nothing of this needs its transcripts read."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    log = tmp_path_factory.mktemp("log") / "server"
    settings = {**os.environ, "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", SERVE, "--demo", "--no-worker", "--port", str(number)]
    with log.open("w") as said:
        server = subprocess.Popen(command, env=settings, stdout=said, stderr=said)
        assert until(lambda: "Stop it" in log.read_text()), log.read_text()
        yield f"http://127.0.0.1:{number}"
        server.terminate()
        server.wait()


@pytest.fixture
def desk(browser: Browser, clinic: str) -> Iterator[Page]:  # noqa: F811
    """Alma at her desk."""
    desk = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    _be(desk, clinic, "Alma Reyes")
    yield desk
    desk.close()


@pytest.fixture
def address(desk: Page) -> str:
    """A link of a client who is asked the invented questionnaire every session."""
    desk.get_by_role("link", name="K-03").click()
    desk.get_by_role("link", name="Questionnaires").click()
    desk.locator("select").first.select_option("1")
    desk.get_by_role("button", name="Keep").click()
    desk.goto(desk.url.replace("questionnaires/", "links/"))
    desk.get_by_role("button", name="New link, after session").click()
    return desk.locator("#address").inner_text()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:  # noqa: F811
    """A narrow phone without script."""
    phone = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    yield phone
    phone.context.close()


def test_ratings_then_a_questionnaire_then_whom_to_call(phone: Page, address: str):
    phone.goto(address)
    for name in ("understood", "safe", "goals", "fit", "unsaid"):
        phone.locator(f"input[name={name}][value='8']").check()
    assert _fits(phone)
    phone.get_by_role("button", name="Send and go on").click()
    phone.get_by_label("on some days").first.check()
    phone.get_by_role("button", name="Send", exact=True).click()
    assert phone.get_by_text("4 more answers, and it can be counted.").is_visible()
    assert _fits(phone)
    for number in range(ITEMS):
        phone.locator(f"input[name=item-{number}][value='1']").check()
    phone.get_by_role("button", name="Send", exact=True).click()
    assert phone.get_by_role("heading", name="You do not have to wait").is_visible()
    assert phone.locator(".own-line").count() == ITEMS  # five ratings and the questionnaire
    assert _fits(phone)
    phone.get_by_role("link", name="Something felt off").click()
    assert _fits(phone)


def test_the_code_fills_the_screen_and_becomes_small_again(desk: Page, address: str):
    desk.get_by_role("link", name="Show the code large").click()
    assert desk.locator("#large .qr").bounding_box()["width"] > 600
    desk.get_by_role("link", name="Smaller again").click()
    assert not desk.locator("#large").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, clinic: str, address: str, scheme: str):  # noqa: F811
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = browser.new_page(viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    found: list[str] = []

    def look() -> None:
        if not _fits(page):
            found.append(f"{page.url}: scrolls sideways")
        answer = axe.run(page, options={"runOnly": AXE}).response
        found.extend(f"{page.url}: {each['id']}, {each['nodes'][0]['target']}" for each in answer["violations"])

    for path in ("", "course/", "felt-off/"):
        page.goto(address + path)
        look()
    _be(page, clinic, "Alma Reyes")
    page.get_by_role("link", name="K-03").click()
    client = page.url
    for path in ("links/", "questionnaires/"):
        page.goto(client + path)
        look()
    page.goto(client + "links/")
    page.get_by_role("button", name="New link, before session").click()
    look()
    _be(page, clinic, "Chris Lindqvist")
    for path in ("", "new/", "of/phq9/"):
        page.goto(f"{clinic}/questionnaires/{path}")
        look()
    page.goto(f"{clinic}/questionnaires/")
    page.get_by_role("link", name="As a client sees it").first.click()
    look()
    page.close()
    assert found == []


def _be(page: Page, clinic: str, who: str) -> None:
    page.goto(f"{clinic}/demo/")
    page.get_by_role("button", name=who).click()


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"])
