"""Find how a held-out table was transformed against the training table, from the values alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from traindx.facts.data_splits import Transform
from traindx.probes.measure.data_columns import KNOWN_MAPS, coincide, finite, ks, many_valued, noise_unit
from traindx.probes.measure.data_learn import pick
from traindx.probes.measure.data_order import Moved, moved_columns

ROWS, COLUMNS = 800, 64
VAST = 10.0
"""Factor of a column's spread, its shape kept, that drift does not have; narrower is a slice of time, so two are asked."""


@dataclass(frozen=True)
class Pair:
    """Training (n, d) and held-out (m, d) rows of the columns that vary, with their names; `whole` sampled in full."""

    role: str
    a: np.ndarray
    b: np.ndarray
    names: tuple[str, ...]
    whole_a: bool = True
    whole_b: bool = True

    @property
    def unit(self) -> float:
        """Noise of a Kolmogorov-Smirnov distance."""
        return noise_unit(len(self.a), len(self.b))

    def distance(self, factor: float | np.ndarray = 1.0, offset: float | np.ndarray = 0.0) -> np.ndarray:
        """Distance (d,) of the columns in noise units once the training side is mapped."""
        step = np.nanstd(self.b, axis=0) * 1e-5 + 1e-30  # float32 rounding must not part equal values
        return ks(np.round((self.a * factor + offset) / step), np.round(self.b / step)) / self.unit


def table_pair(role: str, a: np.ndarray, b: np.ndarray, names: tuple[str, ...], whole: tuple[bool, bool]) -> Pair:
    """Choose rows and columns to compare: at most 800 rows a side and 64 columns that vary."""
    a, b = finite(a), finite(b)
    with np.errstate(all="ignore"):
        vary = np.flatnonzero((np.nanmax(a, 0) > np.nanmin(a, 0)) | (np.nanmax(b, 0) > np.nanmin(b, 0)))
    keep = vary[pick(len(vary), COLUMNS)]
    return Pair(role, a[:, keep], b[:, keep], tuple(names[j] for j in keep), *whole)


def thin(pair: Pair) -> Pair:
    """The pair with at most `ROWS` rows a side."""
    i, j = pick(len(pair.a), ROWS), pick(len(pair.b), ROWS, 1)
    return Pair(
        pair.role,
        pair.a[i],
        pair.b[j],
        pair.names,
        pair.whole_a and len(i) == len(pair.a),
        pair.whole_b and len(j) == len(pair.b),
    )


def table_transforms(
    full: Pair, ya: np.ndarray | None = None, yb: np.ndarray | None = None
) -> tuple[list[Transform], int]:
    """Transforms between the two sides, and how many maps were tried; coded targets (n, k) and (m, k) where known."""
    if full.a.shape[1] == 0 or min(len(full.a), len(full.b)) < 20:
        return [], 0
    own = own_statistics(full)
    pair = thin(full)
    plain = pair.distance()
    if own:
        return [own], 3
    coarse = coarser(full)
    found, tried = one_scale(pair, plain)
    if found is None and coarse:
        return [coarse], tried + 2
    if found is None and (moved := moved_columns(full.a, full.b, ya, yb)):
        found = _moved(full, moved)
    if found is None:
        found = column_scales(pair, plain)
    if found is None:
        found = filled_differently(full)
    return ([found] if found else []), tried + 4 + pair.a.shape[1] ** 2


def _moved(pair: Pair, moved: Moved) -> Transform:
    names = ", ".join(f"{pair.names[j]} holds {pair.names[i]}" for i, j in moved.places)
    return Transform(
        "column-order",
        f"columns of {pair.role} stand in another order: {names[:160]}",
        pair.role,
        moved.before,
        moved.after,
        columns=tuple(pair.names[j] for _, j in moved.places[:4]),
    )


