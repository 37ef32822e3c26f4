"""`make bench-web`: how fast the clinic's pages are with 200 clients of 40 sessions and 50 people at once.

The aim: the 95th percentile under 200 ms on two cores, on which the server, its worker and the visitors run. Everybody
looks at a page, thinks for five to ten seconds, and looks at the next. Beside it, in the same run and on the same web
server, stand pages of Django's own; then both again without any thinking, which shows how much a machine can bear.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

AIM_MS = 200
USERS, SECONDS, THINK = 50, 120.0, (5.0, 10.0)
RUSH_USERS, RUSH_SECONDS = 8, 20.0
PEER, PEER_PAGE = "the admin", "Django admin, list of 100"
SERVE = "import typer; from attunement.cli.serve import serve; typer.run(serve)"
TICKS = os.sysconf("SC_CLK_TCK")


def volume(home: Path, clients: int, sessions: int) -> dict[str, Any]:
    """Who can sign in to the clinic in this folder; it is filled when it is empty."""
    kept = home / "who.json"
    if not kept.exists():
        code = (
            "import json, sys, django; django.setup()\n"
            "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
            "from benchmarks.clinic_load.volume import build\n"
            f"json.dump(build({clients}, {sessions}), open({str(kept)!r}, 'w'))"
        )
        subprocess.run([sys.executable, "-c", code], env=settings(home), check=True)
    return dict(json.loads(kept.read_text()))


def settings(home: Path) -> dict[str, str]:
    """The environment of the clinic in this folder; DATABASE_URL goes through."""
    return {**os.environ, "ATTUNEMENT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "attunement.web.settings"}


@contextlib.contextmanager
def clinic(home: Path) -> Iterator[tuple[str, int]]:
    """The address and process of `attunement serve`, worker and all."""
    port = _free_port()
    with _running([sys.executable, "-c", SERVE, "--port", str(port)], settings(home)) as server:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/health/")
        yield address, server.pid


@contextlib.contextmanager
def peer(folder: Path) -> Iterator[tuple[str, int, str]]:
    """The same of Django's own pages, with the cookie of somebody signed in."""
    port = _free_port()
    command = [sys.executable, "-m", "benchmarks.clinic_load.peer", str(folder), str(port)]
    with _running(command, dict(os.environ), stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        cookie = server.stdout.readline().strip()
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/admin/login/")
        yield address, server.pid, cookie


def phase(
    who: dict[str, Any], address: str, pid: int, *, users: int, seconds: float, think: tuple[float, float]
) -> Any:
    """Let them visit; figures by page, and what the server's process needed of the processor for a request."""
    asked = {"who": who, "address": address, "users": users, "seconds": seconds, "think": think}
    began = _processor_s(pid)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.clinic_load.visitors"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    pages = json.loads(done.stdout.splitlines()[-1])
    pages["all"]["processor_ms"] = 1000 * (_processor_s(pid) - began) / max(1, pages["all"]["count"])
    pages["all"]["a_second"] = pages["all"]["count"] / seconds
    return pages


def show(title: str, pages: dict[str, Any], reference: float | None) -> None:
    """A table; `reference` is the peer's 95th percentile."""
    table = Table(title=title, title_justify="left")
    for name in ("page", "requests", "50th ms", "95th ms", f"of {PEER}'s 95th"):
        table.add_column(name, justify="left" if name == "page" else "right")
    for name, page in sorted(pages.items(), key=lambda item: (item[0] == "all", item[0])):
        ratio = f"× {page['p95_ms'] / reference:.1f}" if reference else ""
        table.add_row(name, str(page["count"]), f"{page['median_ms']:.0f}", f"{page['p95_ms']:.0f}", ratio)
    console = Console(width=100)
    console.print(table)
    every = pages["all"]
    console.print(
        f"{every['a_second']:.1f} requests a second, {every['failed']} failed; "
        f"of the server's processor time {every['processor_ms']:.0f} ms a request.\n"
    )


def main() -> None:
    """All phases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="keep the filled clinic in this folder and use it again")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder) / "clinic"
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        who = volume(home, given.clients, given.sessions)
        figures: dict[str, Any] = {}
        with clinic(home) as (address, pid):
            figures["clinic"] = phase(who, address, pid, users=USERS, seconds=given.seconds, think=THINK)
            figures["clinic, rush"] = phase(who, address, pid, users=RUSH_USERS, seconds=RUSH_SECONDS, think=(0, 0))
        with peer(Path(folder)) as (address, pid, cookie):
            peers = {"peers": [{"cookie": cookie}]}
            figures["peer"] = phase(peers, address, pid, users=USERS, seconds=given.seconds, think=THINK)
            figures["peer, rush"] = phase(peers, address, pid, users=RUSH_USERS, seconds=RUSH_SECONDS, think=(0, 0))
    report(figures, f"{given.clients} clients × {given.sessions} sessions")


def report(figures: dict[str, Any], size: str) -> None:
    """What was found, beside the aim."""
    calm, rush = figures["peer"][PEER_PAGE]["p95_ms"], figures["peer, rush"][PEER_PAGE]["p95_ms"]
    think = f"{THINK[0]:.0f} to {THINK[1]:.0f} s between pages"
    show(f"The clinic, {size}, {USERS} people, {think}", figures["clinic"], calm)
    show(f"Django's own, {USERS} people, {think}", figures["peer"], calm)
    show(f"The clinic, {RUSH_USERS} people without a pause", figures["clinic, rush"], rush)
    show(f"Django's own, {RUSH_USERS} people without a pause", figures["peer, rush"], rush)
    p95 = figures["clinic"]["all"]["p95_ms"]
    print(f"95th percentile {p95:.0f} ms, aim under {AIM_MS} ms: {'met' if p95 < AIM_MS else 'not met'}.")
    print(f"Load of the machine over the last minutes (cores: {os.cpu_count()}): {os.getloadavg()}")


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str], **more: Any) -> Iterator[subprocess.Popen[str]]:
    outputs = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **more}
    process = subprocess.Popen(command, env=environment, text=True, **outputs)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_for(address: str) -> None:
    for _ in range(120):
        with contextlib.suppress(OSError):
            with contextlib.suppress(urllib.error.HTTPError):  # it answers
                urllib.request.urlopen(address)
            return
        time.sleep(0.5)
    raise SystemExit("the server did not come up.")


def _processor_s(pid: int) -> float:
    """What a process has used of the processor so far, all threads, without its children."""
    fields = re.sub(r"\(.*\)", "", Path(f"/proc/{pid}/stat").read_text()).split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
