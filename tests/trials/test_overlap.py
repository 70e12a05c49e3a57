"""The score without overlapping rows needs to know which row is which: hashes of all rows, or of just the sample."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from traindx.facts.observation import LossFacts, ModelFacts, OutputFacts, Split
from traindx.trials.experiments.split_overlap import score_without_overlap
from traindx.trials.recipe import NotTestable, Recipe, Rows
from traindx.trials.remedies.overlap import without_held_rows
from traindx.trials.shown import Shown

KNOWN, FRESH = np.arange(60), np.arange(100, 160)
MODEL = ModelFacts("m", "m", "Model", outputs=(OutputFacts("y", "y", "sigmoid", 1, (1,)),), losses=(LossFacts("y", "bce", "bce"),))


def splits() -> tuple[Split, Split]:
    """Training rows 0 to 99; held out are 60 of them, predicted rightly, and 60 others, guessed. 240 rows, each second sampled."""
    train = Split("train", (np.zeros((100, 1)),), n=100, hashes=np.arange(100, dtype=np.uint64))
    ids = np.concatenate([KNOWN, FRESH])
    truth = ids % 2
    guess = np.where(ids < 100, truth, (ids // 2) % 2).astype(float)
    hashes = np.repeat(ids, 2).astype(np.uint64)
    hashes[1::2] = 0  # rows that were not sampled
    rows = np.arange(0, 240, 2)
    held = Split("validation", (np.zeros((120, 1)),), (truth,), rows=rows, n=240, hashes=hashes, predicted_end=(guess,))
    return train, held


def tried(train: Split, held: Split) -> Shown | NotTestable:
    case = SimpleNamespace(splits={"train": train, "validation": held}, task="binary", model=MODEL)
    world: Any = SimpleNamespace(base=SimpleNamespace(case=case, patched_data=lambda what, value: ((what, value),)))
    return score_without_overlap(world, None)


def test_the_score_falls_on_rows_that_training_never_saw():
    found = tried(*splits())
    assert isinstance(found, Shown)
    assert found.verdict == "confirmed"
    assert found.patch == (("held", "unseen:validation"),)
    assert found.change == "validation rows that stand in training left out (60 of 120)"
    assert abs(found.after[0]) < 0.1 < found.before[0]


def test_hashes_of_the_sample_alone_are_its_own():
    train, held = splits()
    assert tried(train, replace(held, hashes=held.sampled_hashes)) == tried(train, held)


def test_positions_are_not_looked_up_in_hashes_of_other_rows():
    train, held = splits()
    assert isinstance(tried(train, replace(held, hashes=held.hashes[:239])), NotTestable)


def test_no_row_is_free_of_overlap_where_training_rows_are_unknown():
    train, held = splits()
    assert isinstance(tried(replace(train, hashes=train.hashes[:50]), held), NotTestable)


def without(train: np.ndarray, held: np.ndarray) -> Any:
    rows = [Rows((x[:, None].astype(float),), (x % 2,)) for x in (train, held)]
    case: Any = SimpleNamespace(
        splits={"train": SimpleNamespace(source="numpy"), "validation": object()}, training=SimpleNamespace(kind="fit")
    )
    return without_held_rows(Recipe(case, *rows, (train % 2, held % 2), 32, 100))


def test_training_rows_that_are_held_out_too_leave_the_training():
    made = without(np.arange(100), np.arange(70, 120))
    assert made.train.x[0].ravel().tolist() == list(range(70))
    assert made.falls
    assert made.patch == (("rows", "not-held"),)


def test_nothing_is_left_out_where_too_little_would_stay_or_nothing_is_shared():
    assert isinstance(without(np.arange(100), np.arange(40, 120)), NotTestable)
    assert isinstance(without(np.arange(100), np.arange(100, 150)), NotTestable)
