"""Faults to plant between a training and a test split, and honest differences that must raise nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from planting import Case, Rng, _parts, _rich, _with, beyond_chance, harmful
from traindx.probes.measure.data_categories import _one_hot_blocks
from traindx.probes.measure.data_transform import Pair


def scale(factor: float) -> Callable[..., Case | None]:
    """Test inputs times a factor."""
    return lambda case, rng, real: _with(case, x=case.splits["test"][0] * factor)


def odd_scale(case: Case, rng: Rng, real: Any) -> Case | None:
    """A factor that nobody has in a table."""
    return _with(case, x=case.splits["test"][0] * float(np.exp(rng.choice([-1, 1]) * rng.uniform(0.7, 3))))


def plus_minus_one(case: Case, rng: Rng, real: Any) -> Case | None:
    """Training in 0..1, test in -1..1."""
    a, ya, b, _ = _parts(case)
    if real.kind != "image":
        return None
    top = max(a.max(), 1e-9)
    return _with(case, x=b / (top / 2) - 1, train=(a / top, ya))


def own_standard(case: Case, rng: Rng, real: Any) -> Case | None:
    """Only the test split is standardised, with its own statistics."""
    _, _, b, _ = _parts(case)
    if real.kind == "image" or len(_rich(b)) < 2:
        return None
    return _with(case, x=(b - b.mean(0)) / np.where(b.std(0) > 0, b.std(0), 1))


def own_both(case: Case, rng: Rng, real: Any) -> Case | None:
    """Both splits are standardised, each with its own statistics."""
    a, ya, b, _ = _parts(case)
    if real.kind == "image" or len(_rich(b)) < 2 or len(b) > 380:
        return None
    return _with(case, x=(b - b.mean(0)) / np.where(b.std(0) > 0, b.std(0), 1),
                 train=((a - a.mean(0)) / np.where(a.std(0) > 0, a.std(0), 1), ya))


def train_only_standard(case: Case, rng: Rng, real: Any) -> Case | None:
    """Training is standardised, test is left raw."""
    a, ya, b, _ = _parts(case)
    if real.kind == "image" or len(_rich(b)) < 2 or len(_rich(a)) < 0.3 * a.shape[1]:
        return None
    rich = a[:, _rich(a)]
    if (np.abs(np.log(rich.std(0))) > 1).mean() < 0.5 and (np.abs(rich.mean(0)) / rich.std(0) > 2.5).mean() < 0.5:
        return None  # standardising changes next to nothing
    return _with(case, train=((a - a.mean(0)) / np.where(a.std(0) > 0, a.std(0), 1), ya))


def other_statistics(case: Case, rng: Rng, real: Any) -> Case | None:
    """Test is standardised with another data set's statistics."""
    a, ya, b, _ = _parts(case)
    if real.kind == "image" or len(_rich(a)) < 0.5 * a.shape[1]:
        return None
    mean, std = a.mean(0), np.where(a.std(0) > 0, a.std(0), 1)
    factor, offset = np.exp(rng.choice([-1, 1], a.shape[1]) * rng.uniform(1, 2, a.shape[1])), rng.normal(0, 3, a.shape[1])
    return _with(case, x=(b - mean) / std * factor + offset, train=((a - mean) / std, ya))


def columns_moved(case: Case, rng: Rng, real: Any) -> Case | None:
    """Some columns of the test table changed places."""
    a, _, b, _ = _parts(case)
    if real.kind == "image":
        return None
    rich = _rich(a)
    if len(rich) < 4 or a.shape[1] > 40:
        return None
    order, some = np.arange(a.shape[1]), rng.choice(rich, int(rng.integers(2, 5)), replace=False)
    order[some] = np.roll(some, 1)
    return _with(case, x=b[:, order])


