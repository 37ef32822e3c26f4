"""Finding observations, and the bundle in which they are handed out."""

from __future__ import annotations

import datetime
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from attunement.errors import InputError
from attunement.web.api.alerts import alerts_of
from attunement.web.api.answers import known_to, scores_of
from attunement.web.api.caller import Asked, Caller, Purpose, Scope
from attunement.web.api.fhir import codes
from attunement.web.api.fhir.observations import alert, places, score
from attunement.web.api.fhir.outcome import remark
from attunement.web.checkins.models import Answers
from attunement.web.clients.models import Client
from attunement.web.reading.models import CaseView

Json = dict[str, Any]
DATE = re.compile(r"(eq|ge|gt|le|lt)?(\d{4}-\d{2}-\d{2})(T\S*)?")
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ge": operator.ge,
    "gt": operator.gt,
    "le": operator.le,
    "lt": operator.lt,
}
LEFT_OUT = "Alerts are left out: the token has no scope alerts:read."
IDS = re.compile(r"(score|alert)-([0-9a-f-]{36})-[0-9a-f]{1,12}")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, and what is to be said about it."""

    resources: list[Json]
    remark: Json | None


def observations(caller: Caller, patient: str, *, category: str | None, code: str | None, dates: list[str]) -> Found:
    """The observations of a client, the newest first.

    Raises:
        Http404: when the owner of the token may reach no such client.
        InputError: when a date cannot be read.
    """
    asked = [_date(each) for each in dates]
    client = caller.client(_client(patient), Purpose.READ, what="scores")
    may_see_alerts = caller.may(Scope.ALERTS_READ)
    if may_see_alerts:
        caller.what = "scores and alerts"
    found = [
        each
        for each in _all(client, with_alerts=may_see_alerts)
        if (category is None or codes.matches(each["category"], category))
        and (code is None or codes.matches([each["code"]], code))
        and all(compare(each.get("effectiveDateTime", "")[:10], day) for compare, day in asked)
    ]
    found.sort(key=lambda each: (each.get("effectiveDateTime", ""), each["id"]), reverse=True)
    return Found(found, None if may_see_alerts else remark(LEFT_OUT))


def observation(caller: Caller, pk: str) -> Json:
    """The observation with this id.

    Raises:
        Http404: when there is none that may be reached.
    """
    named = IDS.fullmatch(pk)
    if named is None:
        raise Http404
    is_alert = named[1] == "alert"
    if is_alert:
        caller.must(Scope.ALERTS_READ)
    client = caller.client(_owner(is_alert, named[2]), Purpose.READ, what="alert" if is_alert else "score")
    resource = next((each for each in _all(client, with_alerts=is_alert) if each["id"] == pk), None)
    if resource is None:
        raise Http404
    return resource


def bundle(request: Asked, resources: list[Json], count: int, offset: int, *, remark: Json | None = None) -> Json:
    """The part of a search that was asked for, with the address of the next."""
    links = [{"relation": "self", "url": request.build_absolute_uri()}]
    if offset + count < len(resources):
        query = request.GET.copy()
        query["_count"], query["_offset"] = str(count), str(offset + count)
        links.append({"relation": "next", "url": request.build_absolute_uri(f"{request.path}?{query.urlencode()}")})
    base = request.build_absolute_uri("/fhir/R4/")
    entries = [
        {
            "fullUrl": f"{base}{each['resourceType']}/{each['id']}",
            "resource": each,
            "search": {"mode": "match"},
        }
        for each in resources[offset : offset + count]
    ]
    if remark is not None:
        entries.append({"resource": remark, "search": {"mode": "outcome"}})
    found = {"resourceType": "Bundle", "type": "searchset", "total": len(resources), "link": links}
    return found | ({"entry": entries} if entries else {})


def _all(client: Client, *, with_alerts: bool) -> list[Json]:
    scores = list(scores_of(client, known_to(client.clinic)))
    found = [score(each, client.pk) for each in scores]
    if with_alerts:
        where = places(scores)
        found += [alert(each, where) for each in alerts_of([client])]
    return found


def _owner(is_alert: bool, pk: str) -> UUID:
    """Whose case, or whose answers, they are."""
    try:
        key = UUID(pk)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(CaseView, pk=key).client_id if is_alert else get_object_or_404(Answers, pk=key).client_id


def _client(patient: str) -> UUID:
    try:
        return UUID(patient.rpartition("/")[2])
    except ValueError:
        raise InputError("patient: write the id of the client.") from None


def _date(said: str) -> tuple[Callable[[Any, Any], bool], str]:
    read = DATE.fullmatch(said)
    try:
        day = datetime.date.fromisoformat(read[2]) if read else None
    except ValueError:
        day = None
    if read is None or day is None:
        raise InputError("date: write it as 2026-03-04, with eq, ge, gt, le or lt in front of it.")
    return COMPARED[read[1] or "eq"], day.isoformat()
