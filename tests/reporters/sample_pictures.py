"""Pictures as a real run would give them, built from a fixed seed; and far too large and hostile ones."""

from __future__ import annotations

import math

import numpy as np

from reporters.samples import EVIL, SOURCE
from traindx.facts.pictures import (
    ColumnPicture,
    Confusion,
    CurvePicture,
    Event,
    HeatMap,
    LayerPicture,
    Line,
    Pictures,
    RowGroup,
    RowPicture,
    Scatter,
    SourcePicture,
    ThresholdSweep,
)


def realistic() -> Pictures:
    """A digit classifier with a dead block, overfitting and rows in both splits."""
    random = np.random.default_rng(7)
    return Pictures(
        curves=_curves(random),
        heat_maps=_heat_maps(random),
        columns=_columns(random),
        rows=_rows(random),
        confusion=_confusion(random),
        scatter=_scatter(random),
        thresholds=_thresholds(),
        layers=(
            LayerPicture("input", "InputLayer", shape="28 x 28 x 1"),
            LayerPicture("conv2d", "Conv2D", "32 filters 3 x 3, relu", "26 x 26 x 32", 320),
            LayerPicture("flatten", "Flatten", "", "21632"),
            LayerPicture("dense", "Dense", "64 units, relu", "64", 1384512, "98 % of its units are zero for every row"),
            LayerPicture("dense_1", "Dense", "1 unit, softmax", "1", 65, "always gives 1.0"),
        ),
        sources=(SourcePicture("train.py", tuple(SOURCE), ((7, "softmax over one unit is always 1.0"),)),),
    )


