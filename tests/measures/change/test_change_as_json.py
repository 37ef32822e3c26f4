"""What is written for other programs: the rows and names of the R package, nothing that is no JSON."""

from __future__ import annotations

import json

from invented_change import clients, grouped

from attunement.measures.change import combined, distribution, percentage


def written(result):
    def refuse(word):
        raise AssertionError(f"{word} is no JSON")

    return json.loads(result.to_json(), parse_constant=refuse)


def test_whole_numbers_have_no_point_and_flags_are_true_or_false():
    parts = written(distribution(clients([10.5, 10, 22]), reliability=0.75))
    assert list(parts) == ["augmented", "summary", "cutoff"]
    first = parts["augmented"][0]
    assert list(first) == ["id", "pre", "post", "change", "rci", "improved", "deteriorated", "unchanged", "category"]
    assert '"pre": 10, "post": 10.5,' in distribution(clients([10.5, 10, 22]), reliability=0.75).to_json()
    assert first["improved"] is False
    assert parts["cutoff"] == []


def test_what_has_no_value_is_null():
    parts = written(percentage(clients([3, 0, 20], [0, 0, 20]), improvement=0.5))
    assert [row["pct_change"] for row in parts["augmented"]] == [None, None, 0]


def test_hageman_and_arrindell_have_three_tables_side_by_side():
    parts = written(
        combined(
            grouped([10, 20, 30, 25], [14, 2, 20, 10], ["x", "y", "x", "y"]),
            method="HA",
            reliability=0.75,
            cutoff_type="c",
            functional_mean=5,
            functional_sd=10,
        )
    )
    rows = parts["summary"]
    assert len(rows) == 10
    assert [row["group_level_summary.category"] for row in rows[:3]] == ["Changed", "Functional", "Changed"]
    assert [row["group_level_summary.group"] for row in rows[:5]] == ["x", "x", "y", "y", "x"]
    assert [row["categories.id"] for row in rows[:5]] == [1, 2, 3, 4, 1]
    assert rows[0]["individual_level_summary.percent_by_group"] == 0
    assert "categories.category" not in rows[0]
