"""A model that is judged with other weights than those it was trained to."""

from __future__ import annotations

from collections.abc import Iterator

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called

READS = ("load_weights", "set_weights", "restore", "read")


@rewrites(Cause.WRONG_WEIGHTS_EVALUATED)
def as_training_left_them(source: Source) -> Iterator[tuple[str, str]]:
    """Without the line after training that gives the model other weights."""
    import libcst as cst

    fits = [source.line(c) for c in source.all(cst.Call) if called(c) == "fit"]
    for call in source.all(cst.Call):
        line = source.up(call, cst.SimpleStatementLine)
        alone = line is not None and len(line.body) == 1 and isinstance(line.body[0], cst.Expr)
        if called(call) in READS and fits and source.line(call) > min(fits) and alone and isinstance(source.parent(line), cst.Module):
            yield "without the line that gives the model other weights", source.written(instead={line: []})


@rewrites(Cause.WRONG_WEIGHTS_EVALUATED)
def given_to_the_judged(source: Source) -> Iterator[tuple[str, str]]:
    """The trained weights given to a model that is made after training and judged."""
    import libcst as cst

    fits = [c for c in source.all(cst.Call) if called(c) == "fit" and isinstance(c.func, cst.Attribute)]
    lines = {c: source.up(c, cst.SimpleStatementLine) for c in source.all(cst.Call)}
    for fit in fits[-1:]:
        for call in source.all(cst.Call):
            asked = called(call) in ("evaluate", "predict") and isinstance(call.func, cst.Attribute)
            if not asked or source.line(call) <= source.line(fit):
                continue
            judged, trained, at, end = source.code(call.func.value), source.code(fit.func.value), lines[call], lines[fit]
            if at is None or end is None or source.parent(at) is not source.parent(end):
                continue
            keep = [source.code(end).strip(), f"traindx_weights = {trained}.get_weights()"]
            give = [f"{judged}.set_weights(traindx_weights)"]
            yield f"the trained weights given to {judged}", source.written(before={at: give}, instead={end: keep})
            break
