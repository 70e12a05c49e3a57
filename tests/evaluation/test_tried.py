"""Why an evaluation trial has no answer, as the report tells it."""

import numpy as np
import pytest

from traindx.facts.evaluation import EvaluationTrials
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import MetricFacts, ModelFacts, Observation, Split, Training
from traindx.probes.measure.eval_loss import row_weights
from traindx.probes.measure.eval_metric import metrics_on_trial
from traindx.probes.measure.tried import LONGEST, untried

ROWS = {"train": Split("train", (np.zeros((4, 2)),))}
MODEL = ModelFacts("m", "m", "Sequential")
NODE = "the loss could not be tried: InvalidArgumentError: {{function_node __wrapped__Sparse/device:CPU:0}} label\n value 3"


def why(notes=(), model=MODEL, splits=ROWS, tried=True):
    trials = EvaluationTrials(notes=tuple(notes)) if tried else None
    return untried(Training(model, splits=splits, evaluation=trials), "the loss", "otherwise").why


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "otherwise"),
        ({"notes": ["no time was left to try the loss"]}, "no time was left to try the loss"),
        ({"notes": ["no time was left to try the loss on held-out rows"]}, "otherwise"),
        ({"notes": [NODE]}, "the loss could not be tried: InvalidArgumentError: label value 3"),
        ({"splits": {}}, "no training rows could be kept to try it on"),
        ({"tried": False}, "the model could not be replayed after the run"),
        ({"model": ModelFacts("m", "?", "gone")}, "the program had thrown the model away before its end"),
    ],
)
def test_the_nearest_reason_is_told(given, told):
    assert why(**given) == told


def test_long_exceptions_are_cut():
    assert len(why(["the loss could not be tried: " + "x" * 500])) == LONGEST


def test_what_the_program_does_not_use_does_not_apply():
    plain = Training(MODEL, splits=ROWS, evaluation=EvaluationTrials())
    assert isinstance(metrics_on_trial(plain, Observation("x")), NotApplicable)
    assert isinstance(row_weights(plain, Observation("x")), NotApplicable)
    measured = Training(ModelFacts("m", "m", "Sequential", metrics=(MetricFacts("a", "accuracy"),)), splits=ROWS)
    assert isinstance(metrics_on_trial(measured, Observation("x")), NotMeasured)
