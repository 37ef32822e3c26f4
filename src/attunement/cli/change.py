"""`attunement change`: who changed, by the approaches and methods of clinical significance."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attunement.cli import screen
from attunement.cli.outputs import STANDARD_OUTPUT, checked, refuse_to_replace, write
from attunement.errors import InputError

if TYPE_CHECKING:
    from attunement.measures.change import ChangeResult, PrePost


class Approach(StrEnum):
    """What is asked of a client's scores."""

    DISTRIBUTION = "distribution"
    STATISTICAL = "statistical"
    COMBINED = "combined"
    PERCENTAGE = "percentage"
    ANCHOR = "anchor"


class Method(StrEnum):
    """How change is told from measurement error."""

    JT = "JT"
    GLN = "GLN"
    HLL = "HLL"
    EN = "EN"
    NK = "NK"
    HA = "HA"
    HLM = "HLM"


class CutoffType(StrEnum):
    """Where clients' scores end and those of people without the trouble begin."""

    A = "a"
    B = "b"
    C = "c"


class Better(StrEnum):
    """The scale's direction."""

    LOWER = "lower"
    HIGHER = "higher"


class Target(StrEnum):
    """Whose change an anchor judges."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class Effect(StrEnum):
    """Which difference of groups."""

    WITHIN = "within"
    BETWEEN = "between"


Number = float | None
BY_INDEX = (Approach.DISTRIBUTION, Approach.COMBINED)
NEEDED = {
    Approach.PERCENTAGE: "--percent-improvement, a share of the score before such as .5",
    Approach.ANCHOR: "--mid-improvement, the smallest important difference in points",
}


def change(
    data: Annotated[Path, typer.Argument(metavar="DATA.csv", help="A table with one row a client and time.")],
    id: Annotated[str, typer.Option("--id", help="The column that says who.")],
    time: Annotated[str, typer.Option(help="The column that says when.")],
    outcome: Annotated[str, typer.Option(help="The column with the scores.")],
    pre: Annotated[str | None, typer.Option(help="The time before. Not needed when there are just two times.")] = None,
    post: Annotated[str | None, typer.Option(help="The time after.")] = None,
    approach: Annotated[
        Approach, typer.Option(case_sensitive=False, help="What is asked; see docs/change.md.")
    ] = Approach.DISTRIBUTION,
    method: Annotated[
        Method, typer.Option(case_sensitive=False, help="How change is told from error. Cut-offs: JT or HA.")
    ] = Method.JT,
    reliability: Annotated[Number, typer.Option(help="Of the instrument, between 0 and 1.")] = None,
    reliability_post: Annotated[Number, typer.Option(help="At the time after, for NK; else taken as the same.")] = None,
    functional_mean: Annotated[Number, typer.Option(help="Mean of people without the trouble, for b and c.")] = None,
    functional_sd: Annotated[Number, typer.Option(help="Their standard deviation.")] = None,
    cutoff_type: Annotated[CutoffType, typer.Option(case_sensitive=False, help="Which cut-off.")] = CutoffType.A,
    better: Annotated[Better, typer.Option(case_sensitive=False, help="Which scores are better.")] = Better.LOWER,
    percent_improvement: Annotated[Number, typer.Option(help="Share of the score before, such as .5.")] = None,
    percent_deterioration: Annotated[Number, typer.Option(help="The same for the worse, if it differs.")] = None,
    mid_improvement: Annotated[
        Number, typer.Option(help="Smallest important difference in points; with combined, in place of an index.")
    ] = None,
    mid_deterioration: Annotated[Number, typer.Option(help="The same for the worse, if it differs.")] = None,
    group: Annotated[str | None, typer.Option(help="A column with groups, to count within each.")] = None,
    significance_level: Annotated[
        float, typer.Option(help="Of the index; for HA the largest risk of a wrong category.")
    ] = 0.05,
    target: Annotated[
        Target, typer.Option(case_sensitive=False, help="Anchor only: judge each client, or whole groups.")
    ] = Target.INDIVIDUAL,
    effect: Annotated[
        Effect,
        typer.Option(case_sensitive=False, help="Groups: change within, or difference between at the time after."),
    ] = Effect.WITHIN,
    reference_group: Annotated[
        str | None, typer.Option(help="Between: the group the others are compared with.")
    ] = None,
    confidence: Annotated[float, typer.Option(help="Groups: level of the interval.")] = 0.95,
    json: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Write clients, counts and cut-off as JSON; - for standard output."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there already.")] = False,
) -> None:
    """Say who changed: beyond measurement error, across a cut-off, by a share, by an important difference.

    Names and numbers are those of the R package clinicalsignificance; docs/change.md says which call is which command,
    and what each method claims. Clients who cannot be used are named, the others are kept.
    """
    if json is not None:
        refuse_to_replace([data], json)
        checked(json, overwrite)
    columns = {"id": id, "time": time, "outcome": outcome, "group": group}
    scale = {"better": better.value}
    found = {"method": method.value, "reliability": reliability, "significance_level": significance_level, **scale}
    cutoff = {"cutoff_type": cutoff_type.value, "functional_mean": functional_mean, "functional_sd": functional_sd}
    important = {"mid_improvement": mid_improvement, "mid_deterioration": mid_deterioration}
    options: dict[Approach, dict[str, Any]] = {
        Approach.DISTRIBUTION: {**found, "reliability_post": reliability_post},
        Approach.STATISTICAL: {**found, **cutoff},
        Approach.COMBINED: {**found, "reliability_post": reliability_post, **cutoff, **important},
        Approach.PERCENTAGE: {"improvement": percent_improvement, "deterioration": percent_deterioration, **scale},
        Approach.ANCHOR: {"improvement": mid_improvement, "deterioration": mid_deterioration, **scale},
    }
    try:
        if approach is Approach.ANCHOR and target is Target.GROUP:
            level = {"improvement": mid_improvement, "confidence": confidence, **scale}
            result, when = _of_groups(data, columns, pre, post, effect, reference_group, level)
        else:
            result, when = _of_clients(data, columns, pre, post, approach, options[approach])
    except InputError as error:
        raise InputError(str(error) if str(error).startswith(str(data)) else f"{data}: {error}") from None
    _name_left_out(result)
    if json is not None:
        write(json, result.to_json() + "\n")
    if json != STANDARD_OUTPUT:
        _show(result, f"Change in {outcome}, {when}", better)


def _of_clients(
    data: Path,
    columns: dict[str, Any],
    pre: str | None,
    post: str | None,
    approach: Approach,
    options: dict[str, Any],
) -> tuple[ChangeResult, str]:
    """The result, and which times were compared."""
    from attunement.measures import change as measures
    from attunement.measures.change.table import read_table

    _refuse_lacking(approach, options)
    analyse = getattr(measures, approach.value)
    table = read_table(data)
    if options.get("method") == Method.HLM and options.get("mid_improvement") is None and approach in BY_INDEX:
        if pre is not None or post is not None:
            screen.note("HLM takes every score of each client: --pre and --post are not used.")
        return analyse(measures.prepare_repeated(table, **columns), **options), "all times"
    prepared = measures.prepare(table, pre=pre, post=post, **columns)
    return analyse(prepared, **options), _times(prepared, guessed=pre is None and post is None)


def _of_groups(
    data: Path,
    columns: dict[str, Any],
    pre: str | None,
    post: str | None,
    effect: Effect,
    reference: str | None,
    level: dict[str, Any],
) -> tuple[ChangeResult, str]:
    """The result, and which times were compared."""
    from attunement.measures import change as measures
    from attunement.measures.change.table import read_table

    _refuse_lacking(Approach.ANCHOR, level)
    if effect is Effect.WITHIN:
        prepared = measures.prepare(read_table(data), pre=pre, post=post, **columns)
        return measures.anchor_within(prepared, **level), _times(prepared, guessed=pre is None and post is None)
    if columns["group"] is None or post is None:
        raise InputError("a difference between groups needs --group and --post.")
    result = measures.anchor_between(read_table(data), post=post, reference_group=reference, **columns, **level)
    return result, f"groups at {post}"


def _times(prepared: PrePost, *, guessed: bool) -> str:
    when = f"from {prepared.pre} to {prepared.post}"
    if guessed:
        screen.note(f"Taken {when}; say --pre and --post if that is not so.")
    return when


def _refuse_lacking(approach: Approach, options: dict[str, Any]) -> None:
    if "improvement" in options and options["improvement"] is None:
        wanted = NEEDED[approach]
        raise InputError(f"{approach} needs {wanted}.")


def _name_left_out(result: ChangeResult) -> None:
    from attunement.measures.change.words import left_out

    for line in left_out(result.left_out):
        screen.note(line)


def _show(result: ChangeResult, heading: str, better: Better) -> None:
    from attunement.measures.change.screen import rendered

    count = "" if result.augmented.empty else f": {len(result.augmented)} clients"
    screen.results().print(rendered(result, heading=heading + count, better=better.value))
