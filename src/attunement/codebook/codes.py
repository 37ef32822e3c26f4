"""Every code of the codebook: its name, whose turns it applies to, its group and its definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Speaker = Literal["therapist", "client"]

RUPTURE_RATING = "Rupture Resolution Rating System (Eubanks, Muran & Safran)"
CLIENT_EXPERIENCE = (
    "Experiencing Scale (Klein and colleagues); core conflictual relationship themes (Luborsky); corrective "
    "emotional experience (Alexander & French; Castonguay & Hill); false self (Winnicott)"
)
SKILLS = "MISC/MITI behaviour counts; EPITOME (Sharma and colleagues)"


@dataclass(frozen=True, slots=True)
class Code:
    """One thing that may be done in a turn; `group` is a heading of the codebook, `not_this` the usual look-alike."""

    name: str
    speaker: Speaker
    group: str
    definition: str
    not_this: str
    source: str

    @property
    def label(self) -> str:
        """The name as people say it: `felt_met` becomes `felt met`."""
        return self.name.replace("_", " ")


def _codes(speaker: Speaker, group: str, source: str, *rows: tuple[str, ...]) -> tuple[Code, ...]:
    return tuple(
        Code(name=row[0], speaker=speaker, group=group, definition=row[1], not_this=(*row, "")[2], source=source)
        for row in rows
    )


_WITHDRAWAL = _codes(
    "client",
    "withdrawal",
    RUPTURE_RATING,
    (
        "denial",
        "denies or waves off a feeling, or that something mattered, although it is evident from what was said",
        "an honest no",
    ),
    (
        "minimal_response",
        "answers an invitation to explore with next to nothing, closing it",
        "a short answer to a yes/no or factual question; a back-channel",
    ),
    (
        "abstract_talk",
        "goes vague, general or intellectual where own experience was asked for",
        "a clear general statement that answers the question",
    ),
    (
        "avoidant_shift",
        "changes the subject, or tells stories about others, away from what was painful or from the therapist",
        "moving on when the topic is finished",
    ),
    (
        "deferential",
        "agrees, pleases, or praises too quickly, against own interest or earlier words, to keep the therapist happy",
        "real agreement, real thanks",
    ),
    (
        "affect_split",
        "the tone the words carry does not fit what they tell: laughs off a loss, cheerful about something painful",
        "healthy humour",
    ),
    (
        "self_criticism",
        "turns on self, or goes hopeless, in a way that closes the door on the therapist",
        "reflecting on a fault while staying engaged",
    ),
    (
        "ending_bid",
        "wants to stop, skip, shorten or space out therapy, or gives a reason that would end it",
        "planned ending both have prepared; a practical rescheduling",
    ),
)
_CONFRONTATION = _codes(
    "client",
    "confrontation",
    RUPTURE_RATING,
    (
        "complaint_therapist",
        "complains of, blames or doubts the therapist: manner, competence, caring, listening",
        "complaint about someone else",
    ),
    (
        "rejects_intervention",
        "dismisses the therapist's suggestion, reflection or interpretation with some heat or finality",
        "a calm correction",
    ),
    ("complaint_activities", "objects to what is done in therapy: homework, exercises, topics"),
    (
        "complaint_parameters",
        "objects to the frame: fee, time, frequency, room, lateness, cancellations, phone",
    ),
    ("complaint_progress", "says it is not helping, nothing changes"),
    ("defends_self", "justifies self against what it heard as criticism by the therapist"),
    (
        "controls_therapist",
        "pressures, orders, tests or provokes the therapist",
        "asking for help or for an opinion",
    ),
)
_COMING_BACK = _codes(
    "client",
    "coming back",
    RUPTURE_RATING,
    (
        "names_rupture",
        "tells the therapist openly, about the two of them, that something hurt, was missed or stands between them, "
        "so that it can be looked at",
    ),
    (
        "felt_met",
        "says or plainly shows that the therapist's response reached them: felt heard, understood, safe, cared for, "
        "relieved, surprised by it, or softens and re-engages after strain",
    ),
)
_EXPERIENCE = _codes(
    "client",
    "experience and belief",
    CLIENT_EXPERIENCE,
    ("feeling", "names or directly voices an own emotion"),
    ("disclosure", "takes a risk: reveals something hidden, shameful or long unsaid"),
    ("hiding", "tells of concealing the self: pretending, pleasing, performing, keeping needs out of sight"),
    ("belief_self", "states a global negative belief about self"),
    ("belief_other", "states an expectation of how others respond, will respond or are"),
    ("fear_of_response", "voices, here, a fear or expectation of how this therapist will take it"),
    ("grief", "mourns what was missing or lost"),
    ("insight", "reaches a new understanding of self or pattern: sees a link, a function, an origin"),
    ("new_view", "an old belief loosens or turns: is doubted, contradicted by what was lived, replaced"),
    ("change_outside", "reports having done, or been met, differently outside therapy"),
)
_ATTUNEMENT = _codes(
    "therapist",
    "attunement",
    SKILLS,
    ("reflection_simple", "gives back what was said, little added"),
    ("reflection_complex", "gives back meaning, feeling or emphasis beyond the words"),
    ("question_open", "invites exploration"),
    ("question_closed", "asks for a fact, a yes or no, a choice"),
    ("warmth", "shows being touched, caring, compassion, concern"),
    ("validation", "conveys that the feeling or reaction makes sense"),
    ("affirmation", "names a strength, an effort, a step"),
    (
        "senses_unspoken",
        "tentatively names what seems to lie under the words or is being left out, and leaves room",
    ),
    ("interpretation", "offers an explanation or link (past, pattern, defence) the client has not made"),
)
_DIRECTION = _codes(
    "therapist",
    "direction",
    SKILLS,
    ("information", "gives facts, explains a condition, a model"),
    ("advice", "suggests or tells what to do"),
    ("structuring", "agenda, time, practicalities, homework set-up"),
    (
        "frame",
        "agreements and safety: confidentiality, boundaries, reliability, what the client may expect",
    ),
    ("self_disclosure", "tells something about own life or views"),
)
_REPAIR = _codes(
    "therapist",
    "repair",
    RUPTURE_RATING,
    (
        "invite_feedback",
        "asks how the client feels about therapist, therapy, or what just happened between them",
    ),
    ("acknowledge_part", "owns a contribution, apologises"),
    ("clarify_misunderstanding", "clears up what was meant or heard"),
    ("validate_defence", "makes room for the client's holding back or anger as understandable, even needed"),
    ("disclose_here_now", "tells own experience of what is happening between them now"),
    (
        "link_pattern",
        "connects what happened between them to other relationships or to a pattern between them",
    ),
    ("explain_rationale", "says why a task or question is there"),
    ("change_task", "changes task, pace or goal to fit the client"),
    ("redirect", "answers strain by steering back to the task, without taking it up"),
)
_FAILURE = _codes(
    "therapist",
    "failure of attunement",
    RUPTURE_RATING,
    (
        "misattuned",
        "misses, minimises or steps over what the client just showed; mishears; reassures it away; turns to own agenda",
    ),
    ("hostile", "criticises, blames, belittles, argues, lectures, pressures"),
)


def _names(codes: tuple[Code, ...]) -> tuple[str, ...]:
    return tuple(code.name for code in codes)


CODES: dict[str, Code] = {
    code.name: code
    for code in (
        *_WITHDRAWAL,
        *_CONFRONTATION,
        *_COMING_BACK,
        *_EXPERIENCE,
        *_ATTUNEMENT,
        *_DIRECTION,
        *_REPAIR,
        *_FAILURE,
    )
}
CLIENT_CODES = tuple(name for name, code in CODES.items() if code.speaker == "client")
THERAPIST_CODES = tuple(name for name, code in CODES.items() if code.speaker == "therapist")

STRAIN_WITHDRAWAL = _names(_WITHDRAWAL)
STRAIN_CONFRONTATION = _names(_CONFRONTATION)
STRAIN = STRAIN_WITHDRAWAL + STRAIN_CONFRONTATION

# `redirect` stands under "Repair" in the codebook because it answers strain, but it leaves the strain untouched.
REPAIR = tuple(name for name in _names(_REPAIR) if name != "redirect")
FAILURE = _names(_FAILURE)

# A client turn that calls for attunement although it is no strain: something is shown or risked.
OPENING = ("feeling", "disclosure", "fear_of_response", "grief", "names_rupture")

EMPATHY_MECHANISMS = ("reaction", "interpretation", "exploration")
