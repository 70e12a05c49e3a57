"""Scores that a program computes itself are found from the numbers it prints."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from traindx.facts.causes import Cause
from traindx.facts.evaluation import Prediction
from traindx.facts.observation import Observation
from traindx.probes.by_hand import ByHand, measures, numbers_in

from .test_measures import HERE, N, training
from .watched import causes

RNG = np.random.default_rng(3)
LABELS = (RNG.random(60) > 0.4).astype(int)
SCORES = np.where(RNG.random(60) < 0.8, LABELS, 1 - LABELS) * 0.6 + 0.2 + RNG.random(60) / 10
MADE = Prediction("predict", "model0", 1, outputs=SCORES[:, None], hashes=np.arange(60, dtype=np.uint64))


def test_numbers_are_read_from_text_and_values():
    assert list(numbers_in(("loss 0.125 of 3", 0.5, [np.float32(2)], 7))) == [(0.125, 3), (0.5, None), (2.0, None)]


def test_accuracy_by_hand_is_traced_to_predictions_and_labels():
    y_test, other = LABELS, RNG.random(60) > 0.5  # noqa: F841 - found in this frame
    value = ((SCORES > 0.5) == y_test).mean()
    found = ByHand().said((f"accuracy: {value:.4f}",), lambda: [MADE])
    assert [m.name for m in found] == ["accuracy"]
    assert np.array_equal(found[0].labels, y_test)
    assert not found[0].pairs


def test_numbers_of_something_else_match_nothing():
    y_test = LABELS  # noqa: F841 - found in this frame
    assert ByHand().said(("accuracy: 0.1234", "epoch 3", 17), lambda: [MADE]) == []


def test_mean_over_all_pairs_is_told_from_row_by_row():
    y_test = LABELS
    value = float(((SCORES[:, None] > 0.5) == y_test).mean())
    found = ByHand().said(("accuracy", value), lambda: [MADE])
    assert [m.pairs for m in found] == [True]


@pytest.mark.parametrize("name", ["mean squared error", "mean absolute error", "explained variance"])
def test_errors_of_numbers(name):
    y = np.linspace(0, 5, 40)
    p = y + RNG.normal(size=40)
    wanted = {"mean squared error": np.mean((p - y) ** 2), "mean absolute error": np.mean(np.abs(p - y)),
              "explained variance": 1 - np.mean((p - y) ** 2) / y.var()}  # fmt: skip
    assert any(np.isclose(m.value, wanted[name]) for m in measures(p[:, None], y) if m.name == name and not m.pairs)


def test_predictions_of_rows_in_another_order_are_found_without_known_labels():
    split = training().splits["train"]
    y = split.y[0]
    one = training(splits={"train": replace(split, x=(split.x[0] + 3 * y[:, None],))})

    def run(p: np.ndarray) -> Observation:
        made = Prediction("predict", "model0", 1, HERE, outputs=p, hashes=np.arange(N, dtype=np.uint64) + 10**6)
        y_test = y
        calls = tuple(m.call(HERE, 2) for m in ByHand().said((float(((p[:, 0] > 0.5) == y_test).mean()),), lambda: [made]))
        assert len(calls) == 1
        return Observation("train.py", trainings=(one,), scores=calls, predictions=(made,))

    right = split.predicted_end[0]
    assert Cause.MISALIGNED_PREDICTIONS not in causes(run(right))
    assert causes(run(right[RNG.permutation(N)])) == [Cause.MISALIGNED_PREDICTIONS]
