"""Classes renamed between splits, and classes that only look so."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from traindx.facts.observation import LossFacts, ModelFacts, OutputFacts, Split
from traindx.trials.experiments.label_encoding import rename_classes
from traindx.trials.shown import Shown

MODEL = ModelFacts("m", "m", "Model", outputs=(OutputFacts("y", "y", "softmax", 3, (3,)),), losses=(LossFacts("y", "scce", "scce"),))


def tried(labels: np.ndarray, predicted: np.ndarray) -> Shown:
    split = Split("validation", (np.zeros((len(labels), 1)),), (labels,), predicted_end=(np.eye(3)[predicted],))
    case = SimpleNamespace(splits={"validation": split}, task="multi-class", model=MODEL)
    world: Any = SimpleNamespace(base=SimpleNamespace(case=case, patched_data=lambda what, value: ((what, value),)))
    found = rename_classes(world, None)
    assert isinstance(found, Shown)
    return found


def test_renamed_classes_are_confirmed_with_the_names_to_give_back():
    truth = np.random.default_rng(0).integers(0, 3, 200)
    found = tried(np.array([1, 2, 0])[truth], truth)
    assert found.verdict == "confirmed"
    assert found.patch == (("held", "rename:validation:2, 0, 1"),)


def test_one_hot_columns_are_put_back():
    truth = np.random.default_rng(0).integers(0, 3, 200)
    assert tried(np.eye(3)[np.array([1, 2, 0])[truth]], truth).patch == (("held", "exchange:validation:1, 2, 0"),)


def test_a_class_that_training_never_saw_is_no_renaming():
    assert tried(np.full(200, 2), np.full(200, 1)).verdict == "inconclusive"


def test_a_model_that_guesses_one_class_is_no_renaming():
    truth = np.random.default_rng(0).choice(3, 200, p=[0.1, 0.2, 0.7])
    assert tried(truth, np.zeros(200, int)).verdict == "inconclusive"
