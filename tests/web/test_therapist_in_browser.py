"""A therapist's daily work in a real Chromium: verdicts, comments, uploads, with script and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from test_in_browser import AXE, PHONE, demo, page, said  # noqa: F401

from chromium import browser, needs_chromium  # noqa: F401

pytestmark = [needs_chromium, pytest.mark.slow]

TRIES = 60
DROP = """([name, size, count]) => {
  const dropped = new DataTransfer();
  for (let n = 0; n < count; n++) dropped.items.add(new File(["x".repeat(size)], name));
  const drop = new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true });
  document.querySelector("h1").dispatchEvent(drop);
  return document.querySelector("input[type=file]").validationMessage;
}"""
PASTE = """(name) => {
  const pasted = new DataTransfer();
  pasted.items.add(new File(["Therapist: hello"], name));
  document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true }));
  return document.querySelector("input[type=file]").files[0].name;
}"""


@pytest.fixture
def session(page: Page) -> Page:  # noqa: F811
    """The page of a session with a rupture that was not taken up, come to from Today."""
    way = page.locator(".today li", has=page.get_by_role("link", name="G-12")).locator('a[href*="#turn-"]').first
    for _ in range(TRIES):  # the case is computed after its last transcript was read
        if way.is_visible():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    way.click()
    page.locator(".turn").first.wait_for()
    return page


def test_a_verdict_is_given_in_place_and_taken_back(session: Page, said: list[str]):  # noqa: F811
    card = session.locator(".card.rupture").first
    address = session.url
    card.get_by_role("button", name="Not so").click()
    card.locator("[aria-pressed=true]").wait_for()
    assert session.evaluate("document.activeElement.textContent") == "Not so"
    assert session.url == address
    card.get_by_text("Say what it was").click()
    card.get_by_role("textbox").press_sequentially("just tired, jk")  # j and k are keys of the page
    card.get_by_role("button", name="Keep the words").click()
    card.get_by_text("In your words").wait_for()
    assert card.get_by_role("textbox").input_value() == "just tired, jk"
    card.get_by_role("button", name="Take it back").click()
    card.get_by_text("Was it so?").wait_for()
    assert said == []


def test_a_verdict_is_given_with_the_keyboard(session: Page):
    card = session.locator(".card.missed").first
    card.locator("h3 a").focus()
    for _ in range(10):
        session.keyboard.press("Tab")
        if session.evaluate("document.activeElement.textContent") == "Otherwise":
            break
    session.keyboard.press("Enter")
    card.get_by_text("You said: Something was there").wait_for()


def test_a_verdict_and_a_comment_are_given_without_script(session: Page, browser: Browser, demo: str):  # noqa: F811
    address = session.url.split("#")[0]
    plain = browser.new_context(java_script_enabled=False, storage_state=session.context.storage_state()).new_page()
    plain.goto(address)
    plain.locator(".card.missed").last.get_by_role("button", name="So it was").click()
    assert plain.locator(".card.missed").last.get_by_text("You said: That is how it was").is_visible()
    plain.locator("#turn-6 .add-comment").click()
    plain.get_by_label("Comment at turn 6").fill("I heard it only now.")
    plain.get_by_role("button", name="Comment").click()
    assert plain.locator("#turn-6").get_by_text("I heard it only now.").is_visible()
    plain.context.close()


def test_what_happened_around_the_session_is_written_down(session: Page):
    session.locator("summary", has_text="Late").click()
    session.get_by_label("Minutes").fill("10")
    session.get_by_role("button", name="Write it down").first.click()
    assert session.get_by_text("The client was 10 minutes late.").is_visible()
    session.get_by_role("button", name="Strike out").click()
    assert session.get_by_text("Nothing is written down.").is_visible()


@pytest.mark.parametrize(
    "name, size, count, says",
    [
        ("notes.pdf", 10, 1, "cannot be read"),
        ("long.txt", 6 * 2**20, 1, "larger than"),
        ("a.txt", 10, 2, "One transcript at a time"),
        ("A.TXT", 10, 1, ""),
    ],
)
def test_a_file_that_would_be_refused_is_told_of_when_it_is_dropped(
    page: Page,  # noqa: F811
    name: str,
    size: int,
    count: int,
    says: str,
):
    page.get_by_role("link", name="T-11").click()
    page.get_by_role("link", name="New session").click()
    refusal = page.evaluate(DROP, [name, size, count])
    assert says in refusal
    assert bool(says) is bool(refusal)


def test_a_file_can_be_pasted(page: Page):  # noqa: F811
    page.get_by_role("link", name="T-11").click()
    page.get_by_role("link", name="New session").click()
    assert page.evaluate(PASTE, "session.docx") == "session.docx"


def test_a_cancelled_session_is_added(page: Page):  # noqa: F811
    page.get_by_role("link", name="T-11").click()
    page.get_by_role("link", name="New session").click()
    page.get_by_label("Did it take place?").select_option("client")
    page.get_by_role("button", name="Add the session").click()
    assert page.get_by_text("The client cancelled.").is_visible()


def test_no_page_scrolls_sideways_on_a_phone(session: Page, demo: str):  # noqa: F811
    session.set_viewport_size(PHONE)
    session.locator("summary", has_text="Agreement").click()
    widths = [session.evaluate("document.documentElement.scrollWidth")]
    session.locator(".eyebrow a").click()
    client = session.url
    for address in (f"{client}details/", f"{client}sessions/new/", f"{demo}/clients/ended/", f"{demo}/"):
        session.goto(address)
        widths.append(session.evaluate("document.documentElement.scrollWidth"))
    assert max(widths) <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_of(session: Page, demo: str, scheme: str):  # noqa: F811
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    session.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    found: list[str] = []

    def look() -> None:
        answer = axe.run(session, options={"runOnly": AXE}).response
        found.extend(f"{session.url}: {each['id']}, {each['nodes'][0]['target']}" for each in answer["violations"])

    session.locator(".event-forms summary").first.click()
    session.locator(".verdict summary").first.click()
    look()
    session.goto(session.url.split("#")[0] + "?comment=6")
    look()
    session.locator(".eyebrow a").click()
    client = session.url
    for address in (f"{client}details/", f"{client}sessions/new/", f"{demo}/clients/ended/", f"{demo}/"):
        session.goto(address)
        look()
    assert found == []
