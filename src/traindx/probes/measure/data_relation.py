"""Probes of the relation between inputs and labels: is there one, is it too good, where is it lost."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_labels import DataNeed, FutureColumn, NoiseColumns, Relation, SingleColumn
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.data_columns import many_valued
from traindx.probes.measure.data_lags import among_steps, consecutive, holds_lags
from traindx.probes.measure.data_learn import Learnt, Scaling, learn, pick, skill_of
from traindx.probes.measure.data_network import cheap, held_out_role, network_skill, usable
from traindx.probes.measure.data_threads import one_thread
from traindx.probes.measure.data_view import View, features_of, flat, view_of

LAGS = (1, -1, 2, -2, 3, -3)


@probe
def relation(training: Training, run: Observation) -> Relation | NotMeasured | NotApplicable:
    """Skill of the cheap model on training rows, on held-out rows by themselves, and under other alignments."""
    view = view_of(training)
    if view.task == "none":
        return NotApplicable("targets are no labels or numbers")
    found = cheap(view)
    if found is None:
        return NotMeasured("no labelled training rows that vary")
    held = held_out_role(view)
    base = {
        "rows": len(found.x),
        "task": view.task,
        "skill": found.skill,
        "chance": found.chance,
        "spread": found.spread,
        "network": network_skill(view, "train"),
        "held_out": network_skill(view, held) if held else None,
        "held_out_rows": view.sheets[held].n if held else 0,
        "linked": linked(found.x),
        "together": rising_together(view.sheets["train"].table) if view.kind == "table" and not view.image_shape else 0,
    }
    if found.skill - found.chance > max(0.05, 8 * found.spread):
        return Relation(**base)  # type: ignore[arg-type]
    elsewhere: dict[str, float] = {}
    if held:
        rows = usable(view, held)
        other = learn(view.features(held)[rows], view.sheets[held].target.coded[rows])  # type: ignore[union-attr]
        if other is not None:
            elsewhere = {"elsewhere": other.skill, "elsewhere_chance": other.chance, "elsewhere_spread": other.spread}
            elsewhere["back"] = _agreement(other, view)
    shift, shifted, label_order, input_order = _alignment(view)
    return Relation(
        **base,
        **elsewhere,
        shift=shift,
        shifted=shifted,
        label_order=label_order,  # type: ignore[arg-type]
        input_order=input_order,
    )


def _agreement(other: Learnt, view: View) -> float:
    """Correlation of what a model of other rows says of the training rows with their labels, in units of chance."""
    rows = usable(view, "train", 3000)
    said, given = other.predict(view.features("train")[rows]), view.sheets["train"].target.coded[rows]  # type: ignore[union-attr]
    said, given = said - said.mean(0), given - given.mean(0)
    size = float(np.sqrt((said**2).sum() * (given**2).sum()))
    free = max(1, given.shape[1] - 1) if given.shape[1] > 1 else 1
    return float((said * given).sum() / size) * float(np.sqrt(len(rows) * free)) if size > 0 else 0.0


def rising_together(table: np.ndarray, least: int = 3) -> int:
    """Columns of many values if all of them rise with one another, row by row, by unrelated steps; else 0.

    Rows of columns that were each sorted on their own do. Functions of one column (powers, units) rise together too, but
    by steps whose ratio changes little from row to row; between independent samples the logarithm of that ratio changes
    by about 1.7 (exponential spacings).
    """
    rich = table[:, many_valued(table)].astype(float)
    if rich.shape[1] < least or not np.isfinite(rich).all():
        return 0
    rich = np.unique(rich, axis=0)
    order = np.argsort(np.argsort(np.argsort(rich, axis=0, kind="stable"), axis=0).sum(1), kind="stable")
    steps = np.diff(rich[order], axis=0)
    if (steps < 0).any():
        return 0
    unlike = []
    for j in range(1, rich.shape[1]):
        both = (steps[:, 0] > 0) & (steps[:, j] > 0)
        if both.sum() >= 20:
            unlike.append(float(np.median(np.abs(np.diff(np.log(steps[both, j] / steps[both, 0]))))))
    return rich.shape[1] if unlike and np.median(unlike) > 0.5 else 0


def linked(x: np.ndarray) -> float:
    """Greatest eigenvalue of the columns' correlations over what independent columns give at most, (n, d) standardised.

    That limit is (1 + sqrt(d / n))^2 (Marchenko and Pastur 1967): about 1 for noise, whatever n and d.
    """
    x = x[:, x.std(axis=0) > 1e-6]
    n, d = x.shape
    if n < 8 or d < 2:
        return 0.0
    with one_thread():
        gram = x.T @ x if d < n else x @ x.T
        top = float(np.linalg.eigvalsh(gram)[-1]) / n / max(1e-12, float((x**2).mean()))
    return float(top / (1 + np.sqrt(d / n)) ** 2)


def _alignment(view: View) -> tuple[int, float | None, float | None, float | None]:
    """Best shift of the labels, its skill, and z-values of the likeness of neighbours among labels and inputs."""
    run = consecutive(view)
    target = view.target(run.y[0]) if run is not None else None
    if run is None or target is None or not np.isfinite(target.coded).all():
        return 0, None, None, None
    x, y = features_of(view, run), target.coded
    best, shift = None, 0
    for lag in [lag for lag in LAGS if lag < 0] if holds_lags(x) else LAGS:
        a, b = (x[lag:], y[:-lag]) if lag > 0 else (x[:lag], y[-lag:])
        moved = learn(a, b, 10, radial=False)
        if moved is not None and moved.skill - moved.chance > max(0.05, 8 * moved.spread) and moved.skill > (best or 0):
            best, shift = moved.skill, lag
    return shift, best, _likeness(y), _likeness(Scaling.of(x)(x))


def _likeness(values: np.ndarray, furthest: int = 12) -> float:
    """Largest z-value of how much closer rows (n, k) stand to the row `lag` on than to any row; lags 1 to 12."""
    n = len(values)
    centred = values - values.mean(0)
    scale = float((centred**2).sum(1).mean())
    if scale <= 0:
        return 0.0
    effective = scale**2 / max(float((np.cov(centred.T) ** 2).sum()), 1e-30)  # independent directions
    lags = [float((centred[lag:] * centred[:-lag]).sum(1).mean()) / scale for lag in range(1, furthest + 1)]
    return float(np.max(np.abs(lags)) * np.sqrt((n - furthest) * effective))


@probe
def noise_columns(training: Training, run: Observation) -> NoiseColumns | NotMeasured | NotApplicable:
    """Columns that are correlated with nothing: neither with the targets nor with any other column."""
    view = view_of(training)
    if view.kind != "table" or view.image_shape or "train" not in view.sheets or view.sheets["train"].target is None:
        return NotApplicable("inputs are not a table, or there are no targets")
    table = view.sheets["train"].table
    if table.shape[1] < 20 or table.shape[1] > 5000 or len(table) < 100:
        return NotApplicable("fewer than 20 columns or 100 rows")
    rows = usable(view, "train", 1500)
    z = Scaling.of(table[rows])(table[rows].astype(float))
    target = view.sheets["train"].target.coded[rows]
    y = Scaling.of(target)(target)
    n = len(rows)
    some = pick(z.shape[1], 400)
    limit = float(np.sqrt(2 * np.log(max(2, len(some) + y.shape[1])) / n) + 1.5 / np.sqrt(n))
    both = np.abs(z.T @ z[:, some]) / n
    both[some, np.arange(len(some))] = 0.0
    vary = z.std(0) > 0
    quiet = vary & (both.max(1) < limit) & ((np.abs(z.T @ y) / n).max(1) < limit) & _spread_out(table[rows])
    noise = np.flatnonzero(quiet)
    found = cheap(view)
    skill, gain, spread = (found.skill, 0.0, found.spread) if found else (0.0, 0.0, 0.0)
    if 20 <= len(noise) < vary.sum() and found:
        few = rows[pick(n, 500)]
        wide = learn(table[few].astype(float), view.sheets["train"].target.coded[few], 5)
        narrow = learn(table[few][:, vary & ~quiet].astype(float), view.sheets["train"].target.coded[few], 5)
        if wide and narrow:
            skill, gain, spread = wide.skill, narrow.skill - wide.skill, max(wide.spread, narrow.spread)
    held = held_out_role(view)
    return NoiseColumns(
        n,
        int(vary.sum()),
        len(noise),
        limit,
        skill,
        gain,
        spread,
        network_skill(view, "train"),
        network_skill(view, held) if held else None,
        tuple(view.columns[j] for j in noise[:5]),
    )


def _spread_out(table: np.ndarray) -> np.ndarray:
    """Columns whose most frequent value takes less than half of the rows (not sparse indicators)."""
    ordered = np.sort(table, axis=0)
    half = len(table) // 2
    return ~(ordered[: len(table) - half] == ordered[half:]).any(0)


@probe
def single_column(training: Training, run: Observation) -> SingleColumn | NotMeasured | NotApplicable:
    """The column that says most about the label by itself, against all the others together."""
    view = view_of(training)
    if view.kind != "table" or view.image_shape or "train" not in view.sheets or view.sheets["train"].target is None:
        return NotApplicable("inputs are not a table, or there are no targets")
    table = view.sheets["train"].table
    if table.shape[1] < 3 or len(table) < 60:
        return NotApplicable("fewer than 3 columns or 60 rows")
    rows = usable(view, "train")
    coded = view.sheets["train"].target.coded[rows]
    if not len(rows) or coded.std() == 0:
        return NotApplicable("the targets do not vary")
    x = table[rows].astype(float)
    scores = _binned(x, coded, _bins(len(rows)))
    best = int(np.argmax(scores))
    if scores[best] < 0.5:
        return SingleColumn(len(rows), x.shape[1], view.columns[best], 1 - float(scores[best]), 1.0)
    others = learn(np.delete(x, best, axis=1), coded, 5)
    ranks = np.argsort(np.argsort(x[:, best], kind="stable"), kind="stable")[:, None].astype(float)
    alone = learn(np.concatenate([x[:, [best]], ranks], axis=1), coded, 5)
    left = min(1 - float(scores[best]), 1 - alone.skill if alone else 1.0)
    return SingleColumn(
        len(rows),
        x.shape[1],
        view.columns[best],
        max(0.0, left),
        1 - (others.skill if others else 0.0),
        others.spread if others else 0.0,
        bool(left < 1e-6),
        _earlier(view, best),
        _elsewhere(view, best, alone),
        view.task == "classes",
    )


def _elsewhere(view: View, column: int, alone: Learnt | None) -> float | None:
    """What a training column leaves unexplained of held-out labels; None where it is not there as in training."""
    held = held_out_role(view)
    if held is None or view.sheets[held].table.shape[1] <= column:
        return None
    rows, mine = usable(view, held), usable(view, "train")
    known, coded = view.sheets["train"].table[mine, column].astype(float), view.sheets["train"].target.coded[mine]  # type: ignore[union-attr]
    x, wanted = view.sheets[held].table[rows, column].astype(float), view.sheets[held].target.coded[rows]  # type: ignore[union-attr]
    if len(rows) < 30 or wanted.shape[1] != coded.shape[1] or not 0.3 < np.nanstd(x) / max(np.nanstd(known), 1e-30) < 3:
        return None
    edges = _edges(known, _bins(len(mine)))
    which, there = (np.searchsorted(edges, v, side="right") for v in (known, x))
    means = np.stack([np.bincount(which, c, len(edges) + 1) for c in coded.T], axis=1)
    means = means / np.maximum(1, np.bincount(which, minlength=len(edges) + 1))[:, None]
    skills = [skill_of(means[there], wanted)]
    if alone is not None:
        ranks = np.searchsorted(np.sort(known), x).astype(float)
        skills.append(skill_of(alone.predict(np.stack([x, ranks], axis=1)), wanted))
    return 1 - max(skills)


def _bins(rows: int) -> int:
    return min(64, max(12, rows // 8))


def _edges(column: np.ndarray, bins: int) -> np.ndarray:
    """Where quantile bins of a column part; each value its own bin where there are no more values than bins."""
    values = np.unique(column)
    return np.unique(np.quantile(column, np.linspace(0, 1, bins + 1)[1:-1])) if len(values) > bins else values[1:]


def _earlier(view: View, column: int) -> bool:
    """Whether a column follows the target of one of the three rows before more closely than that of its own row."""
    run = consecutive(view)
    if run is None or view.task != "numbers":
        return False
    x, y = features_of(view, run)[:, column], flat(np.asarray(run.y[0])).astype(float)
    if y.shape[1] != 1 or not (np.isfinite(x).all() and np.isfinite(y).all()):
        return False
    own = _alike(x, y[:, 0])
    return any(_alike(x[lag:], y[:-lag, 0]) > max(own, 0.9) for lag in (1, 2, 3))


def _alike(a: np.ndarray, b: np.ndarray) -> float:
    return float(abs(np.corrcoef(a, b)[0, 1])) if a.std() > 0 and b.std() > 0 else 0.0


def _binned(x: np.ndarray, coded: np.ndarray, bins: int) -> np.ndarray:
    """Leave-one-out skill (d,) of the mean target within quantile bins of each column alone."""
    n = len(x)
    total = ((coded - coded.mean(0)) ** 2).sum()
    scores = np.zeros(x.shape[1])
    for j in range(x.shape[1]):
        column = np.nan_to_num(x[:, j])
        edges = _edges(column, bins)
        which = np.searchsorted(edges, column, side="right")
        counts = np.bincount(which, minlength=len(edges) + 1)
        sums = np.stack([np.bincount(which, coded[:, c], len(edges) + 1) for c in range(coded.shape[1])], axis=1)
        own = counts[which][:, None]
        guess = np.where(own > 1, (sums[which] - coded) / np.maximum(1, own - 1), coded.mean(0))
        scores[j] = 1 - ((coded - guess) ** 2).sum() / total if n else 0.0
    return scores


@probe
def future_column(training: Training, run: Observation) -> FutureColumn | NotMeasured | NotApplicable:
    """A column that is an exact sum of targets (or the numbers behind two classes) of its own and later rows, in time."""
    view = view_of(training)
    if view.task not in ("numbers", "classes") or view.kind not in ("table", "sequence") or "train" not in view.sheets:
        return NotApplicable("no numbers or classes of a table or of sequences")
    run_rows = consecutive(view)
    if run_rows is None:
        return among_steps(view) or NotMeasured("the order of the training rows is unknown")
    y = flat(np.asarray(run_rows.y[0]))[:, 0].astype(float) if view.task == "numbers" else None
    x = features_of(view, run_rows)
    if y is None:
        target = view.target(run_rows.y[0])
        series = None if target is None or target.codes is None else _revealed(x, target.codes)
        if series is None:
            return NotApplicable("no column of a later row holds the number behind the classes")
        x, y = x[: len(series)], series
    if len(y) < 60 or not np.isfinite(y).all() or y.std() == 0:
        return NotMeasured("too few targets in a row")
    lags = np.arange(-6, 7)
    middle = slice(6, len(y) - 6)
    around = np.stack([y[6 + lag : len(y) - 6 + lag] for lag in lags], axis=1)
    best = FutureColumn(len(around), "", (), 0.0, 0.0, x.shape[1])
    windows = view.kind == "sequence" and holds_lags(x[:, -64:])
    if view.kind == "sequence" and not windows:
        return NotApplicable("the rows are no windows of one series")
    columns = range(max(0, x.shape[1] - 64), x.shape[1]) if windows else range(min(x.shape[1], 64))
    for j in columns:
        column = x[middle, j]
        if column.std() == 0 or not np.isfinite(column).all():
            continue
        explained, weights = _explained(around, column)
        past, _ = _explained(around[:, lags < 0], column)
        size = np.abs(weights) / max(np.abs(weights).max(), 1e-30)
        ahead = size[lags >= 0].max() > 0.05 and (windows or size[lags != 0].max() > 0.05)
        if explained > max(best.explained, 0.5) and ahead:
            kept = tuple(
                (int(g), float(w)) for g, w in zip(lags, weights, strict=True) if abs(w) > 0.02 * np.abs(weights).max()
            )
            best = FutureColumn(len(around), view.columns[j], kept, explained, past, x.shape[1])
    return best


def _revealed(x: np.ndarray, codes: np.ndarray) -> np.ndarray | None:
    """The number behind two classes (direction of a change, say): a column one to three rows later that parts them."""
    if len(np.unique(codes)) != 2 or len(x) < 70:
        return None
    up = codes == codes.max()
    for lag in (1, 2, 3):
        flags = up[:-lag]
        for j in range(min(x.shape[1], 64)):
            column = x[lag:, j]
            low, high = column[~flags], column[flags]
            if len(np.unique(column)) > len(column) / 2 and np.isfinite(column).all():
                parted = max((low.max() < high).mean(), (high.max() < low).mean(), (low < high.min()).mean())
                if parted > 0.99:
                    return column
    return None


def _explained(around: np.ndarray, column: np.ndarray) -> tuple[float, np.ndarray]:
    a = np.concatenate([around, np.ones((len(around), 1))], axis=1)
    weights = np.linalg.lstsq(a, column, rcond=1e-9)[0]
    return 1 - float(((column - a @ weights) ** 2).sum() / ((column - column.mean()) ** 2).sum()), weights[:-1]


@probe
def data_need(training: Training, run: Observation) -> DataNeed | NotMeasured | NotApplicable:
    """The cheap model's learning curve between half of the rows and all of them."""
    view = view_of(training)
    found = cheap(view)
    if found is None:
        return NotMeasured("no labelled training rows that vary")
    rows = usable(view, "train")
    target = view.sheets["train"].target
    assert target is not None
    halves = []
    for seed in range(3):
        some = rows[pick(len(rows), len(rows) // 2, seed + 1)]
        half = learn(view.features("train")[some], target.coded[some], 0)
        if half is not None:
            halves.append(half.skill)
    held = held_out_role(view)
    return DataNeed(
        view.sheets["train"].total,
        len(rows),
        found.skill,
        float(np.median(halves)) if halves else 0.0,
        max(found.spread, float(np.std(halves)) if len(halves) > 1 else 0.0),
        network_skill(view, "train"),
        network_skill(view, held) if held else None,
        view.sheets[held].n if held else 0,
    )
