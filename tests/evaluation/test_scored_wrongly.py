"""Scores that cannot say how good a model is, from what the program gave and what its model predicted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import ScoredWrongly
from traindx.facts.evaluation import Prediction
from traindx.facts.observation import Observation, ScoreCall
from traindx.probes.base import Bench
from traindx.probes.measure.eval_score import unevenness

from .test_measures import HERE, N, training
from .watched import causes

RNG = np.random.default_rng(5)
SPLIT = training().splits["train"]
BINARY = SPLIT.y[0].reshape(N)
SURE = np.where(BINARY > 0.5, 0.9, 0.1) + RNG.normal(0, 0.15, N)


def judged(outputs: np.ndarray, y: np.ndarray, said: np.ndarray, name: str, result: float, **told) -> tuple[ScoredWrongly, list[Cause]]:
    """What is measured of one score, and the causes that the evaluation checks name."""
    made = Prediction("predict", "model0", 1, HERE, outputs=outputs[:, None], hashes=None)
    labels = told.pop("labels", None)
    one = training() if labels is None else training(splits={"train": replace(SPLIT, y=(labels,), labels=labels)})
    call = ScoreCall(name, HERE, y, said, result, 2, **told)
    run = Observation("train.py", trainings=(one,), scores=(call,), predictions=(made,))
    return Bench(one, run).take(ScoredWrongly), causes(run)  # type: ignore[return-value]


def test_argmax_over_one_unit_reads_other_classes_than_the_output_tells():
    said = np.zeros(N)
    found, named = judged(SURE, BINARY, said, "recall_score", 0.0)
    assert found.classes[0].answers == 1
    assert found.classes[0].told > 0.9
    assert named[0] == Cause.METRIC_MISMATCH


def test_a_threshold_of_its_own_is_no_mistake():
    found, named = judged(SURE, BINARY, (SURE > 0.8).astype(float), "recall_score", 0.7)
    assert found.classes[0].answers == 2
    assert Cause.METRIC_MISMATCH not in named


@pytest.mark.parametrize("back", [np.expm1, lambda t: 250 * t + 40])
def test_labels_on_another_scale_than_the_targets(back):
    targets = RNG.normal(2, 1, N)
    outputs = targets + RNG.normal(0, 0.2, N)
    wrong, _ = judged(outputs, back(targets), outputs, "r2_score", -3.0, labels=targets)
    right, _ = judged(outputs, back(targets), back(outputs), "r2_score", 0.9, labels=targets)
    assert wrong.scales[0].given < 0.3 < 0.7 < wrong.scales[0].restored
    assert right.scales[0].given == pytest.approx(right.scales[0].restored, abs=0.1)


def test_labels_on_another_scale_of_rows_whose_targets_are_unknown():
    targets = RNG.normal(0, 1, N)
    fresh = targets[RNG.permutation(N)] + 1e-3
    outputs = fresh + RNG.normal(0, 0.2, N)
    wrong, named = judged(outputs, 40 * fresh + 7, outputs, "r2_score", -1.0, labels=targets)
    near, _ = judged(outputs, 2 * fresh + 7, outputs, "r2_score", -1.0, labels=targets)
    back, _ = judged(outputs, 40 * fresh + 7, 20 * outputs + 30, "r2_score", 0.5, labels=targets)  # scaled back, and off
    assert back.scales == ()
    assert wrong.scales[0].restored > 0.9
    assert Cause.METRIC_MISMATCH in named
    assert near.scales == ()


def test_exchanged_arguments_are_told_from_labels_first():
    targets = RNG.normal(2, 1, N)
    outputs = 2 + 0.3 * (targets - 2) + RNG.normal(0, 0.1, N)
    wrong, named = judged(outputs, outputs, targets, "r2_score", -4.0, labels=targets)
    assert wrong.exchanged[0].meant == pytest.approx(1 - np.square(outputs - targets).mean() / targets.var())
    assert Cause.BROKEN_METRIC in named
    assert not judged(outputs, targets, outputs, "r2_score", 0.5, labels=targets)[0].exchanged


def test_a_printed_r2_over_the_variance_of_the_predictions():
    targets = RNG.normal(2, 1, N)
    outputs = 2 + 0.3 * (targets - 2)
    value = 1 - float(np.square(outputs - targets).mean() / outputs.var())
    found, named = judged(outputs, targets, outputs, "explained variance", value, labels=targets, printed=True, how="predicted variance")
    assert found.mistaken[0].meant > value + 0.3
    assert Cause.BROKEN_METRIC in named


def test_a_model_that_hardly_names_the_rare_class_is_not_in_another_order():
    assert unevenness(np.array([0.99, 0.01]), np.array([0.91, 0.09])) > 0.5
    assert unevenness(np.array([0.48, 0.52]), np.array([0.5, 0.5])) == pytest.approx(0.04)
