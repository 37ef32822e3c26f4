from pathlib import Path

import pytest
from tests.deidentify.spoken import spoken

from attunement.deidentify import Wishes, deidentify, read_wishes, review
from attunement.errors import InputError


def test_a_review_file_is_read_again_as_the_same_wishes(tmp_path: Path) -> None:
    wishes = Wishes(keep=("Guildford",), also=("accordion",), days=-77)
    file = tmp_path / "review.yaml"
    file.write_text(review(deidentify([spoken("Nuala rang.")], wishes).report, wishes), encoding="utf-8")
    assert read_wishes(file) == wishes
    assert "FOR YOUR EYES ONLY" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content", ["{", "- Maribel", "days: many", "days: 0", "days: true", "days: 7\nkeep: Maribel", "keep: []"]
)
def test_a_broken_review_file_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "review.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"review\.yaml") as refused:
        read_wishes(file)
    assert "Maribel" not in str(refused.value)
