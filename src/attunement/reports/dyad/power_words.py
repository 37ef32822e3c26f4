"""Power in words: what was asked, how it was analysed, which size is enough, and why the textbook says otherwise."""

from __future__ import annotations

from attunement.dyad.power import OUTCOMES, PREDICTORS, Cell, PowerResult
from attunement.dyad.power.textbook import design_effect
from attunement.reports.dyad.wording import counted, decimal, share

TESTS = {
    "therapists": "therapists are randomised; Welch's t-test of their means",
    "clients": "clients are randomised within therapists; t-test of each therapist's difference between the arms",
    None: "nobody is randomised; slope with a random intercept for therapists",
}


def heading(result: PowerResult) -> str:
    """`Power: training on drop-out`."""
    return f"Power: {result.question.effect} on {result.question.outcome}"


def method(result: PowerResult) -> str:
    """What the two words mean, and how the study is done and analysed."""
    asked = result.question
    against = (
        f"{asked.effect} is {PREDICTORS[asked.effect]}"
        if asked.randomised is None
        else f"{asked.effect} against usual therapy"
    )
    return (
        f"{against[0].upper()}{against[1:]}; {asked.outcome} is {OUTCOMES[asked.outcome]}. Of the study, "
        f"{TESTS[asked.randomised]}, two-sided at {decimal(result.level)}. "
        f"{counted(result.studies, 'study', 'studies')} were simulated for each size, drop-out included."
    )


def effect(result: PowerResult) -> str:
    """How large the effect is in the model, over all clients simulated."""
    it = result.ingredients
    if it.size is None:
        return "In the model there is nothing to see: the outcome or the predictor is the same for everyone."
    asked = result.question
    if it.shares is not None:
        what = f"{asked.outcome} {share(it.shares[0])} in usual therapy, {share(it.shares[1])} under {asked.effect}"
    elif it.name == "r":
        what = f"{asked.effect} with {asked.outcome}, r = {decimal(it.size)}"
    else:
        what = (
            f"{asked.outcome} {'lower' if it.size >= 0 else 'higher'} under {asked.effect}, d = {decimal(abs(it.size))}"
        )
    between = "product of the shares of variance" if it.name == "r" else "share of variance"
    return f"The effect in the model: {what}; {between} between therapists {decimal(it.between, 3)}."


def answer(result: PowerResult) -> str:
    """The smallest size tried that is enough."""
    smallest = result.smallest
    wanted = decimal(result.wanted)
    if smallest is not None:
        power = smallest.power
        return (
            f"Enough for a power of {wanted}: {counted(smallest.therapists, 'therapist')} with "
            f"{counted(smallest.clients_each, 'client')} each, {smallest.clients:,} clients in all "
            f"(power {decimal(power.value)}, between {decimal(power.low)} and {decimal(power.high)})."
        )
    best = max(result.cells, key=lambda cell: cell.power.value)
    return (
        f"None of these sizes reaches a power of {wanted}; the best, {counted(best.therapists, 'therapist')} with "
        f"{counted(best.clients_each, 'client')} each, has {decimal(best.power.value)}."
    )


def size(result: PowerResult) -> str:
    """Whether the test finds too much where there is nothing."""
    values = [cell.size.value for cell in result.cells]
    span = decimal(min(values)) if min(values) == max(values) else f"{decimal(min(values))} to {decimal(max(values))}"
    verdict = (
        f"no more often than chance allows in {result.studies} studies"
        if result.holds_size
        else "more often than it should in some size, so its power there is too high"
    )
    return f"Without any effect the test finds one in {span} of studies (should be {decimal(result.level)}): {verdict}."


def difference(result: PowerResult) -> list[str]:
    """How the textbook's power is obtained, and what parts it from the simulated."""
    compared = [cell for cell in result.cells if cell.textbook is not None]
    if not compared:
        return []
    return [_formula(result), _apart(result, max(compared, key=_gap))]


def _gap(cell: Cell) -> float:
    return abs(cell.power.value - (cell.textbook or 0.0))


def _formula(result: PowerResult) -> str:
    asked, it, m = result.question, result.ingredients, result.cells[-1].clients_each
    effect_of_design = f"{decimal(design_effect(asked.randomised, it, m))} at {counted(m, 'client')} each"
    if asked.randomised is None:
        return f"Textbook: Fisher's z with design effect 1 + (m − 1)·ICC·ICC, {effect_of_design}."
    name = "two proportions" if it.shares is not None else "two-sample t-test"
    rule = "1 + (m − 1)·ICC" if asked.randomised == "therapists" else "1 − ICC"
    return f"Textbook: {name} with design effect {rule}, {effect_of_design}."


def _apart(result: PowerResult, cell: Cell) -> str:
    assert cell.textbook is not None
    where = f"{counted(cell.therapists, 'therapist')} × {cell.clients_each}"
    start = f"They differ most at {where}: simulated {decimal(cell.power.value)}, textbook {decimal(cell.textbook)}."
    if cell.power.low <= cell.textbook <= cell.power.high:
        return f"{start} That is within what chance does to {result.studies} studies."
    by_therapists = cell.counting_therapists
    if by_therapists is None:
        return start
    if result.question.randomised is None:
        return (
            f"{start} The formula takes the whole correlation. The test lies between it and that among clients of the "
            f"same therapist (r = {decimal(result.ingredients.within or 0.0)}), which alone makes it "
            f"{decimal(by_therapists)}."
        )
    counted_so = f"The formula counts clients, the test therapists, which alone makes it {decimal(by_therapists)}"
    if cell.power.low <= by_therapists <= cell.power.high:
        return f"{start} {counted_so}."
    return (
        f"{start} {counted_so}; the rest is that neither clients nor effects are as alike as the formula has it: "
        "effects differ between therapists, outcomes are skewed, and each study estimates what the formula is told."
    )
