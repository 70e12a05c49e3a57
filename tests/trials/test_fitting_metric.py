"""Which metric is named in the place of one that cannot measure the output, and which ones are left alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from traindx.facts.evaluation import EvaluationTrials, MetricTrial, Prediction
from traindx.facts.observation import LossFacts, MetricFacts, ModelFacts, OutputFacts, ScoreCall, Split
from traindx.trials.experiments.judging import row_by_row
from traindx.trials.experiments.metrics import fitting_metric
from traindx.trials.recipe import NotTestable
from traindx.trials.shown import Shown

ROWS = np.arange(200)
LABELS = (ROWS % 3 == 0).astype(float)


def tried(trial: MetricTrial, y: np.ndarray, predicted: np.ndarray, task: str, *, logits: bool = False, kind: str = "") -> Any:
    outputs = (OutputFacts("y", "y", "linear" if logits else "sigmoid", 1 if predicted.ndim == 1 else predicted.shape[1], (1,)),)
    model = ModelFacts("m", "m", "Model", outputs=outputs, losses=(LossFacts("y", "bce", "bce", from_logits=logits),),
                       metrics=(MetricFacts("loss2", "mae"), MetricFacts(trial.name, trial.kind)))  # fmt: skip
    split = Split("validation", (np.zeros((len(y), 1)),), (y,), predicted_end=(predicted,))
    training = SimpleNamespace(evaluation=EvaluationTrials(metrics=(trial,)))
    case = SimpleNamespace(splits={"validation": split}, task=task, model=model, training=training, kind=kind)
    base = SimpleNamespace(case=case, train=SimpleNamespace(y=(y,)), patched=lambda *changes: changes)
    return fitting_metric(SimpleNamespace(base=base), None)


def metric(name: str, kind: str, value: float, **more: Any) -> MetricTrial:
    return MetricTrial(name, kind, 0, "validation", len(ROWS), value=value, **more)


@pytest.mark.parametrize(
    ("trial", "y", "predicted", "task", "more", "expected"),
    [
        (metric("accuracy", "MeanMetricWrapper", 0.4), LABELS, LABELS, "binary", {}, "BinaryAccuracy()"),
        (metric("acc", "binary_accuracy", 0.9), LABELS, LABELS * 0.8 - 0.4, "binary", {"logits": True}, "BinaryAccuracy(threshold=0.0)"),
        (metric("acc", "categorical_accuracy", 0.0), ROWS % 3, np.eye(3)[ROWS % 3], "multi-class", {}, "SparseCategoricalAccuracy()"),
        (metric("acc", "own", 0.0), np.eye(3)[ROWS % 3], np.eye(3)[ROWS % 3], "multi-class", {}, "CategoricalAccuracy()"),
        (metric("exact", "Exact", 0.0, custom=True, rounded=0.9), np.eye(3)[ROWS % 3], np.eye(3)[ROWS % 3], "multi-label", {},
         "BinaryAccuracy()"),
        (metric("precision", "Precision", 0.0), LABELS, LABELS * 0.8 - 0.4, "binary", {"logits": True}, "Precision(thresholds=0.0)"),
        (metric("recall", "own", 0.1, custom=True), LABELS, LABELS, "binary", {}, "Recall(thresholds=0.5)"),
        (metric("accuracy", "accuracy", 0.0), ROWS * 1.0, ROWS * 1.0, "regression", {}, "MeanAbsoluteError()"),
        (metric("accuracy", "accuracy", 0.0), ROWS[:, None] * 1.0, ROWS[:, None] * 1.0, "regression", {}, "R2Score()"),
    ],
)  # fmt: skip
def test_the_metric_that_fits(trial: MetricTrial, y: Any, predicted: Any, task: str, more: dict[str, Any], expected: str) -> None:
    found = tried(trial, y, predicted, task, **more)
    assert isinstance(found, Shown)
    assert found.verdict == "confirmed"
    assert found.patch == (("metric", f"1:2:{trial.name}:keras.metrics.{expected}"),)


@pytest.mark.parametrize(
    ("trial", "predicted"),
    [
        (metric("accuracy", "binary_accuracy", 1.0), LABELS),
        (metric("auc", "AUC", 0.4), LABELS),
        (metric("precision", "Precision", 0.5), LABELS),
        (metric("accuracy", "binary_accuracy", float("nan")), LABELS),
    ],
)
def test_metrics_that_are_left_alone(trial: MetricTrial, predicted: np.ndarray) -> None:
    assert isinstance(tried(trial, LABELS, predicted, "binary"), NotTestable)


def pairs(result: float, at: tuple[int, ...]) -> Any:
    predictions = tuple(Prediction("predict", "m", i, SimpleNamespace(line=i), outputs=np.zeros((len(ROWS), 1))) for i in at)  # type: ignore[arg-type]
    score = ScoreCall("accuracy", None, LABELS, LABELS[:, None], result, pairs=True)
    base = SimpleNamespace(case=SimpleNamespace(run=SimpleNamespace(scores=(score,), predictions=predictions)), patched=lambda *c: c)
    return row_by_row(SimpleNamespace(base=base), SimpleNamespace(check="scored-over-pairs"))


def test_a_mean_over_pairs_beside_the_mean_over_rows() -> None:
    found = pairs(0.55, (7,))
    assert (found.before, found.after, found.patch) == ((0.55,), (1.0,), (("axis", "7"),))
    assert pairs(0.55, (7, 9)).patch == ()
