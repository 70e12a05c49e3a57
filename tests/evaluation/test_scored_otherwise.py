"""Scores of the program that were computed from something else than its outputs say; metrics in its own hands."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from traindx.facts.causes import Cause
from traindx.facts.evaluation import GivenMetric, Prediction
from traindx.facts.observation import Curve, LossFacts, Observation, OptimizerFacts, Replay, ScoreCall, Split, Training
from traindx.probes.by_hand import ByHand
from traindx.probes.given import Given
from traindx.probes.measure.data_lags import among_steps
from traindx.probes.measure.data_view import view_of
from traindx.probes.pairs import beside

from .test_measures import HERE, N, training
from .watched import causes

RNG = np.random.default_rng(11)
STATE = RNG.bit_generator.state


@pytest.fixture(autouse=True)
def _same_numbers():
    RNG.bit_generator.state = STATE


def run_of(outputs: np.ndarray, y_true: np.ndarray, y_pred: np.ndarray, result: float = 0.5, **more) -> Observation:
    """A program that predicts `outputs` and scores `y_pred` against `y_true`."""
    made = Prediction("predict", "model0", 1, HERE, outputs=outputs)
    call = ScoreCall("a_score", HERE, y_true, y_pred, result, 2)
    return Observation("train.py", trainings=(training(**more),), scores=(call,), predictions=(made,))


def test_argmax_over_the_steps_is_told_from_one_over_the_classes():
    y = np.eye(4)[RNG.integers(0, 4, (90, 7))]
    p = 0.9 * y + 0.025
    split = Split("train", (RNG.normal(size=(90, 7, 2)),), (y,), n=90, predicted_end=(p,))
    wrong = run_of(p, y.argmax(axis=1).ravel(), p.argmax(axis=1).ravel(), splits={"train": split})
    right = run_of(p, y.argmax(axis=-1).ravel(), p.argmax(axis=-1).ravel(), splits={"train": split})
    assert Cause.BROKEN_METRIC in causes(wrong)
    assert Cause.BROKEN_METRIC not in causes(right)


def test_the_probability_of_another_class_is_told_by_its_area():
    y = (RNG.random(N) > 0.6).astype(int)
    sure = np.clip(0.2 + 0.6 * y + RNG.normal(0, 0.1, N), 0.01, 0.99)
    p = np.stack([1 - sure, sure], axis=1)
    assert causes(run_of(p, y, p[:, 0]))[0] == Cause.METRIC_MISMATCH
    assert causes(run_of(p, y, (p[:, 0] > 0.5).astype(int)))[0] == Cause.METRIC_MISMATCH
    assert Cause.METRIC_MISMATCH not in causes(run_of(p, y, p[:, 1]))
    assert Cause.METRIC_MISMATCH not in causes(run_of(p, y, (p[:, 1] > 0.3).astype(int)))


def test_an_average_over_rows_without_labels_cannot_reach_one():
    y = (RNG.random((200, 6)) < 0.4).astype(int)
    said = np.where(RNG.random(y.shape) < 0.9, y, 1 - y)
    sparse = y * (RNG.random((200, 1)) < 0.5)
    over_rows = [float((said & t).sum(axis=1) @ (1 / np.maximum(said.sum(axis=1), 1)) / 200) for t in (y, sparse)]
    assert Cause.BROKEN_METRIC not in causes(run_of(said * 0.8 + 0.1, y, said, over_rows[0]))
    assert Cause.BROKEN_METRIC in causes(run_of(said * 0.8 + 0.1, sparse, said, over_rows[1]))


def test_printed_averages_over_rows_are_found_in_pairs_of_numbers_only():
    everything = (RNG.random((300, 6)) < 0.4).astype(int)
    y = everything[100:]
    p = np.where(RNG.random(y.shape) < 0.9, y, 1 - y) * 0.8 + 0.1
    hit, said = (y * (p > 0.5)).sum(axis=1), (p > 0.5).sum(axis=1)
    precision = np.mean(hit / np.maximum(said, 1))
    recall = np.mean(hit / np.maximum(y.sum(axis=1), 1))
    del y, hit, said
    made = Prediction("predict", "model0", 1, outputs=p)
    found = ByHand().said((f"precision {precision:.3f} recall {recall:.3f}",), lambda: [made])
    assert [m.name for m in found] == ["precision over rows"]
    assert ByHand().said((f"precision {precision:.3f}",), lambda: [made]) == []


def test_classes_put_in_another_order_are_found():
    y = RNG.integers(0, 4, 300)
    p = np.eye(4)[np.where(RNG.random(300) < 0.95, y, RNG.integers(0, 4, 300))] * 0.9 + 0.025
    order = np.argsort(RNG.random(300))
    said = p.argmax(axis=1)
    assert causes(run_of(p, y, said[order])) == [Cause.MISALIGNED_PREDICTIONS]
    assert causes(run_of(p, y, said)) == []
    assert causes(run_of(p, y[order], said[order])) == []


def test_a_shuffled_score_beside_the_true_one_is_a_baseline():
    y = RNG.integers(0, 4, 300)
    p = np.eye(4)[y] * 0.9 + 0.025
    run = run_of(p, y, p.argmax(axis=1))
    shuffled = replace(run.scores[0], y_pred=RNG.permutation(p.argmax(axis=1)), order=3)
    assert causes(replace(run, scores=(*run.scores, shuffled))) == []


def test_reordered_classes_are_matched_with_a_printed_number():
    rng = np.random.default_rng(0)  # by chance, one in eleven other draws gives two scores that print alike
    y = rng.integers(0, 4, 300)
    p = np.eye(4)[np.where(rng.random(300) < 0.8, y, rng.integers(0, 4, 300))] * 0.9 + 0.025
    said = p.argmax(axis=1)[np.argsort(rng.random(300))]
    found = ByHand().said((float((said == y).mean()),), lambda: [Prediction("predict", "model0", 1, outputs=p)])
    assert [m.name for m in found] == ["accuracy"]
    assert np.array_equal(found[0].predicted, said)


def given_run(metric: GivenMetric, from_logits: bool = False) -> Observation:
    one = training()
    model = replace(one.model, losses=(LossFacts("", "bce", "binary_crossentropy", from_logits),))
    return Observation("train.py", trainings=(replace(one, model=model),), metrics=(metric,))


def test_metrics_that_are_given_logits():
    y = (RNG.random(500) > 0.5).astype(float)
    logits = 1.5 * (2 * y - 1) + RNG.normal(0, 1.5, 500) - 0.2
    one = GivenMetric("recall", "Recall", HERE, y[:, None], logits[:, None], 0.5)
    assert causes(given_run(one, True)) == [Cause.METRIC_MISMATCH]
    assert causes(given_run(replace(one, p=1 / (1 + np.exp(-logits[:, None]))), True)) == []
    assert causes(given_run(replace(one, threshold=0.0), True)) == []
    assert causes(given_run(replace(one, p=np.clip(0.25 + 0.5 * y + RNG.normal(0, 0.2, 500), -0.1, 1.1)[:, None]))) == []


def test_metrics_that_are_given_nothing():
    assert causes(given_run(GivenMetric("val_acc", "Mean", HERE, reads=5, empty=5))) == [Cause.BROKEN_METRIC]
    assert causes(given_run(GivenMetric("val_acc", "Mean", HERE, reads=5, empty=1))) == []


def test_only_means_count():
    given = Given(SimpleNamespace(records=[]))
    given.asked(SimpleNamespace(name="own", count=0.0))  # no metric of Keras'
    assert given.facts() == ()


def test_validation_that_costs_nothing_and_averages_that_lag():
    one = training()
    free = replace(one, curve=Curve(epochs={"loss": (0.6, 0.2), "val_loss": (0.0, 0.0)}, steps=100))
    assert Cause.CONSTANT_LOSS in causes(Observation("train.py", trainings=(free,)))
    model = replace(one.model, optimizer=OptimizerFacts("SGD", 0.1, averaging=0.9999))
    curve = Curve(steps=200, step_loss=tuple((i, 0.1) for i in range(200)))
    lagging = replace(one, model=model, curve=curve, end=Replay("end", 64, 0.7, 0.0, 0.7))
    assert causes(Observation("train.py", trainings=(lagging,)))[0] == Cause.WRONG_WEIGHTS_EVALUATED
    settled = replace(lagging, end=Replay("end", 64, 0.1, 0.0, 0.1))
    assert Cause.WRONG_WEIGHTS_EVALUATED not in causes(Observation("train.py", trainings=(settled,)))


def test_losses_of_eager_steps_over_all_pairs():
    rng = np.random.default_rng(0)
    y = rng.normal(size=50)
    p = y[:, None] + rng.normal(scale=0.5, size=(50, 1))
    assert beside(3, np.array(1.0), y, p) is None  # not a step that is looked at
    assert beside(4, np.array(1.0), y[:, None], p) is None
    for error in (np.square, np.abs):
        wrong, right = float(error(y - p).mean()), float(error(y - p[:, 0]).mean())
        assert beside(4, np.array(wrong), y, p) == pytest.approx((wrong, right, wrong))
        assert beside(4, np.array(right), y, p) == pytest.approx((right, right, wrong))
        stretched = replace(training(), paired=((wrong, right, wrong),) * 4)
        assert causes(Observation("train.py", trainings=(stretched,)))[0] == Cause.LOSS_SHAPE_BROADCAST
        sound = replace(training(), paired=((right, right, wrong),) * 4)
        assert causes(Observation("train.py", trainings=(sound,))) == []


def windows(ahead: int) -> Training:
    """Windows of one series, every third left out of the sample; the target is `ahead` steps after the last one."""
    series = np.cumsum(RNG.normal(size=1200)) * 0.3 + RNG.normal(size=1200)
    rows = np.array([i for i in range(1000) if i % 3])
    x = np.stack([series[i : i + 20] for i in rows])[..., None].astype("float32")
    y = np.array([series[i + 19 + ahead] for i in rows], dtype="float32")
    return training(splits={"train": Split("train", (x,), (y,), rows=rows, n=1000)})


def test_the_target_among_the_last_steps_of_its_window():
    found = among_steps(view_of(windows(0)))
    assert found is not None
    assert found.explained > 0.999
    assert found.by_past < 0.98
    later = among_steps(view_of(windows(3)))
    assert later is not None
    assert later.explained < 0.999
