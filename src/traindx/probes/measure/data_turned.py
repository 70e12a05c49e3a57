"""Targets that are pictures, turned against the pictures they belong to."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_labels import TurnedTargets
from traindx.facts.findings import NotApplicable
from traindx.facts.observation import Observation, Split, Training
from traindx.probes.base import probe

MOST_ROWS, LEAST_SIDE, SMALL_SIDE, MOST_PLANES, MOST_CLASSES = 256, 8, 32, 4, 8
OTHERS = 19
"""Targets of other rows that a row's own is held against: by chance alone 1 row in 20 does best with its own."""
AHEAD = 2.0
"""Times the second best turning's squared correlation: pictures that look alike when turned tell nothing."""
WAYS = (
    "as it stands", "mirrored left to right", "mirrored top to bottom", "turned by 180 degrees", "transposed",
    "turned by 90 degrees", "turned by 270 degrees", "transposed across the other diagonal",
)  # fmt: skip


@probe
def turned_targets(training: Training, run: Observation) -> TurnedTargets | NotApplicable:
    """How target pictures have to be mirrored or turned so that they lie on what is seen in their inputs."""
    train = training.splits.get("train")
    pair = None if train is None else _pictures(train)
    if train is None or pair is None:
        return NotApplicable("no training pictures with pictures of the same size for targets")
    rng = np.random.default_rng(0)
    best, rows = best_turns(*pair, rng)
    if not rows:
        return NotApplicable("no target picture varies")
    counts = np.bincount(best, minlength=len(WAYS))
    other = int(counts[1:].argmax()) + 1
    clear = max(1, len(best))
    return TurnedTargets(
        rows=rows, clear=len(best), ways=8 if pair[0].shape[1] == pair[0].shape[2] else 4,
        straight=float(counts[0]) / clear, other=WAYS[other], other_share=float(counts[other]) / clear,
        followed=_followed(training, train, rng),
    )  # fmt: skip


def _followed(training: Training, train: Split, rng: np.random.Generator) -> float | None:
    """Share of clear rows whose prediction lies on the target as it stands; held-out rows that are straight say nothing.

    Where the turning is the task (to set pictures upright), a network that has learnt it does so on unseen rows too.
    """
    held = training.splits.get("validation")
    pair = None if held is None else _pictures(held)
    split = train
    if held is not None and pair is not None:
        best, _ = best_turns(*pair, rng)
        if not len(best) or (best == 0).mean() > 0.5:
            return None
        split = held
    if not split.predicted_end:
        return None
    pair = _pictures(Split(split.role, split.predicted_end[:1], split.y))
    best, _ = best_turns(*pair, rng) if pair is not None else (np.zeros(0), 0)
    return float((best == 0).mean()) if len(best) else None


def _pictures(split: Split) -> tuple[np.ndarray, np.ndarray] | None:
    """(inputs, targets) of some rows, (n, H, W, channels), the first of each that are pictures of one size."""
    for y in split.y:
        for x in split.x:
            n = min(len(x), len(y), MOST_ROWS)
            alike = x.ndim == 4 and y.ndim in (3, 4) and x.shape[1:3] == y.shape[1:3] and min(x.shape[1:3]) >= LEAST_SIDE
            if n > 1 and alike and x.dtype.kind in "iufb" and y.dtype.kind in "iufb":
                some = np.linspace(0, min(len(x), len(y)) - 1, n).astype(int)
                return x[some], y[some].reshape(n, *y.shape[1:3], -1)
    return None


def best_turns(x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """(the turning, as in `WAYS`, of each row where one is clearly the best; rows whose target varies).

    A row is clear where its best turning explains `AHEAD` times what the second best does, and more than the best
    turning of any of `OTHERS` other rows' targets.
    """
    pictures, masks = _input_planes(x), _target_planes(y)
    varies = np.flatnonzero((masks.std(axis=(2, 3)) > 0).any(axis=1) & (pictures.std(axis=(2, 3)) > 0).any(axis=1))
    if len(varies) < 2:
        return np.zeros(0, dtype=int), 0
    pictures, masks = _standard(pictures[varies]), _standard(masks[varies])
    turned = np.stack([w.reshape(*w.shape[:2], -1) for w in _turns(masks)], axis=1)  # (n, ways, planes, pixels)
    found: list[int] = []
    for i, picture in enumerate(pictures.reshape(*pictures.shape[:2], -1)):
        others = np.delete(np.arange(len(varies)), i)
        held = turned[np.r_[i, rng.choice(others, min(OTHERS, len(others)), replace=False)]]
        explained = np.square(held @ picture.T / picture.shape[1]).sum(axis=(2, 3))  # (1 + others, ways)
        first, second = np.sort(explained[0])[:-3:-1]
        if first > AHEAD * second and first > explained[1:].max():
            found.append(int(explained[0].argmax()))
    return np.array(found, dtype=int), len(varies)


def _turns(planes: np.ndarray) -> list[np.ndarray]:
    """(n, planes, h, w) in every way of `WAYS` that keeps the size."""
    ways = [planes, planes[..., ::-1], planes[..., ::-1, :], planes[..., ::-1, ::-1]]
    if planes.shape[-1] == planes.shape[-2]:
        across = planes.swapaxes(-1, -2)
        ways += [across, across[..., ::-1, :], across[..., ::-1], across[..., ::-1, ::-1]]
    return ways


def _input_planes(x: np.ndarray) -> np.ndarray:
    """Channels and how steep the picture is (texture), made small, (n, planes, h, w)."""
    rows: list[np.ndarray] = []
    for row in x:
        planes = np.moveaxis(np.nan_to_num(row[..., :MOST_PLANES].astype(np.float32)), -1, 0)
        down, right = np.gradient(planes.mean(axis=0))
        rows.append(_small(np.concatenate([planes, np.hypot(down, right)[None]])))
    return np.stack(rows)


def _target_planes(y: np.ndarray) -> np.ndarray:
    """Channels, or for a few class numbers where each class is, made small, (n, planes, h, w)."""
    values = np.unique(y) if y.shape[-1] == 1 else np.zeros(0)
    if 2 < len(values) <= MOST_CLASSES and (values == np.round(values)).all():
        y = (y == values).astype(np.float32)
    rows = [_small(np.moveaxis(np.nan_to_num(row[..., :MOST_CLASSES].astype(np.float32)), -1, 0)) for row in y]
    return np.stack(rows)


def _small(planes: np.ndarray) -> np.ndarray:
    """Means of blocks, (planes, h, w) with sides of at most `SMALL_SIDE`; cut alike at both ends, so that turned ones fit."""
    k = -(-max(planes.shape[1:]) // SMALL_SIDE)
    h, w = (side // k for side in planes.shape[1:])
    top, left = (planes.shape[1] - h * k) // 2, (planes.shape[2] - w * k) // 2
    return planes[:, top : top + h * k, left : left + w * k].reshape(len(planes), h, k, w, k).mean(axis=(2, 4))


def _standard(planes: np.ndarray) -> np.ndarray:
    """Every plane with mean 0 and standard deviation 1; constant ones are 0."""
    planes = planes - planes.mean(axis=(2, 3), keepdims=True)
    spread = planes.std(axis=(2, 3), keepdims=True)
    return np.divide(planes, spread, out=np.zeros_like(planes), where=spread > 1e-6)
