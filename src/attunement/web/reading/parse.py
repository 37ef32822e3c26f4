"""The child process that parses an upload: `python -m attunement.web.reading.parse`.

On standard input a line of JSON, the file's name and the therapist's (who lists processes is not to see it), then the
file's bytes; on standard output a first letter and what it stands for: `S` a packed session, `R` the line
that says why it was refused, `D` when it is damaged or too large. It has limits of time and memory, no keys, no
database, and writes nothing to any disk.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

MOST_MEMORY = 2 * 2**30
MOST_WRITTEN = 2**26  # of the in-memory file too
SESSION, REFUSED, DAMAGED = b"S", b"R", b"D"


def main() -> None:
    """Parse what comes in."""
    limit_ourselves()
    name, therapist = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    from attunement.errors import InputError
    from attunement.transcripts import load
    from attunement.web.reading.stored import packed

    # Until here a failure is ours; from here on, whatever a file does that no format foresaw is the file's.
    with in_memory(content, name) as path:
        try:
            answer = SESSION + packed(load(path, therapist=therapist))
        except InputError as error:
            answer = REFUSED + str(error).removeprefix(f"{path}: ").encode()
        except Exception:
            answer = DAMAGED
    sys.stdout.buffer.write(answer)


def limit_ourselves() -> None:
    """No more memory than this, no core dump: it would hold what was said. Time is the parent's to watch."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextlib.contextmanager
def in_memory(content: bytes, name: str) -> Iterator[Path]:
    """A path of this name that leads to the content in memory."""
    descriptor = os.memfd_create("upload")
    with os.fdopen(descriptor, "wb") as file, tempfile.TemporaryDirectory() as folder:
        file.write(content)
        file.flush()
        path = Path(folder) / name
        path.symlink_to(f"/proc/self/fd/{descriptor}")
        yield path


if __name__ == "__main__":
    main()
