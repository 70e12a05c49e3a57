"""Real data sets for the benchmarks: scikit-learn's bundled ones and files of the shared cases, where present."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

HOME = Path(os.environ.get("TRAINDX_DATA", "/work/shared/cases/data"))


class Real(NamedTuple):
    """A data set: inputs (n, ...), targets (n,), `table` or `image`, and whether targets are classes."""

    name: str
    x: np.ndarray
    y: np.ndarray
    kind: str
    classes: bool


def _bundled() -> Iterator[Real]:
    from sklearn import datasets

    for name in ("iris", "wine", "breast_cancer", "diabetes"):
        load = getattr(datasets, f"load_{name}")
        x, y = load(return_X_y=True, scaled=False) if name == "diabetes" else load(return_X_y=True)
        yield Real(name, x.astype(float), y, "table", name != "diabetes")
    x, y = datasets.load_digits(return_X_y=True)
    yield Real("digits", x.reshape(-1, 8, 8, 1), y, "image", True)


def _csv(file: str, target: int | str, classes: bool, skip: tuple[str, ...] = (), header: bool = False,
         rows: int = 6000) -> Callable[[], Real]:
    def load() -> Real:
        import pandas as pd

        frame = pd.read_csv(HOME / file, header=0 if header else None, na_values=["?", "NA", " ?"], skipinitialspace=True)
        frame = frame.dropna().sample(frac=1.0, random_state=0).head(rows)
        column = frame.columns[target] if isinstance(target, int) else target
        y = frame.pop(column)
        frame = frame.drop(columns=[c for c in frame.columns if str(c) in skip])
        x = pd.get_dummies(frame.astype({c: str for c in frame.columns if frame[c].dtype == object})).to_numpy(float)
        codes = pd.factorize(y, sort=True)[0] if classes else y.to_numpy(float)
        return Real(file.split(".")[0], x, np.asarray(codes), "table", classes)

    return load


_FILES: tuple[Callable[[], Real], ...] = (
    _csv("abalone.csv", -1, False), _csv("adult.csv", -1, True), _csv("banknote_authentication.csv", -1, True),
    _csv("boston_housing.csv", -1, False), _csv("california_housing.csv", "median_house_value", False, header=True),
    _csv("glass.csv", -1, True), _csv("ionosphere.csv", -1, True), _csv("mammography.csv", -1, True),
    _csv("phoneme.csv", -1, True), _csv("pima-indians-diabetes.csv", -1, True), _csv("sonar.csv", -1, True),
    _csv("wheat-seeds.csv", -1, True), _csv("winequality-red.csv", -1, True), _csv("winequality-white.csv", -1, False),
    _csv("creditcard_sample.csv", -1, True, ("Unnamed: 0",), header=True), _csv("penguins.csv", "species", True, header=True),
    _csv("auto-mpg.csv", 0, False, header=True), _csv("heart_train.csv", "chd", True, header=True),
    _csv("renewals.csv", "renewed", True, header=True),
    _csv("titanic.csv", "survived", True, ("alive", "class", "who", "adult_male", "deck", "embark_town"), header=True),
)  # fmt: skip


def _pictures() -> Iterator[Real]:
    z = np.load(HOME / "mnist.npz")
    yield Real("mnist", z["x_train"][:4000, ..., None].astype(float), z["y_train"][:4000], "image", True)
    z = np.load(HOME / "fashion_mnist_900.npz")
    yield Real("fashion", z["x"][..., None].astype(float), z["y"], "image", True)
    z = np.load(HOME / "cifar10_small.npz")
    yield Real("cifar10", z["x_train"][:4000].astype(float), z["y_train"][:4000], "image", True)


def real_sets() -> list[Real]:
    """All sets that this machine has."""
    found = list(_bundled())
    if HOME.is_dir():
        found += [load() for load in _FILES] + list(_pictures())
    return found
