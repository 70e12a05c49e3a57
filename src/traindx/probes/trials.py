"""Puts loss, gradient, step, metrics and modes of one live model on trial, within a small budget of time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from traindx.facts.evaluation import EvaluationTrials, StepTrial
from traindx.facts.findings import NotMeasured
from traindx.facts.observation import Observation, Split, Training
from traindx.probes.measure.targets import targets
from traindx.probes.modellog import ModelLog
from traindx.probes.replay import Frozen
from traindx.probes.trial_again import try_again
from traindx.probes.trial_loss import try_loss
from traindx.probes.trial_metric import try_metrics
from traindx.probes.trial_mode import try_mode
from traindx.probes.trial_outputs import try_loop, try_train_step
from traindx.probes.trial_step import reach, try_function, try_step

BUDGET = 2.0
"""Seconds of this thread for all trials of one model; of a long training 1 % of its time where that is more."""
MAX_BUDGET = 5.0


class Bounded:
    """Runs one part after the other until the budget is spent; a part's fault becomes a note."""

    def __init__(self, model: Any, seconds: float) -> None:
        self.model, self.seconds, self.notes = model, seconds, []
        self.began, self.wall = time.thread_time(), time.perf_counter()

    def late(self) -> bool:
        """Whether the budget is spent; a loaded machine is allowed four times as long by the clock."""
        return time.thread_time() - self.began > self.seconds or time.perf_counter() - self.wall > 4 * self.seconds

    def __call__(self, name: str, what: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """The answer of `what`, or None; the model's variables are put back."""
        if self.late():
            self.notes.append(f"no time was left to try {name}")
            return None
        try:
            with Frozen(self.model):
                return what(*args, **kwargs)
        except Exception as fault:  # noqa: BLE001 - one part's fault must not cost the others
            self.notes.append(f"{name} could not be tried: {type(fault).__name__}: {fault}"[:300])
            return None


def _regression(made: Training) -> bool:
    seen = targets(made, Observation(""))
    return not isinstance(seen, NotMeasured) and seen.task in ("regression", "reconstruction")


def _with_outputs(run: Bounded, model: Any, log: ModelLog, train: Split, step: Any, made: Training) -> Any:
    """The step's trial with the loss by the model's outputs added, where the step could be run with ours."""
    if made.kind == "loop":
        found = run("the loss of the step", try_loop, model, log, train, run.late)
    else:
        whole = made.curve.steps <= made.curve.epochs_done
        found = run("the loss of the step", try_train_step, model, log, train, run.late, whole)
    if not found:
        return step
    trial, seen = step or (StepTrial(), None)
    return replace(trial, outputs=found), seen


def put_on_trial(model: Any, log: ModelLog, made: Training, splits: dict[str, Split], sites: Any) -> EvaluationTrials:
    """Everything that can be tried on this model; weights, metrics and seeds are put back."""
    run = Bounded(model, min(MAX_BUDGET, max(BUDGET, 0.01 * made.curve.seconds)))
    facts, steps = made.model, made.curve.steps
    train = splits.get("train") if "train" in log.templates and (steps or made.calls) else None
    held = next((splits[r] for r in ("validation", "test") if r in splits and splits[r].y and r in log.templates), None)
    common: dict[str, Any] = {"regression": _regression(made), "late": run.late}
    own = facts.has_train_step and made.kind == "fit"
    losses: list[Any] = []
    step = mode = reached = None
    if train is not None:
        step = run("the training step", try_step, model, log, train, run.late) if own else None
        if made.kind == "loop" and log.loop_call is not None:
            called = run("the step of the loop", try_function, model, log, train, run.late)
            step = (called, None) if called is not None else None
        step = _with_outputs(run, model, log, train, step, made) if own or log.loop_call is not None else step
        losses += run("the loss", try_loss, model, log, train, facts, "training", **common) or []
        moved = {v.path: v.moved for v in made.end.variables} if made.end is not None else {}
        if not own or step is not None:
            reached = run("the gradient", reach, model, log, train, step[1] if step else None, moved)
    if train is not None and steps:
        mode = run("the modes", try_mode, model, log, train, steps, sites, run.late)
    metrics = run("the metrics", try_metrics, model, splits, facts, batch=log.batch_size or 32, **common) or []
    if held is not None and losses:
        losses += run("the loss on held-out rows", try_loss, model, log, held, facts, "inference", **common) or []
    redrawn = next((found for r in ("validation", "test") if (found := run("held-out rows again", try_again, model, log, r))), None)
    return EvaluationTrials(
        redrawn=redrawn, losses=tuple(losses), metrics=tuple(metrics), reach=reached, step=step[0] if step else None, mode=mode,
        notes=tuple(run.notes), seconds=round(time.perf_counter() - run.wall, 3),
    )  # fmt: skip
