"""Slow training: the same steps fed from memory, and the same step compiled."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from traindx.facts.causes import Cause
from traindx.trials.lab import OutOfTime, start_from
from traindx.trials.recipe import NotTestable, tests
from traindx.trials.shown import Shown

if TYPE_CHECKING:
    from traindx.trials.bench import Wanted, World

METRIC = "milliseconds per step"
HALF = 0.5
"""A step that takes at most half of its time confirms the cause: the threshold of both checks (Amdahl's law)."""
MIN_STEPS, SECONDS = 10, 3.0


@tests(Cause.INPUT_BOUND)
def data_in_memory(world: World, want: Wanted) -> Shown | NotTestable:
    """Keras' own `fit` of the same model and batch size on the sampled rows, held in memory."""
    curve, base = world.base.case.curve, world.base
    if not curve.steps or not curve.seconds or base.case.training.kind != "fit":
        return NotTestable("the time of the program's own steps is not known")
    compute = base.case.training.compute
    before = 1000 * ((compute.step_seconds if compute is not None else None) or curve.seconds / curve.steps)
    made = world.lab.structure(base)
    start_from(made.model, world.content["start"], world.content["start_paths"])
    x, y = made.nest(base.train.x, 0), made.nest(base.train.y, 1)
    size = max(1, min(base.batch, len(base.train)))
    per_epoch = -(-len(base.train) // size)
    clock = _clock(made.keras)
    until = min(world.deadline, time.monotonic() + SECONDS)

    class Until(made.keras.callbacks.Callback):
        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            self.model.stop_training = time.monotonic() > until and clock.steps >= MIN_STEPS

    epochs = -(-min(400, max(curve.steps, 3 * MIN_STEPS)) // per_epoch)
    made.model.fit(x, y, batch_size=size, epochs=max(2, epochs), verbose=0, callbacks=[clock, Until()])
    if clock.steps < MIN_STEPS:
        raise OutOfTime
    after = 1000 * clock.seconds / clock.steps
    verdict = "confirmed" if after <= HALF * before else "inconclusive"
    return Shown(None, "the sampled rows held in memory", METRIC, (round(before, 3),), (round(after, 3),), 0.0, verdict, False,
                 f"{clock.steps} steps of {size} rows after tracing")  # fmt: skip


def _clock(keras: Any) -> Any:
    """A callback that times steps without the first two, which trace."""

    class Clock(keras.callbacks.Callback):
        def __init__(self) -> None:
            super().__init__()
            self.seen, self.steps, self.seconds, self.last = 0, 0, 0.0, 0.0

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            now = time.perf_counter()
            self.seen += 1
            if self.seen > 2:
                self.steps += 1
                self.seconds += now - self.last
            self.last = now

    return Clock()


@tests(Cause.IDLE_ACCELERATOR)
def step_compiled(world: World, want: Wanted) -> Shown | NotTestable:
    """The program's own step eager and compiled, as it was timed in turns right after the run."""
    compute = world.base.case.training.compute
    trial = compute.eager if compute is not None else None
    if trial is None or trial.compiled is None:
        return NotTestable("the step was compiled already, or cannot be compiled")
    shown = Shown(None, "the step inside tf.function", METRIC, (round(1000 * trial.eager, 3),), (round(1000 * trial.compiled, 3),), 0.0,
                  "inconclusive", False, "the program's last weights and one of its batches, in turns",
                  (world.base.patched(("run_eagerly", "False")) or ()) if world.base.case.model.run_eagerly else ())  # fmt: skip
    return replace(shown, verdict="confirmed") if trial.compiled <= HALF * trial.eager else shown
