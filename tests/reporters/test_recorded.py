"""Pictures from a recorded run: the right numbers, nothing where nothing was recorded, never an exception."""

import math
from dataclasses import replace

import numpy as np
import pytest

from traindx.facts.causes import Cause
from traindx.facts.diagnosis import Diagnosis, Status, Suspect
from traindx.facts.dynamics import Dynamics, TappedLayer, TappedVariable
from traindx.facts.findings import Location, Severity
from traindx.facts.observation import (
    Curve,
    LayerFacts,
    LossFacts,
    ModelFacts,
    Observation,
    OutputFacts,
    Split,
    Training,
)
from traindx.facts.pictures import Pictures
from traindx.reporters.html import to_html
from traindx.reporters.recorded import pictures_of

RANDOM = np.random.default_rng(5)
X = RANDOM.normal(0, 1, (300, 4))
Y = (X[:, 0] > 0).astype(float)
SCORES = 1 / (1 + np.exp(-4 * X[:, 0]))
HASHES = np.arange(300, dtype=np.uint64)


def split(role, rows, shift=0.0, hashes=None):
    scores = SCORES[rows, None]
    x = X[rows] + [0, shift, 0, 0]
    places = np.arange(len(x))
    hashes = HASHES[rows] if hashes is None else hashes
    return Split(
        role, (x,), (Y[rows],), None, places, len(x), "numpy", ("a", "b", "c", "d"), hashes, Y[rows], (), (scores,)
    )


def training():
    """A binary classifier with a shifted validation column, five shared rows and a vanishing first layer."""
    model = ModelFacts(
        "m",
        "sequential",
        "Sequential",
        (LayerFacts("dense", "Dense", "relu", 1, shape_out=(1,), parameters=5), LayerFacts("dense_1", "Dense")),
        outputs=(OutputFacts("y", "dense_1", "sigmoid", 1, (1,)),),
        losses=(LossFacts("y", "bce", "binary_crossentropy"),),
    )
    validation = split("validation", slice(200, 300), 3.0, np.r_[HASHES[:5], HASHES[205:300]])
    dynamics = Dynamics(
        np.array([0, 10, 20]),
        (TappedLayer("dense", "dense", "Dense", "relu", 8), TappedLayer("dense_1", "dense_1", "Dense", None, 1)),
        (TappedVariable("dense/kernel", "dense", (4, 8)), TappedVariable("dense/bias", "dense", (8,))),
        {"dead_share": np.array([[0.1, np.nan], [0.5, np.nan], [0.9, np.nan]])},
        {"gradient_norm": np.ones((3, 2)), "update_norm": np.ones((3, 2)), "weight_norm": np.full((3, 2), 100.0)},
    )
    curve = Curve(
        {"loss": (1.0, 0.5, 0.2), "val_loss": (1.0, 0.6, 0.9), "accuracy": (0.5, 0.8, 0.9)},
        ((0, 1.0), (1, 0.9), (2, math.nan)),
        30,
        first_bad_step=2,
        learning_rates=(0.1, 0.1, 0.01),
    )
    return Training(
        model, (), {"train": split("train", slice(0, 200)), "validation": validation}, curve, dynamics=dynamics
    )


BLAMED = Suspect(
    1,
    Cause.DEAD_UNITS,
    "dead-units",
    "M205",
    Severity.WARNING,
    Status.SUSPECTED,
    0.5,
    "90% of the units are dead",
    location=Location("train.py", 2),
    layer="dense",
)
DIAGNOSIS = Diagnosis("train.py", 0, findings=(BLAMED,))


def drawn(made=None):
    return pictures_of(Observation("train.py", trainings=(made or training(),)), DIAGNOSIS, lambda _: ["a", "b", "c"])


def test_curves():
    found = {c.name: c for c in drawn().curves}
    assert list(found) == ["loss", "loss per step", "accuracy", "learning_rate"]
    assert [line.name for line in found["loss"].lines] == ["training", "validation"]
    assert [(e.at, e.text) for e in found["loss"].events] == [(2, "best validation value")]
    assert found["loss per step"].events[0].at == 2


