"""Has a client changed? Reliable change, clinical cut-offs, combined categories, percentages, anchors.

Scores of many clients before and after go in; one row a client, counts per category and the cut-off come out. The
numbers are those of the R package clinicalsignificance 3.0.0; docs/change.md says what each method claims.
"""

from attunement.measures.change.approaches import anchor, combined, distribution, percentage, statistical
from attunement.measures.change.cutoffs import Cutoff, Functional, clinical_cutoff
from attunement.measures.change.groups import anchor_between, anchor_within
from attunement.measures.change.indices import METHODS
from attunement.measures.change.prepost import PrePost, prepare
from attunement.measures.change.reliable import (
    is_reliable,
    reliable_change_index,
    smallest_reliable_change,
    standard_error_of_difference,
    standard_error_of_measurement,
)
from attunement.measures.change.repeated import Repeated, prepare_repeated
from attunement.measures.change.result import ChangeResult
from attunement.measures.change.rows import LeftOut

__all__ = [
    "METHODS",
    "ChangeResult",
    "Cutoff",
    "Functional",
    "LeftOut",
    "PrePost",
    "Repeated",
    "anchor",
    "anchor_between",
    "anchor_within",
    "clinical_cutoff",
    "combined",
    "distribution",
    "is_reliable",
    "percentage",
    "prepare",
    "prepare_repeated",
    "reliable_change_index",
    "smallest_reliable_change",
    "standard_error_of_difference",
    "standard_error_of_measurement",
    "statistical",
]
