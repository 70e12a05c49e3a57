"""The loss on trial: the program's own loss, called on its own targets with predictions of our choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from traindx.facts.evaluation import LossTrial
from traindx.facts.observation import ModelFacts, Split
from traindx.probes.ideal import Ideal, ideal
from traindx.probes.modellog import ModelLog, fill
from traindx.probes.replay import batch_of, compute_loss, forward, tensors

MAX_ROWS = 256
MAX_ELEMENTS = 1 << 20
FAR = 1e4
"""float32 rounds to 1e-7 of a loss: of one that is 10 000 times the usual, less than a thousandth of the usual is left."""
MAX_PAIRED = 16
"""Columns whose targets are exchanged one by one: each costs a backward pass through the loss."""


class LossOf:
    """The data loss of one batch as a function of predictions and targets, flat lists of arrays."""

    def __init__(self, model: Any, log: ModelLog, split: Split, rows: int, mode: str) -> None:
        import keras

        self.model, self.mode, self.training = model, mode, mode == "training"
        self.batch = batch_of(log, split, slice(0, rows))
        self.shape_y = log.templates[split.role][1]
        self.y = [a[:rows] for a in split.y]
        output = forward(model, self.batch, training=False)
        self.structure = output
        leaves = keras.tree.flatten(output)
        self.hidden_logits = [hasattr(t, "_keras_logits") for t in leaves]
        self.p = [np.asarray(keras.ops.convert_to_numpy(keras.ops.cast(t, "float32"))) for t in leaves]
        self.penalty = float(sum((float(x) for x in model.losses), 0.0))

    def tensor(self, ps: list[Any], ys: list[np.ndarray] | None = None, batch: Any = None) -> Any:
        """The loss as a tensor; `ps` may hold tensors under a tape."""
        import keras

        given = batch or self.batch
        y = fill(self.shape_y, tuple(self.y if ys is None else ys)) if self.y else None
        packed = keras.tree.pack_sequence_as(self.structure, ps)
        return compute_loss(self.model, replace(given, y=y), packed, self.training)

    def __call__(self, k: int, p: np.ndarray, ys: list[np.ndarray] | None = None) -> float:
        """The data loss with output `k` replaced by `p`; NaN where the loss takes no such thing."""
        ps = [tensors(v) for v in self.p]
        ps[k] = tensors(np.ascontiguousarray(p, dtype="float32").reshape(self.p[k].shape))
        return float(self.tensor(ps, ys)) - self.penalty

    def gradient(self, k: int, p: np.ndarray, ys: list[np.ndarray] | None = None) -> tuple[float, np.ndarray | None]:
        """(data loss, d loss / d output `k`), the gradient None where the graph is cut."""
        import tensorflow as tf

        ps = [tensors(v) for v in self.p]
        ps[k] = tensors(np.ascontiguousarray(p, dtype="float32").reshape(self.p[k].shape))
        with tf.GradientTape() as tape:
            tape.watch(ps[k])
            loss = self.tensor(ps, ys)
        found = tape.gradient(loss, ps[k])
        return float(loss) - self.penalty, None if found is None else np.asarray(found, dtype=np.float64)


def variations(p: np.ndarray, y: np.ndarray | None, rng: np.random.Generator) -> list[np.ndarray]:
    """Other predictions: other rows', half random ones, and other rows' targets where they look like predictions."""
    rows = p[rng.permutation(len(p))]
    seen = y.reshape(p.shape).astype(float) if y is not None and y.size == p.size and y.dtype.kind in "fiub" else None
    if seen is not None and np.isfinite(seen).all() and np.ptp(seen) > 0 and not np.isin(seen, (0.0, 1.0)).all():
        more = seen[rng.permutation(len(p))] + rng.normal(0, 0.1 * seen.std(), p.shape)
        return [rows, more, _half_random(p, y, rng)]
    return [rows, _half_random(p, y, rng)]


def _half_random(p: np.ndarray, y: np.ndarray | None, rng: np.random.Generator) -> np.ndarray:
    if p.size and p.min() >= 0 and p.max() <= 1 + 1e-6:
        noise = rng.random(p.shape)
        if p.ndim > 1 and p.shape[-1] > 1 and np.allclose(p.sum(axis=-1), 1, atol=1e-3):
            noise = rng.dirichlet(np.ones(p.shape[-1]), p.shape[:-1])
        return 0.5 * p + 0.5 * noise
    size = float(p.std())
    if y is not None and y.dtype.kind in "fiub" and y.size:
        size = max(size, float(np.nan_to_num(y.astype(float)).std()))
    return p + rng.normal(0, size or 1.0, p.shape)


def _others(y: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """Targets that differ: one row's for all, for three rows."""
    at = rng.permutation(len(y))[:3]
    return [np.broadcast_to(y[i], y.shape).copy() for i in at]


