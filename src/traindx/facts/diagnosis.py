"""The diagnosis: all that a reporter may show. Frozen, free of frameworks, JSON-ready through `codec`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from traindx.facts.causes import Cause, SymptomId
from traindx.facts.findings import Evidence, Location, RowToReview, Severity


class Status(StrEnum):
    """How well a cause is proven."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"
    RULED_OUT = "ruled-out"


@dataclass(frozen=True)
class Symptom:
    """What the user sees, in numbers. `weight` in [0, 1]: how badly the run is hurt."""

    id: SymptomId
    evidence: str
    weight: float = 1.0


ON_TOP = "on top of "
"""How the note of a trial begins that had another cause's proven change in both arms."""


@dataclass(frozen=True)
class Trial:
    """A paired experiment: one change, the same start weights, batches and seeds.

    `before` and `after` hold the outcome `metric` once per seed, without and with the change;
    `larger_is_better` tells the direction; `seconds` is wall time, `at` how many seconds into the trials it was told.
    """

    change: str
    metric: str
    before: tuple[float, ...]
    after: tuple[float, ...]
    seconds: float
    larger_is_better: bool = True
    verdict: str = "inconclusive"
    note: str = ""
    at: float = 0.0


@dataclass(frozen=True)
class Fix:
    """What to do: a sentence, and a unified diff of the user's own file where the change is mechanical."""

    text: str
    diff: str | None = None


@dataclass(frozen=True)
class Suspect:
    """One ranked cause with the merged evidence of its checks; `rows` to look at by hand, the most doubtful first."""

    rank: int
    cause: Cause
    check: str
    code: str
    severity: Severity
    status: Status
    confidence: float
    message: str
    evidence: tuple[Evidence, ...] = ()
    location: Location | None = None
    layer: str | None = None
    column: str | None = None
    fix: Fix | None = None
    trial: Trial | None = None
    also: tuple[str, ...] = ()
    rows: tuple[RowToReview, ...] = ()


@dataclass(frozen=True)
class Unmeasured:
    """A check that could not be answered, and what is missing."""

    check: str
    why: str


@dataclass(frozen=True)
class Seconds:
    """Wall seconds spent by the program, by traindx beside it, and by trials."""

    program: float = 0.0
    traindx: float = 0.0
    trials: float = 0.0


@dataclass(frozen=True)
class Diagnosis:
    """Symptoms, ranked causes and what could not be said. `trained`: whether any training was seen; where none was,
    silence proves nothing."""

    program: str
    exit: int
    symptoms: tuple[Symptom, ...] = ()
    findings: tuple[Suspect, ...] = ()
    not_measured: tuple[Unmeasured, ...] = ()
    notes: tuple[str, ...] = ()
    trials: tuple[Trial, ...] = ()
    seconds: Seconds = field(default_factory=Seconds)
    run: str = ""
    trained: bool = True

    @property
    def alarms(self) -> tuple[Suspect, ...]:
        """The findings that a user is told to act on, best first."""
        return tuple(f for f in self.findings if f.severity != Severity.NOTE and f.status != Status.RULED_OUT)
