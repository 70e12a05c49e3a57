"""A cheap model in closed form: kernel ridge regression with its leave-one-out predictions. NumPy only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from traindx.probes.measure.data_threads import one_thread

LINEAR = (0.03, 1.0, 30.0)
RADIAL = (0.03, 0.5)
WIDTHS = (0.5, 0.06)


@dataclass(frozen=True)
class Scaling:
    """Column centres and spreads of the rows a model was fitted on, (d,) each."""

    centre: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, x: np.ndarray) -> Scaling:
        """Mean and standard deviation of finite cells (n, d)."""
        x = np.where(np.isfinite(x), x, np.nan)
        with np.errstate(all="ignore"):
            centre = np.nan_to_num(np.nanmean(x, 0) if len(x) else np.zeros(x.shape[1]))
            spread = np.nan_to_num(np.nanstd(x, 0) if len(x) else np.ones(x.shape[1]))
        tiny = spread <= 1e-7 * np.maximum(1e-30, np.abs(centre))
        return cls(centre, np.where(tiny, np.inf, spread))

    def __call__(self, x: np.ndarray, clip: float = 5.0) -> np.ndarray:
        """Standardised cells; missing ones become 0, far ones are clipped."""
        with np.errstate(all="ignore"):
            return np.clip(
                np.nan_to_num((x - self.centre) / self.spread, nan=0.0, posinf=clip, neginf=-clip), -clip, clip
            )


@dataclass(frozen=True)
class Learnt:
    """A fitted cheap model.

    `skill` is 1 - squared error / variance of the coded targets, leave-one-out; `chance` and `spread` are mean and
    standard deviation of the same figure when the targets are shuffled; `loo` (n, k) the leave-one-out predictions.
    """

    name: str
    skill: float
    chance: float
    spread: float
    loo: np.ndarray
    x: np.ndarray
    scaling: Scaling
    kernel: tuple[str, float]
    alpha: np.ndarray
    mean: np.ndarray

    @property
    def z(self) -> float:
        """Standard deviations above shuffled targets."""
        return (self.skill - self.chance) / max(self.spread, 1e-9)

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Predictions (m, k) for raw features (m, d)."""
        return _kernel(self.scaling(x), self.x, self.kernel) @ self.alpha + self.mean


def squares(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Squared Euclidean distances (n, m) between rows of `a` (n, d) and `b` (m, d), never below 0."""
    return np.maximum(0.0, (a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T)


def _kernel(a: np.ndarray, b: np.ndarray, kind: tuple[str, float]) -> np.ndarray:
    if kind[0] == "linear":
        return a @ b.T / max(1, a.shape[1]) + 1.0
    return np.exp(-squares(a, b) / kind[1])


def skill_of(predicted: np.ndarray, wanted: np.ndarray, centre: np.ndarray | None = None) -> float:
    """1 - squared error over the squared error of the constant `centre` (own mean when None), arrays (n, k)."""
    centre = wanted.mean(0) if centre is None else centre
    total = float(((wanted - centre) ** 2).sum())
    return 1.0 - float(((wanted - predicted) ** 2).sum()) / total if total > 0 else 0.0


def pick(n: int, most: int, seed: int = 0) -> np.ndarray:
    """At most `most` of `n` row numbers, random but always the same, ascending."""
    return np.arange(n) if n <= most else np.sort(np.random.default_rng(seed).choice(n, most, replace=False))


def learn(x: np.ndarray, y: np.ndarray, shuffles: int = 20, radial: bool = True) -> Learnt | None:
    """Fit the best of a few ridge models by leave-one-out on (n, d) features and (n, k) coded targets.

    Every candidate is also scored on shuffled targets, and the best of them taken, so that `chance` pays for the
    choice among candidates. None when there are under 8 rows or the targets do not vary.
    """
    n = len(x)
    centred = y - y.mean(0)
    if n < 8 or x.shape[1] == 0 or float((centred**2).sum()) <= 1e-12 * max(1.0, float((y**2).sum())):
        return None
    with one_thread():
        return _learn(x, y, centred, shuffles, radial)


def _learn(x: np.ndarray, y: np.ndarray, centred: np.ndarray, shuffles: int, radial: bool) -> Learnt:
    n = len(x)
    scaling = Scaling.of(x)
    z = scaling(x)
    rng = np.random.default_rng(0)
    orders = [np.arange(n)] + [rng.permutation(n) for _ in range(shuffles)]
    stacked = np.concatenate([centred[o] for o in orders], axis=1)
    total = float((centred**2).sum())
    best = np.full(len(orders), -np.inf)
    kept: tuple[str, tuple[str, float], np.ndarray, np.ndarray] | None = None
    for kind, penalties in _candidates(z, radial):
        gram = _kernel(z, z, kind)
        for penalty in penalties:
            inverse = np.linalg.inv(gram + penalty * np.eye(n))
            alpha = inverse @ stacked
            miss = alpha / np.diag(inverse)[:, None]
            errors = (miss**2).sum(0).reshape(len(orders), -1).sum(1)
            skills = 1.0 - errors / total
            if skills[0] > best[0]:
                k = y.shape[1]
                kept = (kind[0], kind, alpha[:, :k], centred - miss[:, :k])
            best = np.maximum(best, skills)
    assert kept is not None
    name, kind, alpha, loo = kept
    null = best[1:] if shuffles else np.zeros(1)
    return Learnt(
        name,
        float(best[0]),
        float(null.mean()),
        float(null.std()) + 1e-4,
        loo + y.mean(0),
        z,
        scaling,
        kind,
        alpha,
        y.mean(0),
    )


def _candidates(z: np.ndarray, radial: bool) -> list[tuple[tuple[str, float], tuple[float, ...]]]:
    found: list[tuple[tuple[str, float], tuple[float, ...]]] = [(("linear", 0.0), LINEAR)]
    if radial:
        some = z[:200]
        typical = float(np.median(squares(some, some)[np.triu_indices(len(some), 1)])) or 1.0
        found += [(("radial", typical * width), RADIAL) for width in WIDTHS]
    return found


def assignment(cost: np.ndarray) -> np.ndarray:
    """Column for every row of a square cost matrix (k, k), least total cost (Kuhn, by successive shortest paths)."""
    k = len(cost)
    u, v = np.zeros(k + 1), np.zeros(k + 1)
    match = np.zeros(k + 1, int)
    for row in range(1, k + 1):
        match[0] = row
        least, way, used = np.full(k + 1, np.inf), np.zeros(k + 1, int), np.zeros(k + 1, bool)
        col = 0
        while match[col] != 0:
            used[col] = True
            reduced = cost[match[col] - 1] - u[match[col]] - v[1:]
            free = ~used[1:]
            better = free & (reduced < least[1:])
            least[1:][better], way[1:][better] = reduced[better], col
            nearest = 1 + int(np.argmin(np.where(free, least[1:], np.inf)))
            delta = least[nearest]
            u[match[used]] += delta
            v[used] -= delta
            least[~used] -= delta
            col = nearest
        while col:
            match[col], col = match[way[col]], way[col]
    result = np.empty(k, int)
    result[match[1:] - 1] = np.arange(k)
    return result