def filled(case: Case, rng: Rng, real: Any) -> Case | None:
    """Missing cells filled with the mean or median in training, with another value in test."""
    a, ya, b, _ = _parts(case)
    if real.kind == "image" or len(_rich(a)) < 3 or len(b) < 150:
        return None
    columns = rng.choice(_rich(a), max(1, len(_rich(a)) // 2), replace=False)
    share = rng.uniform(0.08, 0.25)
    a, b, done = a.copy(), b.copy(), False
    first, second = [(np.mean, 0.0), (np.median, -999.0), (np.median, 0.0), (np.mean, -1.0)][rng.integers(4)]
    for j in columns:
        gone_a, gone_b = rng.random(len(a)) < share, rng.random(len(b)) < share
        if (a[:, j] == second).mean() > 0.02:
            continue
        a[gone_a, j], b[gone_b, j], done = first(a[~gone_a, j]), second, True
    return _with(case, x=b, train=(a, ya)) if done else None


def categories(case: Case, rng: Rng, real: Any) -> Case | None:
    """A block of one-hot columns (or a coded column) permuted in the test split."""
    a, _, b, _ = _parts(case)
    if real.kind == "image":
        return None
    blocks = _one_hot_blocks(Pair("test", a, b, tuple(map(str, range(a.shape[1])))))
    blocks = [k for k in blocks if a[:, k].sum(0).min() >= 20 and a.shape[1] <= 64]
    if not blocks or len(b) < 200:
        return None
    block = blocks[int(rng.integers(len(blocks)))]
    b = b.copy()
    b[:, block] = b[:, np.roll(block, 1)]
    return _with(case, x=b)


def integers(case: Case, rng: Rng, real: Any) -> Case | None:
    """The test split lost its decimals."""
    a, ya, b, _ = _parts(case)
    if real.kind == "image":
        top = a.max()
        return _with(case, x=np.trunc(b / top), train=(a / top, ya))
    if (a == np.round(a)).mean() > 0.5 or np.abs(a).max() < 1.5:
        return None
    return _with(case, x=np.trunc(b))


def halves16(case: Case, rng: Rng, real: Any) -> Case | None:
    """The test split was rounded to float16 on the way."""
    a, _ya, b, _ = _parts(case)
    if real.kind == "image" or np.abs(a).max() > 6e4:
        return None
    a32 = a.astype(np.float32)
    if (a32.astype(np.float16).astype(np.float32) == a32).mean() > 0.4:
        return None
    return _with(case, x=b.astype(np.float16).astype(float))


def layout(change: Callable[[np.ndarray], np.ndarray], colour: bool = False) -> Callable[..., Case | None]:
    """Test pictures rearranged."""

    def plant(case: Case, rng: Rng, real: Any) -> Case | None:
        b = case.splits["test"][0]
        if real.kind != "image" or (colour and b.shape[3] != 3):
            return None
        return _with(case, x=change(b))

    return plant


def relabel(case: Case, rng: Rng, real: Any) -> Case | None:
    """Test labels coded by order of appearance."""
    _, _, _, yb = _parts(case)
    if not real.classes:
        return None
    kinds = np.unique(real.y)
    order = rng.permutation(len(kinds))
    if (order == np.arange(len(kinds))).mean() > 0.4:
        order = np.roll(np.arange(len(kinds)), 1)
    return _with(case, y=kinds[order][np.searchsorted(kinds, yb)])


def rescale_targets(case: Case, rng: Rng, real: Any) -> Case | None:
    """Test targets left unscaled."""
    a, ya, _, _ = _parts(case)
    if real.classes or 0.4 < ya.std() < 2.5:
        return None
    return _with(case, train=(a, (ya - ya.mean()) / ya.std()))


def leaked(share: float) -> Callable[..., Case | None]:
    """Training rows put into the test split, more than honest repetition explains."""

    def plant(case: Case, rng: Rng, real: Any) -> Case | None:
        a, ya, b, yb = _parts(case)
        if real.name == "renewals":
            return None
        take = rng.choice(len(a), max(6, int(share * len(b))), replace=False)
        if not beyond_chance(real.x, len(take), len(b) / len(real.x)):
            return None
        return _with(case, x=np.concatenate([b, a[take]]), y=np.concatenate([yb, ya[take]]))

    return plant


def leaked_scaled(case: Case, rng: Rng, real: Any) -> Case | None:
    """Leaked rows hidden by a factor."""
    made = leaked(0.15)(case, rng, real)
    return None if made is None else _with(made, x=made.splits["test"][0] * 2.5, expect="")


def near(case: Case, rng: Rng, real: Any) -> Case | None:
    """Noisy copies of training rows in the test split."""
    a, ya, b, yb = _parts(case)
    if real.name == "renewals" or (real.kind == "table" and len(_rich(a)) < 4):
        return None
    take = rng.choice(len(a), max(20, int(0.3 * len(b))), replace=False)
    copies = a[take].astype(float)
    if real.kind == "image":
        copies = np.clip(copies * rng.uniform(0.95, 1.05, (len(take), 1, 1, 1)) + rng.normal(0, 0.02 * a.max(), copies.shape), 0, a.max())
    else:
        rich = _rich(a)
        copies[:, rich] += rng.normal(0, 0.01, (len(take), len(rich))) * a[:, rich].std(0)
    return _with(case, x=np.concatenate([b, copies]), y=np.concatenate([yb, ya[take]]))


def augmented_first(case: Case, rng: Rng, real: Any) -> Case | None:
    """Each row copied four times with noise before a random split."""
    x, y = real.x[:1200], real.y[:1200]
    if real.name == "renewals" or (real.kind == "table" and len(_rich(x)) < 4):
        return None
    spread = x.max() if real.kind == "image" else np.where([len(np.unique(c)) > 20 for c in x.T], x.std(0), 0.0)
    copies = [x] + [x + rng.normal(0, 0.02, x.shape) * spread for _ in range(4)]
    x, y = np.concatenate(copies), np.tile(y, 5)
    order = rng.permutation(len(x))
    cut = len(x) // 4
    return replace(case, splits={"train": (x[order[cut:]], y[order[cut:]]), "test": (x[order[:cut]], y[order[:cut]])})


def _minority(real: Any) -> tuple[np.ndarray, int] | None:
    if not real.classes or real.kind != "table" or real.name == "renewals":
        return None
    counts = np.bincount(real.y)
    small = int(np.argmin(np.where(counts >= 30, counts, counts.max() + 1)))
    return (np.flatnonzero(real.y == small), small) if counts[small] >= 30 and counts[small] < 0.45 * len(real.y) else None


def oversampled(case: Case, rng: Rng, real: Any) -> Case | None:
    """The rarest class repeated five times before the split."""
    found = _minority(real)
    if found is None:
        return None
    rows = np.concatenate([np.arange(len(real.x)), np.repeat(found[0], 4)])
    return _split_rows(case, real.x[rows], real.y[rows], rng)


def smote(case: Case, rng: Rng, real: Any) -> Case | None:
    """Rows between neighbours of the rarest class made before the split."""
    found = _minority(real)
    if found is None or len(_rich(real.x)) < 4:
        return None
    x = (real.x - real.x.mean(0)) / np.where(real.x.std(0) > 0, real.x.std(0), 1)
    mine = x[found[0]]
    far = ((mine[:, None] - mine[None]) ** 2).sum(2) if len(mine) < 1500 else None
    if far is None:
        return None
    other = np.argsort(far, axis=1)[:, 1:6]
    i = rng.integers(0, len(mine), min(3 * len(mine), len(x)))
    j = other[i, rng.integers(0, 5, len(i))]
    made = mine[i] + rng.random((len(i), 1)) * (mine[j] - mine[i])
    return _split_rows(case, np.concatenate([x, made]), np.concatenate([real.y, np.full(len(made), found[1])]), rng)


def _split_rows(case: Case, x: np.ndarray, y: np.ndarray, rng: Rng) -> Case:
    order = rng.permutation(len(x))
    cut = int(0.3 * len(x))
    return replace(case, splits={"train": (x[order[cut:]], y[order[cut:]]), "test": (x[order[:cut]], y[order[:cut]])})


def shuffled_labels(case: Case, rng: Rng, real: Any) -> Case | None:
    """Training labels permuted, test labels right."""
    a, ya, b, _yb = _parts(case)
    if len(a) < 100 or len(b) < 60 or real.name in ("heart_train",):
        return None
    return _with(case, train=(a, rng.permutation(ya)))


def shifted_labels(case: Case, rng: Rng, real: Any) -> Case | None:
    """Labels one row late, in both splits."""
    a, ya, _b, yb = _parts(case)
    if len(a) < 150 or len(a) > 3000 or real.name in ("heart_train", "renewals"):
        return None
    return _with(case, y=np.roll(yb, 1), train=(a, np.roll(ya, 1)))


def noisy(case: Case, rng: Rng, real: Any) -> Case | None:
    """Three of ten training labels replaced at random."""
    a, ya, _, _ = _parts(case)
    if not real.classes or len(np.unique(real.y)) < 3 or len(a) < 300 or real.name in ("winequality-red", "cifar10"):
        return None
    ya, hit = ya.copy(), rng.random(len(ya)) < 0.35
    ya[hit] = rng.choice(np.unique(real.y), hit.sum())
    return _with(case, train=(a, ya))


def missing_class(case: Case, rng: Rng, real: Any) -> Case | None:
    """A class left out of training."""
    a, ya, _, yb = _parts(case)
    if not real.classes:
        return None
    kinds, counts = np.unique(yb, return_counts=True)
    if counts.max() < 12 or len(kinds) < 3:
        return None
    gone = kinds[np.argmax(counts)]
    return _with(case, train=(a[ya != gone], ya[ya != gone]))


def label_column(case: Case, rng: Rng, real: Any) -> Case | None:
    """A column made from the label."""
    a, ya, b, yb = _parts(case)
    if real.kind == "image" or real.name in ("iris", "wine", "banknote_authentication", "wheat-seeds", "penguins", "breast_cancer"):
        return None  # others nearly give the label too
    def add(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.concatenate([x, (y * 3.0 + rng.normal(0, 0.02 * np.std(real.y), len(y)))[:, None]], axis=1)

    return _with(case, x=add(b, yb), train=(add(a, ya), ya))


def bad_cells(case: Case, rng: Rng, real: Any) -> Case | None:
    """A few infinite cells."""
    a, ya, _, _ = _parts(case)
    a = a.copy()
    a.reshape(len(a), -1)[rng.choice(len(a), 5), 1] = np.inf
    return _with(case, train=(a, ya))


FAULTS: dict[str, tuple[str, Callable[..., Case | None]]] = {
    "scale x255": ("preprocessing-mismatch", scale(255.0)),
    "scale /255": ("preprocessing-mismatch", scale(1 / 255.0)),
    "scale odd": ("preprocessing-mismatch", odd_scale),
    "range -1..1": ("preprocessing-mismatch", plus_minus_one),
    "own statistics, test": ("preprocessing-mismatch", own_standard),
    "own statistics, both": ("preprocessing-mismatch", own_both),
    "standardised training only": ("preprocessing-mismatch", train_only_standard),
    "other statistics": ("preprocessing-mismatch", other_statistics),
    "columns moved": ("preprocessing-mismatch", harmful(columns_moved)),
    "missing filled": ("preprocessing-mismatch", harmful(filled)),
    "categories renamed": ("preprocessing-mismatch", harmful(categories)),
    "integer cast": ("preprocessing-mismatch", integers),
    "float16": ("preprocessing-mismatch", halves16),
    "transposed": ("preprocessing-mismatch", harmful(layout(lambda b: b.transpose(0, 2, 1, 3)))),
    "mirrored": ("preprocessing-mismatch", harmful(layout(lambda b: b[:, :, ::-1]))),
    "channels reversed": ("preprocessing-mismatch", harmful(layout(lambda b: b[..., ::-1], True))),
    "channels first": ("preprocessing-mismatch", layout(lambda b: b.transpose(0, 3, 1, 2).reshape(b.shape), True)),
    "caffe preset": ("preprocessing-mismatch", layout(lambda b: b[..., ::-1] - np.array([103.939, 116.779, 123.68]), True)),
    "labels renamed": ("label-encoding-mismatch", harmful(relabel)),
    "targets unscaled": ("preprocessing-mismatch", rescale_targets),
    "rows leaked 5 %": ("split-overlap", leaked(0.05)),
    "rows leaked 30 %": ("split-overlap", leaked(0.3)),
    "near copies 30 %": ("split-overlap", near),
    "augmented before split": ("split-overlap|group-leakage", augmented_first),
    "oversampled before split": ("split-overlap", oversampled),
    "SMOTE before split": ("split-overlap", smote),
    "training labels shuffled": ("misaligned-labels", shuffled_labels),
    "labels shifted": ("misaligned-labels", shifted_labels),
    "labels 35 % random": ("label-noise", noisy),
    "class missing": ("missing-classes", missing_class),
    "label column": ("target-leakage", label_column),
    "infinite cells": ("non-finite-data", bad_cells),
}
