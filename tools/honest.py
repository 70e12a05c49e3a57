"""Honest differences between splits, which must raise nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from faults import _minority
from leaks import grouped, in_time, trailing_mean, windows
from planting import Case, Rng, _parts, _rich, _with


def _half(case: Case, rng: Rng, real: Any) -> Case | None:
    return case


def _tilted(case: Case, rng: Rng, real: Any) -> Case | None:
    """Covariate shift along the first principal axis."""
    a, _, b, yb = _parts(case)
    flat_a, flat_b = a.reshape(len(a), -1), b.reshape(len(b), -1)
    mean, std = flat_a.mean(0), flat_a.std(0) + 1e-9
    axis = np.linalg.svd(((flat_a - mean) / std)[:400], full_matrices=False)[2][0]
    t = ((flat_b - mean) / std) @ axis
    keep = rng.random(len(b)) < 1 / (1 + np.exp(-rng.uniform(0.5, 1.5) * t / (t.std() + 1e-9)))
    return _with(case, x=b[keep], y=yb[keep]) if keep.sum() > 30 else None


def _prior(case: Case, rng: Rng, real: Any) -> Case | None:
    """Other class shares."""
    _, _, b, yb = _parts(case)
    if not real.classes:
        return None
    kinds = np.unique(real.y)
    weight = dict(zip(kinds, rng.uniform(0.4, 1.0, len(kinds)), strict=True))
    keep = rng.random(len(yb)) < np.array([weight[v] for v in yb])
    return _with(case, x=b[keep], y=yb[keep]) if keep.sum() > 30 else None


def _augmented_training(case: Case, rng: Rng, real: Any) -> Case | None:
    """Noise and mirrors on training pictures only."""
    a, ya, _, _ = _parts(case)
    if real.kind != "image":
        return None
    flip = rng.random(len(a)) < 0.5
    a = np.where(flip[:, None, None, None] & (real.name == "cifar10"), a[:, :, ::-1], a)
    return _with(case, train=(np.clip(a + rng.normal(0, 0.03 * a.max(), a.shape), 0, a.max()), ya))


def _oversampled_training(case: Case, rng: Rng, real: Any) -> Case | None:
    """The rarest class repeated in training, after the split."""
    a, ya, _, _ = _parts(case)
    found = _minority(real)
    if found is None:
        return None
    rows = np.concatenate([np.arange(len(a)), np.repeat(np.flatnonzero(ya == found[1]), 3)])
    return _with(case, train=(a[rows], ya[rows]))


def _scaled(case: Case, rng: Rng, real: Any) -> Case | None:
    """Both splits standardised with the training split's statistics."""
    a, ya, b, _ = _parts(case)
    mean, std = a.mean(0), np.where(a.std(0) > 0, a.std(0), 1)
    return _with(case, x=(b - mean) / std, train=((a - mean) / std, ya))


def _shifted(case: Case, rng: Rng, real: Any) -> Case | None:
    """Natural drift: some columns move by up to half a deviation."""
    a, _, b, _ = _parts(case)
    if real.kind == "image" or len(_rich(a)) < 3:
        return None
    b = b.copy()
    for j in rng.choice(_rich(a), max(1, len(_rich(a)) // 2), replace=False):
        b[:, j] += rng.normal(0, 0.3) * a[:, j].std()
    return _with(case, x=b)


HONEST: dict[str, Callable[..., Case | None]] = {
    "halves": _half,
    "covariate shift": _tilted,
    "class shares": _prior,
    "augmented training": _augmented_training,
    "oversampled training": _oversampled_training,
    "standardised": _scaled,
    "drift": _shifted,
    "whole groups": grouped(mixed=False),
    "split in time": in_time(mixed=False),
    "windows split in time": windows(mixed=False),
    "mean of earlier targets": trailing_mean(centred=False),
}
