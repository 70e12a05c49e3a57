"""Probes of the values themselves: scale, tails, missing cells, constants."""

from __future__ import annotations

import numpy as np

from traindx.engines.rowhash import as_texts
from traindx.facts.data import (
    Cell,
    ConstantInputs,
    ConstantTargets,
    InputScale,
    InputTails,
    NonFiniteCells,
    TargetScale,
)
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.data_columns import still_rows
from traindx.probes.measure.data_learn import learn, pick
from traindx.probes.measure.data_network import network_skill, usable
from traindx.probes.measure.data_view import AFFINE, ROLES, View, flat, view_of

TOP = 0.01


@probe
def input_scale(training: Training, run: Observation) -> InputScale | NotMeasured | NotApplicable:
    """Root mean square and standard deviation of every column of the training inputs."""
    view = view_of(training)
    if "train" not in view.sheets or not view.sheets["train"].table.size:
        return NotMeasured("no numeric training inputs")
    if view.kind in ("text", "tokens"):
        return NotApplicable("inputs are texts or token ids")
    return _behind_own_layer(view, training) or _of_columns(view)


def _behind_own_layer(view: View, training: Training) -> InputScale | None:
    """The size of the only input behind the model's own affine layer; None without one, or where it was not replayed."""
    own, replay = view.own_scaling, training.end or training.start
    if own is None or own.kind not in AFFINE or replay is None or len(view.splits["train"].x) != 1:
        return None
    state = next((x for x in replay.layers if x.name == own.name), None)
    if state is None or state.non_finite or state.spread <= 0:
        return None
    rms = float(np.hypot(state.mean, state.spread))
    size, spread = (rms, rms), (state.spread, state.spread)
    return InputScale(replay.rows, state.units, size, spread, offset=abs(state.mean) / state.spread, layer=own.name)


def _of_columns(view: View) -> InputScale | NotMeasured:
    table = view.sheets["train"].table[pick(view.sheets["train"].n, 1000)].astype(float)
    table = np.where(np.isfinite(table), table, np.nan)
    with np.errstate(all="ignore"):
        mean, std = np.nanmean(table, 0), np.nanstd(table, 0)
    if view.image_shape or view.kind == "sequence":  # one scale for all pixels or steps of a channel
        depth = view.image_shape[2] if view.image_shape else view.splits["train"].x[0].shape[-1]
        if table.shape[1] % depth == 0:
            by = table.reshape(-1, depth)
            mean, std = np.nanmean(by, 0), np.nanstd(by, 0)
    vary = np.flatnonzero(np.isfinite(std) & (std > 1e-7 * np.abs(mean)) & (std > 0))
    if not len(vary):
        return NotMeasured("no training input varies")
    rms = np.sqrt(mean**2 + std**2)
    first, last = vary[np.argmin(rms[vary])], vary[np.argmax(rms[vary])]
    names = view.columns if len(view.columns) == len(std) else tuple(str(j) for j in range(len(std)))
    return InputScale(
        rows=len(table),
        columns=len(vary),
        rms=(float(rms[first]), float(rms[last])),
        std=(float(std[vary].min()), float(std[vary].max())),
        largest_column=names[last],
        smallest_column=names[first],
        offset=float((np.abs(mean[vary]) / std[vary]).max()),
        handled_by=view.own_scaling.kind if view.own_scaling is not None else None,
    )


