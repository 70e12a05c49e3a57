"""Labels that one class lacks in training, told from a class that is merely rarer."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.facts.data_labels import OneSidedLabels
from traindx.facts.observation import LossFacts, ModelFacts, Observation, OutputFacts, Split, Training
from traindx.probes.measure.data_one_sided import one_sided_labels

RUN = Observation("train.py")


def labels(kind: str) -> OneSidedLabels:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(3000, 6)).astype("float32")
    y = (x[:, 0] + x[:, 1] + 0.3 * rng.normal(size=3000) > 0).astype(int)
    train, held = np.arange(2000), np.arange(2000, 3000)
    if kind == "missing":
        y[train] *= rng.random(2000) < 0.45
    if kind == "rarer":
        train = train[(y[train] == 0) | (rng.random(2000) < 0.3)]
    splits = {r: Split(r, (x[at],), (y[at],), n=len(at)) for r, at in (("train", train), ("validation", held))}
    head = OutputFacts("out", "out", "sigmoid", 1, (1,))
    model = ModelFacts("m", "m", "Sequential", outputs=(head,), losses=(LossFacts("out", "bce", "bce"),))
    made = one_sided_labels(Training(model, splits=splits), RUN)
    assert isinstance(made, OneSidedLabels)
    return made


@pytest.mark.parametrize(("kind", "low", "high"), [("missing", 0.3, 0.6), ("rarer", 0.9, 1.0), ("whole", 0.9, 1.0)])
def test_share_of_the_surest_rows_of_a_class_that_bear_its_label(kind: str, low: float, high: float) -> None:
    made = labels(kind)
    assert low <= made.kept <= high
    assert made.expected > 0.9
    assert made.others < 0.1
