"""How the program judged its model, against how it should have: with the trained weights, in inference mode, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.trials.experiments.resampling import compare
from traindx.trials.lab import start_from
from traindx.trials.recipe import NotTestable, tests
from traindx.trials.shown import Shown

if TYPE_CHECKING:
    from traindx.facts.observation import Observation, ScoreCall
    from traindx.trials.recipe import Recipe

BETTER = 0.67
"""Share of the judged epoch's loss below which the last epoch's weights are plainly the better ones."""


@tests(Cause.WRONG_WEIGHTS_EVALUATED)
def trained_weights(world: Any, want: Any) -> Shown | NotTestable:
    """The held-out rows with the start weights and with the trained ones, or the loss of the epoch judged and of the last."""
    base = world.base
    stamps = base.case.training.stamps
    earlier = _of_an_earlier_epoch(base)
    if earlier is not None:
        return earlier
    alike = [t.stamps for t in base.case.run.trainings if t.stamps is not None and stamps is not None and t.stamps.shapes == stamps.shapes]
    fresh = any(s.fresh for s in alike)
    if stamps is None or not (fresh or any(stamp == stamps.start for _, stamp in stamps.calls)):
        return NotTestable("the weights that were judged are not those of the start")
    made = world.lab.structure(replace(base, trains=False))
    made.reset(0)
    after = made.predict(base.held, world.deadline)[0]
    start_from(made.model, world.content["start"], world.content["start_paths"])
    before = made.predict(base.held, world.deadline)[0]
    made.reset(0)
    truth = base.truth[1][: len(after)]
    shown = compare(base.case, "the trained weights judged", (before, truth), (after, truth))
    return replace(shown, patch=base.patched(("weights", "")) or ())


def _of_an_earlier_epoch(base: Recipe) -> Shown | None:
    """The monitored loss of the epoch whose weights were judged last, and of the last epoch."""
    stamps, logs = base.case.training.stamps, base.case.curve.epochs
    name = next((n for n in ("val_loss", "loss") if n in logs), None)
    if stamps is None or name is None or not stamps.calls or stamps.calls[-1][1] not in stamps.epochs[:-1]:
        return None
    epoch = stamps.epochs.index(stamps.calls[-1][1])
    if epoch >= len(logs[name]) or not logs[name][-1] < BETTER * logs[name][epoch]:
        return None
    return Shown(None, "the weights as training left them", name, (round(logs[name][epoch], 4),), (round(logs[name][-1], 4),), 0.0,
                 "confirmed", False, f"epoch {epoch + 1} and the last", base.patched(("weights", "")) or ())  # fmt: skip


@tests(Cause.TRAIN_INFERENCE_GAP)
def inference_mode(world: Any, want: Any) -> Shown | NotTestable:
    """The same rows in training and in inference mode, where the program judged them in training mode."""
    tried = world.base.case.training.evaluation
    mode = tried.mode if tried is not None else None
    if want.check != "scored-in-training-mode" or mode is None or mode.predicted_training is None or mode.targets is None:
        return NotTestable("no rows were judged in training mode")
    assert mode.predicted_inference is not None
    pairs = [(p, mode.targets) for p in (mode.predicted_training, mode.predicted_inference)]
    shown = compare(world.base.case, "judged in inference mode", pairs[0], pairs[1], matters=0.05)
    return replace(shown, patch=world.base.patched(("mode", "")) or ())


@tests(Cause.BROKEN_METRIC, Cause.METRIC_MISMATCH)
def row_by_row(world: Any, want: Any) -> Shown | NotTestable:
    """The printed mean over all pairs of rows, and the agreement row by row."""
    run = world.base.case.run
    score = next((s for s in run.scores if s.pairs and s.y_true is not None and s.y_pred is not None), None)
    if want.check != "scored-over-pairs" or score is None or not isinstance(score.result, float | int):
        return NotTestable("no printed number is a mean over pairs of rows")
    truth, said = np.ravel(score.y_true), np.ravel(score.y_pred)
    if len(truth) != len(said) or not np.array_equal(said, np.round(said)):
        return NotTestable("the score compares no classes")
    line = _predicted_at(run, score)
    return Shown(None, "predictions without their last axis", score.name, (round(float(score.result), 4),),
                 (round(float((truth == said).mean()), 4),), 0.0, "confirmed", True, "the same predictions, no re-training",
                 (world.base.patched(("axis", str(line))) or ()) if line else ())  # fmt: skip


def _predicted_at(run: Observation, score: ScoreCall) -> int | None:
    """The line of the one `predict` that gave as many rows, in two axes."""
    assert score.y_true is not None
    lines = {p.location.line for p in run.predictions if p.kind == "predict" and p.location is not None
             and p.outputs is not None and p.outputs.ndim == 2 and len(p.outputs) == len(score.y_true)}  # fmt: skip
    return lines.pop() if len(lines) == 1 else None
