"""What a model was trained on in earlier calls of `fit`, where its weights were carried on, beside what it judges now."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.measurement import Measurement


@dataclass(frozen=True)
class SomeRows:
    """Some of `n` rows given to Keras in one call: `x` (rows, columns) float32 of chosen columns, all inputs side by side;
    `y` (rows, outputs) float32 of the first target, None where none was given; `mean`, `spread` (columns,) of more rows; `hashes`
    (n,) uint64 of all rows, None where they are very many."""

    n: int
    x: np.ndarray
    y: np.ndarray | None
    mean: np.ndarray
    spread: np.ndarray
    hashes: np.ndarray | None = None


@dataclass(frozen=True)
class JudgedAfter:
    """Rows judged by `kind` (validation, evaluate, predict) after fit number `fit` of this model, with the rows of that
    fit, `own`, and of those before it whose weights were carried on, `earlier`. Fits of the same rows count as one."""

    fit: int
    kind: str
    judged: SomeRows
    own: SomeRows
    earlier: tuple[SomeRows, ...]
    location: Location | None = None


@dataclass(frozen=True)
class TrainedBefore(Measurement):
    """Rows judged after a later fit that an earlier fit of the same weights was trained on.

    Shares are scaled up from the rows that were kept: `before` of the `rows` judged rows in that one earlier fit which
    has most of them, `own` of them in the fit just done, `again` of the rows of the fit just done in the earlier one,
    `whole` of the earlier fit's rows among those judged now. `same_label`: share of the pairs with equal targets (of
    numbers, their correlation), None where no targets were given. `fits`: after how many fits half of the rows judged
    were rows of an earlier fit and not of its own.
    """

    kind: str
    fit: int
    rows: int
    before: float
    own: float
    again: float
    whole: float
    same_label: float | None = None
    fits: int = 1
    location: Location | None = None
