"""Planted faults over scikit-learn's bundled sets are found, honest halves raise nothing."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import datasets

from traindx.checks.registry import all_checks
from traindx.engines.api import training_of_arrays
from traindx.facts.findings import Finding, Severity
from traindx.facts.observation import Observation
from traindx.probes.base import Bench

SETS = {
    "iris": datasets.load_iris(return_X_y=True),
    "wine": datasets.load_wine(return_X_y=True),
    "cancer": datasets.load_breast_cancer(return_X_y=True),
    "diabetes": datasets.load_diabetes(return_X_y=True, scaled=False),
    "digits": datasets.load_digits(return_X_y=True),
}


def halves(name, seed=0, share=0.4):
    x, y = SETS[name]
    x = x.reshape(-1, 8, 8, 1) if name == "digits" else x
    order = np.random.default_rng(seed).permutation(len(x))
    cut = int(share * len(x))
    return [x[order[cut:]].astype(float), y[order[cut:]], x[order[:cut]].astype(float), y[order[:cut]]]


def alarms(a, ya, b, yb, name=""):
    loss = "mse" if name == "diabetes" else "scce"
    bench = Bench(training_of_arrays({"train": (a, ya), "test": (b, yb)}, loss=loss), Observation("test"))
    found = {}
    for check in all_checks():
        if check.code.startswith("D"):
            answer = check.judge(bench.take)
            if isinstance(answer, Finding) and (answer.severity or check.severity) != Severity.NOTE:
                found[check.name] = answer.message
    assert not [v.why for v in bench.taken.values() if "probe failed" in getattr(v, "why", "")]
    return found


@pytest.mark.parametrize("name", SETS)
def test_random_halves_raise_nothing(name):
    assert alarms(*halves(name, 1), name) == {}


@pytest.mark.parametrize("name", SETS)
def test_scale_is_named(name):
    a, ya, b, yb = halves(name)
    assert "* training" in alarms(a, ya, b * 255, yb, name)["transformed-split"]


@pytest.mark.parametrize("name", ["wine", "cancer", "diabetes"])
def test_own_statistics_are_named(name):
    a, ya, b, yb = halves(name)
    found = alarms(a, ya, (b - b.mean(0)) / b.std(0), yb, name)
    assert "its own statistics" in found["transformed-split"]


def test_transposed_pictures_are_named():
    a, ya, b, yb = halves("digits")
    assert "transposed" in alarms(a, ya, b.transpose(0, 2, 1, 3), yb)["transformed-split"]


@pytest.mark.parametrize("name", ["iris", "wine", "digits"])
def test_renamed_labels(name):
    a, ya, b, yb = halves(name)
    kinds = len(np.unique(ya))
    assert "relabelled-split" in alarms(a, ya, b, (yb + 1) % kinds)


@pytest.mark.parametrize("name", ["wine", "cancer", "digits", "diabetes"])
def test_leaked_rows(name):
    a, ya, b, yb = halves(name)
    n = len(b) // 5
    found = alarms(a, ya, np.concatenate([b, a[:n]]), np.concatenate([yb, ya[:n]]), name)
    assert "held-out-rows-in-training" in found


def test_near_copies_made_before_the_split():
    x, y = SETS["cancer"]
    rng = np.random.default_rng(0)
    x = np.concatenate([x] + [x + rng.normal(0, 0.02, x.shape) * x.std(0) for _ in range(4)])
    y = np.tile(y, 5)
    order = rng.permutation(len(x))
    found = alarms(x[order[700:]], y[order[700:]], x[order[:700]], y[order[:700]])
    assert "near-copies-in-training" in found or "shared-groups" in found


@pytest.mark.parametrize("name", ["wine", "cancer", "digits"])
def test_shuffled_training_labels(name):
    a, ya, b, yb = halves(name)
    assert "misaligned-labels" in alarms(a, np.random.default_rng(1).permutation(ya), b, yb)


def test_wrong_labels():
    a, ya, b, yb = halves("digits")
    rng = np.random.default_rng(1)
    wrong = rng.random(len(ya)) < 0.35
    assert "noisy-labels" in alarms(a, np.where(wrong, rng.integers(0, 10, len(ya)), ya), b, yb)


def test_missing_class_and_label_column():
    a, ya, b, yb = halves("wine")
    assert "classes-never-trained" in alarms(a[ya != 1], ya[ya != 1], b, yb)
    a, ya, b, yb = halves("diabetes")
    found = alarms(np.c_[a, ya * 2.0], ya, np.c_[b, yb * 2.0], yb, "diabetes")
    assert "label-in-inputs" in found


def test_augmented_or_oversampled_training_only_is_silent():
    a, ya, b, yb = halves("digits")
    noise = np.random.default_rng(2).normal(0, 0.4, a.shape)
    assert alarms(np.clip(a + noise, 0, 16), ya, b, yb) == {}
    a, ya, b, yb = halves("cancer")
    rows = np.r_[np.arange(len(a)), np.repeat(np.flatnonzero(ya == 0), 3)]
    assert alarms(a[rows], ya[rows], b, yb) == {}


def test_windows_of_one_series():
    series = np.cumsum(np.random.default_rng(0).normal(size=1500))
    x = np.stack([series[i : i + 12] for i in range(1480)])
    y = series[12:1492]
    order = np.random.default_rng(1).permutation(len(x))
    assert "shuffled-windows" in alarms(x[order[400:]], y[order[400:]], x[order[:400]], y[order[:400]], "diabetes")
    assert "shuffled-windows" not in alarms(x[:1080], y[:1080], x[1080:], y[1080:], "diabetes")


def test_repeated_rows_of_a_small_world_are_silent():
    rng = np.random.default_rng(3)
    x = rng.integers(0, 3, (1500, 4)).astype(float)
    y = (x[:, 0] + rng.normal(0, 1, 1500) > 1).astype(int)
    assert alarms(x[:1000], y[:1000], x[1000:], y[1000:]) == {}
