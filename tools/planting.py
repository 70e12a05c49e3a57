"""What planted faults share: a case, and whether the fault costs a model anything or could be honest chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

Rng = np.random.Generator


@dataclass(frozen=True)
class Case:
    """Splits with targets; `expect` must stand in the message of the finding, `columns` are the inputs' names."""

    name: str
    splits: dict[str, tuple[Any, Any]]
    classes: bool | None
    expect: str = ""
    columns: tuple[str, ...] = ()


def _with(case: Case, x: Any = None, y: Any = None, train: tuple[Any, Any] | None = None, expect: str = "") -> Case:
    a, b = case.splits["train"], case.splits["test"]
    b = (b[0] if x is None else x, b[1] if y is None else y)
    return replace(case, splits={"train": train or a, "test": b}, expect=expect)


def _parts(case: Case) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    (a, ya), (b, yb) = case.splits["train"], case.splits["test"]
    return a, ya, b, yb


def _rich(x: np.ndarray) -> np.ndarray:
    return np.array([j for j in range(x.shape[1]) if len(np.unique(x[:, j])) > 20])


def hurts(before: Case, after: Case, least: float = 0.05) -> bool:
    """Whether a forest or a linear model loses `least` of accuracy (or R2) on the held-out rows by the fault."""
    from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    drops = []
    for forest in (True, False):
        scores = []
        for case in (before, after):
            a, ya, b, yb = _parts(case)
            plain: Any = (ExtraTreesClassifier if case.classes else ExtraTreesRegressor)(40, random_state=0)
            linear = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000) if case.classes else Ridge())
            model = (plain if forest else linear).fit(a.reshape(len(a), -1)[:2000], ya[:2000])
            scores.append(model.score(b.reshape(len(b), -1)[:1000], yb[:1000]))
        drops.append(max(scores[0], 0.0) - max(scores[1], 0.0))
    return max(drops) >= least


def harmful(plant: Callable[..., Case | None]) -> Callable[..., Case | None]:
    """The fault where it costs a model something: a mirror on textures or two exchanged like columns may not."""

    def planted(case: Case, rng: Rng, real: Any) -> Case | None:
        made = plant(case, rng, real)
        return made if made is not None and hurts(case, made) else None

    return planted


def beyond_chance(x: np.ndarray, copied: int, share: float) -> bool:
    """Whether honest repetition could not explain so many parted pairs: chance below 1 in a million (binomial tail).

    Each pair of equal rows of the whole set is parted by a random split with 2 p (1 - p); so would be copied rows if
    they were honest. Fewer copies than that cannot be told from honest ones (at 1 in 1000 with certainty), nor fewer
    than six in data without any repetition; they are not counted.
    """
    from scipy.stats import binom

    counts = np.unique(x.reshape(len(x), -1).astype(np.float32), axis=0, return_counts=True)[1]
    honest = int((counts - 1).sum())
    parted = 2 * share * (1 - share)
    return bool(binom.sf(copied + round(honest * parted) - 1, copied + honest, parted) < (1e-6 if honest else 0.02))
