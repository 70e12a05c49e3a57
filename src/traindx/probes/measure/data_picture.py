"""Find how held-out pictures were transformed against training pictures: value maps, axes, mirrors, channels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from traindx.facts.data_splits import Transform
from traindx.probes.measure.data_columns import KNOWN_MAPS, ks, noise_unit
from traindx.probes.measure.data_features import small_pictures
from traindx.probes.measure.data_learn import Learnt, learn, pick
from traindx.probes.measure.data_view import flat

Map = Callable[[np.ndarray], np.ndarray]
_CAFFE = np.array([103.939, 116.779, 123.68])
_MEAN, _STD = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
PRESETS: tuple[tuple[str, Map], ...] = (
    ("keras.applications 'caffe' preprocessing (BGR minus ImageNet means)", lambda x: x[..., ::-1] - _CAFFE),
    ("keras.applications 'torch' preprocessing (ImageNet mean and deviation)", lambda x: (x / 255 - _MEAN) / _STD),
    ("x / 255 with channels reversed", lambda x: x[..., ::-1] / 255),
)


@dataclass(frozen=True)
class Pictures:
    """Training (n, h, w, c) and held-out (m, h, w, c) pictures with class codes where there are any."""

    role: str
    a: np.ndarray
    b: np.ndarray
    codes_a: np.ndarray | None = None
    codes_b: np.ndarray | None = None


def layouts(height: int, width: int, channels: int) -> dict[str, Map]:
    """Every rearrangement (n, h, w, c) -> (n, h, w, c) worth trying, by the words that name it."""
    maps: dict[str, Map] = {
        "mirrored left to right": lambda x: x[:, :, ::-1],
        "upside down": lambda x: x[:, ::-1],
        "rotated by 180 degrees": lambda x: x[:, ::-1, ::-1],
    }
    if height == width:
        maps["transposed (height and width swapped)"] = lambda x: x.transpose(0, 2, 1, 3)
        maps["rotated by 90 degrees"] = lambda x: np.rot90(x, 1, (1, 2))
        maps["rotated by 270 degrees"] = lambda x: np.rot90(x, 3, (1, 2))
        maps["transposed along the other diagonal"] = lambda x: np.rot90(x.transpose(0, 2, 1, 3), 2, (1, 2))
    if channels == 3:
        for order in itertools.permutations(range(3)):
            if order == (2, 1, 0):
                maps["with channels reversed (RGB against BGR)"] = lambda x: x[..., ::-1]
            elif order != (0, 1, 2):
                maps[f"with channels in the order {order}"] = lambda x, order=order: x[..., list(order)]  # type: ignore[misc]
    return maps


def reshaped(channels: int) -> dict[str, Map]:
    """Rearrangements of memory rather than of axes (a reshape in place of a transpose), for more than one channel."""
    if channels < 2:
        return {}
    return {
        "channels first read as channels last": lambda x: x.transpose(0, 3, 1, 2).reshape(x.shape),
        "channels last read as channels first": lambda x: x.reshape(
            len(x), x.shape[3], x.shape[1], x.shape[2]
        ).transpose(0, 2, 3, 1),
    }


def picture_transforms(pictures: Pictures) -> tuple[list[Transform], int]:
    """Transforms between the two sides (a value map, an arrangement, or both), and how many were tried."""
    pictures = _whole(pictures)
    if min(len(pictures.a), len(pictures.b)) < 20:
        return [], 0
    found: list[Transform] = []
    value, undo, tried = value_map(pictures)
    a = pictures.a
    if value is not None:
        found.append(value)
        a = undo(a)
    elif (cast := integer_cast(pictures)) is not None:
        found.append(cast)
    arranged, more = arrangement(Pictures(pictures.role, a, pictures.b, pictures.codes_a, pictures.codes_b))
    if arranged is not None:
        found.append(arranged)
    return found, tried + more


def _whole(pictures: Pictures) -> Pictures:
    """Without pictures that hold NaN or infinity."""
    i, j = np.isfinite(flat(pictures.a)).all(1), np.isfinite(flat(pictures.b)).all(1)
    if i.all() and j.all():
        return pictures
    codes_a = None if pictures.codes_a is None else pictures.codes_a[i]
    codes_b = None if pictures.codes_b is None else pictures.codes_b[j]
    return Pictures(pictures.role, pictures.a[i], pictures.b[j], codes_a, codes_b)


def integer_cast(pictures: Pictures) -> Transform | None:
    """Held-out pixels are whole numbers where training pixels have decimals on the same scale."""
    some = pictures.b[:200]
    whole_a = float((pictures.a[:200] == np.round(pictures.a[:200])).mean())
    spread = (float(some.max() - some.min()) + 1e-12) / (float(pictures.a[:200].max() - pictures.a[:200].min()) + 1e-12)
    if whole_a < 0.98 and bool((some == np.round(some)).all()) and 0.2 < spread < 5 and np.ptp(pictures.a[:200]) <= 3:
        return Transform(
            "integers",
            f"{pictures.role} pixels are whole numbers where training has decimals (an integer cast)",
            pictures.role,
            1 - whole_a,
            0.0,
        )
    return None


def _moments(x: np.ndarray) -> np.ndarray:
    return np.concatenate([x.mean((1, 2)), x.std((1, 2))], axis=1)


def value_map(pictures: Pictures) -> tuple[Transform | None, Map, int]:
    """A factor and offset for all pixels, or a known preset; with what applies it to training pictures."""
    a, b = pictures.a[pick(len(pictures.a), 250)].astype(float), pictures.b[pick(len(pictures.b), 250)].astype(float)
    unit = noise_unit(len(a), len(b))
    if a.shape[3] == 3:
        before = float(ks(_moments(a), _moments(b)).mean()) / unit
        fits: list[tuple[float, str, Map, bool]] = []
        for name, apply in PRESETS:
            fits.append((float(ks(_moments(apply(a)), _moments(b)).mean()) / unit, name, apply, False))
            fits.append((float(ks(_moments(a), _moments(apply(b))).mean()) / unit, name, apply, True))
        after, name, apply, back = min(fits, key=lambda t: t[0])
        if after < 1.5 and before > 2.5 * after and before > 3:
            who = "training" if back else pictures.role
            made = Transform(
                "preset", f"{who} went through {name}, the other split did not", pictures.role, before, after
            )
            return made, (_unapply(apply) if back else apply), len(fits)
    return _affine(pictures, a, b, unit)


def _unapply(apply: Map) -> Map:
    """The inverse of a preset, which is affine per channel, found from two probes."""
    zero, one = apply(np.zeros((1, 1, 1, 3))), apply(np.ones((1, 1, 1, 3)))
    reverse = bool(np.abs(apply(np.arange(3.0)[None, None, None]) - zero).argmax() == 0)
    slope = one - zero

    def undo(x: np.ndarray) -> np.ndarray:
        raw = (x - zero) / slope
        return raw[..., ::-1] if reverse else raw

    return undo


def _affine(pictures: Pictures, a: np.ndarray, b: np.ndarray, unit: float) -> tuple[Transform | None, Map, int]:
    rng = np.random.default_rng(0)
    pa, pb = rng.choice(a.ravel(), min(a.size, 20000)), rng.choice(b.ravel(), min(b.size, 20000))
    if not (np.isfinite(pa).all() and np.isfinite(pb).all()):
        return None, lambda x: x, 1
    pa, pb = _foreground(pa, pb)
    ma, mb = flat(a).mean(1)[:, None], flat(b).mean(1)[:, None]
    levels = np.linspace(0.01, 0.99, 99)
    qa, qb = np.quantile(pa, levels), np.quantile(pb, levels)
    if qa.std() == 0 or qb.std() == 0:
        return None, lambda x: x, 1
    factor = float(qb.std() / qa.std())
    guesses = [
        ("a fitted factor", factor, 0.0, 0.01),
        ("a fitted factor and offset", factor, float(np.median(qb) - factor * np.median(qa)), 0.02),
    ]
    if np.ptp(pa) > 0:  # grey values are steps: black and white fit them exactly
        span = float(np.ptp(pb) / np.ptp(pa))
        guesses.append(("black and white matched", span, float(pb.min() - span * pa.min()), 0.02))
    guesses += [(n, c, o, 0.0) for n, c, o in KNOWN_MAPS if 0.3 < abs(c) / factor < 3]
    step = float(pb.std()) * 1e-5 + 1e-30
    scored = []
    for name, c, o, cost in guesses:
        pooled = float(ks(np.round((c * pa + o) / step)[:, None], np.round(pb / step)[:, None])[0])
        scored.append((pooled + cost, name, c, o, float(ks(c * ma + o, mb)[0]) / unit))
    pooled, name, c, o, after = min(scored)
    before, pooled_before = float(ks(ma, mb)[0]) / unit, float(ks(pa[:, None], pb[:, None])[0])
    far = abs(math.log(abs(c))) > 0.35 or c < 0 or abs(o) > 0.3 * float(qa.std())
    if (
        far
        and pooled_before > 0.15
        and pooled < (0.4 if c > 0 else 0.08) * pooled_before
        and after < 2.2
        and before > 2 * after
    ):
        text = f"{pictures.role} pixels = {c:.6g} * training {'+' if o >= 0 else '-'} {abs(o):.4g} ({name})"
        return Transform("scale", text, pictures.role, before, after, c, o), lambda x: c * x + o, len(scored)
    return None, lambda x: x, len(scored)


def _foreground(a: np.ndarray, b: np.ndarray, least: int = 1000) -> tuple[np.ndarray, np.ndarray]:
    """Pixels without the background (one value that takes a like share, above a fifth, of both), which hides the rest."""
    values, counts = np.unique(a, return_counts=True)
    back = values[np.argmax(counts)]
    inside = a != back, b != back
    shares = [1 - float(i.mean()) for i in inside]
    if min(shares) < 0.2 or abs(shares[0] - shares[1]) > 0.05 or min(i.sum() for i in inside) < least:
        return a, b
    return a[inside[0]], b[inside[1]]


def arrangement(pictures: Pictures) -> tuple[Transform | None, int]:
    """Axes, mirrors and channels: judged by a cheap classifier where there are labels, else by mean pictures."""
    _, h, w, c = pictures.a.shape
    small = Pictures(
        pictures.role, small_pictures(pictures.a), small_pictures(pictures.b), pictures.codes_a, pictures.codes_b
    )
    maps = [(name, apply(small.b)) for name, apply in layouts(h, w, c).items()]
    raw = pictures.b[:400]
    if raw.size <= 4e7:
        maps += [(name, small_pictures(apply(raw))) for name, apply in reshaped(c).items()]
    if pictures.codes_a is not None and pictures.codes_b is not None:
        answer = _by_labels(small, maps)
        if answer is not None:
            return answer, len(maps)
    return _by_means(small, maps), len(maps)


def _by_labels(small: Pictures, maps: list[tuple[str, np.ndarray]]) -> Transform | None:
    """The arrangement under which a classifier of training pictures predicts held-out labels far better."""
    assert small.codes_a is not None
    assert small.codes_b is not None
    i = np.flatnonzero(small.codes_a >= 0)
    i = i[pick(len(i), 600)]
    coded = (small.codes_a[i][:, None] == np.arange(small.codes_a.max() + 1)[None]).astype(float)
    found = learn(flat(small.a[i]).astype(float), coded, 3)
    if found is None or found.skill < 0.1:
        return None
    expected = float((found.loo.argmax(1) == small.codes_a[i]).mean())
    plain = _right(found, small.b, small.codes_b)
    best_name, best = "", plain
    for name, moved in maps:
        right = _right(found, moved, small.codes_b)
        if right.mean() > best[: len(right)].mean():
            best_name, best = name, right
    plain = plain[: len(best)]
    won, lost = int((best & ~plain).sum()), int((plain & ~best).sum())
    if not best_name or won + lost == 0:
        return None
    z = (won - lost) / math.sqrt(won + lost)
    gained = float(best.mean() - plain.mean())
    if z > 5 and gained > 0.1 and best.mean() > expected - 0.15 and plain.mean() < expected - 0.1:
        text = (
            f"{small.role} pictures are {best_name}: a classifier of training pictures is right on "
            f"{plain.mean():.0%} of them, and on {best.mean():.0%} once that is undone"
        )
        return Transform("arrangement", text, small.role, 1 - float(plain.mean()), 1 - float(best.mean()))
    return None


def _right(found: Learnt, pictures: np.ndarray, codes: np.ndarray) -> np.ndarray:
    rows = pictures[:600]
    return found.predict(flat(rows).astype(float)).argmax(1) == codes[: len(rows)]


def _by_means(small: Pictures, maps: list[tuple[str, np.ndarray]]) -> Transform | None:
    """The arrangement under which the mean pictures agree: mean differences whitened by the pictures' covariance."""
    before = _apart(small.a, small.b)
    if before < 3:
        return None
    after, name = min((_apart(small.a, moved), name) for name, moved in maps)
    if after < 2.2 and before > 3.5 * after:
        return Transform(
            "arrangement",
            f"{small.role} pictures are {name}: mean pictures differ {before:.1f} times as "
            f"much as chance allows, {after:.1f} times once that is undone",
            small.role,
            before,
            after,
        )
    return None


def _apart(a: np.ndarray, b: np.ndarray) -> float:
    """Whitened squared distance of the mean pictures per degree of freedom: about 1 for one population (Hotelling)."""
    x, y = flat(_cells(a)).astype(float), flat(_cells(b)).astype(float)
    x, y = x - x.mean(1, keepdims=True), y - y.mean(1, keepdims=True)
    n, m = len(x), len(y)
    spread = (np.cov(x.T) * n + np.cov(y.T) * m) / (n + m)
    size, axes = np.linalg.eigh(np.atleast_2d(spread))
    kept = size > size.max() * 1e-3
    shift = (x.mean(0) - y.mean(0)) @ axes[:, kept]
    return float((shift**2 / size[kept]).sum() * n * m / (n + m) / max(1, kept.sum()))


def _cells(x: np.ndarray) -> np.ndarray:
    return small_pictures(x, 4)
