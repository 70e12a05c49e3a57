"""The pictures of a recorded run, and the lines of its program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from traindx.facts.runlog import RunLogError, read_observation

MAX_SOURCE = 4 << 20
SOURCES = {".py", ".pyw", ".ipynb", ".txt", ""}
"""A log may name any file of this machine; only what may be a program is shown."""

if TYPE_CHECKING:
    from traindx.facts.diagnosis import Diagnosis
    from traindx.facts.pictures import Pictures


def drawn(diagnosis: Diagnosis) -> Pictures | None:
    """The pictures of the recorded run; None where none was kept."""
    from traindx.reporters.recorded import pictures_of

    try:
        return pictures_of(read_observation(Path(diagnosis.run)), diagnosis, source) if diagnosis.run else None
    except RunLogError:
        return None


def source(name: str) -> list[str]:
    """The lines of a file of the program; none where it cannot be read, or is no file that somebody wrote by hand."""
    path = Path(name)
    try:
        known = path.suffix in SOURCES and path.is_file() and path.stat().st_size <= MAX_SOURCE
        return path.read_text(encoding="utf-8", errors="replace").splitlines() if known else []
    except (OSError, ValueError):
        return []
