"""The metrics on trial: every compiled metric on the run's own rows with predictions of our choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from traindx.facts.evaluation import MetricTrial
from traindx.facts.observation import ModelFacts, Split
from traindx.probes.ideal import ideal
from traindx.probes.replay import tensors
from traindx.probes.trial_loss import variations

MAX_ROWS = 1024
MAX_ELEMENTS = 1 << 20


def compiled_metrics(model: Any) -> list[tuple[int, Any, bool]]:
    """(output, metric, weighted) of every metric given to `compile`, once Keras has resolved them."""
    compiled = getattr(model, "_compile_metrics", None)
    if compiled is None or not compiled.built:
        return []
    found: list[tuple[int, Any, bool]] = []
    for weighted, flat in ((False, compiled._flat_metrics), (True, compiled._flat_weighted_metrics)):
        for k, group in enumerate(flat):
            found += [(k, m, weighted) for m in getattr(group, "metrics", None) or ()]
    return found


def measure(metric: Any, y: np.ndarray, p: np.ndarray, size: int | None = None) -> float | None:
    """The metric from a clean state on these rows, whole or in batches; None where it raises or is no single number."""
    try:
        metric.reset_state()
        step = size or len(y)
        for first in range(0, len(y), step):
            part = slice(first, first + step)
            metric.update_state(tensors(y[part]), tensors(np.ascontiguousarray(p[part], dtype="float32")))
        value = np.asarray(metric.result(), dtype=np.float64)
        return float(value) if value.size == 1 and np.isfinite(value).all() else None
    except Exception:  # noqa: BLE001 - the program's own code on inputs it may not take
        return None


def _describe(metric: Any) -> tuple[str, bool]:
    function = getattr(metric, "_fn", None)
    kind = getattr(function, "__name__", None) or type(metric).__name__
    module = getattr(function, "__module__", None) or type(metric).__module__
    return str(kind), not str(module).startswith("keras.")


def try_metric(
    metric: Any, k: int, weighted: bool, split: Split, facts: ModelFacts,
    *, regression: bool, batch: int, late: Callable[[], bool],
) -> MetricTrial | None:  # fmt: skip
    """One metric on one split."""
    if k >= len(split.y) or k >= len(split.predicted_end):
        return None
    kind, custom = _describe(metric)
    p, y = split.predicted_end[k], split.y[k]
    row = max(1, int(np.prod(p.shape[1:], dtype=np.int64)))
    n = int(min(MAX_ROWS, len(p), max(4, MAX_ELEMENTS // row)))
    p, y = p[:n], y[:n]
    head = facts.outputs[k].activation if k < len(facts.outputs) else None
    saved = dict(vars(metric))
    try:
        value = measure(metric, y, p)
        made: dict[str, Any] = {"value": value}
        if value is not None:
            made["batched"] = measure(metric, y, p, batch)
            made["again"] = measure(metric, y, p)
            start = (len(y) - 1) // batch * batch
            made["last"] = measure(metric, y[start:], p[start:]) if start else None
        found = ideal(y, p, head, regression)
        if value is not None and found is not None and not late():
            tries = {"perfect": found.perfect[0], "constant": found.constant[0], "opposite": found.opposite[0]}
            if head is None or head == "linear":
                tries["perfect"] = found.perfect[4 if len(found.perfect) > 4 else 0]
                tries["opposite"] = found.opposite[4 if len(found.opposite) > 4 else 0]
            if found.hard is not None:
                tries["rounded"] = found.hard
            tries["shuffled"] = variations(p, y, np.random.default_rng(0))[0]
            made |= {name: measure(metric, y, c.reshape(p.shape)) for name, c in tries.items()}
    finally:
        for name, old in saved.items():
            if vars(metric).get(name) is not old:
                object.__setattr__(metric, name, old)
    return MetricTrial(metric.name, kind, k, split.role, n, custom, weighted=weighted, **made)


def try_metrics(
    model: Any, splits: dict[str, Split], facts: ModelFacts, *, regression: bool, batch: int, late: Callable[[], bool]
) -> list[MetricTrial]:
    """Every compiled metric on the training and the held-out rows."""
    made: list[MetricTrial] = []
    common: dict[str, Any] = {"regression": regression, "batch": batch, "late": late}
    roles = [r for r in ("train", "validation", "test") if r in splits and splits[r].predicted_end and splits[r].y]
    for role in roles[:2]:
        for k, metric, weighted in compiled_metrics(model)[:12]:
            if made and late():
                return made
            found = try_metric(metric, k, weighted, splits[role], facts, **common)
            if found is not None:
                made.append(found)
    return made
