"""An upload in, a session out, by way of a child process that nothing bad in a file can get out of."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from attunement.errors import TranscriptError
from attunement.transcripts import Session
from attunement.web import settings_table
from attunement.web.reading.parse import DAMAGED, REFUSED, SESSION
from attunement.web.reading.stored import unpacked_session

# What the child may know of our environment: no key, no address of a database.
PASSED_ON = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV", "TMPDIR")
# Each thread of a numerical library sets memory aside, which counts against the limit.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class ChildFailed(Exception):
    """The child process did not start as it should: a fault of ours or of the machine, not of the file."""


def parse(content: bytes, *, name: str, therapist: str | None = None) -> Session:
    """The session in a file's content; `name` gives the session its id, and its ending tells the format.

    Raises:
        TranscriptError: when it cannot be read, takes too long or too much memory.
        ChildFailed: when the child could not even begin.
    """
    command = [sys.executable, "-I", "-m", "attunement.web.reading.parse"]
    given = json.dumps([name, therapist]).encode() + b"\n" + content
    seconds = settings_table.whole("ATTUNEMENT_PARSE_SECONDS")
    environment = {key: os.environ[key] for key in PASSED_ON if key in os.environ} | ONE_THREAD
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        raise TranscriptError(
            f"it took longer than {seconds} seconds to make sense of the file; is it one session?"
        ) from None
    answer = done.stdout
    if answer.startswith(SESSION):
        return unpacked_session(answer[1:])
    if answer.startswith(REFUSED):
        raise TranscriptError(answer[1:].decode())
    # Its standard error may quote the file: it is not passed on. A negative code is a signal: a limit was met.
    if not answer.startswith(DAMAGED) and done.returncode >= 0:
        raise ChildFailed
    raise TranscriptError("the file is damaged, or too large to make sense of; save it anew as .txt or .docx.")