def _settled(x: np.ndarray, unique: bool) -> dict[str, np.ndarray]:
    """Which columns are exactly standardised, min-max scaled (to 0..1, to -1..1) or robust-scaled by themselves."""
    m = len(x)
    with np.errstate(all="ignore"):
        mean, low, high = np.nanmean(x, 0), np.nanmin(x, 0), np.nanmax(x, 0)
        exact = 2e-3 / np.sqrt(m)
        standard = np.zeros(x.shape[1], bool)
        for ddof in (0, 1):
            standard |= (np.abs(mean) < exact) & (np.abs(np.nanstd(x, 0, ddof=ddof) - 1) < exact)
        ends = np.ones(x.shape[1], bool)
        if unique:
            ends = (np.isclose(x, low).sum(0) == 1) & (np.isclose(x, high).sum(0) == 1)
        quarters = np.nanquantile(x, 0.75, axis=0) - np.nanquantile(x, 0.25, axis=0)
        return {
            "standardised": standard,
            "scaled to 0..1": ends & (np.abs(low) < 1e-6) & (np.abs(high - 1) < 1e-6),
            "scaled to -1..1": ends & (np.abs(low + 1) < 1e-6) & (np.abs(high - 1) < 1e-6),
            "robust-scaled": (np.abs(np.nanmedian(x, 0)) < 1e-6) & (np.abs(quarters - 1) < 1e-5),
        }


def own_statistics(pair: Pair) -> Transform | None:
    """The held-out split was scaled with its own statistics: they come out exactly, which no training fit does."""
    rich = many_valued(pair.b)
    if not pair.whole_b or rich.sum() < 2:
        return None
    plain = float(pair.distance()[rich].mean())
    mine, theirs = _settled(pair.b[:, rich], True), _settled(pair.a[:, rich], False)
    for name, columns in mine.items():
        if columns.mean() > 0.9 and columns.sum() >= 2:
            both = pair.whole_a and theirs[name].mean() > 0.9
            text = f"{pair.role} is {name} with its own statistics" + (", not the training split's" if both else "")
            return Transform(
                "own-statistics", text, pair.role, plain, plain, columns=pair.names[:4], factor=None if both else 0.0
            )
    return None


def coarser(pair: Pair) -> Transform | None:
    """The held-out values lost their decimals or the precision beyond float16."""
    with np.errstate(all="ignore"):
        whole_a = np.nanmean(pair.a == np.round(pair.a), 0)
        whole_b = np.nanmean((pair.b == np.round(pair.b)) | np.isnan(pair.b), 0)
        half_a = np.nanmean(pair.a.astype(np.float16).astype(np.float32) == pair.a.astype(np.float32), 0)
        half_b = np.nanmean(pair.b.astype(np.float16).astype(np.float32) == pair.b.astype(np.float32), 0)
    broken, d = whole_a < 0.5, pair.a.shape[1]
    plain = float(pair.distance().mean())
    if broken.sum() >= max(1, 0.3 * d) and (whole_b[broken] > 0.999).mean() > 0.8:
        return Transform(
            "integers",
            f"{pair.role} values are whole numbers where training has decimals (an integer cast)",
            pair.role,
            plain,
            plain,
            columns=tuple(np.array(pair.names)[broken][:4]),
        )
    fine = half_a < 0.5
    if fine.sum() >= max(1, 0.3 * d) and (half_b[fine] > 0.999).mean() > 0.9:
        return Transform(
            "float16",
            f"{pair.role} values are rounded to float16, training values are not",
            pair.role,
            plain,
            plain,
            columns=tuple(np.array(pair.names)[fine][:4]),
        )
    return None


