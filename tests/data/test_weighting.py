"""What rows weigh in the loss, and whether that makes up for rare classes."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.facts.observation import CallFacts, LossFacts, ModelFacts, Split, Training
from traindx.probes.callfacts import settings
from traindx.probes.measure.data_view import view_of
from traindx.probes.measure.weighting import class_weights, weighed_up

LABELS = np.repeat([0, 1], [380, 20])
RARE = np.array([False, True])


def training(given: object = None, rows: np.ndarray | None = None) -> Training:
    x = np.random.default_rng(0).normal(size=(400, 3)).astype("float32")
    call = CallFacts("fit", "model0", 0, settings=settings({"class_weight": given}, "numpy"))
    train = Split("train", (x,), (LABELS,), n=400, sample_weight=rows)
    model = ModelFacts("model0", "model0", "Sequential", losses=(LossFacts(None, "bce", "bce"),))
    return Training(model, (call,), {"train": train})


@pytest.mark.parametrize(
    ("given", "rows", "even"),
    [
        ({0: 0.53, 1: 10.0}, None, True),
        ({0: 0.95, 1: 0.05}, None, False),  # the wrong way round
        ({0: 1.0}, None, False),
        (None, np.where(LABELS == 1, 19.0, 1.0), True),
        (None, np.ones(400), False),
        (None, None, False),
    ],
)
def test_weights_that_make_up_for_a_rare_class(given: object, rows: np.ndarray | None, even: bool) -> None:
    made = training(given, rows)
    assert weighed_up(view_of(made), made, RARE) is even


def test_class_weights_are_read_back() -> None:
    assert class_weights(training({0: 0.0, np.int64(1): np.float32(2.5)})) == {0: 0.0, 1: 2.5}
    assert class_weights(training("balanced")) == {}
