"""Rows split again: by chance, or by chance within each class where the classes are spread otherwise over the splits."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from traindx.trials.recipe import Recipe, Rows
from traindx.trials.remedies.rows import split_again_alike


def tried(train: np.ndarray, held: np.ndarray) -> Recipe:
    rows = [Rows((np.arange(len(y), dtype=float)[:, None] + at,), (y,)) for at, y in ((0, train), (1000, held))]
    case: Any = SimpleNamespace(
        task="multi-class", splits={"train": SimpleNamespace(source="numpy"), "validation": object()}, training=SimpleNamespace(kind="fit")
    )
    made = split_again_alike(Recipe(case, *rows, (train, held), 32, 100))
    assert isinstance(made, Recipe)
    values = np.concatenate([made.train.x[0], made.held.x[0]])
    assert len(np.unique(values)) == len(values)
    assert 20 < (made.train.x[0] >= 1000).sum() < 80
    return made


def test_classes_spread_alike_are_split_by_chance():
    made = tried(np.arange(300) % 3, np.arange(60) % 3)
    assert made.patch == (("rows", "split-again"),)


def test_a_rare_class_stays_rare():
    train = np.array([0] * 140 + [1] * 140 + [2] * 20)
    made = tried(train, np.arange(60) % 3)
    assert np.bincount(made.train.y[0]).tolist() == [140, 140, 20]
    assert np.bincount(made.held.y[0]).tolist() == [20, 20, 20]
    assert made.patch is None
