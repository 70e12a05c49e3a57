"""Scores that a program computes itself are found from the numbers it prints."""

from __future__ import annotations

import logging
from dataclasses import replace

import numpy as np
import pytest

from traindx.facts.causes import Cause
from traindx.facts.evaluation import Prediction
from traindx.facts.observation import Observation
from traindx.probes.by_hand import ByHand, numbers_in
from traindx.probes.hand_measures import Matched, distances, measures, over_batches
from traindx.probes.joined import Joined
from traindx.probes.predictions import score_call
from traindx.probes.workers.wraps import logged

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
        hand, calls = ByHand(), []
        hand.keep(hand.placed((float(((p[:, 0] > 0.5) == y_test).mean()),), lambda: [made]), HERE, 2, calls)
        assert len(calls) == 1
        return Observation("train.py", trainings=(one,), scores=tuple(calls), predictions=(made,))

    right = split.predicted_end[0]
    assert Cause.MISALIGNED_PREDICTIONS not in causes(run(right))
    assert causes(run(right[RNG.permutation(N)])) == [Cause.MISALIGNED_PREDICTIONS]


def _epochs(report, epochs: int = 4) -> list[Matched]:
    """What is believed at the last of several prints of one line, each after new predictions."""
    hand, found = ByHand(), []
    for epoch in range(epochs):
        rng = np.random.default_rng(epoch)
        p = np.where(rng.random(60) < 0.6 + epoch / 10, LABELS, 1 - LABELS) * 0.6 + 0.2 + rng.random(60) / 10
        made = Prediction("predict", "model0", epoch, HERE, outputs=p[:, None])
        found = hand.said((report(p),), lambda made=made: [made])
    return found


def test_a_line_that_prints_the_mean_over_pairs_each_time_is_believed_at_three_decimals():
    y_test = LABELS
    found = _epochs(lambda p: f"accuracy {((p[:, None] > 0.5) == y_test).mean():.3f}")
    assert [m.how for m in found] == ["pairs"]
    assert [m.how for m in _epochs(lambda p: f"accuracy {((p > 0.5) == y_test).mean():.3f}")] == [""]


def test_a_number_that_fits_only_once_is_no_score():
    y_test = LABELS  # noqa: F841 - found in this frame
    told = iter((f"{((SCORES > 0.5) == LABELS).mean():.4f}", "0.1234", "0.2345", "0.4567"))
    assert _epochs(lambda p: f"loss {next(told)}") == []


class Callback:
    """As one of Keras: it holds the held-out rows."""

    def __init__(self) -> None:
        self.held_out = (np.zeros((60, 2)), LABELS)

    def report(self, p: np.ndarray, hand: ByHand) -> list[Matched]:
        """Print the accuracy."""
        made = Prediction("predict", "model0", 1, HERE, outputs=p[:, None])
        return hand.said((float(((p > 0.5) == self.held_out[1]).mean()),), lambda: [made])


def test_labels_are_found_in_attributes_of_the_objects_of_the_program():
    assert [m.name for m in Callback().report(SCORES, ByHand())] == ["accuracy"]


def _argmax_of_one_unit(prints: int) -> list[Matched]:
    """The recall of `argmax` over a single unit, printed after each of so many predictions."""
    y_test, hand, found = LABELS, ByHand(), []
    for epoch in range(prints):
        p = SCORES + epoch / 100
        guess = p[:, None].argmax(axis=1)
        made = Prediction("predict", "model0", epoch, HERE, outputs=p[:, None])
        found = hand.said((f"recall {(guess * y_test).sum() / y_test.sum():.3f}",), lambda made=made: [made])
    return found


def test_classes_that_the_program_made_itself_are_what_is_scored():
    found = _argmax_of_one_unit(4)
    assert len(found) == 1
    assert not found[0].predicted.any()
    assert _argmax_of_one_unit(1) == []  # a 0 may be anything


def test_the_share_of_a_class_is_no_score_of_one_answer_for_all_rows():
    y_test, weights = LABELS, np.ones(60)  # noqa: F841 - found in this frame
    assert ByHand().said(("positives", float(y_test.mean())), lambda: [MADE]) == []
    assert ByHand().said((f"majority {1 - y_test.mean():.4f}",), lambda: [MADE]) == []