@probe
def input_tails(training: Training, run: Observation) -> InputTails | NotMeasured | NotApplicable:
    """Which columns a few rows dominate, and what a signed logarithm of them is worth to a linear model."""
    view = view_of(training)
    if view.kind != "table" or view.image_shape or "train" not in view.sheets:
        return NotApplicable("inputs are not a table")
    table = view.sheets["train"].table.astype(float)
    if len(table) < 100:
        return NotMeasured("fewer than 100 sampled rows")
    heavy, shares = _heavy(table)
    names = tuple(view.columns[j] for j in heavy)
    share = float(np.median(shares)) if len(heavy) else 0.0
    plain = InputTails(len(table), names, share)
    if not len(heavy) or view.sheets["train"].target is None:
        return plain
    rows = usable(view, "train")
    tamed = table.copy()
    centre = np.median(table[:, heavy], 0)
    quarter = np.quantile(np.abs(table[:, heavy] - centre), 0.5, axis=0)
    tamed[:, heavy] = np.arcsinh((table[:, heavy] - centre) / np.maximum(quarter, 1e-12))
    coded = view.sheets["train"].target.coded[rows]
    raw, better = learn(table[rows], coded, 10, radial=False), learn(tamed[rows], coded, 10, radial=False)
    if raw is None or better is None:
        return plain
    bent = learn(tamed[rows], coded, 0)
    return InputTails(
        len(table), names, share, raw.skill, better.skill, max(raw.spread, better.spread), network_skill(view, "train"),
        bent.skill if bent is not None else None,
    )  # fmt: skip


