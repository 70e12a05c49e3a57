"""Two runs compared: what differs, where they part, and how it is told."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from reporters.snapshots import same_as_snapshot
from traindx.diagnosis.compare import compare
from traindx.facts.comparison import Part
from traindx.facts.findings import Location
from traindx.facts.observation import (
    CallFacts,
    Curve,
    LayerFacts,
    LossFacts,
    ModelFacts,
    Observation,
    OptimizerFacts,
    Replay,
    Split,
    Training,
    VariableState,
)
from traindx.reporters.compare import render, to_html, to_json

RANDOM = np.random.default_rng(3)
X = RANDOM.normal(0, 1, (200, 3))
Y = (X[:, 0] > 0).astype(float)
STEPS = tuple((s, 2.0 * math.exp(-s / 100)) for s in range(400))


def training() -> Training:
    """A small model that learns."""
    model = ModelFacts(
        "m",
        "sequential",
        "Sequential",
        (
            LayerFacts("dense", "Dense", "relu", 64, location=Location("train.py", 6)),
            LayerFacts("dense_1", "Dense", "sigmoid", 1, location=Location("train.py", 7)),
        ),
        losses=(LossFacts("", "bce", "binary_crossentropy"),),
        optimizer=OptimizerFacts("Adam", 1e-3, location=Location("train.py", 9)),
        compile_location=Location("train.py", 9),
    )
    split = Split("train", (X,), (Y,), n=200, hashes=np.arange(200, dtype=np.uint64), rows=np.arange(200))
    curve = Curve({"loss": (0.7, 0.4, 0.2), "accuracy": (0.5, 0.8, 0.9)}, STEPS, 400, asked_epochs=3)
    start = Replay("start", 32, 0.7, 0.0, 0.7, variables=(VariableState("dense/kernel", "dense", (3, 64), 1.0, 0.5),))
    call = CallFacts("fit", "m", 0, Location("train.py", 10), {"epochs": 3, "batch_size": 32})
    return Training(model, (call,), {"train": split}, curve, start)


def run(made: Training, program: str = "train.py") -> Observation:
    """One observed run."""
    return Observation(program, trainings=(made,), versions={"keras": "3.15.1"})


def whats(comparison, part=None):
    return [d.what for d in comparison.differences if part in (None, d.part)]


def test_a_run_does_not_differ_from_itself():
    found = compare(run(training()), run(training()))
    assert found.differences == ()
    assert found.parting is None
    assert "do not differ" in render(found, width=80, color=False)


def faulty() -> Observation:
    """The same program with another activation and learning rate, and unscaled inputs."""
    made = training()
    layers = (made.model.layers[0], replace(made.model.layers[1], activation="softmax"))
    optimizer = replace(made.model.optimizer, learning_rate=1.0)
    split = replace(made.splits["train"], x=(X * [1, 1, 1000],), hashes=np.arange(50, 250, dtype=np.uint64))
    steps = STEPS[:40] + tuple((s, 2.3) for s in range(40, 390)) + tuple((s, math.nan) for s in range(390, 400))
    curve = replace(
        made.curve, epochs={"loss": (0.7, 2.3, math.nan), "accuracy": (0.5,) * 3}, step_loss=steps, first_bad_step=390
    )
    call = replace(made.calls[0], settings={"epochs": 3, "batch_size": 1})
    start = replace(made.start, variables=(replace(made.start.variables[0], gradient_norm=900.0),))
    model = replace(made.model, layers=layers, optimizer=optimizer)
    made = replace(made, model=model, calls=(call,), splits={"train": split}, curve=curve, start=start)
    return run(made, "train_broken.py")


def test_what_differs_and_where_it_stands():
    found = compare(run(training()), faulty())
    program = {d.what: d for d in found.of(Part.PROGRAM)}
    assert program["layer dense_1 activation"].location == Location("train.py", 7)
    assert (program["optimizer learning rate"].good, program["optimizer learning rate"].bad) == (1e-3, 1.0)
    assert "fit batch_size" in program
    assert "train rows that stand in the good run too" in whats(found, Part.DATA)
    assert "train input spread" in whats(found, Part.DATA)
    assert "gradient norm of dense/kernel at the start" in whats(found, Part.DYNAMICS)
    assert "first step with a loss that is not finite" in whats(found, Part.DYNAMICS)


def test_runs_with_the_same_seed_part_at_the_first_unequal_step():
    parting = compare(run(training()), faulty()).parting
    assert (parting.unit, parting.at, parting.equal_before) == ("step", 40, True)


def noisy(seed, change_at=None):
    noise = np.random.default_rng(seed).normal(0, 0.02, 400)
    losses = [(s, v + noise[s] + (0.5 if change_at is not None and s >= change_at else 0)) for s, v in STEPS]
    return run(replace(training(), curve=Curve(step_loss=tuple(losses), steps=400)))


def test_other_seeds_part_where_the_distance_stays():
    parting = compare(noisy(1), noisy(2, change_at=200)).parting
    assert not parting.equal_before
    assert 190 <= parting.at <= 205


@pytest.mark.parametrize("seed", range(2, 12))
def test_noise_is_no_parting(seed):
    assert compare(noisy(1), noisy(seed)).parting is None


def test_epochs_where_there_are_no_steps():
    runs = [run(replace(training(), curve=Curve(epochs={"loss": v}))) for v in ((1.0, 0.5, 0.2), (1.0, 0.5, math.nan))]
    parting = compare(*runs).parting
    assert (parting.unit, parting.at, parting.quantity) == ("epoch", 2, "loss")


def test_layers_added_and_taken_away():
    made = training()
    model = replace(made.model, layers=(*made.model.layers[:1], LayerFacts("drop", "Dropout"), made.model.layers[1]))
    found = compare(run(made), run(replace(made, model=model)))
    (extra,) = (d for d in found.differences if d.what == "layer drop")
    assert (extra.good, extra.bad) == (None, "Dropout")


def test_a_run_without_training_is_said():
    assert compare(run(training()), Observation("x.py")).notes == ("The bad run recorded no training.",)


@pytest.mark.parametrize("width", [80, 120])
def test_whole_text(width):
    same_as_snapshot(f"compare-{width}.txt", render(compare(run(training()), faulty()), width=width))


def test_json_is_strict():
    json.dumps(to_json(compare(run(training()), faulty())), allow_nan=False)


def test_html_is_one_small_file():
    page = to_html(compare(run(training()), faulty()))
    assert page.count("<figure") == 3
    assert "part at step 40" in page
    assert len(page) < 200_000
