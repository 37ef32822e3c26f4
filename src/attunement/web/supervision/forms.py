"""Which client's moments, and of which kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attunement.web.clients.models import Client
from attunement.web.supervision import wording


class ClientChoice(forms.Form):
    """One client, or all; what is not among the choices means all."""

    client = forms.ChoiceField(label=_("Client"), required=False)

    def __init__(self, data: Any, clients: Iterable[Client]) -> None:
        super().__init__(data)
        self.clients = {str(client.pk): client for client in clients}
        labels = [(key, client.label) for key, client in self.clients.items()]
        self.fields["client"].choices = [("", _("all clients")), *labels]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """What was chosen in this field, empty for all."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def chosen_clients(self) -> list[Client]:
        """The one that was chosen, or all."""
        one = self.clients.get(self.chosen("client"))
        return [one] if one else [*self.clients.values()]


class MomentChoice(ClientChoice):
    """One client or all, one kind of moment or all."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("all kinds")), *((kind, title) for kind, (title, _why) in wording.GROUPS.items())],
    )
