"""Who visits and what they look at, by locust: `python -m benchmarks.clinic_load.visitors`.

On standard input what it needs as JSON (`address`, `who`, `users`, `seconds`, `think`), on standard output how fast
what came back. It is a process of its own since locust makes all sockets of its process cooperative.
"""

from __future__ import annotations

import json
import random
import sys
from typing import Any

import gevent
from locust import HttpUser, between, task
from locust.env import Environment

# Of fifty visitors so many are of this kind; what they look at, how often against each other, under which address.
KINDS: dict[str, tuple[int, dict[str, tuple[int, str]]]] = {
    "therapists": (
        30,
        {"today": (3, "/"), "client": (3, "/clients/{clients}/"), "session": (4, "/sessions/{sessions}/")},
    ),
    "supervisors": (
        8,
        {
            "supervisees": (2, "/supervision/"),
            "moments worth watching": (2, "/supervision/{supervises}/moments/"),
            "skills": (1, "/supervision/{supervises}/skills/"),
            "client": (2, "/clients/{clients}/"),
        },
    ),
    "clients": (8, {"check-in": (4, "/c/{links}/"), "own course": (2, "/c/{links}/course/")}),
    "leads": (2, {"clinic": (1, "/clinic/"), "cases": (1, "/clinic/cases/"), "audit record": (1, "/audit/")}),
    "signing in": (2, {"health": (1, "/health/"), "sign-in page": (1, "/sign-in/"), "password": (1, "/sign-in/")}),
    "peers": (1, {"Django admin, list of 100": (1, "/admin/auth/user/"), "Django page of 20 lines": (1, "/plain/")}),
}


class Visitor(HttpUser):
    """Somebody who looks at a page, thinks, and looks at the next."""

    abstract = True
    people: list[dict[str, Any]] = []  # noqa: RUF012
    pages: dict[str, tuple[int, str]] = {}  # noqa: RUF012

    def on_start(self) -> None:
        """As somebody of this kind, signed in already where there is a cookie."""
        self.me = random.choice(self.people)
        if "cookie" in self.me:
            self.client.cookies.set("sessionid", self.me["cookie"])

    @task
    def look(self) -> None:
        """Open one of the pages; a password is given after its form was opened."""
        names = list(self.pages)
        name = random.choices(names, [self.pages[each][0] for each in names])[0]
        choices = {key: random.choice(values) for key, values in self.me.items() if isinstance(values, list) and values}
        address = self.pages[name][1].format(**choices)
        if name == "password":
            self.give_password(address)
        else:
            self.client.get(address, name=name)

    def give_password(self, address: str) -> None:
        """Anew: as somebody who is not signed in."""
        self.client.cookies.clear()
        self.client.get(address, name="sign-in page")
        given = {"username": self.me["email"], "password": self.me["password"]}
        token = self.client.cookies.get("csrftoken", "")
        self.client.post(address, {**given, "csrfmiddlewaretoken": token}, name="password", allow_redirects=False)


def kinds(who: dict[str, Any], address: str, think: tuple[float, float]) -> list[type[Visitor]]:
    """A class for each kind of people of whom there are any."""
    wait = between(*think) if think[1] else lambda _self: 0
    return [
        type(
            name,
            (Visitor,),
            {"weight": weight, "pages": pages, "people": who[name], "host": address, "wait_time": wait},
        )
        for name, (weight, pages) in KINDS.items()
        if name in who
    ]


def visit(found: list[type[Visitor]], *, users: int, seconds: float, warm_up: float) -> dict[str, Any]:
    """Let so many visit for so long; locust's figures by page."""
    environment = Environment(user_classes=found)
    runner = environment.create_local_runner()
    runner.start(users, spawn_rate=users)
    gevent.sleep(warm_up)  # until they do not all come at once
    environment.stats.reset_all()
    gevent.sleep(seconds)
    runner.quit()
    entries = {name: entry for (name, _method), entry in environment.stats.entries.items()}
    return {
        name: {
            "count": entry.num_requests,
            "failed": entry.num_failures,
            "median_ms": entry.get_response_time_percentile(0.5),
            "p95_ms": entry.get_response_time_percentile(0.95),
        }
        for name, entry in [*entries.items(), ("all", environment.stats.total)]
    }


def main() -> None:
    """One phase."""
    asked = json.load(sys.stdin)
    low, high = asked["think"]
    found = kinds(asked["who"], asked["address"], (low, high))
    print(json.dumps(visit(found, users=asked["users"], seconds=asked["seconds"], warm_up=high + 2)))


if __name__ == "__main__":
    main()
