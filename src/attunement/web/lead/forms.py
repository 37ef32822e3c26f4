"""The clinic's settings; people's roles, supervision, whose client somebody is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from attunement.measures.instruments import Instrument
from attunement.web.people.models import Clinic, Role, User


class SettingsForm(forms.Form):
    """Name, crisis text, how long an alert may stay open, the measure of distress that outcomes are told by."""

    name = forms.CharField(label=_("Name of the practice or clinic"), max_length=200)
    crisis_text = forms.CharField(
        label=_("Crisis text"),
        help_text=_("Whom to call in a crisis, day and night. Clients see it on every page of theirs."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    alert_days = forms.IntegerField(
        label=_("Days until an open alert is shown to the lead"),
        help_text=_("Only that something is open, never what. Give therapists the time to see the client first."),
        min_value=1,
        max_value=180,
    )
    distress = forms.ChoiceField(
        label=_("Measure of distress that the clinic goes by"),
        help_text=_("Whether clients are better is judged by it, where they answered it twice or more."),
        required=False,
    )

    def __init__(self, *args: Any, measures: Iterable[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(each.name, each.title) for each in measures if _tells_change(each)]
        field = self.fields["distress"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none: outcomes are not shown")), *known]


class RolesForm(forms.Form):
    """What somebody does here; at least one thing."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple)


class PersonForm(forms.Form):
    """One of these people."""

    person = forms.ModelChoiceField(queryset=User.objects.none())

    def __init__(self, *args: Any, people: QuerySet[User], label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.label = people, label


def people_with(clinic: Clinic | Any, role: Role) -> QuerySet[User]:
    """The active people of a clinic who have this role, by name."""
    everyone = User.objects.filter(clinic=clinic, is_active=True).order_by("name")
    return everyone.filter(pk__in=[person.pk for person in everyone if person.has_role(role)])


def _tells_change(instrument: Instrument) -> bool:
    return instrument.domain == "distress" and instrument.reliable_change is not None
