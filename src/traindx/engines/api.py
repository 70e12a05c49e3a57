"""Splits that were handed over, without a model or a run, as the data probes take them."""

from __future__ import annotations

from typing import Any

import numpy as np

from traindx.engines.rowhash import row_hashes
from traindx.facts.observation import LossFacts, ModelFacts, Split, Training

SAMPLE = 4000


def training_of_arrays(
    splits: dict[str, tuple[Any, Any]], columns: tuple[str, ...] = (), loss: str = "", sample: int = SAMPLE
) -> Training:
    """Wrap arrays as a `Training` without a model.

    `splits` maps a role (train, validation, test, predict) to inputs (n, ...), or a tuple of them, and targets (n,) or
    (n, k), or None. At most `sample` random rows are kept of each; hashes and labels are kept of all.
    """
    made: dict[str, Split] = {}
    for role, (x, y) in splits.items():
        inputs = tuple(np.asarray(a) for a in (x if isinstance(x, tuple) else (x,)))
        n = len(inputs[0])
        rows = np.arange(n) if n <= sample else np.sort(np.random.default_rng(0).choice(n, sample, replace=False))
        labels = None if y is None else np.asarray(y)
        made[role] = Split(
            role, tuple(a[rows] for a in inputs), () if labels is None else (labels[rows],), rows=rows.astype(np.int64),
            n=n, columns=columns, hashes=row_hashes(inputs), labels=labels,
        )
    losses = (LossFacts("", loss, loss),) if loss else ()
    return Training(ModelFacts("data", "data", "data", losses=losses), splits=made, kind="data")
