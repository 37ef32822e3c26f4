"""What results of an analysis of change mean, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from attunement.measures.change.indices import method_of
from attunement.measures.change.result import ChangeResult
from attunement.measures.change.rows import LeftOut, listing

NAMED = 40  # clients or rows in one line; the rest is counted
MEANINGS = {
    "distribution": {
        "Improved": "better, by more than measurement error",
        "Unchanged": "no change that can be told from measurement error",
        "Deteriorated": "worse, by more than measurement error",
    },
    "statistical": {
        "Improved": "crossed the cut-off for the better",
        "Unchanged": "did not cross the cut-off",
        "Deteriorated": "crossed the cut-off for the worse",
    },
    "combined": {
        "Recovered": "better, and crossed the cut-off",
        "Improved": "better, without crossing the cut-off",
        "Unchanged": "no change that counts",
        "Deteriorated": "worse, without crossing the cut-off",
        "Harmed": "worse, and crossed the cut-off",
    },
    "percentage": {
        "Improved": "better, by the share asked for or more",
        "Unchanged": "less than that share",
        "Deteriorated": "worse, by the share asked for or more",
    },
    "anchor": {
        "Improved": "better, by the important difference or more",
        "Unchanged": "less than the important difference",
        "Deteriorated": "worse, by the important difference or more",
    },
}
# Methods that hold clients against one another.
RELATIVE = ("HLL", "HLM")
RELATIVE_MEANINGS = {
    "Improved": "changed for the better more than the average client, beyond error",
    "Unchanged": "no different from the average client that can be told from error",
    "Deteriorated": "changed for the better less than the average client, or for the worse, beyond error",
}
RELATIVE_NOT_ABSOLUTE = (
    "This method holds each client against the average change of all: somebody whose scores got better, "
    "but less than the others', can be called deteriorated."
)
ERROR_NOT_IMPORTANCE = (
    "Reliable change is about measurement error: that a difference is real does not make it matter to the client, "
    "and one too small to be told from error may matter. Ask the client."
)
CUTOFF_NOT_DIAGNOSIS = "A cut-off compares scores with those of other people; crossing it is no diagnosis and no cure."
THRESHOLD_IS_A_CHOICE = (
    "The threshold is a choice, not a finding; "
    "this approach does not ask whether the change is more than measurement error."
)
SHARE_OF_CLIENTS = (
    "Hageman and Arrindell's estimate for clients as a group: {changed:.0%} changed for the better, "
    "{functional:.0%} now score like people without the trouble."
)


def meaning(result: ChangeResult, category: str) -> str:
    """What a category says of a client in this analysis."""
    is_relative = result.approach == "distribution" and result.method in RELATIVE
    return (RELATIVE_MEANINGS if is_relative else MEANINGS[result.approach]).get(category, "")


def assumptions(result: ChangeResult, *, better: str) -> list[str]:
    """How the result was found and what it does not say, a sentence each."""
    said = [*_method(result), *_cutoff(result), f"{better.capitalize()} scores are better."]
    return [*said, *_limits(result), *result.notes]


def _method(result: ChangeResult) -> list[str]:
    if result.method is None:
        return []
    method = method_of(result.method)
    if result.approach == "statistical":
        return [f"Cut-off by {method.name} ({result.method}; {method.source})."]
    return [f"Reliable change by {method.name} ({result.method}; {method.source}): compared with {method.compares}."]


def _cutoff(result: ChangeResult) -> list[str]:
    if result.cutoff.empty:
        return []
    kind, value = result.cutoff["type"].iloc[0], result.cutoff["value"].iloc[0]
    true = ", by true scores" if str(kind).endswith("_true") else ""
    return [f"Cut-off {str(kind)[0]}{true}: {value:.2f}."]


def _limits(result: ChangeResult) -> list[str]:
    by_error = result.method is not None
    limits = [RELATIVE_NOT_ABSOLUTE] if result.method in RELATIVE else []
    limits.append(ERROR_NOT_IMPORTANCE if by_error else THRESHOLD_IS_A_CHOICE)
    return limits + ([] if result.cutoff.empty else [CUTOFF_NOT_DIAGNOSIS])


def left_out(those: Sequence[LeftOut]) -> list[str]:
    """Who and what was not used, a line for each reason."""
    lines = []
    for reason, alike in groupby(sorted(those, key=lambda one: one.reason), key=lambda one: one.reason):
        entries = list(alike)
        clients = [str(one.client) for one in entries if one.client is not None]
        rows = [str(one.row) for one in entries if one.client is None]
        named = [f"clients {listing(clients, NAMED)}"] if clients else []
        named += [f"rows {listing(rows, NAMED)}"] if rows else []
        lines.append(f"Left out, {reason}: {'; '.join(named)}.")
    return lines
