"""Scores over another axis, of another class, or averaged over rows that no prediction can please."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from traindx.facts.evaluated_own import OtherAxis, OtherColumn, RowAverage, ScoredOtherwise
from traindx.facts.evaluation import Prediction
from traindx.facts.findings import NotApplicable
from traindx.facts.observation import Observation, ScoreCall, Training
from traindx.facts.skill import auc, numeric
from traindx.probes.base import probe
from traindx.probes.hand_measures import row_averages
from traindx.probes.measure.score_source import cut_somewhere

LEAST_ROWS = 50


@probe
def scored_otherwise(training: Training, run: Observation) -> ScoredOtherwise | NotApplicable:
    """Every score of the program on predictions of this model."""
    mine = [p for p in run.predictions if p.model == training.model.key and p.outputs is not None]
    if not run.scores:
        return NotApplicable("the program computes no score")
    pairs = [(call, made) for call in run.scores for made in reversed(mine) if made.order < call.order]
    axes = [f for call, made in pairs if (f := _axis(call, made, training)) is not None]
    columns = [f for call, made in pairs if (f := _column(call, made)) is not None]
    averages = [f for call in run.scores for f in _averages(call)]
    return ScoredOtherwise(tuple(axes), tuple(columns), tuple(averages))


def _result(call: ScoreCall) -> float | None:
    return call.result if isinstance(call.result, float) else None


def _axis(call: ScoreCall, made: Prediction, training: Training) -> OtherAxis | None:
    """The axis that the scored classes are the argmax of, where the targets are classes along the last one."""
    p, train = made.outputs, training.splits.get("train")
    if p is None or p.ndim < 2 or call.y_pred is None or call.y_pred.dtype.kind not in "iuf" or train is None or not train.y:
        return None
    y, said = train.y[0], call.y_pred.reshape(-1)
    one_hot = y.shape[1:] == p.shape[1:] and np.allclose(y.sum(axis=-1), 1)
    if not one_hot and y.shape[1:] != p.shape[1:-1] or not np.allclose(p.sum(axis=-1), 1, atol=1e-3):
        return None
    if said.size == p.size // p.shape[-1] and np.array_equal(p.argmax(axis=-1).reshape(-1), said):
        return None
    for axis in range(p.ndim - 1):
        if said.size == p.size // p.shape[axis] and np.array_equal(p.argmax(axis=axis).reshape(-1), said):
            return OtherAxis(call.name, axis, p.shape[axis], p.shape[-1], _result(call), call.location)
    return None


def _column(call: ScoreCall, made: Prediction) -> OtherColumn | None:
    """The output that was scored, or cut and scored, against yes-or-no labels, and the one that tells them best."""
    y = numeric(call.y_true) if call.y_true is not None else None
    said = numeric(call.y_pred) if call.y_pred is not None else None
    p = numeric(made.outputs) if made.outputs is not None else None
    if y is None or said is None or p is None or p.ndim != 2 or not 2 <= p.shape[1] <= 64:
        return None
    if y.shape != (len(p),) or said.shape != y.shape or len(y) < LEAST_ROWS or set(np.unique(y)) != {0.0, 1.0}:
        return None
    used = [j for j in range(p.shape[1]) if np.allclose(p[:, j], said, atol=1e-6)]
    if not used and np.isin(said, (0.0, 1.0)).all() and not np.array_equal(said, p.argmax(axis=1)):
        used = [j for j in range(p.shape[1]) if cut_somewhere(said, p[:, j])]
    if len(used) != 1:
        return None
    areas = [auc(p[:, j], y > 0.5) for j in range(p.shape[1])]
    best = int(np.argmax(areas))
    return OtherColumn(call.name, used[0], best, areas[used[0]], areas[best], len(y), _result(call), call.location)


def _averages(call: ScoreCall) -> Iterator[RowAverage]:
    """Where the score is a precision, recall or F1 averaged over rows of several labels: what the labels themselves get."""
    y, said, result = call.y_true, call.y_pred, _result(call)
    if y is None or said is None or result is None or y.ndim != 2 or y.shape != said.shape or y.dtype.kind not in "fiub":
        return
    if len(y) < LEAST_ROWS or not np.isin(y, (0, 1)).all() or not np.isin(said, (0, 1)).all():
        return
    by_column = [v for _, v in row_averages(said.T, y.T)]
    for (name, value), (_, reach) in zip(row_averages(said, y), row_averages(y, y), strict=True):
        if abs(value - result) <= 1e-6 and min(abs(v - result) for v in by_column) > 1e-6:
            yield RowAverage(name, value, reach, len(y), call.location)
            return
