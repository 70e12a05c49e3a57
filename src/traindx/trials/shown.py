"""What one trial showed: the line that the child streams."""

from __future__ import annotations

from dataclasses import dataclass

from traindx.facts.causes import Cause


@dataclass(frozen=True)
class Shown:
    """An outcome per seed without and with a change. `cause` is None for a differential test of the whole run.

    `verdict`: `confirmed`, `ruled-out`, `helps` (moves the symptom, but another change is the one to make), `worse`,
    `inconclusive`, `not-testable` (then `note` says why), or `observed` of a differential test (`note` says what). `at`: seconds into the
    trials, as the parent received it. `suspected`: the cause that was suspected where the trial tells of another one.
    """

    cause: Cause | None
    change: str
    metric: str
    before: tuple[float, ...]
    after: tuple[float, ...]
    seconds: float
    verdict: str
    larger_is_better: bool = True
    note: str = ""
    patch: tuple[tuple[str, ...], ...] = ()
    at: float = 0.0
    suspected: Cause | None = None
