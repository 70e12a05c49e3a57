"""What splits of one another tell: columns turned, classes in another mix, ids of another vocabulary, sorted columns."""

from __future__ import annotations

import sys
from dataclasses import replace

import jsonschema
import numpy as np
import pytest
from sklearn import datasets

import traindx
from traindx.checks.registry import all_checks
from traindx.engines.api import training_of_arrays
from traindx.facts.data_labels import LabelNoise
from traindx.facts.data_splits import SplitTransforms
from traindx.facts.findings import Finding, Severity
from traindx.facts.observation import LayerFacts, Observation
from traindx.probes.base import Bench
from traindx.probes.measure.data_columns import mid_ranks
from traindx.probes.measure.data_mixture import remixed_distance
from traindx.probes.measure.data_order import moved_columns
from traindx.probes.measure.data_relation import rising_together
from traindx.probes.measure.data_view import one_pass
from traindx.reporters import json, terminal
from traindx.reporters.recorded.data import rows_of


def alarms(training):
    bench = Bench(training, Observation("test"))
    found = {}
    for check in all_checks():
        if check.code.startswith("D"):
            answer = check.judge(bench.take)
            if isinstance(answer, Finding) and (answer.severity or check.severity) != Severity.NOTE:
                found[check.name] = answer.message
    assert not [v.why for v in bench.taken.values() if "probe failed" in getattr(v, "why", "")]
    return found


def springs(seed=0, rows=1200):
    """Three uniform columns and one of noise, standardised: nothing but the target tells mass from damping."""
    rng = np.random.default_rng(seed)
    stiffness, mass, damping = rng.uniform(100, 900, rows), rng.uniform(0.5, 5, rows), rng.uniform(0, 0.04, rows)
    x = np.stack([stiffness, mass, damping, rng.normal(size=rows)], axis=1)
    y = np.sqrt(stiffness / mass) * (1 - 8 * damping) + rng.normal(0, 0.5, rows)
    return (x - x.mean(0)) / x.std(0), (y - y.mean()) / y.std()


@pytest.mark.parametrize("seed", range(3))
def test_columns_are_known_by_their_targets(seed):
    x, y = springs(seed)
    a, b, ya, yb = x[:900], x[900:], y[:900, None], y[900:, None]
    assert moved_columns(a, b, ya, yb) is None
    found = moved_columns(a, b[:, ::-1], ya, yb)
    assert found is not None
    assert set(found.places) == {(0, 3), (1, 2), (2, 1), (3, 0)}


def test_columns_are_known_by_their_partners_without_targets():
    x = datasets.load_breast_cancer().data
    x = (x - x.mean(0)) / x.std(0)
    x = x[np.random.default_rng(0).permutation(len(x))]
    assert moved_columns(x[:400], x[400:]) is None
    order = np.arange(30)
    order[[3, 17]] = [17, 3]
    found = moved_columns(x[:400], x[400:][:, order])
    assert found is not None
    assert set(found.places) == {(3, 17), (17, 3)}


def test_names_in_another_order_are_an_order_of_columns():
    x, y = springs()
    training = training_of_arrays({"train": (x[:900], y[:900]), "test": (x[900:], y[900:])}, ("a", "b", "c", "d"), "mse")
    turned = replace(training.splits["test"], columns=("b", "a", "c", "d"))
    found = alarms(replace(training, splits={**training.splits, "test": turned}))
    assert "b in place of a" in found["transformed-split"]


def test_another_mix_of_classes_is_no_transform():
    rng = np.random.default_rng(0)

    def rows(n, shares):
        codes = rng.choice(3, n, p=shares)
        return np.array([[0, 0, 0], [4, 3, 0], [0, 4, 3]])[codes] + rng.normal(size=(n, 3)), codes

    (a, ya), (b, _) = rows(3000, [0.9, 0.05, 0.05]), rows(800, [0.2, 0.4, 0.4])
    assert remixed_distance(a, ya, b) < 1.5
    assert remixed_distance(a, ya, b * 3 + 1) > 3
    splits = {"train": (a, ya), "predict": (b, None)}
    assert "transformed-split" not in alarms(training_of_arrays(splits, loss="scce"))


def vocabulary(rng, rows, numbers):
    """Rows of five neutral words and two of their class; `numbers` the id of each word."""
    codes = rng.integers(0, 2, rows)
    words = [np.r_[rng.permutation(8)[:5], 8 + 5 * c + rng.permutation(5)[:2]] for c in codes]
    return numbers[np.array(words)], codes


def test_ids_of_another_vocabulary():
    rng = np.random.default_rng(0)
    mine, other = np.arange(2, 20), np.r_[np.arange(2, 10), rng.permutation(np.arange(10, 20))]
    train = vocabulary(rng, 1000, mine)
    for numbers, expected in ((mine, False), (other, True)):
        made = training_of_arrays({"train": train, "validation": vocabulary(rng, 300, numbers)}, loss="bce")
        model = replace(made.model, layers=(LayerFacts("words", "Embedding", parameters=160),))
        found = alarms(replace(made, model=model)).get("transformed-split", "")
        assert ("name other words" in found) is expected
    held = vocabulary(rng, 300, mine)
    made = training_of_arrays({"train": train, "validation": (held[0], 1 - held[1])}, loss="bce")
    found = alarms(replace(made, model=replace(made.model, layers=(LayerFacts("words", "Embedding", parameters=160),))))
    assert "relabelled-split" in found
    assert "transformed-split" not in found


