"""Who visits and what they look at, for locust: `python -m benchmarks.clinic_load.visitors` with what it needs as JSON on
standard input (`address`, `who`, `users`, `seconds`, `think`); what came back how fast, as JSON on standard output.
"""

from __future__ import annotations

from locust import HttpUser, between, task  # first: it makes sockets cooperative
from locust.env import Environment

import json
import random
import sys
from typing import Any

import gevent
import requests

WHO: dict[str, Any] = {}
COOKIE = "sessionid"


class Visitor(HttpUser):
    """Somebody who looks at a page, thinks, and looks at the next."""

    abstract = True
    kind = ""

    def on_start(self) -> None:
        """As somebody of this kind, signed in already."""
        self.me = random.choice(WHO[self.kind])
        if isinstance(self.me, dict):
            self.client.cookies.set(COOKIE, self.me["cookie"])

    def look(self, page: str, address: str) -> requests.Response:
        """Open a page; `page` is what it is counted as."""
        return self.client.get(address, name=page)


class Therapist(Visitor):
    """Today, a client, a session."""

    weight, kind = 30, "therapists"

    @task(3)
    def today(self) -> None:
        self.look("today", "/")

    @task(3)
    def one_client(self) -> None:
        self.look("client", f"/clients/{random.choice(self.me['clients'])}/")

    @task(4)
    def session(self) -> None:
        self.look("session", f"/sessions/{random.choice(self.me['sessions'])}/")


class Supervisor(Visitor):
    """Supervisees, what is worth watching with one of them, a case."""

    weight, kind = 8, "supervisors"

    @task(2)
    def supervisees(self) -> None:
        self.look("supervisees", "/supervision/")

    @task(2)
    def moments(self) -> None:
        self.look("moments worth watching", f"/supervision/{random.choice(self.me['supervises'])}/moments/")

    @task(1)
    def skills(self) -> None:
        self.look("skills", f"/supervision/{random.choice(self.me['supervises'])}/skills/")

    @task(2)
    def case(self) -> None:
        self.look("client", f"/clients/{random.choice(self.me['clients'])}/")


class Client(Visitor):
    """The check-in on a phone, each link a client of its own; now and then one is sent."""

    weight, kind = 8, "links"

    @task(4)
    def check_in(self) -> None:
        self.me = random.choice(WHO["links"])
        self.look("check-in", f"/c/{self.me}/")

    @task(2)
    def course(self) -> None:
        self.look("own course", f"/c/{self.me}/course/")


class Lead(Visitor):
    """The clinic at a glance, cases, the audit record."""

    weight, kind = 2, "leads"

    @task
    def clinic(self) -> None:
        self.look("clinic", "/clinic/")

    @task
    def cases(self) -> None:
        self.look("cases of the clinic", "/clinic/cases/")

    @task
    def audit(self) -> None:
        self.look("audit record", "/audit/")


class SigningIn(Visitor):
    """Gives a password, which takes its time on purpose; the health page in between, as a monitor does."""

    weight, kind = 2, "therapists"

    def on_start(self) -> None:
        """Not signed in."""
        self.me = random.choice(WHO["therapists"])

    @task
    def sign_in(self) -> None:
        self.client.cookies.clear()
        self.look("sign-in page", "/sign-in/")
        given = {
            "username": self.me["email"],
            "password": WHO["password"],
            "csrfmiddlewaretoken": self.client.cookies.get("csrftoken", ""),
        }
        self.client.post("/sign-in/", given, name="password", allow_redirects=False)

    @task
    def health(self) -> None:
        self.look("health", "/health/")


class PeerVisitor(Visitor):
    """Somebody in Django's own admin: a list of a hundred rows; a page of twenty lines behind a sign-in."""

    weight, kind = 1, "peers"

    @task
    def change_list(self) -> None:
        self.look("Django admin, list of 100", "/admin/auth/user/")

    @task
    def plain(self) -> None:
        self.look("plain Django page, 20 lines", "/plain/")


CLINIC = [Therapist, Supervisor, Client, Lead, SigningIn]


def run(kinds: list[type[Visitor]], *, address: str, users: int, seconds: float, think: tuple[float, float]) -> Any:
    """Let so many visit for so long; locust's figures by page."""
    for kind in kinds:
        kind.wait_time = between(*think) if think[1] else (lambda _self: 0)
        kind.host = address
    environment = Environment(user_classes=kinds)
    runner = environment.create_local_runner()
    runner.start(users, spawn_rate=users)
    gevent.sleep(think[1] / 2)  # until they do not all come at once
    environment.stats.reset_all()
    gevent.sleep(seconds)
    runner.quit()
    return {
        name: {
            "count": entry.num_requests,
            "failed": entry.num_failures,
            "median_ms": entry.get_response_time_percentile(0.5),
            "p95_ms": entry.get_response_time_percentile(0.95),
        }
        for (name, _method), entry in [*environment.stats.entries.items(), (("all", ""), environment.stats.total)]
    }


def main() -> None:
    """One phase."""
    asked = json.load(sys.stdin)
    WHO.update(asked["who"])
    kinds = [PeerVisitor] if "peers" in WHO else CLINIC
    think = tuple(asked["think"])
    print(json.dumps(run(kinds, address=asked["address"], users=asked["users"], seconds=asked["seconds"], think=think)))


if __name__ == "__main__":
    main()
