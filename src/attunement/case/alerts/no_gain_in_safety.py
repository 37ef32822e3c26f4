"""The client's rating of how safe it is here is low and does not rise."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.alerts.material import Material
from attunement.case.alerts.urgency import urgency
from attunement.case.findings import Alert, Evidence
from attunement.case.fit import FEWEST_RATINGS, GROWN
from attunement.case.rapport import CHECK_IN_RANGE, growth, level, rating
from attunement.case.wording import number, of_ten

# Under seven of ten. The check-in has no norms; ratings after a session mostly lie above this.
SAFE_ENOUGH = 7.0
NEXT_STEP = (
    "Ask what would make it safer to be here (pace, the room, agreements, how you answer), settle one thing together, "
    "and keep it."
)
ANOTHER = (
    "You have given it time: say kindly, the client's interest first, that another therapist may suit them better and "
    "that you would help to find one. It is nobody's failure."
)


def find(material: Material) -> Iterator[Alert]:
    """One alert, from the third rating on; one bad day neither raises nor stills it."""
    points = rating(material.case, "safe")
    if len(points) < FEWEST_RATINGS or not material.is_recent(points[-1].session) or level(points) >= SAFE_ENOUGH:
        return
    if max(growth(points), growth(points[-3:])) >= GROWN * CHECK_IN_RANGE[1]:
        return
    first, last = points[0], points[-1]
    yield Alert(
        kind="no_gain_in_safety",
        says=f"How safe it feels is rated low and has not grown: {number(first.value)} after session {first.session}, "
        f"{of_ten(last.value)} after session {last.session}.",
        evidence=tuple(Evidence(each.session, measure="safe", value=each.value) for each in reversed(points[-3:])),
        confidence=None,
        basis=f"The client's own word, {len(points)} times; the check-in is not validated.",
        next_step=ANOTHER if material.fit.stage == "consider_another" else NEXT_STEP,
        urgency=urgency("no_gain_in_safety", None),
    )
