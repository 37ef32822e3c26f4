"""`docs/codebook.md`: the codes out of `attunement.codebook`, with what is common to them in words."""

from __future__ import annotations

from itertools import groupby

from attunement.codebook import CLIENT_TALK, CODES, THERAPIST_BEHAVIOUR, Code, Speaker

HEAD = """\
# Codebook

What Attunement looks for in a session. The names are the identifiers used in data, code and reports. The definitions
were written for this project; the constructs come from the literature named with each group. The tables of codes on
this page are written from the code by `make docs`; `attunement codebook` shows them on the screen.

**Function decides.** A short answer, a story, a change of subject, agreement, a joke or sadness is strain only when,
read in its place, it moves away from this therapist or this work. When in doubt, no code.

**Unit.** A *turn*: everything one speaker says until the other speaks. A turn may carry several codes or none. Coded is
what is *done in the turn*, read in the light of the turns before it, never after it. Spoken language is messy:
disfluencies and back-channels ("mm-hm") are normal and carry no code unless they answer something that called for more.
"""
EXPERIENCING = """\
### Experiencing

One value a client turn. **0** events, facts, other people, self left out; **1** own reactions and feelings told
*about*; **2** felt meaning explored from the inside, as it happens, or new meaning arrived at.

Insight alone is not change: `insight` with experiencing 0 or 1 is understanding; `new_view` with 2 is experience.
"""
EMPATHY = """\
### Empathy

Three values a therapist turn, each **0** none, **1** weak, **2** strong: *reaction* (warmth, concern felt),
*interpretation* (communicates an understanding of feelings or experience), *exploration* (gently asks into feelings or
experience not yet told).
"""
TAIL = """\
## Episodes

Spans of turns.

**Rupture**: strain in the relationship that lasts. Begins at the therapist turn that set it off, or else at the first
client turn of strain; ends when client and work are back together, or at the end of the session.

- `kind`: withdrawal (moving away), confrontation (moving against), mixed
- `cause`: misunderstanding; unmet_expectation; criticism (felt judged, shamed, lectured); distress; task_disagreement;
  frame_breach; hidden_shame
- `noticed`: taken up in_session, or not. Whether it is taken up late, in another session, or missed for good can only
  be told from the later sessions
- `resolution` at the end of this session: none, partial, full

**Repair**: the strain is taken up between the two. Begins at the turn that first takes it up; ends when it is settled
or given up.

- `initiated_by`: therapist, client
- `resolution`: none, partial, full

**Corrective experience**: an old expectation, alive and felt, is contradicted by what happens in the room, with this
therapist. Begins at the risk or exposure; ends at the last turn in which the new experience is taken in.

- `components`: *exposure* (the old expectation is alive: fear, disclosure, raising a rupture), *disconfirmation* (the
  response contradicts it), *registration* (felt met, surprise, relief), *meaning* (a new view), *carryover* (something
  new outside, told here)
- `strength`: partial (exposure, disconfirmation and registration), full (with meaning)

The like of it lived outside (a brother, a friend contradicts the old expectation) is coded in the turns that tell it
(`change_outside`, `new_view`) and is no episode.

A client turn of strain is not an episode by itself if the next exchange takes it up and it is gone. An episode is
marked only where strain lasts two client turns or more, or is strong in one.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(
        [HEAD, _codes("client"), EXPERIENCING, _codes("therapist"), EMPATHY, _motivational_interviewing(), TAIL]
    )


def _codes(speaker: Speaker) -> str:
    of_speaker = [code for code in CODES.values() if code.speaker == speaker]
    groups = [_group(group, list(codes)) for group, codes in groupby(of_speaker, key=lambda code: code.group)]
    return "\n".join([f"## {speaker.capitalize()} codes\n", *groups])


def _group(name: str, codes: list[Code]) -> str:
    has_contrast = any(code.not_this for code in codes)
    head = "| code | the turn… | not this |\n|---|---|---|" if has_contrast else "| code | the turn… |\n|---|---|"
    rows = [f"| `{code.name}` | {code.definition} |{f' {code.not_this} |' if has_contrast else ''}" for code in codes]
    return "\n".join([f"### {name.capitalize()}\n", head, *rows, "", f"*Source: {codes[0].source}.*", ""])


def _motivational_interviewing() -> str:
    return (
        "### Labels of motivational interviewing\n\n"
        "Beside the codes, every turn gets the label of AnnoMI (Wu and colleagues, 2022). Therapist behaviour: "
        f"{', '.join(THERAPIST_BEHAVIOUR)}. Client talk, towards or away from change: {', '.join(CLIENT_TALK)}.\n"
    )
