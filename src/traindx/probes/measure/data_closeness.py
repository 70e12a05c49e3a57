"""Features in which distance means that rows are alike, and the held-out split that is compared with the training rows."""

from __future__ import annotations

import numpy as np

from traindx.probes.measure.data_columns import many_valued
from traindx.probes.measure.data_features import small_pictures
from traindx.probes.measure.data_learn import Scaling
from traindx.probes.measure.data_view import View, flat

HELD = ("validation", "test")
QUERIES, KNOWN = 300, 3000
"""Held-out rows that are looked up, and training rows among which."""


def held_role(view: View) -> str | None:
    """The first held-out split of which the sample has 15 rows, None where no split has."""
    roles = [r for r in HELD if r in view.sheets and view.sheets[r].n >= 15]
    return roles[0] if roles else None


def closeness_features(view: View, role: str) -> np.ndarray:
    """(n, d) float32 in which distance means likeness: pictures at 16 x 16, a table's many-valued columns standardised."""

    def make() -> np.ndarray:
        table = view.sheets[role].table
        if view.image_shape is not None:
            pictures = table.reshape(-1, *view.image_shape)
            return flat(small_pictures(pictures, 16)) if pictures[0].size > 1024 else table
        if view.kind in ("text", "tokens"):
            return view.features(role).astype(np.float32)
        train = view.sheets["train"].table
        rich = view.once("rich", lambda: _telling(train))
        scaling = view.once("closeness", lambda: Scaling.of(train[:, rich].astype(float)))
        return scaling(table[:, rich].astype(float), clip=50.0).astype(np.float32)

    return view.once(f"closeness {role}", make)


def line_features(view: View, role: str) -> np.ndarray:
    """(n, d) in which rows between two others lie on a line: every column that varies, standardised."""
    if view.image_shape is not None or view.kind in ("text", "tokens"):
        return closeness_features(view, role)
    train = view.sheets["train"].table
    scaling = view.once("line", lambda: Scaling.of(train.astype(float)))
    return scaling(view.sheets[role].table.astype(float), clip=1e6)


def _telling(train: np.ndarray) -> np.ndarray:
    """Columns with many values where there are at least 4, else all that vary: few columns cannot tell rows apart."""
    rich = many_valued(train)
    return rich if rich.sum() >= 4 else train.std(0) > 0
