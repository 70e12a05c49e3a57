"""Rows that earlier fits of the same weights were trained on: found behind each fold's own scaling, and only then."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from traindx.checks.data.rows_of_earlier_fits import rows_of_earlier_fits
from traindx.facts.observation import Split
from traindx.facts.refits import JudgedAfter, SomeRows, TrainedBefore
from traindx.probes.measure.data_refits import of_call
from traindx.probes.refits import Refits
from traindx.probes.rowhash import row_hashes

RNG = np.random.default_rng(3)
FOLD = np.arange(600) % 5


def some(x: np.ndarray, y: np.ndarray | None, most: int = 512) -> SomeRows:
    at = np.random.default_rng(len(x)).permutation(len(x))[:most]
    y = None if y is None else y[at, None].astype("float32")
    return SomeRows(len(x), x[at].astype("float32"), y, x.mean(0), x.std(0), row_hashes((x,)))


def data(columns: int) -> tuple[np.ndarray, np.ndarray]:
    x = RNG.normal(size=(600, columns)) * RNG.uniform(0.1, 50, columns) + 3.0
    return x, RNG.integers(0, 2, 600)


def scaled(x: np.ndarray, of: np.ndarray) -> np.ndarray:
    """By quartiles: not the scale that the probe undoes."""
    return (x - np.median(of, 0)) / (np.percentile(of, 75, 0) - np.percentile(of, 25, 0))


@pytest.mark.parametrize("columns", [2, 10, 200])
def test_rows_of_another_fold_are_found_behind_its_own_scaling(columns: int):
    x, y = data(columns)
    first, last, held = FOLD != 0, FOLD != 4, FOLD == 4
    of = [x[first], x[last]]
    seen = JudgedAfter(5, "evaluate", some(scaled(x[held], of[1]), y[held]), some(scaled(of[1], of[1]), y[last]),
                       (some(scaled(of[0], of[0]), y[first]),))  # fmt: skip
    made = of_call(seen)
    assert made.before > 0.9
    assert made.own < 0.03
    assert made.same_label is not None
    assert made.same_label > 0.98
    assert 0.65 < made.again < 0.85
    assert 0.2 < made.whole < 0.3
    assert rows_of_earlier_fits(made) is not None


@pytest.mark.parametrize("columns", [2, 10, 200])
def test_rows_never_trained_on_are_not_found(columns: int):
    x, y = data(columns)
    first, last, held = FOLD < 2, (FOLD > 0) & (FOLD < 4), FOLD == 4
    made = of_call(JudgedAfter(2, "evaluate", some(scaled(x[held], x[last]), y[held]), some(scaled(x[last], x[last]), y[last]),
                               (some(scaled(x[first], x[first]), y[first]),)))  # fmt: skip
    assert made.before < 0.1
    assert rows_of_earlier_fits(made) is None


def test_coarse_rows_that_repeat_anyway_are_left_in_peace():
    x = RNG.integers(0, 3, (600, 3)).astype(float)
    held, last, first = x[:120], x[120:360], x[360:]
    made = of_call(JudgedAfter(2, "validation", some(held, None), some(last, None), (some(first, None),)))
    assert made.before > 0.9
    assert made.own > 0.9
    assert rows_of_earlier_fits(made) is None


def test_equal_rows_of_large_data_are_counted_by_hash():
    x = RNG.normal(size=(60_000, 300))[:, :2].repeat(150, 1).astype("float32")
    first, last, held = x[12_000:], x[:48_000], x[48_000:]
    made = of_call(JudgedAfter(5, "predict", some(held, None, 400), some(last, None), (some(first, None),)))
    assert made.before == 1.0
    assert made.own == 0.0


class _Log:
    """What `Refits` reads of a model's log."""

    def __init__(self) -> None:
        self.splits: dict[str, Split] = {}
        self.epochs = type("Epochs", (), {"count": 0})()
        self.stamps = type("Stamps", (), {"epochs": []})()


def fits(folds: int, reset: bool = False, width: int = 4) -> Refits:
    """A program that fits and evaluates fold by fold; its weights are numbered."""
    log: Any = _Log()
    kept, weights = Refits(), 0
    x = RNG.normal(size=(300, width))
    for fold in range(folds):
        weights = 0 if reset else weights
        of, held = x[np.arange(300) % folds != fold], x[np.arange(300) % folds == fold]
        log.splits["train"] = Split("train", (of,), (), rows=np.arange(len(of)), n=len(of), hashes=row_hashes((of,)))
        kept.begins(log, "fit", {}, f"w{weights}", None)
        weights += 1 + 100 * fold * reset
        log.epochs.count += 1
        log.stamps.epochs.append(f"w{weights}")
        kept.ended(log, None)
        kept.begins(log, "evaluate", {"x": held, "y": np.zeros(len(held))}, f"w{weights}", None)
    return kept


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("traindx.probes.refits.stamp", lambda model: "")


def test_folds_of_one_model_are_kept_and_bounded():
    kept = fits(10, width=2000)
    assert len(kept.judged) == 6
    assert all(len(one.earlier) <= 4 for one in kept.judged)
    assert all(one.own.x.shape == (270, 256) for one in kept.judged)
    assert [one.fit for one in kept.judged] == [5, 6, 7, 8, 9, 10]


def test_weights_put_back_forget_what_was_fitted():
    assert not fits(5, reset=True).judged


def test_hundreds_of_small_fits_are_no_folds():
    kept = fits(100)
    assert not kept.judged
    assert not kept.earlier


def test_the_page_says_what_one_fit_alone_shows():
    assert rows_of_earlier_fits(TrainedBefore("predict", 2, 60, 1.0, 0.0, 0.8, 0.1, None, 1)) is None
