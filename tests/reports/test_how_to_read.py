"""The guide for therapists says what the reports say."""

from pathlib import Path

from attunement.reports import words

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to-read-a-reading.md").read_text(encoding="utf-8")


def test_every_word_of_confidence_is_explained_with_its_bound() -> None:
    for chance, bound in ((0.85, "85% or more"), (0.65, "65 to 84%"), (0.5, "50 to 64%"), (0.49, "under 50%")):
        word = words.confidence(chance).split(",")[0]
        assert f"| {word} | {bound} |" in GUIDE


def test_every_part_of_a_reading_is_explained() -> None:
    for part in ("The timeline", "The moments", "To take up next time", "Well met", "Possibly missed", "Insight"):
        assert part in GUIDE


def test_it_says_that_nothing_is_validated() -> None:
    assert "not been validated on real therapies" in GUIDE
