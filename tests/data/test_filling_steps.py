"""Accuracies that count steps which only fill rows, on sequences whose padding is known."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.checks.evaluation.metric_counts_filling import metric_counts_filling
from traindx.facts.causes import Cause
from traindx.facts.evaluation import EvaluationTrials, MetricTrial
from traindx.facts.findings import Finding, NotApplicable
from traindx.facts.observation import Curve, MetricFacts, ModelFacts, Observation, Split, Training
from traindx.probes.measure.eval_filling import filled, step_accuracies

ROWS, STEPS, CLASSES = 200, 30, 5


def tagged(rng: np.random.Generator, fill: int = 0, pad: int = 0, front: bool = False):
    """(inputs, targets, real steps), (ROWS, STEPS) each: 3 to 9 words a row, tags 1 to 4, some of them 0 if `fill` is not."""
    real = np.arange(STEPS) < rng.integers(3, 10, ROWS)[:, None]
    real = real[:, ::-1] if front else real
    x = np.where(real, rng.integers(10, 300, (ROWS, STEPS)), pad)
    y = np.where(real, rng.integers(1 if fill == 0 and pad == 0 else 0, CLASSES, (ROWS, STEPS)), fill)
    return x.astype("int32"), y.astype("int32"), real


def scores(rng: np.random.Generator, y: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Probabilities (..., CLASSES) whose greatest is the target where `right`."""
    said = np.where(right, y, (y + rng.integers(1, CLASSES, y.shape)) % CLASSES)
    return np.eye(CLASSES, dtype="float32")[said]


def seen(x, y, p, names, own=(), trials=()):
    split = Split("validation", (x,), (y,), predicted_end=(p,))
    metrics = tuple(MetricFacts(n, n, custom=n in own) for n in names)
    training = Training(
        ModelFacts("m", "m", "Functional", metrics=metrics), splits={"validation": split},
        curve=Curve({"val_" + n: (0.1, v) for n, v in names.items()}), evaluation=EvaluationTrials(metrics=trials),
    )  # fmt: skip
    found = step_accuracies(training, Observation("t.py"))
    return found if isinstance(found, NotApplicable) else metric_counts_filling(found)


def accuracies(y, p, real):
    right = p.argmax(-1) == y
    return float(right.mean()), float(right[real].mean())


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("front", [False, True])
def test_filling_that_the_loss_leaves_out_counts_as_wrong(rng, front):
    x, y, real = tagged(rng, front=front)
    p = scores(rng, y, real & (rng.random(y.shape) < 0.9))
    over_all, over_real = accuracies(y, p, real)
    found = seen(x, y, p, {"tag_acc": over_all}, own=("tag_acc",))
    assert isinstance(found, Finding)
    assert found.suggests[0] is Cause.BROKEN_METRIC
    assert found.evidence[1].value == pytest.approx(over_real)
    assert seen(x, y, p, {"tag_acc": over_real}, own=("tag_acc",)) is None  # masked
    assert seen(x, y[..., None], p, {"accuracy": over_all}).suggests[0] is Cause.METRIC_MISMATCH
    assert isinstance(seen(x, np.eye(CLASSES)[y], p, {"accuracy": over_all}), Finding)


def test_filling_that_is_learnt_at_once_hides_the_real_steps(rng):
    x, y, real = tagged(rng)
    p = scores(rng, y, ~real | (rng.random(y.shape) < 0.4))
    over_all, over_real = accuracies(y, p, real)
    assert isinstance(seen(x, y, p, {"accuracy": over_all}), Finding)
    assert seen(x, y, p, {"accuracy": over_real}) is None
    assert seen(x, y, p, {"accuracy": over_all, "masked_acc": over_real}) is None
    assert seen(x, y, p, {"top_5_accuracy": over_all}) == NotApplicable(
        "no logged accuracy of targets that name a class at each step, in rows that are filled up"
    )
    good = scores(rng, y, ~real | (rng.random(y.shape) < 0.95))
    assert seen(x, y, good, {"accuracy": accuracies(y, good, real)[0]}) is None


def test_a_metric_of_rows_that_happens_to_have_that_value(rng):
    x, y, real = tagged(rng)
    p = scores(rng, y, real & (rng.random(y.shape) < 0.9))
    over_all, _ = accuracies(y, p, real)
    trial = MetricTrial("row_acc", "row_acc", split="validation", rows=ROWS, custom=True, value=over_all + 0.1)
    assert seen(x, y, p, {"row_acc": over_all}, own=("row_acc",), trials=(trial,)) is None


def test_the_class_outside_is_no_filling(rng):
    """Words whose tag is 0 stand at the ends of rows that have no padding, and inside them."""
    x = rng.integers(0, 300, (ROWS, STEPS))
    y = np.where(rng.random((ROWS, STEPS)) < 0.8, 0, rng.integers(1, CLASSES, (ROWS, STEPS)))
    p = scores(rng, y, y == 0)
    assert filled(Split("validation", (x,), (y,), predicted_end=(p,)), 0) is None


def test_padding_of_another_number_and_class_and_of_features(rng):
    x, y, real = tagged(rng, fill=4, pad=1)
    p = scores(rng, y, real)
    for inputs in (x, np.repeat(x[..., None], 3, axis=2) * np.where(real[..., None], (1.0, 0.5, 2.0), 1.0)):
        found = filled(Split("validation", (inputs,), (y,), predicted_end=(p,)), 0)
        assert found is not None
        assert (found[1] == ~real).all()
    captions = Split("validation", (rng.normal(size=(ROWS, 8, 8, 3)),), (tagged(rng)[1],), predicted_end=(p,))
    assert filled(captions, 0) is not None
