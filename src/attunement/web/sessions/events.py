"""What happens around a session, as the therapist writes it down: one small form a kind of `attunement.case.Event`."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attunement.case.record import EventKind

MOST = 9_999
WHO = (("client", _("the client")), ("therapist", _("I")))
KEPT = (("", _("not known yet")), ("yes", _("yes")), ("no", _("no")))
STATES = (
    ("well", _("well")),
    ("tired", _("tired")),
    ("distracted", _("distracted")),
    ("unwell", _("unwell")),
    ("troubled", _("troubled")),
)


class EventForm(forms.Form):
    """The fields of one kind of event; `title` is what it is called."""

    title: ClassVar[str | Promise]
    note = forms.CharField(label=_("Note"), required=False, max_length=1_000)

    def __init__(self, said: Any = None, *, kind: EventKind) -> None:
        super().__init__(said, auto_id=f"{kind}_%s")
        self.kind = kind
        # Words that are needed come first, a remark last.
        is_needed = self.fields["note"].required
        self.order_fields(["note"] if is_needed else [name for name in self.fields if name != "note"])

    @property
    def details(self) -> dict[str, Any]:
        """What was said, as the other fields of `attunement.case.Event`."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class Late(EventForm):
    """Somebody came late."""

    title = _("Late")
    by = forms.ChoiceField(label=_("Who was late"), choices=WHO)
    minutes = forms.FloatField(label=_("Minutes"), required=False, min_value=0, max_value=MOST)


class Cancelled(EventForm):
    """The session did not take place."""

    title = _("Cancelled")
    by = forms.ChoiceField(label=_("Who cancelled"), choices=WHO)


class Agreement(EventForm):
    """Something that the two agreed on; whether it was kept may be known later."""

    title = _("Agreement")
    note = forms.CharField(label=_("What was agreed"), max_length=1_000)
    due = forms.IntegerField(
        label=_("By which session"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_("An ending that was agreed on belongs here too: “we end in July”, with the session."),
    )
    kept = forms.ChoiceField(label=_("Was it kept?"), choices=KEPT, required=False)

    def clean_kept(self) -> bool | None:
        """As yes, no, or not known."""
        return {"yes": True, "no": False}.get(self.cleaned_data["kept"])


class Change(EventForm):
    """A change of the frame, in words."""

    note = forms.CharField(label=_("What changed"), max_length=1_000)


class Fee(Change):
    """Of the fee."""

    title = _("Fee")


class Room(Change):
    """Of the room."""

    title = _("Room")


class Break(Change):
    """A break: holidays, an illness."""

    title = _("Break")
    note = forms.CharField(label=_("Which break"), max_length=1_000)


class TherapistState(EventForm):
    """How the therapist was."""

    title = _("How I was")
    state = forms.ChoiceField(label=_("How I was"), choices=STATES)


FORMS: dict[EventKind, type[EventForm]] = {
    "late": Late,
    "cancelled": Cancelled,
    "agreement": Agreement,
    "therapist_state": TherapistState,
    "fee": Fee,
    "room": Room,
    "break": Break,
}


def empty_forms(filled: EventForm | None = None) -> list[EventForm]:
    """A form for each kind; the one that was filled in and not understood keeps its place."""
    return [filled if filled and filled.kind == kind else form(kind=kind) for kind, form in FORMS.items()]
