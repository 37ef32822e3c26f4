"""The page as text: self-contained, escaped, and what stands in it. How it behaves is tested in a browser."""

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from odd_sessions import NASTY, odd_reading, readings

from attunement.episodes.model import SessionReading
from attunement.reports import notebook_html, timeline_svg, to_html, to_html_part, words
from attunement.reports.palette import DARK, LIGHT
from stand_in import example


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of each turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_nothing_in_the_page_points_outside() -> None:
    for tag, attributes in Tags(to_html(example(timed=True))).seen:
        assert tag not in ("link", "img", "iframe", "object", "base")
        assert not attributes.get("src")
        assert (attributes.get("href") or "#").startswith("#")


def test_the_policy_of_the_page_forbids_the_network() -> None:
    page = to_html(example())
    assert "default-src &#39;none&#39;" in page
    assert re.search(r"script-src &#39;sha256-[\w+/]+=&#39;", page)


def test_every_link_leads_to_a_turn_of_the_page() -> None:
    tags = Tags(to_html(example())).seen
    ids = {attributes["id"] for _, attributes in tags if "id" in attributes}
    links = {attributes["href"] for tag, attributes in tags if tag == "a"}
    assert {link[1:] for link in links if link} <= ids


def test_the_page_says_on_top_what_it_is_not() -> None:
    page = to_html(example())
    assert page.index(words.DISCLAIMER) < page.index("The therapist met the client")


def test_the_part_is_what_stands_in_the_main_of_the_page() -> None:
    page = to_html(example())
    assert to_html_part(example()).strip() in page[page.index("<main>") : page.index("</main>")]


def test_there_are_no_inline_event_handlers() -> None:
    for _, attributes in Tags(to_html(odd_reading(list(NASTY)))).seen:
        assert not [name for name in attributes if name.startswith("on")]


@settings(max_examples=6, deadline=None)
@given(readings())
def test_the_words_of_a_session_never_become_markup(reading: SessionReading) -> None:
    page = to_html(reading)
    tags = [tag for tag, _ in Tags(page).seen]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert tags.count("li") >= len(reading.session.turns)
    assert "\u202e" not in page


def test_the_timeline_is_there_in_words_too() -> None:
    page = to_html(example("aiko-04"))
    assert "Rupture (withdrawal): turns 9–45, more likely than not, 55%." in page
    assert "Repair moves: turn 39." in page


def test_the_picture_scales_and_names_its_links() -> None:
    svg = timeline_svg(example())
    head = svg[: svg.index(">")]
    assert "viewBox" in head
    assert " width=" not in head
    assert 'href="#turn-34" aria-label="Turn 34, client, complaint about the therapist' in svg
    assert "http" not in svg.replace("http://www.w3.org", "")


def test_withdrawal_and_confrontation_differ_without_colour() -> None:
    bars = re.findall(r'<path[^>]*fill="([^"]*)" stroke="' + LIGHT["strain"], timeline_svg(example()))
    assert {LIGHT["card"], LIGHT["strain"]} <= set(bars)


def test_the_dark_picture_has_no_colour_of_the_light() -> None:
    dark = timeline_svg(example(), dark=True)
    assert DARK["attunement"] in dark
    assert not [name for name, value in LIGHT.items() if value in dark]


def test_every_light_colour_occurs_once_so_that_recolouring_is_sure() -> None:
    assert len(set(LIGHT.values())) == len(LIGHT)
    assert LIGHT.keys() == DARK.keys()


def test_text_colours_have_contrast() -> None:
    for colours in (LIGHT, DARK):
        for name in ("ink", "soft", "attunement", "strain", "repair", "corrective"):
            for paper in ("paper", "card"):
                assert contrast(colours[name], colours[paper]) >= 4.5, (name, paper)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two hex colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_notebook_shows_sentences_picture_and_moments() -> None:
    shown = notebook_html(odd_reading(list(NASTY), seed=5))
    assert "<svg" in shown
    assert "<script" not in shown
    assert "&lt;session&gt;" in shown
    assert "Decision support" in shown