def test_heat_maps():
    found = {h.quantity: h for h in drawn().heat_maps}
    assert found["gradient_norm"].layers == ("dense",)
    assert found["gradient_norm"].guilty == ("dense",)
    assert found["update_ratio"].values.tolist() == [[0.01] * 3]
    assert found["dead_units"].values.tolist() == [[0.1, 0.5, 0.9]]


def test_the_shifted_column_comes_first():
    columns = drawn().columns
    assert columns[0].column == "b"
    assert "lie elsewhere" in columns[0].note
    assert columns[-1].column == "labels"
    for column in columns:
        for _, shares in column.shares:
            assert sum(shares) == pytest.approx(1)


def test_rows():
    shared = [g for g in drawn().rows if g.why.startswith("The same row")]
    assert [(row.split, row.row) for row in shared[0].rows] == [("train", 0), ("validation", 0)]


def test_predictions():
    made = drawn()
    assert made.confusion.split == "validation"
    assert made.confusion.counts.tolist() == np.diag(np.bincount(Y[200:].astype(int))).tolist()
    assert made.scatter is None
    half = made.thresholds.thresholds.index(min(made.thresholds.thresholds, key=lambda t: abs(t - 0.5)))
    assert made.thresholds.precision[half] > 0.95


def test_a_regression_is_scattered():
    made = training()
    model = replace(made.model, losses=(LossFacts("y", "mse", "mse"),), outputs=())
    found = drawn(replace(made, model=model))
    assert found.confusion is None
    assert found.thresholds is None
    assert len(found.scatter.labels) == 100


def test_layers_and_source():
    made = drawn()
    assert [(layer.name, layer.guilty) for layer in made.layers] == [("dense", BLAMED.message), ("dense_1", "")]
    assert made.layers[0].detail == "1 unit, relu"
    assert made.sources[0].guilty == ((2, BLAMED.message),)


def test_nothing_recorded_nothing_drawn():
    assert pictures_of(Observation("train.py"), Diagnosis("train.py", 0)) == Pictures()
    empty = pictures_of(Observation("x.py", trainings=(Training(ModelFacts("m", "m", "Model")),)), Diagnosis("x.py", 0))
    assert empty == Pictures()


@pytest.mark.parametrize("odd", [np.array(["a", "b"] * 100, object), np.full((200, 2, 2), np.nan), np.zeros((0, 4))])
def test_odd_data_cost_no_report(odd):
    made = training()
    splits = {role: replace(s, x=(odd,), predicted_end=(odd,)) for role, s in made.splits.items()}
    found = drawn(replace(made, splits=splits))
    assert len(found.curves) == 4
    assert to_html(DIAGNOSIS, found)


def test_images_become_thumbnails():
    made = training()
    images = RANDOM.uniform(0, 1, (300, 16, 16, 1))
    splits = {r: replace(s, x=(images[: len(s.x[0])],)) for r, s in made.splits.items()}
    found = drawn(replace(made, splits=splits))
    assert found.rows[0].rows[0].image.dtype == np.uint8
    assert found.columns[0].column == "all input values"


def test_a_row_is_found_again_by_hashes_of_the_sample():
    made = training()
    apart = {"rows": np.arange(100) * 3, "n": 300}
    splits = {**made.splits, "validation": replace(made.splits["validation"], **apart)}
    shared = [g for g in drawn(replace(made, splits=splits)).rows if g.why.startswith("The same row")]
    assert [[(row.split, row.row) for row in g.rows] for g in shared] == [
        [("train", at), ("validation", 3 * at)] for at in range(3)
    ]


def test_rows_that_were_not_all_hashed_are_not_taken_for_others():
    made = training()
    known = made.splits["validation"]
    splits = {**made.splits, "validation": replace(known, n=300, hashes=np.r_[known.hashes, known.hashes])}
    assert not [g for g in drawn(replace(made, splits=splits)).rows if g.why.startswith("The same row")]
