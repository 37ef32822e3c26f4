"""What runs from one session to the next: ruptures taken up late or never, what lived on, what held, what helped."""

from attunement.case.findings import Threads
from attunement.case.record import Case
from attunement.case.threads.carry_over import carry_overs
from attunement.case.threads.repairs import repair_fates
from attunement.case.threads.ruptures import rupture_fates
from attunement.case.threads.straining import straining

__all__ = ["carry_overs", "repair_fates", "rupture_fates", "straining", "threads_of"]


def threads_of(case: Case) -> Threads:
    """Everything that runs through the sessions that were read; empty where none was."""
    return Threads(rupture_fates(case), carry_overs(case), repair_fates(case), straining(case))
