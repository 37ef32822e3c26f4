"""The page of a case as text: self-contained, escaped, and what stands in it. How it behaves is tested in a browser."""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from odd_cases import cases

from attunement.case.findings import CaseFindings
from attunement.reports import words
from attunement.reports.case import case_html, case_html_part, case_notebook_html, case_svg, wording
from attunement.reports.palette import DARK, LIGHT
from reports.odd_sessions import NASTY
from stand_in_case import almost_empty_case, case_of_words, full_case

PAGES = {2: "aiko-02.html", 4: "aiko-04.html", 5: "aiko 05.html", 8: "aiko-08.html"}


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    @property
    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.seen if tag == "a"]


@pytest.fixture(scope="module")
def page() -> str:
    return case_html(full_case(), pages=PAGES, coder="0.2.0")


def test_nothing_in_the_page_points_outside(page: str) -> None:
    for tag, attributes in Tags(page).seen:
        assert tag not in ("link", "img", "iframe", "object", "base")
        assert not attributes.get("src")
    assert all(re.fullmatch(r"(aiko-0\d\.html|aiko%2005\.html)?(#[\w-]+)?", link) for link in Tags(page).links)


def test_the_part_is_what_stands_in_the_main_of_the_page(page: str) -> None:
    part = case_html_part(full_case(), pages=PAGES)
    assert part.strip() in page[page.index("<main>") : page.index("</main>")]


def test_the_policy_of_the_page_forbids_the_network(page: str) -> None:
    assert "default-src &#39;none&#39;" in page
    assert re.search(r"script-src &#39;sha256-[\w+/]+=&#39;", page)


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    tags = Tags(page)
    ids = [attributes["id"] for _, attributes in tags.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tags.links if link.startswith("#")} <= set(ids)


def test_sessions_link_to_their_pages_and_turns_to_their_place_there(page: str) -> None:
    links = Tags(page).links
    assert "aiko-02.html#turn-30" in links
    assert "aiko%2005.html#turn-20" in links
    assert links.count("aiko-08.html") >= 2
    assert "#session-7" in links


def test_without_pages_every_link_stays_on_the_page() -> None:
    assert all(link.startswith("#") for link in Tags(case_html(full_case())).links)


def test_the_page_says_on_top_what_it_is_not(page: str) -> None:
    text = unescape(page)
    assert text.index(words.DISCLAIMER) < text.index("Distress (PHQ-9) went")
    for sentence in (wording.MEASURES, words.PROVENANCE, wording.PRIVACY, "Coder 0.2.0."):
        assert sentence in text


def test_there_are_no_inline_event_handlers(page: str) -> None:
    for _, attributes in Tags(page).seen:
        assert not [name for name in attributes if name.startswith("on")]


def test_headings_step_down_one_level_at_a_time(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Tags(page).seen if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_the_time_line_has_a_text_alternative_and_named_links(page: str) -> None:
    text = unescape(page)
    assert "PHQ-9 (lower is better): session 1 17" in text
    assert text.count('aria-label="Time line of the case, session by session"') == 2
    assert 'aria-label="Session 6, 14 March 2024; The therapist cancelled (flu)."' in text


def test_the_strength_of_a_belief_is_there_in_words(page: str) -> None:
    assert re.search(r"Session </span>5<span class=\"unseen\">: strongly", page)


@settings(max_examples=6, deadline=None)
@given(cases())
def test_the_words_of_a_case_never_become_markup(findings: CaseFindings) -> None:
    page = case_html(findings)
    tags = [tag for tag, _ in Tags(page).seen]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert "\u202e" not in page


def test_nasty_words_are_shown_as_words() -> None:
    page = case_html(case_of_words(NASTY))
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page


def test_a_page_of_nothing_known_has_no_picture_and_says_so() -> None:
    page = case_html(almost_empty_case())
    assert "<svg" not in page
    assert "There is nothing to draw yet." in page


def test_many_notes_are_folded_and_none_is_lost() -> None:
    findings = case_of_words([f"Row {number} was left out." for number in range(400)])
    page = case_html(findings)
    assert "things to mind about the files" in page
    assert all(note in page for note in findings.case.notes)


def test_the_picture_can_be_dark_by_itself() -> None:
    dark = case_svg(full_case(), dark=True)
    assert DARK["attunement"] in dark
    assert not [name for name, value in LIGHT.items() if value in dark]


def test_marks_are_boxes_with_words_where_there_is_room_and_signs_where_there_is_not() -> None:
    wide, narrow = case_svg(full_case()), case_svg(full_case(), width=340)
    assert ">cancelled<" in wide
    assert ">cancelled<" not in narrow
    assert ">◐<" in narrow


def test_the_notebook_shows_sentences_picture_and_alerts_without_script() -> None:
    shown = case_notebook_html(case_of_words(NASTY))
    assert "<svg" in shown
    assert "<script" not in shown
    assert "A rupture left open" in shown
    assert "Decision support" in shown
    assert "<svg" not in case_notebook_html(almost_empty_case())