def _curves(random: np.random.Generator) -> tuple[CurvePicture, ...]:
    epochs = tuple(float(e) for e in range(1, 31))
    falling = tuple(0.6 * math.exp(-e / 8) + 0.02 + float(random.normal(0, 0.004)) for e in epochs)
    rising = tuple(0.65 * math.exp(-e / 5) + 0.2 + 0.009 * e + float(random.normal(0, 0.01)) for e in epochs)
    events = (Event(8, "best validation loss"), Event(22, "learning rate 1e-3 to 1e-4"))
    steps = tuple(float(s) for s in range(0, 4000, 4))
    jumping = tuple(float(2.3 * math.exp(-s / 900) + abs(random.normal(0, 0.2))) for s in steps)
    broken = (*jumping[:600], *(math.nan,) * 400)
    return (
        CurvePicture("loss", (Line("training", epochs, falling), Line("validation", epochs, rising)), events=events),
        CurvePicture(
            "accuracy",
            (
                Line("training", epochs, tuple(1 - v / 1.2 for v in falling)),
                Line("validation", epochs, tuple(1 - v / 1.2 for v in rising)),
            ),
        ),
        CurvePicture("loss per step", (Line("training", steps, broken),), "step", (Event(2400, "first NaN"),)),
        CurvePicture("learning_rate", (Line("learning rate", epochs, tuple(10.0 ** -(1 + e // 6) for e in epochs)),)),
    )


def _heat_maps(random: np.random.Generator) -> tuple[HeatMap, ...]:
    names = ("conv2d", "conv2d_1", "batch_norm", "a_layer_with_a_very_long_name_indeed", "dense", "dense_1")
    steps = tuple(range(0, 4000, 50))
    depth = np.arange(len(names))[:, None]
    norms = 10.0 ** (-6 + depth * 1.1 + random.normal(0, 0.2, (len(names), len(steps))))
    norms[:, 60:] = np.nan
    dead = np.clip(np.linspace(0, 1, len(steps))[None] * (depth == 4) + random.uniform(0, 0.1, norms.shape), 0, 1)
    return (
        HeatMap("gradient_norm", names, steps, norms, ("conv2d",)),
        HeatMap("update_ratio", names, steps, np.nan_to_num(norms, nan=1e-3) / 10, ("conv2d",)),
        HeatMap("dead_units", names, steps, dead, ("dense",)),
    )


def _columns(random: np.random.Generator) -> tuple[ColumnPicture, ...]:
    made = []
    for name, shift, note in (
        ("income", 3.0, "shifted by 2.1 spreads in test"),
        ("age", 0.4, "shifted by 0.3 spreads in test"),
        ("label", 0.0, ""),
    ):
        splits = {s: random.normal(by, 1, 3000) for s, by in (("train", 0), ("validation", 0.05), ("test", shift))}
        edges = np.histogram_bin_edges(np.concatenate(list(splits.values())), 24)
        shares = tuple((s, tuple((np.histogram(v, edges)[0] / v.size).tolist())) for s, v in splits.items())
        made.append(ColumnPicture(name, tuple(edges.tolist()), shares, note))
    return tuple(made)


def _rows(random: np.random.Generator) -> tuple[RowGroup, ...]:
    digit = np.zeros((28, 28), np.uint8)
    digit[4:24, 12:16] = 230
    noisy = np.clip(digit + random.normal(0, 30, digit.shape), 0, 255).astype(np.uint8)
    colour = random.integers(0, 255, (32, 32, 3), np.uint8)
    values = (("income", "41000"), ("age", "37"), ("region", "north"))
    return (
        RowGroup(
            "Equal images in training and validation",
            (RowPicture("train", 14, "1", image=digit), RowPicture("validation", 3, "1", "1", digit)),
        ),
        RowGroup("Labels that disagree with their neighbours", (RowPicture("train", 88, "7", "1", noisy),) * 2),
        RowGroup("Colour images without structure", (RowPicture("train", 5, "cat", "dog", colour),)),
        RowGroup(
            "Equal rows with different labels",
            (RowPicture("train", 7, "0", values=values), RowPicture("train", 901, "1", values=values)),
        ),
    )


def _confusion(random: np.random.Generator) -> Confusion:
    counts = random.integers(0, 4, (10, 10)) + np.diag(random.integers(60, 100, 10))
    counts[3, 8], counts[3, 3] = 70, 12
    return Confusion("validation", tuple(map(str, range(10))), counts)


def _scatter(random: np.random.Generator) -> Scatter:
    labels = random.normal(50, 20, 900)
    predicted = 50 + 0.2 * (labels - 50) + random.normal(0, 3, 900)
    return Scatter("validation", tuple(labels.tolist()), tuple(predicted.tolist()))


def _thresholds() -> ThresholdSweep:
    at = np.linspace(0.01, 0.99, 50)
    return ThresholdSweep(
        "validation", tuple(at.tolist()), tuple((0.2 + 0.75 * at).tolist()), tuple((1 - at**0.4).tolist()), 0.5
    )


def enormous() -> Pictures:
    """Far more of everything than anyone can look at."""
    random = np.random.default_rng(1)
    steps = tuple(float(s) for s in range(100_000))
    noise = tuple(random.normal(0, 1, 100_000).tolist())
    layers = tuple(f"block{i}_convolution_{'x' * 50}" for i in range(400))
    image = random.integers(0, 255, (512, 512, 3), np.uint8)
    edges = tuple(float(e) for e in range(65))
    shares = tuple((s, (1 / 64,) * 64) for s in ("train", "validation", "test"))
    long = "x = 1  # " + "y" * 5000
    return Pictures(
        curves=tuple(CurvePicture(f"metric {i}", (Line("training", steps, noise),) * 2, "step") for i in range(30)),
        heat_maps=tuple(
            HeatMap(q, layers, tuple(range(2000)), random.lognormal(0, 3, (400, 2000)), layers[:3])
            for q in ("gradient_norm", "update_ratio", "dead_units")
        ),
        columns=tuple(ColumnPicture(f"column {i}", edges, shares) for i in range(3000)),
        rows=tuple(RowGroup(f"group {i}", (RowPicture("train", i, image=image),) * 30) for i in range(100)),
        confusion=Confusion("test", tuple(f"class {i}" for i in range(1000)), random.integers(0, 9, (1000, 1000))),
        scatter=Scatter("test", noise, noise),
        thresholds=ThresholdSweep("test", noise[:5000], noise[:5000], noise[:5000]),
        layers=tuple(LayerPicture(n, "Conv2D", guilty="odd" if i % 7 == 0 else "") for i, n in enumerate(layers)),
        sources=(SourcePicture("big.py", (long,) * 50_000, tuple((i, "odd") for i in range(1, 50_000, 50))),) * 10,
    )


def hostile() -> Pictures:
    """Every name tries to run code."""
    line = Line(EVIL, (1.0, 2.0), (0.1, math.inf))
    return Pictures(
        curves=(CurvePicture(EVIL, (line,), EVIL, (Event(1, EVIL),)),),
        heat_maps=(HeatMap(EVIL, (EVIL,), (0, 1), np.array([[math.nan, 1.0]]), (EVIL,)),),
        columns=(ColumnPicture(EVIL, (0.0, 0.0), ((EVIL, (1.0,)),), EVIL),),
        rows=(RowGroup(EVIL, (RowPicture(EVIL, 1, EVIL, EVIL, np.zeros((2, 2), np.uint8), ((EVIL, EVIL),)),)),),
        confusion=Confusion(EVIL, (EVIL, EVIL), np.zeros((2, 2), int)),
        scatter=Scatter(EVIL, (math.nan,), (1.0,)),
        thresholds=ThresholdSweep(EVIL, (0.5,), (0.0,), (0.0,)),
        layers=(LayerPicture(EVIL, EVIL, EVIL, EVIL, 1, EVIL),),
        sources=(SourcePicture(EVIL, (EVIL,), ((1, EVIL),)),),
    )


PICTURES = {"realistic": realistic, "enormous": enormous, "hostile": hostile}
