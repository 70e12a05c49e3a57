"""How the training ended, and what cheap models reach on the same rows."""

from __future__ import annotations

import math

import numpy as np

from traindx.facts.findings import NotMeasured
from traindx.facts.observation import Observation, Split, Training
from traindx.facts.outcome import Baseline, Outcome, Targets
from traindx.facts.skill import class_skill, numeric, relation, split_skill, threshold
from traindx.probes.base import probe
from traindx.probes.measure.data_features import bag_of_ids
from traindx.probes.measure.data_view import view_of
from traindx.probes.measure.model import structure
from traindx.probes.measure.rebuild import MOST_COLUMNS, MOST_ROWS, rebuilt
from traindx.probes.measure.scored import scored_split
from traindx.probes.measure.targets import class_of_each_step, targets
from traindx.probes.rowhash import row_hashes


def held_out(training: Training) -> Split | None:
    """The split that measures generalisation: validation, else test."""
    found = training.splits.get("validation") or training.splits.get("test")
    return found if found is not None and found.y else None


def _non_finite(training: Training) -> bool:
    logs = [v for values in training.curve.epochs.values() for v in values]
    weights = training.end is not None and any(v.non_finite for v in training.end.variables)
    outputs = any(not np.isfinite(p.astype(float)).all() for s in training.splits.values() for p in s.predicted_end[:1])
    return training.curve.first_bad_step is not None or any(not math.isfinite(v) for v in logs) or weights or outputs


def _fell(training: Training) -> float | None:
    losses = [v for v in training.curve.epochs.get("loss", ()) if math.isfinite(v)] or [v for _, v in training.curve.step_loss]
    if len(losses) < 2 or losses[0] == 0 or not math.isfinite(losses[0]):
        return None
    return float((losses[0] - losses[-1]) / abs(losses[0]))


@probe
def outcome(training: Training, run: Observation) -> Outcome | NotMeasured:
    """Skill on the training and the held-out rows with the last weights."""
    seen = targets(training, run)
    base = {"loss_fell": _fell(training), "non_finite": _non_finite(training), "steps": training.curve.steps}
    train = training.splits.get("train")
    if isinstance(seen, NotMeasured) or train is None or not train.predicted_end:
        return Outcome(**base) if training.curve.steps else NotMeasured("no training step was seen")
    cut = threshold(training.model)
    y = numeric(train.y[0])
    centre = y.mean(axis=0) if y is not None and seen.task in ("regression", "reconstruction") else None
    skill, accuracy, constant = split_skill(train.predicted_end[0], train.y[0], seen.task, cut)
    start = split_skill(train.predicted_start[0], train.y[0], seen.task, cut)[0] if train.predicted_start else None
    numbers = seen.task == "regression"
    first, last = (relation(p[0], train.y[0][: len(p[0])]) if numbers and p else None for p in (train.predicted_start, train.predicted_end))
    other, held = held_out(training) or scored_split(training, run), (None, None, None)
    if other is not None and other.predicted_end:
        held = split_skill(other.predicted_end[0], other.y[0], seen.task, cut, centre)
    return Outcome(
        skill=skill, validation_skill=held[0], start_skill=start, task=seen.task, accuracy=accuracy,
        constant_accuracy=constant, validation_accuracy=held[1], validation_constant_accuracy=held[2],
        related=last, start_related=first, **base,
    )  # fmt: skip


def features(
    split: Split, rows: int, rng: np.random.Generator, beside: Split | None = None, words: bool = False
) -> np.ndarray | None:
    """Inputs as a standardised matrix (rows, at most 400 columns; random columns when wider); None without numbers.

    Of token ids (`words`) the columns say which of the most varied words stand in a row: as numbers they mean nothing.

    The rows of `beside`, scaled by the statistics of `split`, follow below.
    """
    own = _matrix(split, rows, words)
    other = _matrix(beside, rows, words) if beside is not None else None
    if own is None or beside is not None and (other is None or other.shape[1] != own.shape[1]):
        return None
    if own.shape[1] > MOST_COLUMNS:
        columns = np.argsort(own.var(axis=0))[-MOST_COLUMNS:] if words else rng.choice(own.shape[1], MOST_COLUMNS, replace=False)
        columns = np.sort(columns)
        own, other = own[:, columns], other[:, columns] if other is not None else None
    own = np.where(np.isfinite(own), own, np.nan)
    centre, spread = np.nanmean(own, axis=0), np.nanstd(own, axis=0)
    both = own if other is None else np.concatenate([own, np.where(np.isfinite(other), other, np.nan)])
    scaled = (both - centre) / np.where(spread > 0, spread, 1.0)
    return np.clip(np.nan_to_num(scaled), -8, 8)


def _matrix(split: Split, rows: int, words: bool) -> np.ndarray | None:
    parts = [numeric(a[:rows]) for a in split.x]
    if not parts or any(p is None for p in parts):
        return None
    if words and len(parts) == 1 and parts[0] is not None and parts[0].ndim == 2:
        return bag_of_ids(np.nan_to_num(parts[0]).astype(np.int64))
    return np.concatenate([p.reshape(len(p), -1) for p in parts if p is not None], axis=1)


def design(y: np.ndarray, task: str) -> np.ndarray:
    """Targets as a regression fits them, (n, k): indicators of class numbers, else the numbers themselves."""
    if task in ("multi-class", "binary") and y.ndim == 1:
        return (y[:, None] == np.unique(y)[None, :]).astype(float)
    return y.reshape(len(y), -1)


