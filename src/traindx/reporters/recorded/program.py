"""The program's own lines around those that an alarm names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traindx.facts.pictures import SourcePicture
from traindx.reporters.words import near

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from traindx.facts.diagnosis import Diagnosis


def sources_of(diagnosis: Diagnosis, source: Callable[[str], Sequence[str]]) -> tuple[SourcePicture, ...]:
    """One picture per file, in the order of the alarms; files without lines are left out."""
    guilty: dict[str, dict[int, str]] = {}
    for suspect in diagnosis.alarms:
        if suspect.location is not None:
            guilty.setdefault(suspect.location.file, {}).setdefault(suspect.location.line, suspect.message)
    pictures = (
        SourcePicture(near(file), tuple(source(file)), tuple(sorted(lines.items()))) for file, lines in guilty.items()
    )
    return tuple(picture for picture in pictures if picture.lines)
