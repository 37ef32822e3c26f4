"""What is said about threads over the sessions: ruptures and their fate, repairs, what lived on, how strain shows."""

from __future__ import annotations

from collections.abc import Iterator

from attunement.case.findings import CarryOver, CaseFindings, Evidence, RepairFate, Response, RuptureFate, Straining
from attunement.case.record import Case
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.entries import Entry, Hue, Section, group

FATE_HUE: dict[str, Hue] = {"in_session": "repair", "late": "repair", "missed": "strain", "open": "strain"}
FATE = {
    "in_session": "It was taken up in the session itself.",
    "late": "It was taken up in a later session.",
    "missed": "As far as the transcripts show it was not taken up, then or later.",
    "open": "No later session has been read, so it cannot be told yet whether it is taken up.",
}
HELD = {
    True: ("repair that held", "The same strain did not come back in the next sessions read, and the ratings kept up."),
    False: ("repair that did not hold", "The same strain came back, or the ratings fell again."),
    None: ("repair, too early to tell", "There is no later session to tell from."),
}
USUAL = {
    "withdrawal": "The client's usual way is to draw back",
    "confrontation": "The client's usual way is to push back",
    None: "No usual way stands out",
}


def threads_section(findings: CaseFindings) -> Section:
    """Ruptures, repairs and carry-overs in the order of the sessions."""
    threads, case = findings.threads, findings.case
    found = [
        *((fate.session, _rupture(fate, case)) for fate in threads.ruptures),
        *((fate.session, _repair(fate, case)) for fate in threads.repairs),
        *((each.experience_session, _carry_over(each, case)) for each in threads.carry_overs),
    ]
    return Section(
        key="threads",
        title="Across sessions",
        rests_on="Rests on the transcripts. Sessions without one are blind spots: what was taken up there is not seen.",
        entries=tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0])),
        nothing="No rupture, repair or corrective experience was found that could be followed."
        if case.read
        else wording.UNREAD,
    )


def straining_section(findings: CaseFindings) -> Section:
    """How strain usually shows, and what this therapist did that was followed by relief."""
    straining = findings.threads.straining
    return Section(
        key="straining",
        title="How strain shows, and what has helped",
        rests_on="Rests on the turns after strain, counted by their chances. What came before relief need not have "
        "brought it.",
        entries=tuple(_straining(straining, findings.case)),
        nothing="There was too little strain to tell.",
    )


def response_in_words(response: Response) -> str:
    """`strain eased about 4 of 5 times (72%, plausibly 31% to 94%)`."""
    text = f"strain eased {wording.out_of(response.eased, response.times)}"
    if response.rate is None:
        return f"{text}, too few to give a rate"
    if response.interval is None:
        return f"{text} ({words.percent(response.rate)})"
    low, high = response.interval
    return f"{text} ({words.percent(response.rate)}, plausibly {low:.0%} to {high:.0%})"


def _rupture(fate: RuptureFate, case: Case) -> Entry:
    rupture = fate.rupture
    where = words.turns(rupture.start, rupture.end)
    return Entry(
        hue=FATE_HUE[fate.noticed],
        title=f"Session {fate.session}: rupture ({rupture.kind}), {wording.TAKEN_UP[fate.noticed]}",
        text=f"{words.weighed(rupture.confidence, f'the client {words.KIND[rupture.kind]}')} ({where}). "
        f"{FATE[fate.noticed]}",
        confidence=None if fate.noticed == "open" else f"{words.confidence(fate.confidence)} that it went so",
        evidence=(
            *group([Evidence(fate.session, turns=tuple(sorted(rupture.evidence[:3])))], case),
            *(group([fate.taken_up], case, "Taken up") if fate.taken_up else ()),
        ),
    )


def _repair(fate: RepairFate, case: Case) -> Entry:
    title, text = HELD[fate.held]
    repair = fate.repair
    return Entry(
        hue="strain" if fate.held is False else "repair",
        title=f"Session {fate.session}: {title}",
        text=f"The {repair.initiated_by} began it ({words.turns(repair.start, repair.end)}). {text}",
        confidence=f"{words.confidence(repair.confidence)} that there was a repair",
        evidence=(
            *group([Evidence(fate.session, turns=tuple(sorted(repair.evidence[:2])))], case),
            *group(fate.evidence, case, "Afterwards"),
        ),
    )


def _carry_over(carry: CarryOver, case: Case) -> Entry:
    episode = carry.experience
    return Entry(
        hue="corrective",
        title=f"Session {carry.experience_session}: a corrective experience that lived on",
        text=f"What was new ({words.turns(episode.start, episode.end)}) was told of again as something lived.",
        confidence=words.confidence(carry.confidence),
        evidence=(
            *group([Evidence(carry.experience_session, turns=tuple(sorted(episode.evidence[:2])))], case),
            *group(carry.lived, case, "Lived on"),
        ),
    )


def _straining(straining: Straining, case: Case) -> Iterator[Entry]:
    total = straining.withdrawal + straining.confrontation
    if straining.kind is not None or total > 0:
        yield Entry("strain", "How strain shows", " ".join(_way(straining, total)))
    for response in straining.helped:
        yield response_entry(response, case)


def response_entry(response: Response, case: Case) -> Entry:
    """What the therapist did, and how often strain eased after it."""
    return Entry(
        hue="repair",
        title=words.sentence(words.code_label(response.code)),
        text=f"{words.sentence(response_in_words(response))}.",
        evidence=group(response.evidence, case, most=2),
    )


def _way(straining: Straining, total: float) -> Iterator[str]:
    yield USUAL[straining.kind] + (
        f": about {words.percent(straining.withdrawal / total)} of the strain draws back, "
        f"{words.percent(straining.confrontation / total)} pushes back."
        if total > 0
        else "."
    )
    if straining.codes:
        yield f"Most often: {words.listing(words.code_label(code) for code, _ in straining.codes)}."
