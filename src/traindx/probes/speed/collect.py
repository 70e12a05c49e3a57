"""After the run: everything about compute of one training, as facts."""

from __future__ import annotations

import statistics
from typing import Any

from traindx.facts.compute import ComputeFacts, LossScale, Resident
from traindx.facts.observation import Training
from traindx.probes.modellog import ModelLog
from traindx.probes.speed.cards import accelerators
from traindx.probes.speed.eager import eager_trial
from traindx.probes.speed.leaks import holders
from traindx.probes.speed.pipeline import pipeline

MIN_GROWTH = 64 << 20
WAITS = 0.25
"""Share of the time spent waiting for data from which the pipeline is timed stage by stage."""


def collect(recorder: Any, log: ModelLog, model: Any, made: Training) -> ComputeFacts:
    """Facts of one training; each part's fault becomes a note and leaves the others."""
    compute, guard = recorder.compute, recorder.guard
    watch = compute.watch(log.key)
    gap = statistics.median(watch.gaps) if watch.gaps else None
    step, wait = watch.per_step()
    waiting = bool(step and wait and wait > WAITS * step)
    grown = watch.memory and watch.memory[-1][2] - watch.memory[0][2] > MIN_GROWTH
    return ComputeFacts(
        memory=watch.predicted, pipeline=guard(pipeline, watch.dataset) if waiting and watch.dataset is not None else None,
        eager=guard(eager_trial, model, log, made, gap), functions=compute.traces.facts(), step_seconds=step,
        wait_seconds=wait or None,
        resident=Resident(tuple(watch.memory), _epoch(made), guard(holders) or () if grown else ()),
        scale=guard(loss_scale, model, log, made, recorder.sites), accelerators=guard(accelerators, model, watch.utilisation),
    )  # fmt: skip


def _epoch(made: Training) -> int | None:
    epochs = made.curve.epochs_done
    return made.curve.steps // epochs if epochs else None


def loss_scale(model: Any, log: ModelLog, made: Training, sites: Any) -> LossScale | None:
    """The dynamic scale of a `LossScaleOptimizer` after the run."""
    optimizer = getattr(model, "optimizer", None) or log.loop_optimizer
    scale = getattr(optimizer, "dynamic_scale", None)
    inner = getattr(optimizer, "inner_optimizer", None)
    if scale is None or inner is None or not made.curve.steps:
        return None
    steps, applied = made.curve.steps, int(inner.iterations)
    return LossScale(
        float(getattr(optimizer, "initial_scale", 0.0)), float(scale), steps, max(0, steps - applied),
        int(getattr(optimizer, "dynamic_growth_steps", 0)), sites.get(optimizer) or sites.get(inner),
    )  # fmt: skip