def _heavy(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Columns (j,) with many values of which the top hundredth of rows holds over half of the variance, and shares."""
    found, shares = [], []
    for j in range(min(table.shape[1], 512)):
        column = table[:, j]
        column = column[np.isfinite(column)]
        if len(column) < 100:
            continue
        values, counts = np.unique(column, return_counts=True)
        if len(values) < 20 or counts.max() > 0.5 * len(column):
            continue
        squares = np.sort((column - column.mean()) ** 2)
        share = squares[-max(1, int(np.ceil(TOP * len(column)))) :].sum() / squares.sum()
        if share > 0.5:
            found.append(j)
            shares.append(share)
    return np.array(found, int), np.array(shares)


@probe
def target_scale(training: Training, run: Observation) -> TargetScale | NotMeasured | NotApplicable:
    """Mean and standard deviation of numeric training targets."""
    view = view_of(training)
    if view.task != "numbers":
        return NotApplicable("targets are not numbers to regress on")
    if "train" not in view.sheets or view.sheets["train"].target is None:
        return NotMeasured("no training targets")
    values = view.sheets["train"].target.values
    values = values[np.isfinite(values).all(1)]
    if not len(values):
        return NotMeasured("no finite training target")
    widest = int(np.argmax(values.std(0)))
    loss = view.model.losses[0].kind if view.model.losses else ""
    return TargetScale(len(values), float(values[:, widest].mean()), float(values[:, widest].std()), loss)


@probe
def non_finite_cells(training: Training, run: Observation) -> NonFiniteCells | NotMeasured:
    """Every NaN and infinite cell of the sampled rows, by split and column."""
    view = view_of(training)
    cells: list[Cell] = []
    rows = nan = inf = whole = 0
    for role, split in training.splits.items():
        for part, arrays in (("inputs", split.x), ("targets", split.y)):
            for at, array in enumerate(arrays):
                if array.dtype.kind not in "fc" or not array.size:
                    continue
                rows = max(rows, len(array))
                table = flat(array)
                bad = ~np.isfinite(table)
                nan, inf = nan + int(np.isnan(table).sum()), inf + int(np.isinf(table).sum())
                counts = bad.sum(0)
                whole = max(whole, int((counts == len(table)).sum())) if part == "inputs" else whole
                for j in np.argsort(-counts, kind="stable")[:8]:
                    if counts[j]:
                        cells.append(_cell(view, role, part, at, int(j), bad[:, j]))
    if not rows:
        return NotMeasured("no floating-point data in the sample")
    return NonFiniteCells(rows, nan, inf, tuple(cells), whole)


def _cell(view: View, role: str, part: str, at: int, j: int, bad: np.ndarray) -> Cell:
    split = view.training().splits[role]  # type: ignore[union-attr]
    where = np.flatnonzero(bad)
    positions = split.rows[where[:5]] if split.rows is not None and len(split.rows) == len(bad) else where[:5]
    names = split.columns if part == "inputs" and at == 0 and len(split.columns) > j else ()
    column = names[j] if names else f"{j}" if at == 0 else f"{at}:{j}"
    return Cell(role, part, column, len(where), tuple(int(p) for p in positions))


@probe
def constant_inputs(training: Training, run: Observation) -> ConstantInputs | NotMeasured:
    """Columns of the training inputs that hold one value, and inputs that hold nothing else."""
    view = view_of(training)
    split = view.splits.get("train")
    if split is None or len(split.x[0]) < 2:
        return NotMeasured("fewer than 2 training rows in the sample")
    whole, columns, constant, value = [], 0, 0, None
    for at, array in enumerate(split.x):
        table = flat(array)
        still = (table == table[:1]).all(0)
        if table.dtype.kind == "f":
            still |= np.isnan(table).all(0)
        columns, constant = columns + len(still), constant + int(still.sum())
        if still.all():
            whole.append(str(at))
            value = float(table[0, 0]) if table.dtype.kind in "biuf" else None
    role = next((r for r in ("validation", "test") if r in view.sheets), None)
    held = view.sheets[role].table if role is not None else None
    return ConstantInputs(
        len(split.x[0]),
        columns,
        constant,
        len(split.x),
        tuple(whole),
        value,
        _blind(view, view.sheets["train"].table, held),
        role if held is not None and not whole and len(held) and still_rows(held) else None,
        len(held) if held is not None else 0,
    )


def _blind(view: View, train: np.ndarray, held: np.ndarray | None) -> tuple[str, ...]:
    """Columns constant in training that vary in more than a tenth of the held-out rows (a table's, not pixels)."""
    if held is None or held.shape[1] != train.shape[1] or view.kind != "table" or view.image_shape or len(train) < 50:
        return ()
    still = (train == train[:1]).all(0)
    moved = (held != train[:1]).mean(0) > 0.1
    return tuple(view.columns[j] for j in np.flatnonzero(still & moved)[:8])


@probe
def constant_targets(training: Training, run: Observation) -> ConstantTargets | NotMeasured:
    """How many different targets the training has."""
    split = training.splits.get("train")
    if split is None or not split.y or not len(split.y[0]):
        return NotMeasured("no training targets in the sample")
    y = split.labels if split.labels is not None and len(split.labels) else split.y[0]
    y = flat(np.asarray(y))
    if len(y) < 2:
        return NotMeasured("fewer than 2 training rows in the sample")
    y = as_texts(y) if y.dtype.kind == "O" else y
    distinct = len(np.unique(y[:, 0])) if y.shape[1] == 1 else len(np.unique(y[:2000], axis=0))
    numbers = y.dtype.kind in "biuf"
    spread = float(np.abs(y.astype(float) - y.astype(float).mean(0)).max()) if numbers else float(distinct > 1)
    value = float(y[0, 0]) if numbers else None
    others = [s for r, s in training.splits.items() if r in ROLES and r != "train" and s.y]
    return ConstantTargets(len(y), distinct, value, spread, _placeholder(training, len(others)))


def _placeholder(training: Training, others: int) -> str | None:
    """Why a program may rightly hand constant targets over; None when it may not."""
    kinds = {loss.kind for loss in training.model.losses}
    if kinds and kinds <= {"custom"}:
        return "the loss is the program's own and may not use them"
    if not training.model.losses:
        return "no loss is compiled"
    if training.kind != "fit":
        return "the program trains batch by batch (adversarial training feeds constant labels)"
    if training.model.has_train_step:
        return "the model has its own train_step"
    fits = [c.settings["only_target"] for c in training.calls if c.kind == "fit" and "only_target" in c.settings]
    if any(f is None or f != fits[0] for f in fits):
        return "another call of `fit` had others"
    return None
