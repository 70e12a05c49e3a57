"""What a linear autoencoder reaches where a network is to give its inputs back."""

from __future__ import annotations

import math

import numpy as np

from traindx.facts.findings import NotMeasured
from traindx.facts.observation import Split
from traindx.facts.outcome import Baseline
from traindx.facts.skill import numeric, regression_skill
from traindx.facts.training import Structure

MOST_ROWS = 1500
MOST_COLUMNS = 400


def rebuilt(built: Structure | NotMeasured, train: Split, rng: np.random.Generator) -> Baseline | NotMeasured:
    """What as many principal components as the narrowest layer has units explain of the inputs, out of fold.

    A linear autoencoder of that width learns their span (Baldi and Hornik 1989), so a network that misses much of it has
    not trained; a narrow code is no fault by itself. Rows of more than one axis are left alone: their code has no width.
    """
    y = numeric(train.y[0][:MOST_ROWS])
    if isinstance(built, NotMeasured) or not built.narrowest or y is None or y.ndim != 2 or len(train.x) != 1:
        return NotMeasured("no dense code between inputs and outputs was seen")
    y = np.unique(y[np.isfinite(y).all(axis=1)], axis=0)
    if len(y) < max(20, 3 * built.narrowest):
        return NotMeasured("there are too few rows for principal components")
    y = y[:, rng.permutation(y.shape[1])[:MOST_COLUMNS]]
    folds, out = rng.permutation(len(y)) % 5, np.zeros_like(y)
    for fold in range(5):
        new, old = folds == fold, folds != fold
        out[new] = components(y[old], y[new], built.narrowest)
    return Baseline(linear=regression_skill(out, y), rows=len(y), noise=1 / math.sqrt(len(y)))


def components(x: np.ndarray, x_new: np.ndarray, k: int) -> np.ndarray:
    """New rows projected on the first k principal components of x, (new rows, columns)."""
    mean = x.mean(axis=0)
    axes = np.linalg.eigh((x - mean).T @ (x - mean))[1][:, -k:]
    return mean + (x_new - mean) @ axes @ axes.T
