"""What a perfect, a constant and a contrary prediction would be for given targets, as far as the targets say it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from traindx.probes.measure.targets import numeric, value_kind

SOFT = (1.0, 0.99, 0.9)
"""How sure a perfect probability may be: smoothed labels and clipped logarithms have their least loss below 1."""
LOGITS = (1.0, 5.0, 20.0)
BOUNDED = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "hard_sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0),
           "softsign": (-1.0, 1.0), "relu": (0.0, np.inf), "softplus": (0.0, np.inf), "exponential": (0.0, np.inf),
           "relu6": (0.0, 6.0)}  # fmt: skip


@dataclass(frozen=True)
class Ideal:
    """Predictions (rows, ...) shaped like the output. `perfect` lies in the range of the output's activation,
    `boundless` need not; `opposite` mirrors both; `correct` says which rows of given predictions are right."""

    kind: str
    perfect: list[np.ndarray] = field(default_factory=list)
    boundless: list[np.ndarray] = field(default_factory=list)
    opposite: list[np.ndarray] = field(default_factory=list)
    constant: list[np.ndarray] = field(default_factory=list)
    hard: np.ndarray | None = None
    wrong: np.ndarray | None = None


def class_targets(y: np.ndarray, shape: tuple[int, ...]) -> tuple[str, np.ndarray] | None:
    """(kind, targets in 0..1 shaped like the output), or None where the targets are no classes for this output."""
    width = shape[-1] if len(shape) > 1 else 1
    flat = numeric(y)
    if flat is None or not np.isfinite(flat).all() or not flat.size:
        return None
    if flat.shape == shape and width > 1 and np.isin(flat, (0.0, 1.0)).all():
        kind = "one-hot" if (flat.sum(axis=-1) == 1).mean() > 0.5 else "multi-hot"
        return kind, flat
    whole = bool((flat == np.round(flat)).all()) and flat.min() >= 0 and flat.max() < width
    if width > 1 and flat.shape == shape[:-1] and whole:
        return "classes", np.eye(width)[flat.astype(int)]
    squeezed = shape[:-1] if width == 1 and len(shape) > 1 else shape
    if flat.shape == squeezed:
        values = set(np.unique(flat)) if flat.size < 1_000_000 else set()
        if values and values <= {0.0, 1.0}:
            return "binary", flat.reshape(shape)
        if values and values <= {-1.0, 1.0}:
            return "signed", (flat.reshape(shape) + 1) / 2
    return None


def _spread(target: np.ndarray, head: str | None, kind: str) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """(predictions the activation can express, predictions of any size) that say `target` (0..1)."""
    width = target.shape[-1] if target.ndim > 1 else 1
    even = 1 / width if kind in ("one-hot", "classes") else 0.5
    soft = [s * target + (1 - s) * even for s in SOFT]
    free = [c * (2 * target - 1) for c in LOGITS] + [20 * target]
    if head in ("sigmoid", "softmax", "hard_sigmoid"):
        return soft, soft + free
    if head in ("tanh", "softsign"):
        inside = soft + [s * (2 * target - 1) for s in SOFT]
        return inside, inside + free
    if head in ("relu", "softplus", "relu6", "exponential"):
        inside = [*soft, 20 * target] if head != "relu6" else [*soft, 6 * target]
        return inside, inside + free
    return soft + free, soft + free


def _classes(y: np.ndarray, predicted: np.ndarray, head: str | None) -> Ideal | None:
    found = class_targets(y, predicted.shape)
    if found is None:
        return None
    kind, target = found
    perfect, boundless = _spread(target, head, kind)
    single = kind in ("one-hot", "classes")
    contrary = np.roll(target, 1, axis=-1) if single else 1 - target
    share = target.reshape(-1, target.shape[-1]).mean(axis=0) if target.ndim > 1 else target.mean()
    mean = np.broadcast_to(share, target.shape)
    logit = np.log(np.clip(mean, 1e-6, 1)) - np.log(np.clip(1 - mean, 1e-6, 1))
    flat_mean = [mean] if head in BOUNDED else [mean, logit]
    return Ideal(kind, perfect, boundless, _spread(contrary, head, kind)[0], flat_mean, _hard(predicted, kind),
                 _wrong(predicted, target, kind, head))  # fmt: skip


def _hard(predicted: np.ndarray, kind: str) -> np.ndarray:
    """Predictions turned into what labels look like."""
    if kind == "classes":
        return predicted
    if kind == "one-hot":
        return np.eye(predicted.shape[-1])[predicted.argmax(axis=-1)]
    if kind == "signed":
        return np.sign(predicted)
    return (predicted > 0.5).astype(float)


def _wrong(predicted: np.ndarray, target: np.ndarray, kind: str, head: str | None) -> np.ndarray | None:
    if predicted.ndim > 2:
        return None
    if kind in ("one-hot", "classes"):
        return predicted.argmax(axis=-1) != target.argmax(axis=-1)
    cut = 0.5 if head in ("sigmoid", "softmax", "hard_sigmoid", "relu", "softplus", "relu6") else None
    if cut is None:  # a linear output may be a probability or a logit: wrong only where both readings say so
        low, high = predicted > 0.0, predicted > 0.5
        bad = (low != (target > 0.5)) & (high != (target > 0.5))
    else:
        bad = (predicted > cut) != (target > 0.5)
    return bad.reshape(len(bad), -1).mean(axis=1) > 0.5


def _numbers(y: np.ndarray, predicted: np.ndarray, head: str | None) -> Ideal | None:
    flat = numeric(y)
    if flat is None or not np.isfinite(flat).all() or flat.size != predicted.size or len(flat) != len(predicted):
        return None
    target = flat.reshape(predicted.shape)
    low, high = BOUNDED.get(head or "", (-np.inf, np.inf))
    mirror = 2 * target.mean(axis=0) - target
    free = [target] + ([np.log(target + 1e-6)] if target.min() >= 0 else [])
    if target.min() >= 0 and target.max() <= 1:
        free.append(np.log(np.clip(target, 1e-6, 1)) - np.log(np.clip(1 - target, 1e-6, 1)))
    inside = [np.clip(target, low, high)] + (free if head not in BOUNDED else [])
    spread = target.std()
    wrong = None
    if predicted.ndim <= 2 and spread > 0:
        wrong = np.abs(predicted - target).reshape(len(target), -1).mean(axis=1) > 0.1 * spread
    constant = [np.broadcast_to(c, target.shape) for c in (target.mean(axis=0), np.median(target, axis=0))]
    return Ideal("numbers", inside, inside + free, [np.clip(mirror, low, high)], constant, None, wrong)


def ideal(y: np.ndarray, predicted: np.ndarray, head: str | None, regression: bool = False) -> Ideal | None:
    """Ideal predictions for one output, or None where the targets do not say (other shape, ids, dummies)."""
    if predicted.ndim < 1 or y.dtype.kind not in "fiub":
        return None
    flat = numeric(y)
    if flat is not None and flat.size and flat.ndim <= 2 and value_kind(flat) == "constant":
        return None
    found = None if regression else _classes(y, predicted, head)
    return found if found is not None else _numbers(y, predicted, head)