def _least(loss: Callable[[np.ndarray], float], candidates: list[np.ndarray]) -> float | None:
    values = [v for c in candidates if np.isfinite(v := loss(c))]
    return min(values) if values else None


def _same_rank(y: np.ndarray, p: np.ndarray) -> np.ndarray | None:
    """Targets with as many axes as the predictions, where only axes of length 1 differ."""
    if y.ndim == p.ndim or y.size != p.size:
        return None
    return y.reshape(p.shape)


def _ignored(loss: LossOf, k: int, zero: np.ndarray, least: float, p: np.ndarray, weight: np.ndarray | None) -> float:
    """Share of row positions that count in no order of the batch; 0 where other rows lack a gradient in other orders.

    A slice ignores the same positions whatever stands there; a clipped or satisfied row takes its silence along.
    """
    n, still = len(zero), zero.copy()
    for step in (n // 5, 2 * n // 5, 3 * n // 5, 4 * n // 5):
        if not still.any():
            return 0.0
        y = [np.roll(a, step, axis=0) for a in loss.y]
        still &= _no_gradient(loss.gradient(k, np.roll(p, step, axis=0), y)[1], n)
    if weight is not None and len(weight) == n:
        still &= weight.reshape(n, -1).any(axis=1)
    return float(still.mean()) if still.mean() > 0.9 * least else 0.0


def _no_gradient(g: np.ndarray | None, n: int) -> np.ndarray:
    return np.ones(n, bool) if g is None else (g.reshape(n, -1) == 0).all(axis=1)


def _columns(gradients: list[np.ndarray], loss: LossOf, k: int, p: np.ndarray) -> float:
    """Share of columns of the output that no prediction and, where they have one, no target moves."""
    width = p.shape[-1] if p.ndim > 1 else 1
    y = loss.y[k] if k < len(loss.y) else None
    if width < 2 or not gradients or y is None or y.shape != p.shape:
        return 0.0
    dead = np.logical_and.reduce([(g.reshape(-1, width) == 0).all(axis=0) for g in gradients])
    dead &= np.ptp(y.reshape(-1, width).astype(float), axis=0) > 0
    if dead.any():
        base = loss(k, p)
        for j in np.flatnonzero(dead)[:8]:
            other = y.copy()
            other[..., j] = np.roll(other[..., j], 1, axis=0)
            if abs(loss(k, p, [*loss.y[:k], other, *loss.y[k + 1 :]]) - base) > 1e-6 * max(1.0, abs(base)):
                dead[j] = False
    return float(dead.mean())


def _pairs(loss: LossOf, k: int, p: np.ndarray) -> tuple[float, int]:
    """(share of columns compared with the targets of one other column and not with their own, how far off that stands).

    The gradient by column j is taken again after the targets of column i are exchanged among rows: it moves where the
    loss compares the two. All such columns must be off by one distance and leave a target like theirs unused, as an
    index that is off does: outputs may stand in another order than targets on purpose, but then every target is used.
    """
    y, width = loss.y[k], p.shape[-1] if p.ndim > 1 else 1
    if not 2 <= width <= MAX_PAIRED or y.shape != p.shape or y.dtype.kind not in "fiub":
        return 0.0, 0
    _, base = loss.gradient(k, p)
    flat = y.reshape(-1, width).astype(float)
    varies = np.ptp(flat, axis=0) > 0
    if base is None or not base.any() or not np.isfinite(flat).all():
        return 0.0, 0
    hears = np.zeros((width, width), bool)
    for i in np.flatnonzero(varies):
        other = y.copy()
        other[..., i] = np.roll(other[..., i], 1, axis=0)
        _, g = loss.gradient(k, p, [*loss.y[:k], other, *loss.y[k + 1 :]])
        if g is not None:
            hears[:, i] = np.abs(g - base).reshape(-1, width).max(axis=0) > 1e-6 * np.abs(base).max()
    off = [j for j in range(width) if varies[j] and not hears[j, j] and hears[j].sum() == 1]
    unused = [i for i in np.flatnonzero(varies) if not hears[:, i].any()]
    ways = {int(np.argmax(hears[j])) - j for j in off}
    if len(ways) != 1 or not any(_alike(flat[:, i], flat[:, off]) for i in unused):
        return 0.0, 0
    return len(off) / width, ways.pop()


def _alike(one: np.ndarray, others: np.ndarray) -> bool:
    """Whether numbers lie within what others span: a row's number or a flag beside coordinates does not."""
    return bool(others.min() - np.ptp(others) <= one.mean() <= others.max() + np.ptp(others) and np.ptp(one) <= 3 * np.ptp(others))


def _ideals(loss: LossOf, k: int, found: Ideal, p: np.ndarray) -> dict[str, Any]:
    def of(c: np.ndarray) -> float:
        return loss(k, c)

    goal = found.perfect[0]
    if len(found.perfect) > len(found.boundless) - 1 and found.kind != "numbers" and len(found.perfect) > 4:
        goal = found.perfect[4]
    path = tuple(loss(k, p + t * (goal - p)) for t in (0.0, 0.25, 0.5, 0.75, 1.0))
    return {
        "perfect": _least(of, found.perfect), "boundless": _least(of, found.boundless),
        "opposite": _least(of, found.opposite), "constant": _least(of, found.constant),
        "towards": path if all(np.isfinite(v) for v in path) else (),
    }  # fmt: skip


def _targets(loss: LossOf, k: int, p: np.ndarray, rng: np.random.Generator) -> dict[str, Any]:
    """How the loss answers to other targets."""
    if k >= len(loss.y):
        return {}
    y = loss.y[k]

    def given(new: np.ndarray) -> list[np.ndarray]:
        return [*loss.y[:k], new, *loss.y[k + 1 :]]

    base = loss(k, p)
    orders = [rng.permutation(len(y)) for _ in range(2)] + [np.roll(np.arange(len(y)), 1)]
    made: dict[str, Any] = {
        "paired": max(abs(loss(k, p, given(y[o])) - base) for o in orders),
        "targets_moved": max(abs(loss(k, p, given(t)) - base) for t in [*_others(y, rng), *(y[o] for o in orders)]),
        "target_rank": y.ndim, "prediction_rank": p.ndim,
    }  # fmt: skip
    same = _same_rank(y, p)
    if same is not None:
        try:
            made["ranked"] = abs(loss(k, p, given(same)) - base)
        except Exception:  # noqa: BLE001 - a loss that takes only one shape
            made["ranked"] = None
    return made


def _doubled(loss: LossOf) -> float | None:
    def twice(v: Any) -> Any:
        if isinstance(v, dict):
            return {n: twice(i) for n, i in v.items()}
        if isinstance(v, list):
            return [twice(i) for i in v]
        return None if v is None else np.concatenate([v, v])

    once = float(loss.tensor([tensors(v) for v in loss.p])) - loss.penalty
    b = loss.batch
    big = replace(b, x=twice(b.x), weight=twice(b.weight))
    ps, ys = [tensors(twice(v)) for v in loss.p], [twice(a) for a in loss.y]
    both = float(loss.tensor(ps, ys or None, big)) - loss.penalty
    return both / once if once and np.isfinite(both / once) else None


def _tame(sizes: list[float]) -> list[int]:
    """The variations whose loss tells the targets apart, beyond the first two: the predictions and those of other rows.

    A loss such as exp(p) - y p is 1e17 where targets stand in for predictions: what the targets add is lost in the rounding.
    """
    usual = max(sizes[:2])
    return [i for i, size in enumerate(sizes) if i < 2 or not usual or size <= FAR * usual]


def try_output(
    loss: LossOf, k: int, facts: ModelFacts, split: Split, regression: bool, late: Callable[[], bool]
) -> LossTrial:
    """All trials of one output in one mode."""
    rng = np.random.default_rng(0)
    p, y = loss.p[k].astype(np.float64), loss.y[k] if k < len(loss.y) else None
    head = facts.outputs[k].activation if k < len(facts.outputs) else None
    kind = facts.losses[k].kind if k < len(facts.losses) else facts.losses[0].kind if facts.losses else "custom"
    others = variations(p, y, rng)
    found = [loss.gradient(k, v) for v in (p, *others)]
    tame = _tame([abs(v) for v, _ in found])
    found, others = [found[i] for i in tame], [others[i - 1] for i in tame[1:]]
    values = [v for v, _ in found]
    gs = [g for _, g in found if g is not None]
    noise = abs(loss(k, p) - values[0])
    scale = max(max(abs(v) for v in values), 1e-12)
    moved = max(0.0, max(abs(v - values[0]) for v in values[1:]) - 3 * noise)
    made: dict[str, Any] = {
        "output": k, "split": split.role, "mode": loss.mode, "rows": len(p), "kind": kind, "value": values[0],
        "penalty": loss.penalty, "scale": scale, "moved": moved,
        "exchanged": values[1], "hidden_logits": loss.hidden_logits[k],
        "gradient": max(float(np.linalg.norm(np.nan_to_num(g))) for g in gs) if gs else None,
        "columns": int(p.shape[-1]) if p.ndim > 1 else 1,
    }  # fmt: skip
    ideals = ideal(y, p, head, regression) if y is not None else None
    if gs and made["gradient"]:
        silent = [_no_gradient(g, len(p)) for g in gs]
        zero, least = np.logical_and.reduce(silent), min(float(z.mean()) for z in silent)
        made["ignored_rows"] = _ignored(loss, k, zero, least, others[-1], loss.batch.weight)
        made["ignored_columns"] = _columns(gs, loss, k, others[-1])
        wrong = ideals.wrong if ideals is not None else None
        if wrong is not None:
            made |= {"wrong": float(wrong.mean()), "stuck": float((wrong & _no_gradient(gs[0], len(p))).mean())}
    steps: list[Callable[[], dict[str, Any]]] = [lambda: _targets(loss, k, others[min(1, len(others) - 1)], rng)]
    if ideals is not None:
        steps.append(lambda: _ideals(loss, k, ideals, p))
    steps.append(lambda: {"doubled": _doubled(loss)})
    if y is not None and gs:
        steps.append(lambda: dict(zip(("shifted", "shift"), _pairs(loss, k, others[-1]), strict=True)))
    for step in steps:
        if not late():
            try:
                made |= step()
            except Exception as fault:  # noqa: BLE001 - one trial's fault must not cost the others
                made["note"] = f"{type(fault).__name__}: {fault}"[:200]
    return LossTrial(**made)


def try_loss(
    model: Any, log: ModelLog, split: Split, facts: ModelFacts, mode: str, *, regression: bool, late: Callable[[], bool]
) -> list[LossTrial]:
    """The loss of up to three outputs in one mode; nothing where the model has no loss of its own to call."""
    row = sum(int(np.prod(np.shape(a)[1:], dtype=np.int64)) for a in (*split.predicted_end, *split.y)) or 1
    rows = int(min(MAX_ROWS, len(split.x[0]), max(4, MAX_ELEMENTS // row)))
    loss = LossOf(model, log, split, rows, mode)
    if compute_loss(model, loss.batch, loss.structure, loss.training) is None:
        return []
    if not all(np.isfinite(p).all() for p in loss.p):
        return []  # weights or inputs are not finite: the loss of these predictions says nothing
    made: list[LossTrial] = []
    for k in range(min(3, len(loss.p))):
        if made and late():
            break
        made.append(try_output(loss, k, facts, split, regression, late))
    return made