def one_scale(pair: Pair, plain: np.ndarray) -> tuple[Transform | None, int]:
    """One factor and offset for all columns: fitted on quantiles, then the nearest map that people use."""
    before = float(plain.mean())
    if before < 1.8:
        return None, 1
    levels = np.linspace(0.02, 0.98, 49)
    with np.errstate(all="ignore"):
        qa, qb = np.nanquantile(pair.a, levels, axis=0), np.nanquantile(pair.b, levels, axis=0)
        sa, sb = qa.std(0), qb.std(0)
        good = sa > 0
        if not good.any():
            return None, 1
        factor = float(np.median(sb[good] / sa[good]))
        ratio = qb[np.abs(qa) > 1e-9] / qa[np.abs(qa) > 1e-9]
    tried: list[tuple[float, str, float, float]] = []
    shift = float(np.median(np.median(qb, 0)[good] - factor * np.median(qa, 0)[good]))
    guesses = [("a fitted factor", factor, 0.0, 0.15), ("a fitted factor and offset", factor, shift, 0.3)]
    ratio = ratio[np.isfinite(ratio) & (ratio != 0)]
    if len(ratio):
        guesses.append(("a fitted factor", float(np.median(ratio)), 0.0, 0.15))
        rounded, counts = np.unique(np.round(ratio / np.median(ratio), 5), return_counts=True)
        usual = rounded[np.argmax(counts)]  # columns of few values give the factor exactly, and need it so
        same = ratio[np.round(ratio / np.median(ratio), 5) == usual]
        guesses.append(("a fitted factor", float(np.median(same)), 0.0, 0.15))
    with np.errstate(all="ignore"):  # steps, as of grey values, fit exactly by their ends
        low, span = np.nanmin(pair.a, 0), np.ptp(np.nan_to_num(pair.a), 0)
        ends = float(np.median((np.nanmax(pair.b, 0) - np.nanmin(pair.b, 0))[good] / np.maximum(span, 1e-30)[good]))
        guesses.append(("ends matched", ends, float(np.median((np.nanmin(pair.b, 0) - ends * low)[good])), 0.3))
    guesses += [(n, c, o, 0.0) for n, c, o in KNOWN_MAPS if 0.3 < abs(c) / max(factor, 1e-30) < 3]
    for name, c, o, cost in guesses:
        tried.append((float(pair.distance(c, o).mean()) + cost, name, c, o))
    after, name, c, o = min(tried)
    far = abs(np.log(max(abs(c), 1e-30))) > 0.05 or c < 0 or abs(o) > 0.1 * float(np.median(sa[good]))
    fitted = name.startswith(("a fitted", "ends"))  # two free numbers can mimic drift: they must explain all of it
    fits = after < 1.3 or (after < 0.3 * before and not fitted)
    same = coincide(pair.a, pair.b).mean()
    if far and fits and after < 0.6 * before and not (same > 0.6 and same > coincide(pair.a * c + o, pair.b).mean()):
        text = f"{pair.role} = {c:.6g} * training {'+' if o >= 0 else '-'} {abs(o):.4g} ({name})"
        return Transform("scale", text, pair.role, before, after, c, o, pair.names[:4]), len(tried)
    return None, len(tried)


def column_scales(pair: Pair, plain: np.ndarray) -> Transform | None:
    """Each column has its own factor and offset, as if scaled by other statistics, or in one split only."""
    before = float(plain.mean())
    levels = np.linspace(0.02, 0.98, 49)
    rich = many_valued(pair.a) & many_valued(pair.b)
    if before < 1.8 or rich.sum() < 2:
        return None
    with np.errstate(all="ignore"):
        qa, qb = np.nanquantile(pair.a, levels, axis=0), np.nanquantile(pair.b, levels, axis=0)
        sa, sb = qa.std(0), qb.std(0)
        slope = ((qa - qa.mean(0)) * (qb - qb.mean(0))).sum(0) / np.maximum(((qa - qa.mean(0)) ** 2).sum(0), 1e-30)
        factor = np.where(sa > 0, slope, 1.0)
        offset = qb.mean(0) - factor * qa.mean(0)
        away = np.abs(qb - qa).mean(0) / np.maximum(sb, 1e-30) / pair.unit
        left = np.abs(qb - factor * qa - offset).mean(0) / np.maximum(sb, 1e-30)
        after = left / pair.unit
        size = np.abs(np.log(np.maximum(factor, 1e-12))) > np.log(2.2)
        moved = np.abs(np.median(qb, 0) - np.median(qa, 0)) > 2.5 * np.maximum(sa, 1e-12)
    big = (size | moved)[rich]
    wide, narrow = (rich & (after < 1.5) & s for s in (factor > VAST, (factor < 1 / VAST) & (factor > 0)))
    most = big.mean() > 0.5 and np.median(after[rich]) < max(1.5, 0.2 * float(np.median(away[rich])))
    if (most or wide.any() or narrow.sum() > 1) and coincide(pair.a[:, rich], pair.b[:, rich]).mean() < 0.6:
        unit_a = bool(np.nanmedian(np.abs(np.nanstd(pair.a[:, rich], 0) - 1)) < 0.15)
        unit_b = bool(np.nanmedian(np.abs(np.nanstd(pair.b[:, rich], 0) - 1)) < 0.15)
        why = {
            (True, False): f"training is standardised, {pair.role} is not, or with other statistics",
            (False, True): f"{pair.role} is standardised, training is not",
        }.get((unit_a, unit_b), "scaled with other statistics")
        j = int(np.flatnonzero(rich if most else wide | narrow)[0])
        which = f"every column of {pair.role} has its" if most else f"some columns of {pair.role} have their"
        text = (
            f"{which} own factor and offset against training ({why}); column "
            f"{pair.names[j]}: {factor[j]:.4g} * training {'+' if offset[j] >= 0 else '-'} {abs(offset[j]):.4g}"
        )
        typical = float(np.exp(np.median(np.log(np.maximum(factor[rich], 1e-30)))))
        return Transform(
            "column-scales", text, pair.role, before, float(after.mean()), typical, columns=pair.names[:4]
        )
    return None


