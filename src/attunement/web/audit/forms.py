"""Which part of the audit record is looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attunement.web.audit.models import Action
from attunement.web.people.models import Clinic, User

HEX, SHORTEST = 32, 8


class FilterForm(forms.Form):
    """By person, kind of action, number of the case, and days; whatever is empty lets everything through."""

    person = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.none(), required=False, empty_label=_("everybody")
    )
    action = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("everything")), *Action.choices])
    case = forms.CharField(
        label=_("Case"),
        help_text=_("Eight signs are enough."),
        required=False,
        max_length=36,
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Up to"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, clinic: Clinic | Any) -> None:
        super().__init__(data)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(clinic=clinic).order_by("name")

    def clean_case(self) -> tuple[UUID, UUID] | None:
        """The first and the last number that begins so."""
        begins = self.cleaned_data["case"].strip().replace("-", "").casefold()
        if not begins:
            return None
        if len(begins) < SHORTEST or len(begins) > HEX or set(begins) - set("0123456789abcdef"):
            raise forms.ValidationError(_("A number of a case has eight signs or more, 0 to 9 and a to f."))
        return UUID(begins.ljust(HEX, "0")), UUID(begins.ljust(HEX, "f"))

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("This is before the first day."))
        return cleaned

    @property
    def chosen(self) -> Q:
        """The rows that were asked for."""
        said, rows = self.cleaned_data, Q()
        if said["person"]:
            rows &= Q(actor=said["person"].pk)
        if said["action"]:
            rows &= Q(action=said["action"])
        if said["case"]:
            rows &= Q(client__gte=said["case"][0], client__lte=said["case"][1])
        if said["since"]:
            rows &= Q(at__gte=_midnight(said["since"]))
        if said["until"]:
            rows &= Q(at__lt=_midnight(said["until"] + timedelta(days=1)))
        return rows


def _midnight(day: Any) -> Any:
    from datetime import datetime, time

    return timezone.make_aware(datetime.combine(day, time()))
