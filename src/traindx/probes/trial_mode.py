"""Training and inference mode on trial: the same rows in both, twice in inference, and in smaller company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from traindx.facts.evaluation import BatchStatistics, ModeTrial
from traindx.facts.observation import Split
from traindx.probes.attach import LayerTap
from traindx.probes.describe import leaf_layers
from traindx.probes.modellog import ModelLog
from traindx.probes.replay import Batch, Frozen, batch_of, flat, forward, tensors

MAX_ROWS = 256
COMPANY = 4
MOST_LOUD = 96
"""Rows that are tried in batches of a few, a call each."""


def _first(model: Any, batch: Batch, training: bool) -> np.ndarray:
    return flat(forward(model, batch, training))[0].astype(np.float64)


def _spread(a: np.ndarray) -> float:
    """Typical size of what differs between outputs: the spread over rows, or the size where rows are alike."""
    rows = float(np.sqrt(np.mean(a.reshape(len(a), -1).var(axis=0))))
    return max(rows, 1e-3 * float(np.abs(a).max()), 1e-12)


def _apart(a: np.ndarray, b: np.ndarray, spread: float) -> float:
    return float(np.sqrt(np.mean(np.square(a - b)))) / spread if a.shape == b.shape and np.isfinite(a).all() else 0.0


class Taps:
    """Outputs of the leaf layers in call order, as means and zero patterns, of one forward pass."""

    def __init__(self, leaves: set[int]) -> None:
        self.leaves, self.seen = leaves, []

    def __call__(self, layer: Any, _: Any, output: Any) -> None:
        """Keep a float output of a leaf layer."""
        if id(layer) in self.leaves and hasattr(output, "numpy") and output.dtype.is_floating and len(self.seen) < 200:
            self.seen.append((layer, np.asarray(output.numpy(), dtype=np.float32)))


def _random_layer(model: Any, batch: Batch) -> tuple[Any, bool]:
    """(first layer whose outputs differ between two passes, whether it zeroes at random)."""
    leaves = {id(x) for x in leaf_layers(model)}
    if not leaves:
        leaves = {id(x) for x in model._flatten_layers(include_self=False)}
    passes = []
    for _ in range(2):
        taps = Taps(leaves)
        with LayerTap(taps):
            forward(model, batch, training=False, eager=True)
        passes.append(taps.seen)
    for (layer, a), (other, b) in zip(*passes, strict=False):
        if layer is not other or a.shape != b.shape:
            break
        if not np.array_equal(a, b, equal_nan=True):
            differ = (a == 0) != (b == 0)
            return layer, bool(differ.mean() > 0.02)
    return None, False


def _stored(layer: Any) -> tuple[np.ndarray, np.ndarray]:
    return layer.moving_mean.value.numpy().copy(), layer.moving_variance.value.numpy().copy()


def _statistics(model: Any, batch: Batch, steps: int, sites: Any) -> list[BatchStatistics]:
    """Every batch normalisation: the batch's own statistics, read off how the moving ones move in training mode."""
    norms = [x for x in leaf_layers(model) if type(x).__name__ == "BatchNormalization" and hasattr(x, "moving_mean")]
    if not norms:
        return []
    before = [_stored(x) for x in norms]
    with Frozen(model):
        forward(model, batch, training=True)
        after = [_stored(x) for x in norms]
    made = []
    for layer, (m0, v0), (m1, v1) in zip(norms, before, after, strict=True):
        rest = 1 - float(layer.momentum)
        if rest < 1e-6 or not layer.trainable or np.array_equal(m0, m1):
            continue
        mean, var = m0 + (m1 - m0) / rest, np.maximum(v0 + (v1 - v0) / rest, 1e-9)
        made.append(BatchStatistics(
            layer.name, float(layer.momentum), float(np.mean(np.abs(m0 - mean) / np.sqrt(var))),
            float(np.median(v0 / var)), float(layer.momentum) ** steps if steps else None, sites.get(layer),
        ))  # fmt: skip
    return made


def _in_training(model: Any, log: ModelLog, split: Split, rows: np.ndarray, size: int) -> np.ndarray:
    """The first output in training mode, in shuffled batches of `size` rows."""
    order = np.random.default_rng(1).permutation(len(rows))
    made: np.ndarray | None = None
    with Frozen(model):
        for first in range(0, len(rows), size):
            at = order[first : first + size]
            if made is not None and len(at) < min(size, 8):
                at = order[-size:]
            out = _first(model, batch_of(log, split, rows[at]), True)
            made = np.zeros((len(rows), *out.shape[1:])) if made is None else made
            made[at] = out
    assert made is not None
    return made


def try_mode(
    model: Any, log: ModelLog, split: Split, steps: int, sites: Any, late: Callable[[], bool]
) -> ModeTrial | None:
    """The first output on up to 256 training rows in both modes."""
    chosen = np.sort(np.random.default_rng(0).permutation(len(split.x[0]))[:MAX_ROWS])
    batch = batch_of(log, split, chosen)
    once = _first(model, batch, False)
    twice = _first(model, batch, False)
    spread = _spread(once)
    trained = _in_training(model, log, split, chosen, min(MAX_ROWS, max(2, log.batch_size or 64)))
    made = ModeTrial(batch.rows, trained, once, redrawn=_apart(once, twice, spread))
    made = replace(made, targets=split.y[0][chosen] if split.y else None)
    if made.redrawn > 1e-5:
        layer, dropout = _random_layer(model, batch)
        if layer is not None:
            made = replace(made, random_layer=layer.name, random_kind=type(layer).__name__, dropout_like=dropout,
                           random_location=sites.get(layer))  # fmt: skip
    elif batch.rows >= 4 * COMPANY and not late():
        few = batch_of(log, split, chosen[:COMPANY])
        alone = _first(model, few, False)
        made = replace(made, company=_apart(once[:COMPANY], alone, spread), company_rows=COMPANY)
        if log.unasked is not None:
            with Frozen(model):  # a layer that was told training=True when the model was built moves its statistics
                bare, again = (flat(model(tensors(few.x)))[0].astype(np.float64) for _ in range(2))
            made = replace(made, unasked=_apart(alone, bare, spread), unasked_again=_apart(bare, again, spread))
    if log.loud.site is not None and 0 < log.loud.rows < (log.batch_size or 64) / 2 and not late():
        made = replace(made, predicted_loud=_in_training(model, log, split, chosen[:MOST_LOUD], log.loud.rows))
    if not late():
        made = replace(made, statistics=tuple(_statistics(model, batch, steps, sites)))
    return made