def filled_differently(pair: Pair) -> Transform | None:
    """Missing values were filled with one value in training and another (or left) in the held-out split."""
    found: list[tuple[str, str]] = []
    sizes: list[float] = []
    rich = many_valued(pair.a, 13) & many_valued(pair.b, 13)
    for j in np.flatnonzero(rich):
        x, y = pair.a[:, j], pair.b[:, j]
        gone_x, gone_y = float(np.isnan(x).mean()), float(np.isnan(y).mean())
        x, y = x[~np.isnan(x)], y[~np.isnan(y)]
        in_x, in_y = _spike(x, y), _spike(y, x)
        rest_x = x if in_x is None else x[x != in_x[0]]
        rest_y = y if in_y is None else y[y != in_y[0]]
        if min(len(rest_x), len(rest_y)) < 10:
            continue
        gap = float(ks(rest_x[:, None], rest_y[:, None])[0])
        if gap > max(2.2 * noise_unit(len(rest_x), len(rest_y)), 0.12):
            continue
        moved_along = in_x is not None and in_y is not None and _moves(rest_x, rest_y, in_y[0] - in_x[0], gap)
        if in_x and in_y and 0.4 < in_x[1] / in_y[1] < 2.5 and not moved_along:
            found.append((pair.names[j], f"{in_x[0]:.4g} in training, {in_y[0]:.4g} in {pair.role}"))
            sizes.append(in_y[1])
        elif in_y and gone_x > 0.005 and gone_y == 0 and 0.4 < in_y[1] / gone_x < 2.5:
            found.append((pair.names[j], f"left missing in training, {in_y[0]:.4g} in {pair.role}"))
            sizes.append(in_y[1])
        elif in_x and gone_y > 0.005 and gone_x == 0 and 0.4 < in_x[1] / gone_y < 2.5:
            found.append((pair.names[j], f"{in_x[0]:.4g} in training, left missing in {pair.role}"))
            sizes.append(in_x[1])
    if not found:
        return None
    name, how = found[0]
    return Transform(
        "filled",
        f"missing values are filled differently: column {name} has {how}",
        pair.role,
        float(np.max(sizes)),
        0.0,
        columns=tuple(n for n, _ in found[:6]),
    )


def _moves(x: np.ndarray, y: np.ndarray, shift: float, gap: float) -> bool:
    """Whether all values, not the fill alone, may have moved by `shift`: then the samples agree as well or better."""
    moved = float(ks((x + shift)[:, None], y[:, None])[0])
    return moved <= max(gap, 1.63 * noise_unit(len(x), len(y)))


def _spike(x: np.ndarray, other: np.ndarray) -> tuple[float, float] | None:
    """A value (and its share) that stands out in x beside what it is in the other sample: no other value does so."""
    if min(len(x), len(other)) < 10:
        return None
    values, counts = np.unique(x, return_counts=True)
    top = np.argsort(-counts)[:6]
    shares = counts[top] / len(x)
    near = 1e-6 * np.maximum(1.0, np.abs(values[top]))
    there = (np.abs(other[:, None] - values[top][None]) <= near).mean(0)
    gain = shares - there
    k = int(np.argmax(gain))
    rest = np.delete(gain, k)
    pooled = (shares[k] * len(x) + there[k] * len(other)) / (len(x) + len(other))
    error = np.sqrt(max(1e-12, pooled * (1 - pooled) * (1 / len(x) + 1 / len(other))))
    alone = gain[k] > 3 * (rest.max() if len(rest) else 0.0)
    if gain[k] / error > 4.5 and gain[k] > 0.02 and alone and there[k] < 0.3 * shares[k]:
        return float(values[top[k]]), float(shares[k])
    return None
