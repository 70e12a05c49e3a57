"""Groups of like rows are told from rows without groups, from classes and from combinations of a few levels."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits, make_blobs, make_classification

from traindx.probes.measure.clusters import clusters

ROWS, KNOWN = 1200, 900


def found(x: np.ndarray, y: np.ndarray) -> tuple[int, float] | None:
    """(groups, what the label of the nearest row loses without its group), of standardised rows."""
    x = x[:, x.std(axis=0) > 0]
    seen = clusters((x - x.mean(0)) / x.std(0), np.eye(int(y.max()) + 1)[y][:KNOWN], KNOWN)
    return None if seen is None else (seen.count, seen.lost)


def people(seed: int, persons: int, columns: int, spread: float) -> tuple[np.ndarray, np.ndarray]:
    """Rows of persons, each around a body of its own; the label is the person's, and only weakly in the columns."""
    rng = np.random.default_rng(seed)
    sick = rng.integers(0, 2, persons)
    body = rng.normal(0, 1, (persons, columns))
    body[:, :5] += 0.5 * (2 * sick[:, None] - 1)
    who = rng.permutation(np.repeat(np.arange(persons), ROWS // persons))
    return body[who] + rng.normal(0, spread, (len(who), columns)), sick[who]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("persons", "columns", "spread"), [(40, 24, 0.4), (120, 30, 0.45), (60, 16, 0.3)])
def test_persons_are_groups(seed: int, persons: int, columns: int, spread: float) -> None:
    seen = found(*people(seed, persons, columns, spread))
    assert seen is not None
    assert 0.7 * persons <= seen[0] <= 1.3 * persons
    assert seen[1] > 0.2


@pytest.mark.parametrize("seed", range(4))
def test_rows_without_groups_are_none(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(ROWS, 8))
    assert found(x, (x[:, 0] > 0).astype(int)) is None
    assert found(*make_classification(ROWS, 20, n_informative=8, n_clusters_per_class=3, random_state=seed)) is None


@pytest.mark.parametrize("seed", range(4))
def test_classes_are_no_groups(seed: int) -> None:
    assert found(*make_blobs(ROWS, 10, centers=8, random_state=seed)) is None
    data = load_digits()
    rows = np.random.default_rng(seed).permutation(len(data.data))[:ROWS]
    assert found(data.data[rows], data.target[rows]) is None


def test_combinations_of_levels_are_no_groups() -> None:
    rng = np.random.default_rng(1)
    answers = rng.integers(0, 2, (ROWS, 6))
    x = np.hstack([answers + rng.normal(0, 0.01, answers.shape), rng.normal(0, 0.05, (ROWS, 2))])
    assert found(x, answers[:, :3].sum(axis=1) % 2) is None
