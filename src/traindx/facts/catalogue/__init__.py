"""The catalogue in words: what every cause and symptom is, why it hurts and what to do. One file per subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traindx.facts.catalogue import compute, data, distributed, evaluation, model, training
from traindx.facts.catalogue.entry import Entry, SymptomEntry
from traindx.facts.catalogue.symptoms import SYMPTOMS

if TYPE_CHECKING:
    from traindx.facts.causes import Cause

__all__ = ["CATALOGUE", "SYMPTOMS", "Entry", "SymptomEntry"]

_PARTS = (data.ENTRIES, model.ENTRIES, training.ENTRIES, evaluation.ENTRIES, compute.ENTRIES, distributed.ENTRIES)

CATALOGUE: dict[Cause, Entry] = {cause: entry for part in _PARTS for cause, entry in part.items()}
