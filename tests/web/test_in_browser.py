"""The demonstration in a real Chromium, on a phone and a desk, with script and without."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from test_serve import SERVE, until

from chromium import browser, needs_chromium  # noqa: F401

pytestmark = [needs_chromium, pytest.mark.slow]

AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration in which all is read."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    address = f"http://127.0.0.1:{number}"
    settings = {**os.environ, "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    log = tmp_path_factory.mktemp("log") / "server"
    with log.open("w") as said:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, "--demo", "--port", str(number)], env=settings, stdout=said, stderr=said
        )
        assert until(lambda: "Stop it" in log.read_text()), log.read_text()
        assert until(lambda: _nothing_waits(address)), log.read_text()
        yield address
        server.terminate()
        server.wait()


def _nothing_waits(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/") as page:
            return re.search(r"\b0 jobs wait", page.read().decode()) is not None  # not 10 of them
    except urllib.error.HTTPError:
        return False  # the worker is starting


@pytest.fixture
def said() -> list[str]:
    """What the browser complained about."""
    return []


@pytest.fixture
def page(browser: Browser, demo: str, said: list[str]) -> Iterator[Page]:  # noqa: F811
    """Alma at her desk."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((demo, "data:")) else said.append(request.url))
    page.goto(f"{demo}/demo/")
    page.get_by_role("button", name="Alma Reyes").click()
    yield page
    page.close()


def test_from_today_to_the_turn(page: Page, said: list[str]):
    page.get_by_role("link", name="Leander").click()
    page.locator("#alerts, .lead").first.wait_for()
    page.locator('a[href*="/sessions/"][href*="#turn-"]').first.click()
    page.locator(".turn").first.wait_for()
    assert "#turn-" in page.url
    assert said == []


def test_a_transcript_is_uploaded_and_read(page: Page, said: list[str], tmp_path: Path):
    page.get_by_role("link", name="K-03").click()
    page.get_by_role("link", name="New session").click()
    turns = "\n".join(f"{who}: It was like that again, {n}." for n in range(8) for who in ("Therapist", "Client"))
    page.get_by_label("Or paste it").fill(turns)
    page.get_by_role("button", name="Upload").click()
    page.locator(".turn").first.wait_for(timeout=90_000)  # the page looks again by itself
    assert said == []


def test_a_client_answers_on_a_phone_without_script(page: Page, browser: Browser, demo: str):  # noqa: F811
    page.get_by_role("link", name="T-11").click()
    page.locator("form[action$='/check-in-link/'] button").first.click()
    address = page.locator("#address").inner_text()
    phone = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    phone.goto(address)
    assert phone.locator(".crisis").is_visible()
    for name in ("understood", "safe", "goals", "fit", "unsaid"):
        phone.locator(f"input[name={name}][value='7']").check()
    phone.get_by_text("Something felt off").click()
    phone.get_by_label("In your words").fill("I was cut off.")
    phone.get_by_label("A note for me alone").check()
    phone.get_by_role("button", name="Send").click()
    assert phone.get_by_text("I was cut off.").is_visible()
    assert phone.locator(".crisis").is_visible()
    phone.context.close()


@pytest.mark.parametrize("path", ["", "clients/new/", "demo/", "health/"])
def test_no_page_scrolls_sideways_on_a_phone(page: Page, demo: str, path: str):
    page.set_viewport_size(PHONE)
    page.goto(f"{demo}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("label", ["Leander", "B-05", "M-07"])
def test_no_page_of_a_client_scrolls_sideways_on_a_phone(page: Page, label: str):
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name=label).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_of(browser: Browser, demo: str, scheme: str):  # noqa: F811
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    found: list[str] = []

    def look() -> None:
        answer = axe.run(page, options={"runOnly": AXE}).response
        found.extend(f"{page.url}: {each['id']}, {each['nodes'][0]['target']}" for each in answer["violations"])

    page.goto(f"{demo}/sign-in/")
    look()
    page.goto(f"{demo}/demo/")
    look()
    page.get_by_role("button", name="Alma Reyes").click()
    look()
    page.get_by_role("link", name="Leander").click()
    client = page.url
    for path in ("", "consent/", "erase/", "sessions/new/"):
        page.goto(client + path)
        look()
    page.goto(client)
    page.locator('a[href*="/sessions/"][href*="#turn-"]').first.click()
    look()
    page.get_by_role("button", name="Check-in link").click()
    look()
    address = page.locator("#address").inner_text()
    for path in ("", "course/", "consent/"):
        page.goto(address + path)
        look()
    page.close()
    assert found == []


def test_the_keyboard_comes_past_the_menu(page: Page, demo: str):
    page.goto(f"{demo}/clients/new/")
    page.locator("body").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
