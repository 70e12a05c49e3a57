"""Small samples of weights and gradients, always the same positions, cheap to compare."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

PER_ARRAY = 256
MAX_ARRAYS = 64


@lru_cache(maxsize=4096)
def _positions(size: int) -> np.ndarray:
    return np.unique(np.linspace(0, size - 1, min(size, PER_ARRAY)).astype(np.int64))


def array_of(value: Any) -> np.ndarray | None:
    """A dense array (tensor, variable, indexed slices) as NumPy; None where it is symbolic or missing."""
    if value is None:
        return None
    dense = getattr(value, "value", None) if not hasattr(value, "numpy") else value  # a Keras variable holds a value
    dense = value if dense is None or callable(dense) else dense
    if type(value).__name__ == "IndexedSlices":
        import tensorflow as tf

        dense = tf.convert_to_tensor(value)
    try:
        return np.asarray(dense.numpy() if hasattr(dense, "numpy") else dense)
    except (TypeError, ValueError, NotImplementedError, AttributeError):
        return None


def sample(arrays: list[Any]) -> np.ndarray | None:
    """Up to 256 values of each array, one after the other, (k,) float64; None where one cannot be read."""
    parts = []
    for value in arrays[:MAX_ARRAYS]:
        array = array_of(value)
        if array is None or array.dtype.kind not in "fiub":
            return None
        flat = array.reshape(-1)
        parts.append(flat[_positions(flat.size)].astype(np.float64) if flat.size else np.zeros(0))
    return np.concatenate(parts) if parts else None


def gap(a: np.ndarray, b: np.ndarray) -> float:
    """Relative L2 distance of two samples."""
    if a.shape != b.shape:
        return 1.0
    scale = max(float(np.linalg.norm(a)), float(np.linalg.norm(b)), 1e-12)
    return float(np.linalg.norm(a - b)) / scale


def widest(samples: list[np.ndarray]) -> float:
    """Greatest relative distance of two of them."""
    return max((gap(a, b) for i, a in enumerate(samples) for b in samples[i + 1 :]), default=0.0)


def combination(parts: list[np.ndarray], whole: np.ndarray) -> tuple[np.ndarray, float] | None:
    """Weights w (n,) with sum w_k part_k nearest to `whole`, and the relative residual; None where parts are alike.

    Least squares; the parts must be linearly independent (condition below 1e4), else the weights mean nothing.
    """
    matrix = np.stack(parts, axis=1)
    size = np.linalg.norm(matrix, axis=0)
    if not np.isfinite(matrix).all() or not np.isfinite(whole).all() or not size.all() or not np.linalg.norm(whole):
        return None
    if np.linalg.cond(matrix / size) > 1e4:
        return None
    found = np.linalg.lstsq(matrix / size, whole, rcond=None)[0]
    residual = float(np.linalg.norm(matrix / size @ found - whole) / np.linalg.norm(whole))
    return found / size, residual
