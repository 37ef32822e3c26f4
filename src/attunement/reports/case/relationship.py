"""What is said about the two of them beside the transcripts: drops in ratings, sources that disagree, frame, fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attunement.case.findings import CaseFindings, Evidence, Fit, Frame, FrameBeside
from attunement.case.record import Case, Event
from attunement.measures.alliance import ProbableRupture
from attunement.reports import words
from attunement.reports.case import wording
from attunement.reports.case.entries import Entry, Group, Hue, Section, group

FIT_TITLE = {
    "too_early": "Too early to tell",
    "growing": "Rapport is growing",
    "steady_high": "Rapport is high and steady",
    "talk_about_it": "Rapport does not grow as it usually does by now",
    "consider_another": "It was talked about, and rapport still does not grow",
}
FIT_TEXT = {
    "too_early": "Fit can be looked at from the third rated session on.",
    "growing": "It grows as it usually does.",
    "steady_high": "There is little left for it to grow to.",
    "talk_about_it": "You might ask how it is to work together, whether something is missing, and what would make it "
    "easier to say so. It may be as simple as pace, or topic, or something that was not said.",
    "consider_another": "Another therapist may suit this client better. That is nobody's failure; some people "
    "fit and some do not. You might raise it together, without hurry, and help with the way there.",
}
FIT_HUE: dict[str, Hue] = {"growing": "attunement", "steady_high": "attunement", "too_early": "plain"}
RECOVERED = {
    True: "The ratings came back",
    False: "The ratings did not come back within the next sessions.",
    None: "It is too early to tell whether they come back.",
}


def ratings_section(findings: CaseFindings) -> Section:
    """One entry a drop in the ratings of the relationship."""
    course = findings.alliance
    if course is None:
        nothing = "The relationship was not rated."
    elif course.ruptures is None:
        nothing = f"{words.sentence('; '.join(course.reasons) or 'too few ratings to tell')}."
    else:
        nothing = "No unusual drop was found. Ruptures also happen without one: many clients rate politely."
    falls = (course.ruptures if course else None) or ()
    return Section(
        key="ratings",
        title="Ratings of the relationship",
        rests_on="Rests on what was answered after each session. Probable rupture: a drop in ratings; such drops are "
        "unreliable markers.",
        entries=tuple(_fall(fall, findings) for fall in falls),
        nothing=nothing,
    )


def _fall(fall: ProbableRupture, findings: CaseFindings) -> Entry:
    back = RECOVERED[fall.recovered]
    if fall.recovered:
        back += f", {wording.counted(fall.sessions_to_recovery or 1, 'session', 'sessions')} later."
    evidence = [
        Evidence(fall.session, measure=each.name, value=point.value)
        for each in findings.trajectories
        if each.kind in ("alliance", "check-in")
        for point in each.points
        if point.session == fall.session
    ]
    return Entry(
        hue="strain",
        title=f"Session {fall.session}: probable rupture, a drop in ratings",
        text=f"From {wording.number(fall.before)} to {wording.number(fall.worst)}, unusual for this client "
        f"({words.listing(fall.methods)}). {back}",
        evidence=group(evidence, findings.case, most=5),
    )


def hidden_section(findings: CaseFindings) -> Section:
    """Where two sources disagree, each as a question."""
    return Section(
        key="hidden",
        title="What may be unsaid",
        rests_on="Rests on places where two sources do not agree. These are questions to carry, not findings.",
        entries=tuple(
            Entry(
                hue="plain",
                title=f"Session {each.session}: {wording.HIDDEN[each.kind].lower()}",
                text=words.safe(each.question),
                confidence=None
                if each.confidence is None
                else f"{words.confidence(each.confidence)} that the words say so",
                evidence=group(each.evidence, findings.case),
            )
            for each in sorted(findings.hidden, key=lambda each: (-(each.confidence or 0), each.session))
        ),
        nothing="No two sources disagreed. A client who hides well leaves no trace in words or ratings: asking is "
        "better than any sign."
        if findings.case.read or findings.alliance
        else "There are no two sources to compare: neither a transcript nor a rating.",
    )


def frame_section(findings: CaseFindings) -> Section:
    """Agreements, lateness, cancellations, how the therapist was."""
    return Section(
        key="frame",
        title="Safety and frame",
        rests_on="Rests on the events you noted. What stands beside a drop in ratings need not have caused it.",
        entries=tuple(_frame(findings.frame, findings.case)),
        nothing="No events were noted, so nothing can be said about the frame.",
    )


def _frame(frame: Frame, case: Case) -> Iterator[Entry]:
    kept, broken, unknown = frame.agreements_kept
    if kept or broken or unknown:
        counts = f"{kept} kept, {broken} not kept, {unknown} not known yet."
        yield Entry("strain" if broken else "attunement", "Agreements", counts, evidence=_events(frame.broken, case))
    for title, events in (
        ("Lateness", frame.late),
        ("Cancelled", frame.cancelled),
        ("Changes of the frame", frame.changed),
        ("The therapist under strain", frame.therapist_strained),
    ):
        if events:
            yield Entry("plain", title, _who(events), evidence=_events(events, case))
    yield from (_beside(each, case) for each in frame.beside_dips)


def _who(events: Sequence[Event]) -> str:
    by = Counter(each.by for each in events if each.by)
    if by:
        return words.sentence(words.listing(f"{wording.often(count)} by the {who}" for who, count in by.items())) + "."
    return words.sentence(wording.sessions(each.session for each in events)) + "."


def _events(events: Sequence[Event], case: Case) -> tuple[Group, ...]:
    return group([Evidence(event.session, event=event) for event in events], case, most=8)


def _beside(beside: FrameBeside, case: Case) -> Entry:
    return Entry(
        hue="strain",
        title=f"Beside the drop after session {beside.session}",
        text="These stand next to each other; whether they belong together only the two of you know.",
        evidence=(
            *group([beside.dip], case, "Drop"),
            *group([Evidence(e.session, event=e) for e in beside.events], case, "Beside it"),
        ),
    )


def fit_section(findings: CaseFindings) -> Section:
    """Whether rapport grows as it usually does."""
    return Section(
        key="fit",
        title="Fit",
        rests_on="Rests on the ratings of the relationship over the sessions, from the third on.",
        entries=(_fit(findings.fit, findings.case),),
        nothing="",
    )


def _fit(fit: Fit, case: Case) -> Entry:
    slope = ""
    if fit.slope is not None:
        slope = f" {wording.number(fit.slope)} points a session"
        if fit.interval is not None:
            low, high = (wording.number(bound) for bound in fit.interval)
            slope += f", plausibly {low} to {high}"
        slope = f" The ratings move by about{slope}."
    return Entry(
        hue=FIT_HUE.get(fit.stage, "strain"),
        title=FIT_TITLE[fit.stage],
        text=FIT_TEXT[fit.stage] + slope,
        evidence=(*group(fit.talked_about, case, "Talked about"), *group(fit.evidence, case, "Ratings")),
    )