def test_mean_distances_by_sorting_are_those_of_all_pairs():
    p, t = RNG.normal(size=30), RNG.normal(size=20)
    assert np.allclose(distances(p, t), np.abs(p[:, None] - t).mean(axis=0))


def test_means_over_batches_are_told_from_those_of_all_rows():
    said, ends = (SCORES > 0.5).astype(int), (13, 31, 60)
    whole = {m.name: m.value for m in measures(SCORES, LABELS) if not m.how and m.form == "above 0.5"}
    parts = {m.name: m for m in over_batches(SCORES, LABELS, ends) if m.how == "batches" and m.form == "above 0.5"}
    each = [2 * (s & t).sum() / (s.sum() + t.sum()) for s, t in zip(np.split(said, ends[:-1]), np.split(LABELS, ends[:-1]), strict=True)]
    assert set(parts) == {"precision", "recall", "F1"}
    assert parts["F1"].value == pytest.approx(np.mean(each)) != whole["F1"]


def test_pieces_predicted_on_one_line_are_one_prediction_until_the_weights_change():
    joined = Joined()
    for step, stamp in ((0, "a"), (1, "a"), (0, "b"), (1, "b"), (2, "b")):
        rows = slice(20 * step, 20 * step + 20)
        made = Prediction("call", "model0", step, HERE, stamp=stamp)
        joined.add(made, np.arange(120.0).reshape(60, 2)[rows], SCORES[rows, None], LABELS[rows])
    (one,) = joined.all()
    assert one.parts == (20, 40, 60)
    assert np.array_equal(one.outputs[:, 0], SCORES)
    assert np.array_equal(one.labels, LABELS)
    joined.add(Prediction("call", "model0", 9, HERE, stamp="b"), np.arange(40.0).reshape(20, 2), SCORES[:20, None])
    assert list(joined.all()) == []  # the first rows again: another pass begins


def test_two_decimals_tell_an_accuracy_only():
    y_test = LABELS
    hits = int(((SCORES > 0.5) & (y_test == 1)).sum())
    assert ByHand().said((f"{hits / y_test.sum():.2f}",), lambda: [MADE]) == []
    assert [m.name for m in ByHand().said((f"{((SCORES > 0.5) == y_test).mean():.2f}",), lambda: [MADE])] == ["accuracy"]


def test_what_the_program_logs_is_seen_as_what_it_prints():
    class Sink:
        values, told = None, []

        def guard(self, what, *args):
            what(*args)

        def said(self, values):
            self.told.append(values)

        printed = said

    sink = Sink()
    sink.values = sink
    log = logging.Logger("program")
    handle = logged(sink, sink)(logging.Logger.handle)
    log.handle = lambda record: handle(log, record)
    log.warning("accuracy %.3f", 0.875)
    assert sink.told == [("accuracy 0.875",)] * 2


def test_a_part_of_an_array_needs_more_digits_than_an_array_itself():
    longer = np.concatenate([np.zeros(7, int), np.roll(LABELS, 7)])
    value = ((SCORES > 0.5) == longer[-60:]).mean()
    assert ByHand().said((f"accuracy {value:.3f}",), lambda: [MADE]) == []
    assert [m.name for m in ByHand().said(("accuracy", float(value)), lambda: [MADE])] == ["accuracy"]


def test_f1_over_all_pairs_of_rows():
    said, there = SCORES[:, None] > 0.5, LABELS == 1
    hit, wrong, missed = ((a & b).sum() for a, b in ((said, there), (said, ~there), (~said, there)))
    value = float(2 * hit / (2 * hit + wrong + missed))
    assert any(m.name == "F1" and m.pairs and np.isclose(m.value, value) for m in measures(SCORES[:, None], LABELS))


def test_a_score_that_answers_with_curves_is_kept_without_a_number():
    given = {"y_true": LABELS, "probas_pred": SCORES}
    call = score_call("precision_recall_curve", given, (np.zeros(5), np.zeros(5), np.zeros(4)), HERE, 3)
    assert call.result is None
    assert np.array_equal(call.y_true, LABELS)
