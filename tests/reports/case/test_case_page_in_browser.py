"""The page of a case in a real Chromium: nothing fetched, and it can be used by mouse, keyboard, phone and on paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from attunement.reports import to_html
from attunement.reports.case import case_html
from chromium import needs_chromium, opened, overheard
from reports.odd_sessions import NASTY
from stand_in_case import almost_empty_case, case_of_words, crowded_case, full_case, long_case

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("case")
    full = full_case()
    pages = {}
    for session in full.case.read:
        assert session.reading is not None
        pages[session.number] = f"{session.id}.html"
        (folder / pages[session.number]).write_text(to_html(session.reading), encoding="utf-8")
    cases = {
        "full": case_html(full, pages=pages),
        "odd": case_html(case_of_words(NASTY)),
        "long": case_html(long_case(80)),
        "empty": case_html(almost_empty_case()),
        "crowded": case_html(crowded_case()),
    }
    for name, page in cases.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in cases}


@pytest.fixture
def page(browser: Browser, files: dict[str, Path]) -> Iterator[Page]:
    page = opened(browser, files["full"])
    yield page
    page.close()


@pytest.mark.parametrize("name", ["full", "odd", "long", "empty"])
def test_nothing_is_fetched_and_nothing_is_logged(browser: Browser, files: dict[str, Path], name: str) -> None:
    page = browser.new_page()
    requests, said = overheard(page)
    page.goto(files[name].as_uri(), timeout=120_000)
    page.locator(".parts a").last.click()
    assert requests == [files[name].as_uri()]
    assert said == []
    page.close()


@pytest.mark.parametrize("width", [320, 360, 768])
@pytest.mark.parametrize("name", ["full", "odd", "long", "empty"])
def test_nothing_needs_sideways_scrolling(browser: Browser, files: dict[str, Path], name: str, width: int) -> None:
    page = opened(browser, files[name], width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_phone_gets_the_narrow_picture(browser: Browser, files: dict[str, Path]) -> None:
    page = opened(browser, files["full"], width=320)
    assert page.locator(".timeline.narrow svg").is_visible()
    assert not page.locator(".timeline.wide svg").is_visible()
    page.close()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href')"))


def test_a_session_of_the_time_line_opens_its_page(page: Page) -> None:
    page.locator(".timeline.wide a[href='aiko-05.html']").click()
    assert page.url.endswith("/aiko-05.html")
    assert page.locator("#turn-15").is_visible()


def test_a_session_without_a_page_leads_to_its_line_here(page: Page) -> None:
    page.locator(".timeline.wide a[href='#session-6']").click()
    assert page.url.endswith("#session-6")
    assert page.locator("#session-6").is_visible()


def test_a_quoted_turn_opens_the_transcript_there(page: Page) -> None:
    page.locator(".beliefs a[href='aiko-02.html#turn-30']").click()
    assert page.url.endswith("/aiko-02.html#turn-30")
    assert focused(page) == "turn-30"


def test_the_first_tab_offers_to_skip_to_the_next_session(page: Page) -> None:
    page.keyboard.press("Tab")
    assert focused(page) == "#before-next"
    page.keyboard.press("Enter")
    assert focused(page) == "before-next"


def test_arrows_walk_along_the_time_line_and_tell_each_session(page: Page) -> None:
    assert page.locator(".timeline.wide a[tabindex='0']").count() == 1
    page.locator(".timeline.wide a").first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert focused(page) == "aiko-05.html"
    told = page.locator(".readout").inner_text()
    assert told.startswith("Session 5, 7 March 2024; PHQ-9 17;")
    assert "Probable rupture: a drop in ratings" in told
    page.keyboard.press("Enter")
    page.wait_for_url("**/aiko-05.html")


def test_every_control_shows_where_the_keyboard_is(page: Page) -> None:
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_it_works_without_scripts(browser: Browser, files: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["full"].as_uri())
    assert not page.locator(".print-page").is_visible()
    page.locator(".timeline.wide a[href='aiko-08.html']").click()
    assert page.url.endswith("/aiko-08.html")
    context.close()


@pytest.mark.parametrize("scheme, paper", [("light", "rgb(250, 248, 243)"), ("dark", "rgb(22, 28, 28)")])
def test_both_colour_schemes_have_contrast(browser: Browser, files: dict[str, Path], scheme: str, paper: str) -> None:
    page = opened(browser, files["full"], scheme=scheme)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
    pairs = page.evaluate(
        """() => [...document.querySelectorAll("main h3, main h4, main p, main li, .where, dt, dd")].map((element) => {
            let behind = element;
            while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
            return [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor];
        })"""
    )
    assert pairs
    for colour, background in {tuple(pair) for pair in pairs}:
        assert contrast(colour, background) >= 4.5, (colour, background)
    page.close()


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours as browsers compute them."""

    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.mark.parametrize("name", ["full", "crowded"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_next_session_prints_alone_on_one_page(
    browser: Browser, files: dict[str, Path], name: str, paper: str
) -> None:
    page = opened(browser, files[name])
    page.evaluate("window.print = () => { window.printed = document.documentElement.className; }")
    page.locator(".print-page").click()
    assert page.evaluate("window.printed") == "only-next"
    assert pages_of(page.pdf(format=paper)) == 1
    page.close()


def test_after_that_the_whole_prints_again(page: Page) -> None:
    page.evaluate("window.print = () => {}")
    page.locator(".print-page").click()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.className") == ""
    assert pages_of(page.pdf(format="A4")) > 3


def test_in_the_whole_print_it_has_a_page_to_itself(page: Page) -> None:
    page.emulate_media(media="print")
    style = "getComputedStyle(document.querySelector('.next'))"
    assert page.evaluate(f"{style}.breakBefore") == "page"
    assert page.evaluate(f"{style}.breakAfter") == "page"


def test_it_prints_on_light_paper_without_controls(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for control in (".readout", ".parts", ".print-page"):
        assert not page.locator(control).is_visible()
