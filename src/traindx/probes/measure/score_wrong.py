"""Scores that cannot say how good a model is: classes read wrongly, another scale, exchanged arguments, wrong averages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from traindx.facts.evaluated_own import Exchanged, Mistaken, OtherScale, ReadClasses, ScoredWrongly
from traindx.facts.evaluation import Prediction
from traindx.facts.findings import NotApplicable
from traindx.facts.observation import Observation, ScoreCall, Training
from traindx.facts.skill import numeric, predicted_classes, threshold
from traindx.probes.at_hand import made_of
from traindx.probes.base import probe
from traindx.probes.hand_measures import by_class, is_classes
from traindx.probes.measure.eval_score import codes, known_labels, latest, row_labels
from traindx.probes.measure.score_source import source_of

LEAST_ROWS = 20
LEAST_VALUES = 20
"""Different labels from which on their order is no chance: of as many the chance of the same order is 1 in 20!."""

OTHER_SCALE = 5.0
"""Ratio of standard deviations; those of halves of one series, grown threefold in between, stay below it."""


@probe
def scored_wrongly(training: Training, run: Observation) -> ScoredWrongly | NotApplicable:
    """Every last score of a line on predictions of this model."""
    if not run.scores:
        return NotApplicable("the program computes no score")
    known = known_labels(run)
    classes, scales, exchanged, mistaken = [], [], [], []
    for call in run.scores:
        if call.y_true is None or call.y_pred is None or len(call.y_true) < LEAST_ROWS or not latest(call, run):
            continue
        if call.how and (wrong := _mistaken(call)) is not None:
            mistaken.append(wrong)
            continue
        made = _made(call, training, run)
        if made is not None and not call.how:
            classes.append(_classes(call, made, training))
            scales.append(_scale(call, made, training, known))
        exchanged.append(_exchanged(call, run))
    return ScoredWrongly(*(tuple(x for x in found if x is not None) for found in (classes, scales, exchanged, mistaken)))


def _result(call: ScoreCall) -> float | None:
    return float(call.result) if isinstance(call.result, float | int) else None


def _made(call: ScoreCall, training: Training, run: Observation) -> Prediction | None:
    """The prediction of this model that was scored; also where its values were rescaled before."""
    found = source_of(call, run.predictions)
    if found is not None:
        return found[0] if found[0].model == training.model.key else None
    said = numeric(call.y_pred) if call.y_pred is not None else None
    for made in reversed([p for p in run.predictions if p.order < call.order and p.model == training.model.key]):
        raw = numeric(made.outputs) if made.outputs is not None else None
        if said is None or raw is None or said.shape != raw.shape or raw.ndim != 1 or not np.isfinite(raw).all():
            continue
        if _same_order(said, raw) or is_classes(said) and made_of(said[:, None], raw[:, None]):
            return made
    return None


def _same_order(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether numbers (n,) rise with others (n,), of which enough differ to make that no chance; float32's rounding may tie."""
    if not np.isfinite(a).all() or not np.isfinite(b).all():
        return False
    order = np.argsort(b, kind="stable")
    steps = np.diff(a[order])
    enough = len(np.unique(a)) >= LEAST_VALUES and len(np.unique(b)) >= LEAST_VALUES
    return enough and bool((steps >= -1e-5 * np.ptp(a)).all()) and abs(np.corrcoef(_ranks(a), _ranks(b))[0, 1]) > 1 - 1e-4


def _ranks(a: np.ndarray) -> np.ndarray:
    return np.unique(a, return_inverse=True)[1].astype(float)


def _classes(call: ScoreCall, made: Prediction, training: Training) -> ReadClasses | None:
    """How many rows of each class were found, as the program read the outputs and as they are to be read."""
    raw, y, said = (numeric(a) if a is not None else None for a in (made.outputs, call.y_true, call.y_pred))
    if raw is None or y is None or said is None or raw.ndim > 2 or y.ndim > 1 or y.shape != said.shape or len(raw) != len(y):
        return None
    if not is_classes(y) or not is_classes(said) or not np.isfinite(raw).all():
        return None
    values = np.unique(y)
    cut = threshold(training.model) if raw.ndim == 1 else None
    told = predicted_classes(raw, 0.5 if cut is None else cut)
    if len(values) < 2 or (raw.ndim == 1 and set(values) != {0.0, 1.0}) or len(np.unique(told)) < 2:
        return None
    found = [float(np.mean([by_class(c, y, v)[1] for v in values])) for c in (said, told)]
    return ReadClasses(call.name, len(y), len(np.unique(said)), float((~np.isin(said, values)).mean()), *found, cut,
                       _result(call), call.location)  # fmt: skip