def test_columns_sorted_on_their_own():
    x, y = springs()
    order = np.random.default_rng(0).permutation(len(x))
    apart = np.sort(x, axis=0)[order]
    assert rising_together(apart) == 4
    assert rising_together(x) == 0
    line = np.abs(x[:, :1]) + 0.1
    assert rising_together(np.c_[line, line**2, np.log(line), 3 * line]) == 0  # functions of one column
    found = alarms(training_of_arrays({"train": (apart[:900], y[order][:900]), "test": (apart[900:], y[order][900:])}, loss="mse"))
    assert "sorted on its own" in found["misaligned-labels"]


def test_rows_drawn_with_replacement_before_the_split():
    x, y = springs()
    rows = np.random.default_rng(0).integers(0, len(x), 3 * len(x))
    a, b = rows[:2400], rows[2400:]
    found = alarms(training_of_arrays({"train": (x[a], y[a]), "test": (x[b], y[b])}, loss="mse"))
    assert "drawn with replacement" in found["held-out-rows-in-training"]


def test_noise_in_training_targets_alone():
    x, y = springs()
    noisy = y[:900] + np.random.default_rng(1).normal(0, 3, 900)
    found = alarms(training_of_arrays({"train": (x[:900], noisy), "test": (x[900:], y[900:])}, loss="mse"))
    assert "noisy-targets" in found
    assert "rescaled-targets" not in found


def test_flipped_labels_are_noise_and_not_taken_apart():
    x, y = datasets.load_breast_cancer(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(x))
    x, y = x[order], y[order]
    wrong = np.random.default_rng(1).random(380) < 0.38
    found = alarms(training_of_arrays({"train": (x[:380], np.where(wrong, 1 - y[:380], y[:380])), "test": (x[380:], y[380:])}, loss="bce"))
    assert "misaligned-labels" not in found


def windows(series, factor=1.0):
    x = np.stack([series[i : i + 16] for i in range(len(series) - 16)])
    return (x * factor)[..., None], series[16:]


def test_windows_in_another_unit_and_windows_one_step_too_late():
    t = np.arange(900)
    series = np.sin(t / 4) + 0.4 * np.cos(t / 1.4) + np.random.default_rng(0).normal(0, 0.1, len(t))
    train, held, scaled = windows(series[:650]), windows(series[650:]), windows(series[650:], 2.54)
    assert "transformed-split" not in alarms(training_of_arrays({"train": train, "test": held}, loss="mse"))
    bench = Bench(training_of_arrays({"train": train, "test": scaled}, loss="mse"), Observation("test"))
    found = bench.take(SplitTransforms)
    assert isinstance(found, SplitTransforms)
    assert [round(f.factor or 0, 2) for f in found.found] == [2.54]
    late = np.stack([series[i + 1 : i + 17] for i in range(634)])[..., None]
    assert "future-in-inputs" in alarms(training_of_arrays({"train": (late, series[16:650])}, loss="mse"))


def test_a_loop_is_read_as_one_pass():
    x, y = springs(rows=300)
    order = np.concatenate([np.random.default_rng(k).permutation(300) for k in range(5)])
    made = training_of_arrays({"train": (x[order], y[order])}, loss="mse").splits["train"]
    whole = one_pass(made)
    assert len(whole.x[0]) == 1500  # arrays that repeat rows are what they are
    once = one_pass(replace(made, source="batches", predicted_end=(np.zeros((1000, 1)),)))
    assert len(once.x[0]) == 300
    assert once.n == 300
    assert once.hashes is not None
    assert len(np.unique(once.hashes)) == 300
    assert len(once.predicted_end[0]) == 300


def test_ties_share_their_rank():
    assert mid_ranks(np.array([[0.0], [1.0], [0.0], [1.0]]))[:, 0].tolist() == [0.25, 0.75, 0.25, 0.75]


def mislabelled():
    """Digits of which a third of the training labels were drawn anew; and which of them are wrong now."""
    x, y = datasets.load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(x))
    x, y = x[order], y[order]
    drawn = np.random.default_rng(1).random(1000) < 0.35
    given = np.where(drawn, np.random.default_rng(2).integers(0, 10, 1000), y[:1000])
    return {"train": (x[:1000], given), "test": (x[1000:], y[1000:])}, given != y[:1000]


@pytest.mark.parametrize("installed", [True, False])
def test_rows_to_review(installed, monkeypatch):
    if not installed:
        monkeypatch.setitem(sys.modules, "cleanlab.filter", None)
    splits, wrong = mislabelled()
    bench = Bench(training_of_arrays(splits, loss="scce"), Observation("test"))
    noise = bench.take(LabelNoise)
    assert isinstance(noise, LabelNoise)
    assert noise.by == ("cleanlab" if installed else "leave-one-out")
    assert len(noise.review) == 20
    assert np.mean([wrong[row.row] for row in noise.review]) > 0.8
    assert all(row.label == str(splits["train"][1][row.row]) and row.label != row.said for row in noise.review)
    answer = next(c for c in all_checks() if c.name == "noisy-labels").judge(bench.take)
    assert isinstance(answer, Finding)
    assert answer.rows == noise.review
    assert ("traindx[labels]" in (answer.fix or "")) is not installed


def test_rows_to_review_are_told():
    splits, _ = mislabelled()
    (x, y), held = splits["train"], splits["test"]
    found = traindx.check_splits(train=(x.reshape(-1, 8, 8), y), test=(held[0].reshape(-1, 8, 8), held[1]))
    suspect = next(f for f in found.findings if f.rows)
    text = terminal.render(found, width=100)
    assert "Rows to look at" in text
    assert f"train {suspect.rows[0].row}" in text
    assert json.from_json(json.to_json(found)) == found
    jsonschema.validate(json.to_json(found), json.SCHEMA)
    training = training_of_arrays({"train": (x.reshape(-1, 8, 8), y)})
    groups = rows_of(training, found)
    doubted = next(g for g in groups if "Doubted" in g.why)
    assert doubted.rows[0].row == suspect.rows[0].row
    assert doubted.rows[0].image is not None
