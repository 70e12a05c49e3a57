"""Scores, weights, metrics and gradients measured from hand-made observations, without a framework."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traindx.facts.causes import Cause
from traindx.facts.evaluated import reach_layers
from traindx.facts.evaluation import EvaluationTrials, LossTrial, MetricTrial, Prediction, Reach, WeightStamps
from traindx.facts.findings import Location
from traindx.facts.observation import (
    CallFacts,
    Curve,
    LossFacts,
    ModelFacts,
    Observation,
    OutputFacts,
    ScoreCall,
    Split,
    Training,
)  # fmt: skip
from traindx.probes.measure.eval_metric import truth

from .watched import causes

HERE = Location("train.py", 7)
N = 400


def training(key: str = "model0", seed: int = 0, **more) -> Training:
    """A binary classifier that is right on 95 % of its rows."""
    rng = np.random.default_rng(seed)
    y = (rng.random(N) > 0.5).astype(int)
    p = np.where(rng.random(N) < 0.95, y, 1 - y) * 0.8 + 0.1
    x = rng.normal(size=(N, 3))
    split = Split("train", (x,), (y,), rows=np.arange(N), n=N, labels=y, hashes=np.arange(N, dtype=np.uint64) + 1000 * seed,
                  predicted_end=(p[:, None],))  # fmt: skip
    model = ModelFacts(key, "net", "Sequential", outputs=(OutputFacts("out", "dense", "sigmoid", 1, (1,)),),
                       losses=(LossFacts("", "bce", "binary_crossentropy"),), compile_location=HERE)  # fmt: skip
    base = Training(model, (CallFacts("fit", key, 0, HERE),), {"train": split, "validation": replace(split, role="validation")},
                    Curve(epochs={"loss": (0.6, 0.2), "val_loss": (0.6, 0.3)}, steps=100))  # fmt: skip
    return replace(base, **more)


def scored(order: np.ndarray, kept: bool) -> Observation:
    """A program that scores predictions of the rows in `order` with the labels in file order."""
    one = training()
    split = one.splits["train"]
    p, y = split.predicted_end[0][order], split.y[0]
    made = Prediction("predict", "model0", 1, HERE, "tf.data", p, split.hashes[order], y[order] if kept else None, True)
    call = ScoreCall("f1_score", HERE, y, (p[:, 0] > 0.5).astype(int), 0.5, 2)
    return Observation("train.py", trainings=(one,), scores=(call,), predictions=(made,))


@pytest.mark.parametrize("kept", [True, False])
def test_other_order_is_found_by_batch_labels_or_by_row_hashes(kept):
    order = np.random.default_rng(5).permutation(N)
    assert causes(scored(order, kept)) == [Cause.MISALIGNED_PREDICTIONS]
    assert causes(scored(np.arange(N), kept)) == []


def judged(stamps: WeightStamps, curve: Curve | None = None) -> Observation:
    calls = (CallFacts("fit", "model0", 0, HERE), CallFacts("evaluate", "model0", 1, HERE))
    one = training(stamps=stamps, calls=calls)
    return Observation("train.py", trainings=(replace(one, curve=curve) if curve else one,))


def test_weights_of_the_start_or_of_a_bad_epoch_are_found():
    losses = Curve(epochs={"loss": (0.9, 0.4, 0.2), "val_loss": (0.9, 0.4, 0.3)}, steps=100)
    stamps = WeightStamps("s", "a", ("b", "c", "d"), ((1, "d"),), "d")
    assert causes(judged(stamps, losses)) == []
    assert causes(judged(replace(stamps, calls=((1, "a"),)), losses)) == [Cause.WRONG_WEIGHTS_EVALUATED]
    assert causes(judged(replace(stamps, calls=((1, "b"),)), losses)) == [Cause.WRONG_WEIGHTS_EVALUATED]
    best = Curve(epochs={"val_loss": (0.9, 0.4, 0.9), "val_auc": (0.9, 0.8, 0.7)}, steps=100)
    assert causes(judged(replace(stamps, calls=((1, "b"),)), best)) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=5, max_size=60))
def test_recomputed_scores_are_scikit_learns(pairs):
    sklearn = pytest.importorskip("sklearn.metrics")
    y, p = (np.array(v) for v in zip(*pairs, strict=True))
    for name, function in (("precision", sklearn.precision_score), ("recall", sklearn.recall_score), ("f1", sklearn.f1_score)):
        low, high = truth(name, p, y)
        classes = set(y) | set(p)
        kinds = ["macro", "micro", "weighted"] if not classes <= {0, 1} else ["binary"]
        for kind in kinds:
            assert low - 1e-9 <= function(y, p, average=kind, zero_division=0) <= high + 1e-9
    assert truth("accuracy", p, y) == pytest.approx((sklearn.accuracy_score(y, p),) * 2)


def test_a_metric_that_differs_is_found_and_a_right_one_is_not():
    one = training()
    right = MetricTrial("accuracy", "binary_accuracy", rows=N, value=0.95, perfect=1.0, constant=0.5, opposite=0.0)
    wrong = replace(right, value=0.31, perfect=0.5)
    for metric, expected in ((right, []), (wrong, [Cause.METRIC_MISMATCH])):
        run = Observation("t", trainings=(replace(one, evaluation=EvaluationTrials(metrics=(metric,))),))
        assert causes(run) == expected


def test_a_layer_is_cut_off_where_any_of_its_weights_counts():
    reach = Reach(cut=(("a/kernel", 0.3, 0.1), ("a/bias", 0.0, 0.0), ("b/kernel", 0.0, 0.0), ("c/kernel", 0.2, 0.0)), reached=2)
    assert reach_layers(reach) == (("a",), ("b",), ("c",), 0.3)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.01, 5), st.floats(1e-4, 10), st.floats(1e-3, 10), st.sampled_from(["train", "validation"]))
def test_a_living_loss_is_never_blamed(value, gradient, moved, split):
    mode = "training" if split == "train" else "inference"
    trial = LossTrial(split=split, mode=mode, value=value, gradient=gradient, moved=moved, scale=max(value, moved),
                      exchanged=value + moved, targets_moved=moved, paired=moved, ranked=0.0, perfect=0.0, boundless=0.0,
                      opposite=value + moved, constant=value + moved / 2, towards=(value, value / 2, 0.0))  # fmt: skip
    run = Observation("t", trainings=(replace(training(), evaluation=EvaluationTrials(losses=(trial,))),))
    assert causes(run) == []


def test_zero_weights_of_a_split_are_found():
    one = training()
    split = replace(one.splits["validation"], sample_weight=np.zeros(N))
    run = Observation("t", trainings=(replace(one, splits={**one.splits, "validation": split}),))
    assert causes(run) == [Cause.CONSTANT_LOSS]