def _scale(call: ScoreCall, made: Prediction, training: Training, known: dict[int, float]) -> OtherScale | None:
    """Labels in the order of the training targets, and the outputs taken to their scale."""
    raw, y, said = (numeric(a) if a is not None else None for a in (made.outputs, call.y_true, call.y_pred))
    if raw is None or y is None or said is None or raw.ndim != 1 or not raw.shape == y.shape == said.shape or y.std() == 0:
        return None
    if is_classes(y) or not np.isfinite(raw).all() or not np.isfinite(y).all():
        return None
    targets = _targets(made, y, training, known)
    if targets is None and _apart(said, y):
        targets = _spread_alike(y, training)
    if targets is None:
        return None
    ordered, reached = np.sort(targets), np.sort(y)
    restored = np.interp(raw, ordered, reached)
    line = np.polyfit(ordered, reached, 1)
    straight = bool(np.square(np.polyval(line, ordered) - reached).mean() < 0.01 * y.var())
    given, back = (1 - float(np.square(p - y).mean() / y.var()) for p in (said, restored))
    return OtherScale(call.name, len(y), given, back, straight, _result(call), call.location)


def _targets(made: Prediction, y: np.ndarray, training: Training, known: dict[int, float]) -> np.ndarray | None:
    """Training targets (n,) of the rows scored: known for these rows, else of a split whose labels stand in the same order."""
    own = row_labels(made, known)
    candidates = [own] if own is not None else []
    for split in training.splits.values():
        labels = numeric(split.labels) if split.labels is not None else None
        if labels is not None and labels.shape == y.shape:
            candidates.append(labels)
    return next((t for t in candidates if t.shape == y.shape and _same_order(y, t)), None)


def _spread_alike(y: np.ndarray, training: Training) -> np.ndarray | None:
    """As many quantiles of the training targets as there are labels, where these spread so differently that they are on
    another scale: what drifts keeps to the scale that it is measured on."""
    train = training.splits.get("train")
    labels = numeric(train.y[0]) if train is not None and train.y else None
    if labels is None or labels.ndim != 1 or not np.isfinite(labels).all() or labels.std() == 0:
        return None
    return np.quantile(labels, np.linspace(0, 1, len(y))) if _apart(labels, y) else None


def _apart(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether numbers spread so differently that they are on two scales."""
    low, high = sorted((float(a.std()), float(b.std())))
    return high > OTHER_SCALE * low


SWAPPED = {"precision_score": "recall", "recall_score": "precision"}


def _exchanged(call: ScoreCall, run: Observation) -> Exchanged | None:
    """A score whose first argument is a prediction and whose second is none, where the order of the two matters."""
    result = _result(call)
    if call.printed or result is None or call.y_true is None or call.y_pred is None:
        return None
    if source_of(call, run.predictions) is not None or source_of(replace(call, y_pred=call.y_true), run.predictions) is None:
        return None
    said, y = numeric(call.y_true), numeric(call.y_pred)
    if said is None or y is None or said.shape != y.shape or y.ndim != 1:
        return None
    meant = _meant(call.name, said, y)
    return None if meant is None else Exchanged(call.name, len(y), result, meant, call.location)


def _meant(name: str, said: np.ndarray, y: np.ndarray) -> float | None:
    """The score with its arguments in order; None for scores that do not tell one from the other."""
    if name in ("r2_score", "explained_variance_score") and y.var() > 0:
        return 1 - float((np.square(said - y).mean() if name == "r2_score" else np.var(said - y)) / y.var())
    if name == "mean_absolute_percentage_error" and y.all():
        return float(np.mean(np.abs(said - y) / np.abs(y)))
    if name in SWAPPED and set(np.unique(y)) == {0.0, 1.0}:
        return by_class(codes(said), y, 1.0)[name == "recall_score"]
    return None


def _mistaken(call: ScoreCall) -> Mistaken | None:
    """What a score that was computed in a mistaken way should have been."""
    said, y = numeric(call.y_pred) if call.y_pred is not None else None, numeric(call.y_true) if call.y_true is not None else None
    result = _result(call)
    if said is None or y is None or result is None:
        return None
    if call.how == "predicted variance":
        meant = 1 - float(np.square(said - y).mean() / y.var())
    elif call.how == "entries" and said.shape == y.shape and y.ndim == 2:
        meant = float((said.argmax(axis=1) == y.argmax(axis=1)).mean())
    elif call.how == "batches" and said.shape == y.shape:
        meant = by_class(said, y, 1.0)[("precision", "recall", "F1").index(call.name)]
    else:
        return None
    return Mistaken(call.name, call.how, len(y), result, meant, call.location)
