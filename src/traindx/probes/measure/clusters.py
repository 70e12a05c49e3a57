"""Groups of like rows without a column that names them: the pieces into which a minimum spanning tree falls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from traindx.probes.measure.data_learn import squares

LEAST, LARGEST = 10, 0.06
"""Groups there must be, and the share of the rows that one of them may hold: fewer or larger ones are classes."""
GATHERED, TOGETHER = 0.8, 3
"""Share of the rows that must stand in groups of so many: rows without groups leave one large piece and single rows."""
LEVELS = 4
"""Values of a column, such as yes and no, whose combinations are no persons."""
CUTS = 24
"""Numbers of groups that are tried, from `LEAST` to a third of the rows, each a fifth above the last."""


@dataclass(frozen=True)
class Clusters:
    """`which`: (n,) group of each row; `lost`: how much more often the nearest row of another group is wrong about the
    label than the nearest row at all, in units of what chance is wrong."""

    which: np.ndarray
    count: int
    lost: float


def clusters(rows: np.ndarray, coded: np.ndarray, known: int) -> Clusters | None:
    """Groups among (n, d) `rows`, of which the first `known` have targets `coded` (known, k); None where there are none."""
    apart = np.sqrt(squares(rows, rows))
    lengths, parents = _spanning_tree(apart)
    which = _cut(lengths, parents)
    if which is None or _combined(rows, which):
        return None
    own = apart[:known, :known].copy()
    np.fill_diagonal(own, np.inf)
    error = _wrong(own, coded)
    own[which[:known, None] == which[None, :known]] = np.inf
    chance = 2 * float(((coded - coded.mean(0)) ** 2).sum(1).mean())
    return Clusters(which, int(which.max()) + 1, (_wrong(own, coded) - error) / chance if chance else 0.0)


def _wrong(apart: np.ndarray, coded: np.ndarray) -> float:
    """Squared error of the nearest row's target, on average."""
    return float(((coded - coded[apart.argmin(axis=1)]) ** 2).sum(1).mean())


def _spanning_tree(apart: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Prim's algorithm: for each row but the first, the length of its edge and the row that it hangs on."""
    n = len(apart)
    best, parent, done = apart[0].copy(), np.zeros(n, int), np.zeros(n, bool)
    done[0] = True
    for _ in range(n - 1):
        new = int(np.where(done, np.inf, best).argmin())
        done[new] = True
        nearer = ~done & (apart[new] < best)
        best[nearer], parent[nearer] = apart[new][nearer], new
    best[0] = 0.0
    return best, parent


def _cut(lengths: np.ndarray, parents: np.ndarray) -> np.ndarray | None:
    """The pieces that are left without the longest edges, at the cut that gathers most rows in groups."""
    n = len(lengths)
    edges = np.sort(lengths[1:])[::-1]
    best: tuple[float, np.ndarray | None] = (GATHERED, None)
    for count in np.unique(np.geomspace(LEAST, max(LEAST, n // TOGETHER), CUTS).astype(int)):
        if count > len(edges) or not edges[count - 1] > 0:
            break
        which = _pieces(parents, lengths > edges[count - 1])
        sizes = np.bincount(which)
        gathered = float(sizes[sizes >= TOGETHER].sum() / n)
        if sizes.max() <= LARGEST * n and gathered > best[0]:
            best = gathered, which
    return best[1]


def _combined(rows: np.ndarray, which: np.ndarray) -> bool:
    """Whether the groups are the combinations of a few levels: most of what parts them lies in columns of few levels."""
    sizes = np.bincount(which)
    sums = np.zeros((len(sizes), rows.shape[1]))
    np.add.at(sums, which, rows)
    means = (sums / sizes[:, None])[sizes >= TOGETHER]
    within = np.sqrt(((rows - (sums / sizes[:, None])[which]) ** 2).mean(axis=0) / TOGETHER)
    steps = np.diff(np.sort(means, axis=0), axis=0)
    levels = 1 + (steps > np.maximum(4 * within, 1e-9)).sum(axis=0)
    # few levels with nothing between them: the steps that part levels make up nearly the whole range
    parted = np.where(steps > np.maximum(4 * within, 1e-9), steps, 0.0).sum(axis=0) >= 0.5 * np.ptp(means, axis=0)
    spread = means.var(axis=0)
    few = (levels > 1) & (levels <= LEVELS) & parted
    return bool(spread[few].sum() >= 0.5 * spread.sum())


def _pieces(parents: np.ndarray, cut: np.ndarray) -> np.ndarray:
    """Number of the piece of each row; `cut` marks rows whose edge to their parent is gone."""
    root = np.where(cut, np.arange(len(parents)), parents)
    root[0] = 0
    while True:
        further = root[root]
        if (further == root).all():
            return np.unique(root, return_inverse=True)[1].reshape(-1)
        root = further
