"""The program's own training step, compiled against eager, in turns on one batch; model and optimizer are put back."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from traindx.facts.compute import EagerTrial
from traindx.facts.observation import Training
from traindx.probes.modellog import ModelLog
from traindx.probes.replay import Frozen, batch_of, compute_loss, forward, tensors

MIN_STEPS = 20
WORTH = 1.0
"""Seconds of eager steps per pass over the rows from which the trial is made: less cannot lose as much."""
BUDGET = 2.0
TURNS = 15


def eager_trial(model: Any, log: ModelLog, made: Training, gap: float | None) -> EagerTrial | None:
    """Times of the step both ways; None where the training was compiled or too short to lose a second."""
    fit = log.kind == "fit"
    eager = bool(getattr(model, "run_eagerly", False)) if fit else log.kind == "loop" and log.loop_call is None
    steps = made.curve.steps
    if not eager or steps < MIN_STEPS or "train" not in log.templates or "train" not in made.splits:
        return None
    own = (made.curve.seconds - made.curve.data_seconds) / steps if fit else gap
    passes = _passes(made, fit)
    if not own or passes is None or own * steps / passes < WORTH:
        return None
    split = made.splits["train"]
    rows = min(log.batch_size or 32, len(split.x[0]))
    batch = batch_of(log, split, slice(0, rows))
    site = made.model.compile_location if fit else (log.calls[0].location if log.calls else None)
    optimizer = getattr(model, "optimizer", None) or log.loop_optimizer
    base: dict[str, Any] = {"step": own, "steps": steps, "passes": passes, "location": site}
    step = _fit_step(model, batch) if fit else _loop_step(model, batch, optimizer)
    with Frozen(model, optimizer):
        return _time(step, base)


def _passes(made: Training, fit: bool) -> float | None:
    """How often the training went through its rows: epochs, or rows fed over distinct rows in a loop."""
    if fit:
        return float(made.curve.epochs_done or 1)
    hashes = made.splits["train"].hashes
    return None if hashes is None or not len(hashes) else max(1.0, len(hashes) / len(np.unique(hashes)))


def _fit_step(model: Any, batch: Any) -> Callable[[], Any]:
    given = tuple(tensors(v) for v in (batch.x, batch.y, batch.weight))
    data = given if batch.weight is not None else given[:2] if batch.y is not None else given[:1]
    return lambda: model.train_step(data)


def _loop_step(model: Any, batch: Any, optimizer: Any) -> Callable[[], Any]:
    import tensorflow as tf

    variables = list(model.trainable_variables)

    def step() -> Any:
        with tf.GradientTape() as tape:
            output = forward(model, batch, training=True)
            loss = compute_loss(model, batch, output, training=True)
            if loss is None:  # a loss of the program's own: any cheap one takes its place
                loss = sum(tf.reduce_mean(tf.square(o)) for o in tf.nest.flatten(output))
        found = tape.gradient(loss, variables)
        if optimizer is not None and getattr(optimizer, "built", False):
            optimizer.apply_gradients([(g, v) for g, v in zip(found, variables, strict=True) if g is not None])
        return loss

    return step


def _time(step: Callable[[], Any], base: dict[str, Any]) -> EagerTrial:
    import tensorflow as tf

    slow = [_seconds(step) for _ in range(2)]
    compiled = tf.function(step)
    try:
        tracing = _seconds(compiled)
    except Exception as fault:  # noqa: BLE001 - a step that needs Python values cannot be compiled
        return EagerTrial(statistics.median(slow), None, 0.0, **base, note=f"{type(fault).__name__}: {fault}"[:300])
    fast: list[float] = []
    began = time.perf_counter()
    while len(fast) < TURNS and time.perf_counter() - began < BUDGET:
        slow.append(_seconds(step))
        fast.append(_seconds(compiled))
    return EagerTrial(statistics.median(slow[1:]), statistics.median(fast[len(fast) > 3 :]), tracing, **base)


def _seconds(what: Callable[[], Any]) -> float:
    began = time.perf_counter()
    made = what()
    for leaf in made.values() if isinstance(made, dict) else [made]:
        if hasattr(leaf, "numpy"):
            leaf.numpy()  # a graphics card answers only now
    return time.perf_counter() - began
