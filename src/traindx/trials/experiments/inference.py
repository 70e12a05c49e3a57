"""Training mode against inference mode, with the last weights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.trials.experiments.resampling import compare
from traindx.trials.recipe import NotTestable, Patch, Recipe, tests
from traindx.trials.remedies.normalisation import lower_momentum, with_momentum
from traindx.trials.shown import Shown

if TYPE_CHECKING:
    from traindx.trials.recipe import Rows

PASSES = 40
BATCH = 64


@tests(Cause.TRAIN_INFERENCE_GAP, Cause.NORMALIZATION_LAYERS)
def fresh_statistics(world: Any, want: Any) -> Shown | NotTestable:
    """Batch statistics gathered anew over the training rows, the weights left as they are."""
    case = world.base.case
    if not any(x.kind == "BatchNormalization" for x in case.model.layers):
        return NotTestable("the model has no batch normalisation")
    recipe = replace(world.base, trains=False)
    made = world.lab.structure(recipe)
    made.reset(0)
    before = made.predict(world.base.held, world.deadline)[0]
    for layer in made.model._flatten_layers():
        if type(layer).__name__ == "BatchNormalization":
            layer.momentum = 0.9
    _pass_in_training_mode(made, world.base.train)
    after = made.predict(world.base.held, world.deadline)[0]
    made.reset(0)
    truth = world.base.truth[1][: len(before)]
    shown = compare(case, "batch statistics gathered anew on the training rows", (before, truth), (after, truth))
    momentum = lower_momentum(world.base)
    return replace(shown, patch=(with_momentum(world.base, momentum) or ()) if momentum is not None else ())


def _pass_in_training_mode(made: Any, rows: Rows) -> None:
    import tensorflow as tf

    @tf.function(autograph=False)
    def forward(arrays: Any) -> None:
        made.model(made.nest(arrays, 0), training=True)

    rng = np.random.default_rng(0)
    for _ in range(PASSES):
        take = rng.choice(len(rows), min(BATCH, len(rows)), replace=False)
        plain = [a[take] for a in rows.x]
        forward(tuple(tf.constant(a.astype(np.float32) if a.dtype == np.float64 else a) for a in plain))


@tests(Cause.TRAIN_INFERENCE_GAP)
def without_chance(world: Any, want: Any) -> Shown | NotTestable:
    """How far two predictions of the same rows differ, with random layers and with their rates at 0."""
    from traindx.trials import surgery

    made = world.lab.structure(replace(world.base, trains=False))
    made.reset(0)
    pair = [made.predict(world.base.held, world.deadline)[0] for _ in range(2)]
    apart = float(np.abs(pair[0] - pair[1]).mean())
    scale = float(pair[0].std()) or 1.0
    if apart <= 0.01 * scale:
        return NotTestable("two predictions of the same rows are equal")
    quiet = replace(world.base, trains=False).with_edit("no chance", lambda model: _silence(surgery.leaves(model)))
    other = world.lab.structure(quiet)
    other.reset(0)
    again = [other.predict(world.base.held, world.deadline)[0] for _ in range(2)]
    left = float(np.abs(again[0] - again[1]).mean())
    verdict = "confirmed" if left < 0.1 * apart else "inconclusive"
    return Shown(None, "random layers at rate 0", "mean difference of two predictions of the same rows", (round(apart, 5),),
                 (round(left, 5),), 0.0, verdict, False, "the last weights, no re-training", _patch(world.base))  # fmt: skip


def _patch(base: Recipe) -> Patch:
    random = [x for x in base.case.model.layers if x.rate]
    return base.patched(*((f"rate:{x.name}", "0.0") for x in random)) or ()


def _silence(layers: list[Any]) -> None:
    for layer in layers:
        for name in ("rate", "stddev"):
            if isinstance(getattr(layer, name, None), float):
                setattr(layer, name, 0.0)
