"""The lead's pages in a real Chromium: nothing for axe to complain of, no scrolling sideways, an invitation made."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from test_in_browser import AXE, PHONE, demo, page, said  # noqa: F401

from chromium import browser, needs_chromium  # noqa: F401

pytestmark = [needs_chromium, pytest.mark.slow]

PAGES = ("", "alerts/", "people/", "people/invite/", "cases/", "retention/", "settings/")


@pytest.fixture
def lead(page: Page, demo: str) -> Page:  # noqa: F811
    """Chris, at the clinic at a glance."""
    page.goto(f"{demo}/demo/")
    page.get_by_role("button", name="Chris Lindqvist").click()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_of_with_the_lead(lead: Page, demo: str, scheme: str):  # noqa: F811
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    lead.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    found: list[str] = []
    for path in (*(f"clinic/{each}" for each in PAGES), "audit/"):
        lead.goto(f"{demo}/{path}")
        answer = axe.run(lead, options={"runOnly": AXE}).response
        found.extend(f"{path}: {each['id']}, {each['nodes'][0]['target']}" for each in answer["violations"])
    assert found == []


@pytest.mark.parametrize("path", [*(f"clinic/{each}" for each in PAGES), "audit/"])
def test_no_page_of_the_lead_scrolls_sideways_on_a_phone(lead: Page, demo: str, path: str):  # noqa: F811
    lead.set_viewport_size(PHONE)
    lead.goto(f"{demo}/{path}")
    assert lead.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_invitation_lets_somebody_join(lead: Page, browser: Browser, said: list[str]):  # noqa: F811
    lead.get_by_role("link", name="People").click()
    lead.get_by_role("link", name="Invite somebody").click()
    lead.get_by_label("supervisor").check()
    lead.get_by_role("button", name="Make the link").click()
    address = lead.locator("#address").inner_text()
    other = browser.new_context().new_page()
    other.goto(address)
    assert other.get_by_label("Your name").is_visible()
    other.context.close()
    assert said == []


def test_the_therapist_says_that_an_alert_was_seen(page: Page):  # noqa: F811
    card = page.locator(".today > li", has=page.get_by_role("link", name="K-03"))
    card.get_by_text("Seen, working on it").first.click()
    card.get_by_label("A word on it").first.fill("Asked on Monday.")
    card.get_by_role("button", name="I have seen it").first.click()
    page.get_by_text("“Asked on Monday.”").first.wait_for()
