"""Probes that compare the training split with the others: transforms, label codes, drift."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np

from traindx.facts.data_splits import LabelCodes, SplitDrift, SplitTransforms, TargetShift, Transform
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, Training
from traindx.facts.skill import numeric, regression_skill
from traindx.probes.base import probe
from traindx.probes.measure.data_categories import renamed_categories
from traindx.probes.measure.data_columns import auc, finite, ks, many_valued, noise_unit, still_rows
from traindx.probes.measure.data_lags import carried, lagged
from traindx.probes.measure.data_learn import assignment, learn, pick
from traindx.probes.measure.data_mixture import groups_of, remixed_distance
from traindx.probes.measure.data_network import cheap, network_skill, usable, within_skill
from traindx.probes.measure.data_numbered import numbered_anew
from traindx.probes.measure.data_picture import Pictures, picture_transforms
from traindx.probes.measure.data_transform import table_pair, table_transforms
from traindx.probes.measure.data_view import Sheet, View, view_of
from traindx.probes.measure.data_vocabulary import renamed_words

OTHERS = ("validation", "test", "predict")
LEAST_TRAINED = 5
"""Training rows of a class that another is said to be called by; of fewer no classifier learns what it looks like."""


def transforms_of(view: View) -> SplitTransforms | NotMeasured:
    """Transforms of every other split against training, found once."""

    def find() -> SplitTransforms | NotMeasured:
        train = view.sheets.get("train")
        if train is None or not train.table.shape[1]:
            return NotMeasured("no numeric training inputs")
        others = [
            view.sheets[r] for r in OTHERS if r in view.sheets and view.sheets[r].table.shape[1] == train.table.shape[1]
        ]
        others = [o for o in others if o.n >= 20]
        if not others or train.n < 20:
            return NotMeasured("no other split with 20 rows to compare with")
        found: list[Transform] = []
        tried = rows = 0
        for other in others:
            rows = max(rows, min(train.n, other.n))
            if view.image_shape is not None:
                pair = Pictures(
                    other.role,
                    train.table.reshape(-1, *view.image_shape),
                    other.table.reshape(-1, *view.image_shape),
                    *_codes(view, other.role),
                )
                made, count = picture_transforms(pair)
            elif view.kind in ("table", "sequence"):
                made, count = _of_tables(view, other)
            elif view.kind == "tokens":
                renamed = renamed_words(view, other.role) or numbered_anew(view, other.role)
                made, count = [renamed] if renamed else [], 1
            else:
                made, count = [], 0
            found, tried = found + made, tried + count
        return SplitTransforms(rows, train.table.shape[1], tried, tuple(found))

    return view.once("transforms", find)


def _other_source(a: np.ndarray, b: np.ndarray, moved: float = 0.5) -> bool:
    """Whether an indicator, 0 or 1 on both sides, stands for other rows: what differs then differs by source, not by scaling."""
    if a.shape[1] != b.shape[1] or not len(a) or not len(b):
        return False
    flags = np.isin(a, (0, 1)).all(0) & np.isin(b, (0, 1)).all(0)
    return bool((np.abs(a[:, flags].mean(0) - b[:, flags].mean(0)) > moved).any())


def _of_tables(view: View, other: Sheet) -> tuple[list[Transform], int]:
    """Transforms of one split's columns against training's, and how many maps were tried."""
    train = view.sheets["train"]
    named = _names_turned(train, other)
    if named is not None:
        return [named], 1
    whole = (train.n >= train.total, other.n >= other.total)
    if len(other.table) and still_rows(other.table):
        return [], 0  # rows without any difference: `constant-inputs` says it
    pair = table_pair(other.role, train.table, other.table, view.columns, whole)
    labelled = train.target is not None and other.target is not None
    targets = (train.target.coded, other.target.coded) if labelled else (None, None)  # type: ignore[union-attr]
    made, count = table_transforms(pair, *targets)
    if lagged(view):  # a series has another level and spread in each stretch of time
        unlike = _units(view, other.role)
        made = [unlike] if unlike else [t for t in made if t.kind not in ("scale", "column-scales") or _extreme(t)]
    if _other_source(train.table, other.table):
        made = [t for t in made if t.kind not in ("scale", "column-scales")]
    if train.target is not None and any(t.kind in ("scale", "column-scales") for t in made):
        groups = groups_of(train.target.coded, train.target.codes)
        if remixed_distance(pair.a, groups, pair.b) < 1.5:  # other shares of the classes, nothing transformed
            made = [t for t in made if t.kind not in ("scale", "column-scales")]
    if view.kind == "table" and all(t.kind in ("filled", "column-order") for t in made):
        renamed = renamed_categories(pair, *targets)
        renamed = renamed or numbered_anew(view, other.role)
        made = [renamed] if renamed else made
    return made, count


def _names_turned(train: Sheet, other: Sheet) -> Transform | None:
    """Frames whose columns bear the same names in another order: Keras goes by places, not by names."""
    mine, theirs = train.split.columns, other.split.columns
    if mine == theirs or len(set(mine)) != len(mine) or sorted(mine) != sorted(theirs):
        return None
    turned = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    shown = ", ".join(f"{b} in place of {a}" for a, b in turned[:5])
    text = f"columns of {other.role} stand in another order by their names: {shown}"
    return Transform("column-order", text, other.role, float(len(turned)), 0.0, columns=tuple(b for _, b in turned[:4]))


def _units(view: View, role: str) -> Transform | None:
    """Windows of one series whose values come back as targets: by another factor or offset than in training."""
    mine = carried(view, "train")
    theirs = carried(view, role, mine.column) if mine is not None else None
    if mine is None or theirs is None:
        return None
    spread = float(np.nanstd(view.sheets["train"].table[:, mine.column]))
    factor, offset = mine.slope / theirs.slope, (mine.offset - theirs.offset) / theirs.slope
    moved = abs(factor - 1) + abs(offset) / max(spread, 1e-30)
    if moved < 0.05:
        return None
    text = (
        f"{role} inputs = {factor:.4g} * training {'+' if offset >= 0 else '-'} {abs(offset):.4g}: the series' values come "
        "back as targets of the rows before, by another factor and offset than in training"
    )
    return Transform("scale", text, role, moved, 0.0, factor, offset)


def _extreme(found: Transform, least: float = 20.0) -> bool:
    """A factor that no stretch of a series has to another."""
    return found.factor is not None and not 1 / least < abs(found.factor) < least


def _codes(view: View, role: str) -> tuple[np.ndarray | None, np.ndarray | None]:
    a, b = view.sheets["train"].target, view.sheets[role].target
    if a is None or b is None or a.codes is None or b.codes is None:
        return None, None
    return a.codes, b.codes


@probe
def split_transforms(training: Training, run: Observation) -> SplitTransforms | NotMeasured:
    """How the other splits were transformed against the training split."""
    made = transforms_of(view_of(training))
    if isinstance(made, NotMeasured) or not made.found:
        return made
    fit = next((c for c in reversed(training.calls) if c.kind == "fit"), None)
    cut = fit is not None and bool(fit.settings.get("validation_split")) and not fit.settings.get("validation_data")
    return replace(made, cut=cut, scored=_scored(training, run))


def _scored(training: Training, run: Observation) -> float | None:
    """Skill of the last predictions that the program scored on as many rows as it asked predictions of without labels."""
    split = training.splits.get("predict")
    for call in reversed(run.scores if split is not None else ()):
        y, said = (None if a is None or a.dtype.kind not in "fiub" else numeric(a) for a in (call.y_true, call.y_pred))
        if y is None or said is None or split is None or y.shape != said.shape or len(y) != split.n or y.ndim != 1:
            continue
        if view_of(training).task != "classes":
            return regression_skill(said, y)
        if (said == np.round(said)).all():
            usual = float(np.unique(y, return_counts=True)[1].max() / len(y))
            return (float((said == y).mean()) - usual) / (1 - usual) if usual < 1 else None
    return None


@probe
def label_codes(training: Training, run: Observation) -> LabelCodes | NotMeasured | NotApplicable:
    """Whether renaming the labels of a held-out split brings it into line with the training split."""
    view = view_of(training)
    if view.task != "classes":
        return NotApplicable("targets are not classes")
    found, transforms = cheap(view), transforms_of(view)
    if found is None:
        return NotMeasured("no labelled training rows that vary")
    if isinstance(transforms, SplitTransforms) and transforms.found:
        return NotMeasured("the splits are transformed differently; labels can be compared once that is undone")
    rows = usable(view, "train")
    names = view.sheets["train"].target.names  # type: ignore[union-attr]
    own = view.sheets["train"].target.codes[rows]  # type: ignore[union-attr,index]
    expected = float((found.loo.argmax(1) == own).mean())
    majority = float(np.bincount(own).max() / len(own))
    best: LabelCodes | None = None
    for role in ("validation", "test"):
        if role not in view.sheets or view.sheets[role].target is None:
            continue
        at = usable(view, role)
        if len(at) < 15:
            continue
        codes = view.sheets[role].target.codes[at]  # type: ignore[union-attr,index]
        guess = found.predict(view.features(role)[at]).argmax(1)
        made = _renamed(role, names, guess, codes, expected, majority)
        trained = np.bincount(own, minlength=len(names))
        numbers = all(re.fullmatch(r"-?\d+(\.0*)?", name) for pair in made.mapping for name in pair)
        if numbers and any(trained[names.index(held)] < LEAST_TRAINED for _, held in made.mapping):
            made = replace(made, mapping=())  # nothing was learned of that class, so nothing else bears its name
        made = _with_chance(made, names, own, found.loo.argmax(1), codes, guess)
        if best is None or made.renamed - made.agree > best.renamed - best.agree:
            best = made
    return best or NotMeasured("no labelled held-out split with 15 rows")


def _with_chance(
    made: LabelCodes, names: tuple[str, ...], own: np.ndarray, loo: np.ndarray, codes: np.ndarray, guess: np.ndarray
) -> LabelCodes:
    """The label shares, and the agreement beyond what the shares alone give (Cohen's kappa), with and without the map."""
    k = len(names)
    mapping = tuple((names.index(a), names.index(b)) for a, b in made.mapping)
    to = np.arange(k)
    for a, b in mapping:
        to[a] = b
    return replace(
        made,
        shares=_share_distance(own, codes, k, ()),
        shares_renamed=_share_distance(own, codes, k, mapping),
        kappas=(_kappa(loo, own, k), _kappa(guess, codes, k), _kappa(to[guess], codes, k)),
    )


def _kappa(guess: np.ndarray, codes: np.ndarray, k: int) -> float:
    p, q = np.bincount(guess, minlength=k) / len(guess), np.bincount(codes, minlength=k) / len(codes)
    chance = float(p @ q)
    return (float((guess == codes).mean()) - chance) / max(1e-9, 1 - chance)


def _share_distance(known: np.ndarray, held: np.ndarray, k: int, mapping: tuple[tuple[int, int], ...]) -> float:
    """Total variation distance of the label shares, after renaming held-out labels (training code, held-out code)."""
    p, q = np.bincount(known, minlength=k) / len(known), np.bincount(held, minlength=k) / len(held)
    back = np.arange(k)
    for a, b in mapping:
        back[a] = b
    return 0.5 * float(np.abs(p - q[back]).sum())


def _renamed(
    role: str, names: tuple[str, ...], guess: np.ndarray, codes: np.ndarray, expected: float, majority: float
) -> LabelCodes:
    """The best renaming of the labels, found on one half of the rows and judged on the other, both ways."""
    k = len(names)
    half = np.random.default_rng(0).permutation(len(codes)) % 2
    tables, found = [], []
    for side in (0, 1):
        table = np.zeros((k, k))
        np.add.at(table, (guess[half == side], codes[half == side]), 1)
        tables.append(table)
        found.append(assignment(-table - 1e-3 * np.eye(k)))  # what no row tells stays as it is
    agree = float((guess == codes).mean())
    plain = guess == codes
    moved = np.where(half == 0, found[1][guess], found[0][guess]) == codes
    won, lost = int((moved & ~plain).sum()), int((plain & ~moved).sum())
    whole, to = tables[0] + tables[1], found[0]
    pairs = [(i, int(to[i])) for i in range(k) if to[i] != i and found[1][i] == to[i]]
    gained = sum(whole[i, j] - whole[i, i] for i, j in pairs)
    if len(pairs) < 2 or gained < 0.6 * (won - lost):  # one renamed class alone is a missing class, not another code
        return LabelCodes(len(codes), role, k, expected, agree, agree, (), 1.0, majority)
    z = (won - lost) / math.sqrt(max(1.0, won + lost))
    return LabelCodes(
        len(codes),
        role,
        k,
        expected,
        agree,
        float(moved.mean()),
        tuple((names[i], names[j]) for i, j in pairs),
        0.5 * math.erfc(z / math.sqrt(2)),
        majority,
    )


@probe
def target_shift(training: Training, run: Observation) -> TargetShift | NotMeasured | NotApplicable:
    """Whether numeric targets of a held-out split are on another scale than training targets of like rows."""
    view = view_of(training)
    if view.task != "numbers":
        return NotApplicable("targets are not numbers")
    found, transforms = cheap(view), transforms_of(view)
    if found is None or view.sheets["train"].target is None:
        return NotMeasured("no labelled training rows that vary")
    if isinstance(transforms, SplitTransforms) and transforms.found:
        return NotMeasured("the splits' inputs are transformed differently")
    for role in ("validation", "test"):
        if role not in view.sheets or view.sheets[role].target is None:
            continue
        at = usable(view, role)
        wanted, known = view.sheets[role].target.values[at], view.sheets["train"].target.values  # type: ignore[union-attr]
        known = known[np.isfinite(known).all(1)]
        if len(at) < 20 or wanted.shape[1] != known.shape[1] or known.std() == 0 or wanted.std() == 0:
            continue
        guess = found.predict(view.features(role)[at])
        factor = float(wanted.std() / known.std())
        offset = float(wanted.mean() - factor * known.mean())
        unit = noise_unit(len(known), len(wanted))
        before, after = float(ks(known, wanted).mean()) / unit, float(ks(known * factor + offset, wanted).mean()) / unit
        spread = float(((wanted - wanted.mean()) ** 2).mean())
        agree = 1 - float(((wanted - guess) ** 2).mean()) / spread
        renamed = 1 - float(((wanted - guess * factor - offset) ** 2).mean()) / spread
        return TargetShift(len(at), role, factor, offset, before, after, agree, renamed, found.skill)
    return NotMeasured("no labelled held-out split with 20 rows")


@probe
def split_drift(training: Training, run: Observation) -> SplitDrift | NotMeasured:
    """How well a cheap model tells held-out from training inputs, and how far the labels moved."""
    view = view_of(training)
    train = view.sheets.get("train")
    role = next((r for r in ("validation", "test") if r in view.sheets and view.sheets[r].n >= 30), None)
    if train is None or role is None or train.n < 30:
        return NotMeasured("no held-out split with 30 rows to compare with")
    other = view.sheets[role]
    if other.table.shape[1] != train.table.shape[1]:
        return NotMeasured("the splits have different inputs")
    per = 250
    i, j = pick(len(view.features("train")), per), pick(len(view.features(role)), per, 1)
    x = np.concatenate([view.features("train")[i], view.features(role)[j]])
    side = np.repeat([0.0, 1.0], [len(i), len(j)])[:, None]
    found = learn(x, side, 10)
    area = auc(found.loo[:, 0], side[:, 0] > 0) if found else 0.5
    chance = 0.5 + 3.3 * math.sqrt((len(i) + len(j) + 1) / (12 * len(i) * len(j)))
    labels, limit = _label_distance(view, role)
    before, after = network_skill(view, "train"), network_skill(view, role)
    within = within_skill(view, role)
    drop = None if before is None or after is None else before - min(after, after if within is None else within)
    widest = ks(finite(train.table[i][:, :256]), finite(other.table[j][:, :256])) if train.table.size else np.zeros(1)
    name = view.columns[int(np.argmax(widest))] if len(view.columns) >= len(widest) else ""
    return SplitDrift(
        len(x), role, max(area, 1 - area) if found and found.z > 4 else area, chance, labels, limit, drop, name,
        *_beyond(view, role),
    )  # fmt: skip


def _beyond(view: View, role: str) -> tuple[str, float, float]:
    """The column with the most held-out rows beyond training's least and greatest value, their share, and that of targets."""
    train, other = view.sheets["train"], view.sheets[role]
    name, share = "", 0.0
    if view.kind == "table" and not view.image_shape:
        rich = np.flatnonzero(many_valued(train.table))
        with np.errstate(all="ignore"):
            low, high = np.nanmin(train.table[:, rich], axis=0), np.nanmax(train.table[:, rich], axis=0)
        outside = ((other.table[:, rich] < low) | (other.table[:, rich] > high)).mean(0)
        if len(rich):
            name, share = view.columns[rich[int(np.argmax(outside))]], float(outside.max())
    a, b = train.target, other.target
    if a is None or b is None or a.kind != "numbers" or not np.isfinite(a.values).all():
        return name, share, 0.0
    return name, share, float(((b.values < a.values.min(0)) | (b.values > a.values.max(0))).mean())


def _label_distance(view: View, role: str) -> tuple[float | None, float]:
    a, b = view.sheets["train"].target, view.sheets[role].target
    if a is None or b is None or a.kind == "many":
        return None, 0.0
    if a.codes is not None and b.codes is not None:
        k = len(a.names)
        p, q = np.bincount(a.codes[a.codes >= 0], minlength=k), np.bincount(b.codes[b.codes >= 0], minlength=k)
        pooled = (p + q) / (p + q).sum()
        spread = math.sqrt(1 / max(1, p.sum()) + 1 / max(1, q.sum()))
        mean = 0.5 * float(np.sqrt(2 / np.pi * pooled * (1 - pooled)).sum()) * spread
        return 0.5 * float(np.abs(p / max(1, p.sum()) - q / max(1, q.sum())).sum()), mean + 1.2 * spread
    return float(ks(finite(a.values[:, :1]), finite(b.values[:, :1]))[0]), 1.95 * noise_unit(
        len(a.values), len(b.values)
    )
