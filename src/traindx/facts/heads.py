"""Each output of a model of several as a training of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from traindx.facts.observation import Curve, Observation, Replay, Split, Training

MOST = 4
"""Outputs that are looked at: each takes a cheap model of its own."""
T = TypeVar("T")


def heads(training: Training) -> tuple[Training, ...]:
    """One training for each of the first outputs, with its targets, predictions, losses and logs alone; empty for a model
    of one output, or where targets and outputs do not stand one for one.

    What was tried of the first output alone (modes, passes over held-out rows) stays with the whole training.
    """
    train, outputs = training.splits.get("train"), training.model.outputs
    if train is None or not 2 <= len(train.y) == len(train.predicted_end) == len(outputs) or len({o.name for o in outputs}) < len(outputs):
        return ()
    return tuple(_head(training, k) for k in range(min(MOST, len(outputs))))


def alone(run: Observation) -> Observation:
    """The run without predictions and scores of the program's own, which are of the first output."""
    return replace(run, scores=(), predictions=(), metrics=())


def _head(training: Training, k: int) -> Training:
    model, name = training.model, training.model.outputs[k].name
    others = {o.layer for o in model.outputs if o.name != name and o.layer != model.outputs[k].layer}
    tried = training.evaluation
    if tried is not None:
        step = replace(tried.step, outputs=tuple(replace(o, output=0) for o in tried.step.outputs if o.output == k)) if tried.step else None
        losses = tuple(replace(t, output=0) for t in tried.losses if t.output == k)
        metrics = tuple(replace(t, output=0) for t in tried.metrics if t.output == k)
        tried = replace(tried, losses=losses, metrics=metrics, step=step, mode=None, redrawn=None)
    return replace(
        training,
        model=replace(model, outputs=(model.outputs[k],), layers=tuple(x for x in model.layers if x.name not in others),
                      losses=tuple(x for x in model.losses if x.output in ("", name)),
                      metrics=tuple(x for x in model.metrics if x.output in ("", name))),
        splits={role: _split(split, k) for role, split in training.splits.items()},
        curve=_curve(training.curve, name), evaluation=tried,
        start=_replay(training.start, others), end=_replay(training.end, others),
    )  # fmt: skip


def _one(several: tuple[T, ...], k: int) -> tuple[T, ...]:
    return several[k : k + 1]


def _split(split: Split, k: int) -> Split:
    return replace(split, y=_one(split.y, k), labels=split.labels if k == 0 else None,
                   predicted_start=_one(split.predicted_start, k), predicted_end=_one(split.predicted_end, k))  # fmt: skip


def _curve(curve: Curve, name: str) -> Curve:
    """Keras logs the figures of each output under its name."""
    own = {}
    for key, values in curve.epochs.items():
        held = "val_" if key.startswith("val_") else ""
        if key.removeprefix(held).startswith(f"{name}_"):
            own[held + key.removeprefix(held).removeprefix(f"{name}_")] = values
    return replace(curve, epochs=own, step_loss=()) if "loss" in own else curve


def _replay(replay: Replay | None, others: set[str | None]) -> Replay | None:
    return None if replay is None else replace(replay, layers=tuple(x for x in replay.layers if x.name not in others))