def ridge(x: np.ndarray, t: np.ndarray, x_new: np.ndarray, penalty: float = 1.0) -> np.ndarray:
    """Ridge regression with an intercept; inputs are standardised already."""
    mean = t.mean(axis=0)
    gram = x.T @ x + penalty * len(x) * 0.01 * np.eye(x.shape[1])
    return x_new @ np.linalg.solve(gram, x.T @ (t - mean)) + mean


def neighbours(x: np.ndarray, t: np.ndarray, x_new: np.ndarray, k: int = 7) -> np.ndarray:
    """Mean target of the k nearest rows."""
    far = (x_new**2).sum(1)[:, None] - 2 * x_new @ x.T + (x**2).sum(1)[None, :]
    nearest = np.argpartition(far, min(k, len(x) - 1), axis=1)[:, :k]
    return t[nearest].mean(axis=1)


def random_features(x: np.ndarray, rng: np.random.Generator, units: int = 512) -> np.ndarray:
    """One hidden layer of tanh units that is drawn and not trained (Rahimi and Recht 2008), beside the inputs themselves."""
    weights = rng.normal(size=(x.shape[1], units)) / math.sqrt(x.shape[1])
    return np.concatenate([x, np.tanh(0.7 * x @ weights + rng.normal(size=units))], axis=1)


def _first_of_each(train: Split, n: int) -> np.ndarray:
    """False for rows that a loop showed before, epoch after epoch: else a fold's rows stand in the others too."""
    fresh = np.ones(n, dtype=bool)
    if train.source == "batches":
        first = np.unique(row_hashes(tuple(a[:n] for a in train.x)), return_index=True)[1]
        if len(first) >= 20:
            fresh[:] = False
            fresh[first] = True
    return fresh


def _narrow(training: Training, run: Observation, units: int = 4) -> bool:
    """Whether width may be what the model lacks; else the wide baseline is not worth its time."""
    built = structure(training, run)
    return not isinstance(built, NotMeasured) and built.narrowest <= units


def _words(training: Training, train: Split) -> bool:
    """Whether the inputs are sequences of token ids, several a row."""
    return view_of(training).kind == "tokens" and train.x[0].ndim == 2 and train.x[0].shape[1] >= 3


@probe
def baseline(training: Training, run: Observation) -> Baseline | NotMeasured:
    """Out-of-fold skill of ridge regression and nearest neighbours on the sampled training rows."""
    seen = targets(training, run)
    train = training.splits.get("train")
    if isinstance(seen, NotMeasured) or train is None or seen.task == "unknown":
        return NotMeasured("no supervised targets were seen")
    rng = np.random.default_rng(0)
    if seen.task == "reconstruction":
        return rebuilt(structure(training, run), train, rng)
    other, words = held_out(training), _words(training, train)
    both = features(train, MOST_ROWS, rng, other, words) if other is not None else None
    x = features(train, MOST_ROWS, rng, words=words) if both is None else both[: min(MOST_ROWS, len(train.x[0]))]
    y = numeric(train.y[0])
    if y is not None and class_of_each_step(train, y):
        return NotMeasured("the targets name a class at each step")
    if x is None or y is None or y.ndim > 2 or len(x) < 20 or x.shape[1] == 0:
        return NotMeasured("the inputs are no plain numbers, or there are fewer than 20 rows")
    y = y[: len(x)]
    keep = np.isfinite(y).reshape(len(y), -1).all(axis=1) & _first_of_each(train, len(y))
    x, y = x[keep], y[keep]
    t = design(y, seen.task)
    folds = rng.permutation(len(x)) % 5
    out = {"linear": np.zeros_like(t), "neighbours": np.zeros_like(t)}
    wide = random_features(x, rng) if _narrow(training, run) else None
    if wide is not None:
        out["wide"] = np.zeros_like(t)
    for fold in range(5):
        new, old = folds == fold, folds != fold
        out["linear"][new] = ridge(x[old], t[old], x[new])
        out["neighbours"][new] = neighbours(x[old], t[old], x[new])
        if wide is not None:
            out["wide"][new] = ridge(wide[old], t[old], wide[new], penalty=0.1)
    skills = {name: _skill(p, y, t, seen) for name, p in out.items()}
    skills["held_out"] = _held_out_skill(train, other, both, seen)
    return Baseline(**skills, rows=len(x), noise=1 / math.sqrt(len(x)))


def _held_out_skill(train: Split, other: Split | None, both: np.ndarray | None, seen: Targets) -> float | None:
    """The better of both cheap models, fitted on the training rows, on the rows of the held-out split; `both` holds the
    features of the one above those of the other."""
    if other is None or both is None or other.y[0].shape[1:] != train.y[0].shape[1:]:
        return None
    y, wanted = numeric(train.y[0]), numeric(other.y[0])
    if y is None or wanted is None or not np.isfinite(y).all() or not np.isfinite(wanted).all():
        return None
    n = min(len(y), MOST_ROWS)
    coded = design(np.concatenate([y[:n], wanted[: len(both) - n]]), seen.task)
    found = [
        _skill(cheap(both[:n], coded[:n], both[n:]), wanted[: len(both) - n], coded[n:], seen) for cheap in (ridge, neighbours)
    ]
    return max((f for f in found if f is not None), default=None)


def _skill(p: np.ndarray, y: np.ndarray, t: np.ndarray, seen: Targets) -> float | None:
    if seen.task in ("multi-class", "binary"):
        found = class_skill(p, t, 0.5)
        return found[0] if found is not None else None
    return split_skill(p, y, seen.task, 0.5)[0]
