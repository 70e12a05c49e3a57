"""A `test_step` of the program's own that runs the model in training mode."""

from __future__ import annotations

from typing import Any

from traindx.facts.findings import Location
from traindx.probes.attach import ModeTap
from traindx.probes.callsite import is_user_file
from traindx.probes.modellog import ModelLog
from traindx.probes.replay import Frozen, batch_of, tensors

ROWS = 8


def find_loud_test_step(model: Any, log: ModelLog) -> None:
    """Notes it like a compiled function that judges in training mode; the step is run once on a few training rows."""
    step = getattr(type(model).test_step, "__code__", None)
    judged = [c for c in log.calls if c.kind == "evaluate"] or [c for c in log.calls if c.settings.get("validation_data")]
    split = log.splits.get("train")
    if step is None or not judged or split is None or not split.y or not is_user_file(step.co_filename) or log.loud.site is not None:
        return
    if _in_training(model, log, split):
        given = judged[-1].settings.get("batch_size")
        log.loud.site = Location(step.co_filename, step.co_firstlineno)
        log.loud.rows, log.loud.held = int(given) if isinstance(given, int) else log.batch_size or 32, True


def _in_training(model: Any, log: ModelLog, split: Any) -> bool:
    """Whether the step calls the model with training=True."""
    batch = batch_of(log, split, slice(0, ROWS))
    data = tuple(tensors(part) for part in (batch.x, batch.y, batch.weight) if part is not None)
    with Frozen(model), ModeTap(model) as tap:
        model.test_step(data)
    return bool(tap.modes) and all(tap.modes)
