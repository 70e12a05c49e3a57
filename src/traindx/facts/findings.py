"""What a check answers: a finding with its evidence, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from traindx.facts.causes import Cause


class Severity(StrEnum):
    """How bad: `error` training cannot work, `warning` it works worse than it could, `note` worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Location:
    """A place in the user's own source."""

    file: str
    line: int


@dataclass(frozen=True)
class Evidence:
    """One measured number and the limit it was held against.

    `value` and `limit` are in the unit that `what` names; `step` is the training step (0-based) where it was seen.
    """

    what: str
    value: float | int | str | None = None
    limit: float | int | str | None = None
    step: int | None = None


@dataclass(frozen=True)
class RowToReview:
    """A row that a person should look at: its position in the split's source, its label, what a model says instead, and
    how sure that model is (0 to 1; for numbers 0)."""

    split: str
    row: int
    label: str
    said: str
    sure: float = 0.0


@dataclass(frozen=True)
class Finding:
    """What is wrong, as one check measured it.

    `strength` is in [0, 1]: how far the evidence is beyond doubt, given only this check's own measurements.
    `suggests` narrows the check's causes where the measurement tells them apart (best first); empty: all of them.
    `severity` overrides the check's own.
    """

    message: str
    strength: float = 0.5
    evidence: tuple[Evidence, ...] = ()
    location: Location | None = None
    layer: str | None = None
    column: str | None = None
    step: int | None = None
    suggests: tuple[Cause, ...] = ()
    severity: Severity | None = None
    fix: str | None = None
    rows: tuple[RowToReview, ...] = ()


@dataclass(frozen=True)
class NotMeasured:
    """A measurement that is missing, and why."""

    why: str


@dataclass(frozen=True)
class NotApplicable:
    """The check has nothing to say about this kind of run, and why."""

    why: str


@dataclass(frozen=True)
class Judged:
    """A finding together with the check that made it, as diagnosis needs it."""

    check: str
    code: str
    severity: Severity
    causes: tuple[Cause, ...]
    finding: Finding
