"""Whether a model's weights are as initialised."""

from __future__ import annotations

from typing import Any

import numpy as np

MAX_ELEMENTS = 1 << 20
"""Larger weights are not read: a copy would take too long."""


def fresh(model: Any) -> bool:
    """Whether all biases are exactly zero and nothing else contradicts that the weights are as initialised."""
    biases = [w for w in model.weights if str(w.path).rsplit("/", 1)[-1] in ("bias", "beta", "moving_mean")]
    return bool(biases) and all(not np.any(w.value.numpy()) for w in biases if int(np.prod(w.shape)) <= MAX_ELEMENTS)
