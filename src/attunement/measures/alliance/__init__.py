"""Alliance over sessions: *probable* ruptures and repairs from ratings given after each session, and growth.

Falls of a post-session rating are an unreliable sign of ruptures in the session; every result carries that caveat.
"""

from attunement.measures.alliance.charts import Limits, shewhart_limits, tukey_limits
from attunement.measures.alliance.check_in import CheckInAlliance, check_in_alliance
from attunement.measures.alliance.course import alliance_course, session_flags
from attunement.measures.alliance.criterion import between_person_sd
from attunement.measures.alliance.growth import typical_growth
from attunement.measures.alliance.model import CAVEAT, AllianceCourse, Growth, ProbableRepair, ProbableRupture
from attunement.measures.alliance.partition import segment_starts

__all__ = [
    "CAVEAT",
    "AllianceCourse",
    "CheckInAlliance",
    "Growth",
    "Limits",
    "ProbableRepair",
    "ProbableRupture",
    "alliance_course",
    "between_person_sd",
    "check_in_alliance",
    "segment_starts",
    "session_flags",
    "shewhart_limits",
    "tukey_limits",
    "typical_growth",
]
