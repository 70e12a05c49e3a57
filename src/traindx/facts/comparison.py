"""What differs between two runs, and where they first part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from traindx.facts.findings import Location


class Part(StrEnum):
    """What a difference is about, in the order of cause and effect."""

    PROGRAM = "program"
    DATA = "data"
    DYNAMICS = "dynamics"


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same; None stands for what a run does not have. `location` is in the bad run."""

    part: Part
    what: str
    good: float | int | str | None
    bad: float | int | str | None
    location: Location | None = None


@dataclass(frozen=True)
class Parting:
    """The first step (or epoch, 0-based) at which `quantity` is no longer alike.

    `equal_before`: up to there both runs were equal to the last digit; else they were alike within `limit`, the
    spread of the good run.
    """

    unit: str
    at: int
    quantity: str
    good: float
    bad: float
    equal_before: bool
    limit: float = 0.0


@dataclass(frozen=True)
class Course:
    """One quantity of both runs over steps or epochs: (place, value) pairs."""

    quantity: str
    unit: str
    good: tuple[tuple[float, float], ...]
    bad: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side."""

    good: str
    bad: str
    differences: tuple[Difference, ...] = ()
    parting: Parting | None = None
    courses: tuple[Course, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, part: Part) -> tuple[Difference, ...]:
        """The differences of one part."""
        return tuple(d for d in self.differences if d.part == part)
