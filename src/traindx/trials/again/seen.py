"""What an arm of a program that is run again has judged: the skill on every set of rows that `fit` or `evaluate` was given.

The process is ours and ends with the arm, so Keras is patched in place here and never restored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.skill import numeric, split_skill

MAX_ROWS = 2048
WORST = -1.0
SEED_STEP = 1009
"""A prime, so that seeds that a program takes in a row stay different ones."""


class Enough(BaseException):
    """The program has shown that it trains; nothing more is asked of it."""


@dataclass
class Seen:
    """Skills of held-out rows (of the training rows where none were held out), in the order in which they were judged."""

    task: str
    cut: float
    skills: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def judge(self, predict: Any, x: Any, y: Any) -> None:
        """One set of rows; rows of a stream that cannot be read twice are left out."""
        pair = _arrays(x, y)
        if pair is None or not len(pair[1]):
            return
        predicted = np.asarray(_first(predict(pair[0])))
        found = skill(predicted, pair[1], self.task, self.cut)
        if found is not None:
            self.skills.append(found)
            self.rows.append(len(pair[1]))


def skill(predicted: np.ndarray, truth: np.ndarray, task: str, cut: float) -> float | None:
    """Not below `WORST`; None where the rows hold one target only."""
    flat = numeric(truth)
    if flat is None or not np.ptp(flat.reshape(len(flat), -1), axis=0).any():
        return None
    if not np.isfinite(predicted).all():
        return WORST
    found = split_skill(predicted, truth, task if task != "unknown" else _task(flat), cut)[0]
    return None if found is None else round(max(WORST, float(found)), 6)


def _task(y: np.ndarray) -> str:
    """By the targets alone: few whole numbers are classes."""
    values = np.unique(y)
    if y.ndim == 2 and len(values) <= 2:
        return "multi-class" if np.all(y.sum(axis=1) == 1) else "multi-label"
    if len(values) <= 20 and np.array_equal(values, np.round(values)) and y.ndim == 1:
        return "binary" if len(values) == 2 else "multi-class"
    return "regression"


def _first(value: Any) -> Any:
    while isinstance(value, dict | list | tuple):
        value = next(iter(value.values() if isinstance(value, dict) else value))
    return value


def _arrays(x: Any, y: Any) -> tuple[Any, np.ndarray] | None:
    """At most `MAX_ROWS` rows, inputs in their structure and the first target; None for what can be read only once."""
    import keras

    if y is not None:
        few = keras.tree.map_structure(lambda a: np.asarray(a)[:MAX_ROWS], x)
        return few, np.asarray(_first(y))[:MAX_ROWS]
    if not (hasattr(x, "element_spec") or hasattr(x, "__getitem__")) or not hasattr(x, "__len__"):
        return None
    xs, ys, count = [], [], 0
    for i, batch in enumerate(x if hasattr(x, "element_spec") else (x[i] for i in range(len(x)))):
        if not isinstance(batch, tuple) or len(batch) < 2 or count >= MAX_ROWS or i > MAX_ROWS:
            break
        xs.append(keras.tree.map_structure(np.asarray, batch[0]))
        ys.append(np.asarray(_first(batch[1])))
        count += len(ys[-1])
    if not ys:
        return None
    return keras.tree.map_structure(lambda *parts: np.concatenate(parts), *xs), np.concatenate(ys)


def watch(seen: Seen, seed: int, one_epoch: bool) -> None:
    """Patch `fit` and `evaluate` of every model, and move the framework's seeds on by `seed`.

    `one_epoch`: the program ends with the first whole epoch of `fit`.
    """
    import keras

    fit, evaluate, predict = keras.Model.fit, keras.Model.evaluate, keras.Model.predict
    depth = [0]  # `fit` evaluates, and what we predict is no judging of the program's

    def guarded(model: Any, x: Any, y: Any) -> None:
        depth[0] += 1
        try:
            seen.judge(lambda rows: predict(model, rows, verbose=0), x, y)
        except Exception:  # noqa: BLE001 - rows that cannot be judged are not judged
            pass
        finally:
            depth[0] -= 1

    def watched_fit(self: Any, x: Any = None, y: Any = None, *rest: Any, **more: Any) -> Any:
        if one_epoch:
            more["callbacks"] = [*(more.get("callbacks") or []), _ends_after_one(keras)]
        depth[0] += 1
        try:
            history = fit(self, x, y, *rest, **more)
        finally:
            depth[0] -= 1
        held = more.get("validation_data")
        if isinstance(held, tuple | list) and len(held) >= 2:
            guarded(self, held[0], held[1])
        elif held is not None:
            guarded(self, held, None)
        else:
            guarded(self, *_last_part(x, y, more.get("validation_split") or 0.0))
        return history

    def watched_evaluate(self: Any, x: Any = None, y: Any = None, *rest: Any, **more: Any) -> Any:
        if depth[0] == 0:
            guarded(self, x, y)
        return evaluate(self, x, y, *rest, **more)

    keras.Model.fit, keras.Model.evaluate = watched_fit, watched_evaluate
    _move_seeds(seed)


def _ends_after_one(keras: Any) -> Any:
    class Ends(keras.callbacks.Callback):
        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            raise Enough

    return Ends()


def _last_part(x: Any, y: Any, share: float) -> tuple[Any, Any]:
    """The rows that `validation_split` holds out; all without it."""
    if y is None or not share:
        return x, y
    import keras

    def tail(a: Any) -> Any:
        values = np.asarray(a)
        return values[int(len(values) * (1 - share)) :]

    return keras.tree.map_structure(tail, x), keras.tree.map_structure(tail, y)


def _move_seeds(seed: int) -> None:
    """Weights, dropout and the order of rows follow from these two; data drawn with NumPy's generators stay the same."""
    import random

    import tensorflow as tf

    if not seed:
        return
    for module, name in ((random, "seed"), (tf.random, "set_seed")):
        own = getattr(module, name)
        setattr(module, name, lambda value=None, *rest, own=own: own(_moved(value, seed), *rest))


def _moved(value: Any, seed: int) -> Any:
    return value + seed * SEED_STEP if isinstance(value, int) else value
