"""What the catalogue says of one cause or symptom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from traindx.facts.causes import Cause


@dataclass(frozen=True)
class Entry:
    """One cause in plain English. `title` reads after "Cause found:"; the others are whole sentences.

    `no_problem` says when the same numbers are nothing to worry about.
    """

    title: str
    summary: str
    why: str
    what_to_do: str
    no_problem: str


@dataclass(frozen=True)
class SymptomEntry:
    """One symptom in plain English, and the causes that are behind it most often, likeliest first."""

    title: str
    summary: str
    causes: tuple[Cause, ...]
