"""From what was recorded to the unchanged recipe, and from the parent's plan to the causes to test."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.trials.recipe import Case, NotTestable, Recipe, Rows
from traindx.trials.runner import Wanted

if TYPE_CHECKING:
    from traindx.facts.observation import Observation, Split, Training

HELD = 0.25
"""Share of the training sample that is held out where the program held out nothing."""
MIN_HELD_ROWS = 40


def wanted_of(plan: dict[str, Any]) -> list[Wanted]:
    """The causes to test, in the diagnosis' order."""
    return [Wanted(Cause(c["cause"]), float(c["confidence"]), int(c["rank"]), c.get("layer"), c.get("column"),
                   bool(c.get("note")), str(c.get("check") or "")) for c in plan["causes"]]  # fmt: skip


def rows_of(split: Split) -> Rows:
    """A split's sample in source order where that is known."""
    rows = Rows(split.x, split.y, split.sample_weight)
    if split.rows is not None and len(split.rows) == len(rows) and split.source != "batches":
        rows = rows.take(np.argsort(split.rows, kind="stable"))
    return rows


def base_recipe(training: Training, run: Observation, content: dict[str, Any], plan: dict[str, Any]) -> Recipe | NotTestable:
    """The program's own training as a recipe."""
    split = training.splits.get("train")
    if split is None or not split.x or not split.y:
        return NotTestable("no training rows with targets were seen")
    if any(a.dtype.kind not in "fiub" for a in (*split.x, *split.y)):
        return NotTestable("inputs or targets are no numbers")
    if "train" not in content["templates"]:
        return NotTestable("the structure of the training batches was not seen")
    train = rows_of(split)
    held = training.splits.get("validation") or training.splits.get("test")
    usable = held is not None and bool(held.y) and [a.shape[1:] for a in held.x] == [a.shape[1:] for a in split.x]
    if usable:
        out = rows_of(held)
    elif len(train) >= MIN_HELD_ROWS:
        order = np.random.default_rng(0).permutation(len(train))
        cut = int(len(train) * HELD)
        train, out = train.take(np.sort(order[cut:])), train.take(np.sort(order[:cut]))
    else:
        out = train
    fits = [c for c in training.calls if c.kind == "fit"]
    batch = int(training.curve.batch_size or _batch(fits) or 32)
    known = plan.get("facts", {})
    case = Case(
        run=run, training=training, model=training.model, curve=training.curve, splits=training.splits, calls=training.calls,
        task=known.get("task") or "unknown", kind=known.get("kind") or "none", baseline=known.get("baseline"),
        skill=known.get("skill"), held_skill=known.get("held_skill") if usable else known.get("skill"),
    )  # fmt: skip
    crashed = run.error is not None
    if case.task == "unknown" and not crashed:
        return NotTestable("the task could not be told, so no outcome can be compared")
    steps = training.curve.steps
    if not steps and not crashed:
        return NotTestable("no training step was seen")
    in_memory = split.source in ("numpy", "pandas", "tensor")  # Keras shuffles nothing else
    shuffle = in_memory and all(bool(c.settings.get("shuffle", True)) for c in fits)
    weights = content.get("class_weight") or None
    return Recipe(case, train, out, (train.y[0], out.y[0]), batch, max(1, steps), shuffle, weights)


def _batch(fits: list[Any]) -> int | None:
    found = [c.settings.get("batch_size") for c in fits if c.settings.get("batch_size")]
    return int(found[-1]) if found else None


def steps_per_epoch(recipe: Recipe) -> int:
    """The program's own updates per epoch."""
    epochs = max(1, recipe.case.curve.epochs_done or recipe.case.curve.asked_epochs or 1)
    return max(1, math.ceil(recipe.case.curve.steps / epochs))
