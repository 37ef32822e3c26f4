"""The page in a real Chromium: nothing fetched, nothing logged, and it can be used by mouse, keyboard and phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from odd_sessions import NASTY, odd_reading
from playwright.sync_api import Browser, Page

from attunement.episodes.model import SessionReading
from attunement.reports import to_html
from chromium import needs_chromium, opened, overheard
from stand_in import example

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    odd = odd_reading([*NASTY, "x"] * 4, seed=6, times="some", others=True)
    return {
        "kwame": write(folder / "kwame.html", example(timed=True)),
        "odd": write(folder / "odd.html", odd),
        "long": write(folder / "long.html", odd_reading(["So?", "Well, you know."] * 500)),
    }


def write(path: Path, reading: SessionReading) -> Path:
    path.write_text(to_html(reading), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, files: dict[str, Path]) -> Iterator[Page]:
    page = opened(browser, files["kwame"])
    yield page
    page.close()


@pytest.mark.parametrize("name", ["kwame", "odd", "long"])
def test_nothing_is_fetched_and_nothing_is_logged(browser: Browser, files: dict[str, Path], name: str) -> None:
    page = browser.new_page()
    requests, said = overheard(page)
    page.goto(files[name].as_uri(), timeout=120_000)
    page.locator(".timeline.wide a").first.click()
    assert requests == [files[name].as_uri()]
    assert said == []
    page.close()


@pytest.mark.parametrize("name, scheme", [("kwame", "light"), ("kwame", "dark"), ("odd", "light"), ("long", "light")])
def test_a_phone_needs_no_sideways_scrolling(browser: Browser, files: dict[str, Path], name: str, scheme: str) -> None:
    page = opened(browser, files[name], width=360, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".timeline.narrow svg").is_visible()
    assert not page.locator(".timeline.wide svg").is_visible()
    page.close()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href')"))


def is_in_view(page: Page, turn: int) -> bool:
    box = page.locator(f"#turn-{turn}").bounding_box()
    return box is not None and box["y"] < 800 and box["y"] + box["height"] > 0


def test_a_click_on_the_timeline_jumps_to_the_turn(page: Page) -> None:
    page.locator(".timeline.wide a[href='#turn-60']").first.click()
    assert focused(page) == "turn-60"
    assert is_in_view(page, 60)
    assert page.url.endswith("#turn-60")


def test_a_click_on_a_card_jumps_and_marks_the_whole_episode(page: Page) -> None:
    page.locator(".card.corrective > p").last.click()
    assert focused(page) == "turn-28"
    assert is_in_view(page, 28)
    assert page.locator(".turn.in-span").count() == 74 - 28 + 1


def test_enter_on_a_card_jumps_and_escape_comes_back(page: Page) -> None:
    page.locator(".card.repair h3 a").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "turn-11"
    page.keyboard.press("Escape")
    assert focused(page) == "#turn-11"


def test_j_and_k_walk_through_the_findings(page: Page) -> None:
    page.keyboard.press("j")
    assert page.locator(".card.lit").get_attribute("data-start") == "6"
    page.keyboard.press("j")
    assert page.locator(".card.lit").get_attribute("data-start") == "11"
    assert is_in_view(page, 11)
    page.keyboard.press("k")
    assert page.locator(".card.lit").get_attribute("data-start") == "6"


def test_arrows_walk_along_the_timeline_and_enter_jumps(page: Page) -> None:
    page.locator(".timeline.wide a").first.focus()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "#turn-2"
    assert page.locator(".readout").inner_text().startswith("Turn 2, client")
    page.keyboard.press("Enter")
    assert focused(page) == "turn-2"


def test_the_timeline_is_one_stop_of_the_tab_key(page: Page) -> None:
    assert page.locator(".timeline.wide a[tabindex='0']").count() == 1


def test_the_first_tab_offers_to_skip_to_the_transcript(page: Page) -> None:
    page.keyboard.press("Tab")
    assert focused(page) == "#transcript"
    page.keyboard.press("Enter")
    assert focused(page) == "transcript"


def test_pointing_at_a_turn_shows_its_words(page: Page) -> None:
    page.locator(".timeline.wide a[href='#turn-34']").first.hover()
    assert "It was not your word to use." in page.locator(".readout").inner_text()


def test_an_address_with_a_turn_opens_there(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.goto(files["kwame"].as_uri() + "#turn-50")
    assert focused(page) == "turn-50"
    assert is_in_view(page, 50)
    page.close()


def test_it_works_without_scripts(browser: Browser, files: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False, reduced_motion="reduce")
    page = context.new_page()
    page.goto(files["kwame"].as_uri())
    page.locator(".card.corrective h3 a").click()
    assert page.url.endswith("#turn-28")
    assert is_in_view(page, 28)
    context.close()


def test_dark_recolours_page_and_picture(browser: Browser, files: dict[str, Path]) -> None:
    page = opened(browser, files["kwame"], scheme="dark")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    line = page.evaluate("getComputedStyle(document.querySelector('.wide .mark-line path')).stroke")
    assert background == "rgb(22, 28, 28)"
    assert line == "rgb(111, 196, 185)"
    page.close()


def test_it_prints_on_light_paper_without_controls(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".readout").is_visible()


def test_right_to_left_words_run_right_to_left(browser: Browser, files: dict[str, Path]) -> None:
    page = opened(browser, files["odd"])
    assert page.evaluate("getComputedStyle(document.querySelector('#turn-5 .said')).direction") == "rtl"
    page.close()
