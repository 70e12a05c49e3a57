"""The pictures of a recorded run, and the lines of its program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from traindx.facts.runlog import RunLogError, read_observation

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
    """The lines of a file of the program; none where it cannot be read."""
    try:
        return Path(name).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
