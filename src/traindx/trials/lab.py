"""Trains arms of a trial in the child process: one compiled loop per model structure, everything else is data.

A loop over steps runs inside one graph (`tf.while_loop`), so that an arm costs its arithmetic and not Python; the
learning rate is a variable and the rows are gathered by index, so that rates, batch orders and data changes re-use
the trace (measured in `shared/notes/instrumentation.md`: tracing is most of a short arm's cost).
"""

from __future__ import annotations

import math
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from traindx.facts.skill import split_skill, threshold
from traindx.trials.recipe import Recipe, Rows

WORST = -1.0
"""Skill of an arm whose numbers are not finite; skills are cut off here, for a mean over seeds must stay finite."""
CHUNKS = 8
MAX_SCORED = 2048
MAX_COMPILED = 6


class OutOfTime(Exception):
    """The deadline came before the arm was done."""


@dataclass(frozen=True)
class Arm:
    """What became of one arm with one seed. `held` and `train` are skills; `losses` one per step, up to the first NaN."""

    held: float
    train: float
    losses: np.ndarray
    steps: int
    seconds: float
    finite: bool
    predicted: np.ndarray | None = None
    held_loss: tuple[float, ...] = ()


class Compiled:
    """A model of one structure with its compiled loop and its start values."""

    def __init__(self, content: dict[str, Any], recipe: Recipe) -> None:
        import keras

        self.keras = keras
        loaded = pickle.loads(content["model"])
        self.model, own_loss = loaded["model"], loaded["loss"]
        self.templates = content["templates"]["train"]
        content["mend"](self.model)
        if recipe.trains:
            start_from(self.model, content["start"], content["start_paths"])
        for edit in recipe.edits:
            self.model = edit.apply(self.model) or self.model
        self.optimizer, self.rates = _optimizer(content["optimizer"], recipe)
        loss = own_loss if recipe.loss is None else recipe.loss
        weights = content["loss_weights"] if recipe.loss is None else None
        self.model.compile(optimizer=self.optimizer, loss=loss, loss_weights=weights, jit_compile=False)
        if not self.model.built:
            few = tuple(_plain(a[:2]) for a in recipe.train.x)
            self.model(self.nest(few, 0))
        self.optimizer.build(self.model.trainable_variables)
        self.own_step = type(self.model).train_step is not keras.Model.train_step
        self.variables = _unique([*self.model.variables, *self.optimizer.variables])
        self.start = [np.array(v.value.numpy()) for v in self.variables]
        self.loop: Any = None
        self.forward: Any = None

    def reset(self, seed: int) -> None:
        """Start values again; random layers get states that follow from the seed alone."""
        for i, (variable, value) in enumerate(zip(self.variables, self.start, strict=True)):
            if "seed_generator_state" in str(variable.path):
                value = np.asarray([seed + 1, i], dtype=value.dtype).reshape(value.shape)
            variable.assign(value)

    def nest(self, leaves: tuple[Any, ...], part: int) -> Any:
        """Leaves in the structure that the model takes: part 0 inputs, part 1 targets."""
        template = self.templates[part]
        if template is None or not leaves:
            return None
        return self.keras.tree.map_structure(lambda i: leaves[i], template)

    def step(self, x: Any, y: Any, weight: Any) -> Any:
        """One update on a batch; returns its loss."""
        import tensorflow as tf

        model = self.model
        if self.own_step:
            logs = model.train_step((x, y) if weight is None else (x, y, weight))
            return tf.cast(logs.get("loss", next(iter(logs.values()))), "float32")
        with tf.GradientTape() as tape:
            output = model(x, training=True) if model._call_has_training_arg else model(x)
            loss = tf.reduce_mean(model._compute_loss(x=x, y=y, y_pred=output, sample_weight=weight, training=True))
            scaled = self.optimizer.scale_loss(loss)
        found = tape.gradient(scaled, [v.value for v in model.trainable_variables])
        self.optimizer.apply(found, model.trainable_variables)
        return tf.cast(loss, "float32")

    def make_loop(self, xs: tuple[Any, ...], ys: tuple[Any, ...], weighted: bool) -> None:
        """Compile the loop for arrays of these dtypes and row shapes."""
        import tensorflow as tf

        spec = [tf.TensorSpec((None, *a.shape[1:]), a.dtype) for a in (*xs, *ys)]
        more = [tf.TensorSpec((None,), tf.float32), tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None,), tf.float32)]
        rate = getattr(self.optimizer, "inner_optimizer", self.optimizer)._learning_rate

        @tf.function(autograph=False, input_signature=[tuple(spec), *more, tf.TensorSpec((), tf.bool)])
        def loop(arrays: Any, weight: Any, order: Any, rates: Any, stops: Any) -> Any:
            total = tf.shape(order)[0]

            def body(i: Any, going: Any, losses: Any) -> Any:
                rate.assign(rates[i])
                batch = [tf.gather(a, order[i]) for a in arrays]
                x, y = self.nest(tuple(batch[: len(xs)]), 0), self.nest(tuple(batch[len(xs) :]), 1)
                loss = self.step(x, y, tf.gather(weight, order[i]) if weighted else None)
                return i + 1, tf.math.is_finite(loss) | ~stops, losses.write(i, loss)

            holder = tf.TensorArray(tf.float32, total, element_shape=())
            done, _, losses = tf.while_loop(
                lambda i, going, _: (i < total) & going, body, (0, True, holder), parallel_iterations=1
            )
            return losses.stack()[:done]

        self.loop = loop

    def predict(self, rows: Rows, deadline: float) -> tuple[np.ndarray, ...]:
        """Outputs in inference mode, flat, on at most 2,048 rows."""
        import tensorflow as tf

        if self.forward is None:
            spec = [tf.TensorSpec((None, *a.shape[1:]), _plain(a[:1]).dtype) for a in rows.x]

            @tf.function(autograph=False, input_signature=[tuple(spec)])
            def forward(arrays: Any) -> Any:
                x = self.nest(arrays, 0)
                model = self.model
                output = model(x, training=False) if model._call_has_training_arg else model(x)
                return [tf.cast(t, tf.float32) for t in self.keras.tree.flatten(output)]

            self.forward = forward
        parts = []
        for at in range(0, min(len(rows), MAX_SCORED), 256):
            if time.monotonic() > deadline:
                raise OutOfTime
            stop = min(len(rows), MAX_SCORED, at + 256)
            parts.append([t.numpy() for t in self.forward(tuple(tf.constant(_plain(a[at:stop])) for a in rows.x))])
        return tuple(np.concatenate(p) for p in zip(*parts, strict=True))


class Lab:
    """All arms of one run's trials."""

    def __init__(self, content: dict[str, Any], told: Callable[[str], None]) -> None:
        self.content, self.told = content, told
        self.compiled: dict[tuple[Any, ...], Compiled] = {}
        self.cost: dict[tuple[Any, ...], float] = {}

    @property
    def has_loss(self) -> bool:
        """Whether the program's loss came with the model."""
        return bool(pickle.loads(self.content["model"])["loss"] is not None)

    def first_outputs(self, recipe: Recipe, x: tuple[np.ndarray, ...]) -> list[np.ndarray]:
        """The first output on these rows with the start weights, in training and in inference mode."""
        made = Compiled(self.content, recipe)
        made.reset(0)
        rows = made.nest(tuple(map(_plain, x)), 0)
        modes = ({"training": True}, {"training": False}) if made.model._call_has_training_arg else ({},)
        return [np.asarray(made.keras.tree.flatten(made.model(rows, **mode))[0]) for mode in modes]

    def structure(self, recipe: Recipe) -> Compiled:
        """The compiled model of a recipe; made once."""
        weighted = recipe.train.weight is not None or bool(recipe.class_weight)  # the loop is compiled with or without
        key = (recipe.key, recipe.trains, weighted, tuple((a.shape[1:], str(a.dtype)) for a in (*recipe.train.x, *recipe.train.y)))
        if key not in self.compiled:
            edited = [k for k in self.compiled if k[0][0]]
            if len(edited) > MAX_COMPILED:
                self.compiled.pop(edited[0])
            self.compiled[key] = Compiled(self.content, recipe)
        return self.compiled[key]

    def run(self, recipe: Recipe, seed: int, deadline: float, stops: bool = True) -> Arm:
        """Train one arm from the start weights and score it; it `stops` at the first loss that is not finite.

        Raises:
            OutOfTime: the deadline came first.
        """
        import tensorflow as tf

        began = time.monotonic()
        made = self.structure(recipe)
        made.reset(seed)
        losses = np.zeros(0, np.float32)
        if recipe.trains:
            xs, ys = tuple(map(_plain, recipe.train.x)), tuple(map(_plain, recipe.train.y))
            weight = _weights(recipe)
            if made.loop is None:
                made.make_loop(xs, ys, weight is not None)
            arrays = tuple(tf.constant(a) for a in (*xs, *ys))
            weights = tf.constant(np.ones(1, np.float32) if weight is None else weight.astype(np.float32))
            order, rates = batches(recipe, seed), made.rates(recipe)
            losses = self._steps(made, arrays, weights, order, rates, deadline, recipe, stops)
        return self._score(made, recipe, losses, began, deadline)

    def try_step(self, recipe: Recipe) -> None:
        """One eager update on the first batch, as the program would make it; raises what the program would raise."""
        import tensorflow as tf

        made = Compiled(self.content, recipe)
        rows = recipe.train.take(np.arange(min(recipe.batch, len(recipe.train))))
        x, y = (tuple(tf.constant(_plain(a)) for a in part) for part in (rows.x, rows.y))
        made.step(made.nest(x, 0), made.nest(y, 1), None)

    def _steps(
        self, made: Compiled, arrays: Any, weights: Any, order: Any, rates: Any, deadline: float, recipe: Recipe,
        stops: bool = True,
    ) -> np.ndarray:  # fmt: skip
        import tensorflow as tf

        parts, at, size = [], 0, max(1, min(10, recipe.steps))
        while at < recipe.steps:
            if time.monotonic() > deadline:
                raise OutOfTime
            began = time.monotonic()
            stop = min(recipe.steps, at + size)
            found = made.loop(arrays, weights, tf.constant(order[at:stop]), tf.constant(rates[at:stop]), stops).numpy()
            parts.append(found)
            if at:
                self.cost[recipe.key] = (time.monotonic() - began) / (stop - at)
            if stops and not np.isfinite(found).all():
                break
            at, size = stop, max(size, math.ceil(recipe.steps / CHUNKS))
        return np.concatenate(parts)

    def _score(self, made: Compiled, recipe: Recipe, losses: np.ndarray, began: float, deadline: float) -> Arm:
        held = made.predict(recipe.held, deadline)[0]
        train = made.predict(recipe.train, deadline)[0] if recipe.held is not recipe.train else held
        finite = bool(np.isfinite(held).all() and np.isfinite(losses).all())
        scores = [skill_of(recipe, p, t) for p, t in ((held, recipe.truth[1]), (train, recipe.truth[0]))]
        return Arm(scores[0], scores[1], losses, len(losses), time.monotonic() - began, finite, held)


def skill_of(recipe: Recipe, predicted: np.ndarray, truth: np.ndarray) -> float:
    """Skill of predictions as `facts.skill` defines it, not below `WORST`."""
    if recipe.undo is not None:
        predicted = recipe.undo(predicted)
    case = recipe.case
    centre = None
    if case.task in ("regression", "reconstruction"):
        known = recipe.truth[0].astype(np.float64)
        centre = np.nanmean(known.reshape(len(known), -1).squeeze(), axis=0) if known.ndim <= 2 else None
    found = split_skill(predicted, truth[: len(predicted)], case.task, threshold(case.model), centre)[0]
    return WORST if found is None or not math.isfinite(found) else max(WORST, found)


def batches(recipe: Recipe, seed: int) -> np.ndarray:
    """Row numbers of every step, (steps, batch): the same for every arm of one seed."""
    n, size = len(recipe.train), max(1, min(recipe.batch, len(recipe.train)))
    rng = np.random.default_rng(1000 + seed)
    per_epoch = max(1, n // size)
    parts = []
    for _ in range(math.ceil(recipe.steps / per_epoch)):
        rows = rng.permutation(n) if recipe.shuffle else np.arange(n)
        parts.append(rows[: per_epoch * size].reshape(per_epoch, size))
    return np.concatenate(parts)[: recipe.steps].astype(np.int32)


def start_from(model: Any, start: list[np.ndarray] | None, paths: list[str]) -> None:
    """Give the model its start weights, by path where paths are unique, else in order."""
    if start is None:
        return
    by_path = {str(w.path): w for w in model.weights}
    known = len(set(paths)) == len(paths) and set(paths) <= set(by_path)
    for place, value in zip(paths if known else range(len(start)), start, strict=False):
        variable = by_path[place] if known else model.weights[place]
        if tuple(variable.shape) == np.shape(value):
            variable.assign(value)


def _weights(recipe: Recipe) -> np.ndarray | None:
    weight = recipe.train.weight
    if recipe.class_weight:
        y = recipe.train.y[0]
        ids = y.argmax(1) if y.ndim == 2 and y.shape[1] > 1 else y.reshape(len(y)).astype(int)
        factor = np.asarray([recipe.class_weight.get(int(i), 1.0) for i in ids])
        weight = factor if weight is None else weight * factor
    return weight


def _plain(array: np.ndarray) -> np.ndarray:
    """Dtypes as Keras would cast them: 64-bit floats become 32-bit."""
    return array.astype(np.float32) if array.dtype == np.float64 else array


def _unique(variables: list[Any]) -> list[Any]:
    return list({id(v): v for v in variables}.values())


def _optimizer(own: dict[str, Any], recipe: Recipe) -> tuple[Any, Callable[[Recipe], np.ndarray]]:
    """The optimizer with a plain rate variable, and the rate of every step."""
    import keras

    config = dict(own["config"]) if recipe.optimizer is None else dict(recipe.optimizer[1])
    cls = own["class"] if recipe.optimizer is None else getattr(keras.optimizers, recipe.optimizer[0])
    rate = float(config.get("learning_rate", 1e-3) or 0.0)
    if recipe.clip is not None:
        config.update(clipnorm=None, clipvalue=None, global_clipnorm=recipe.clip)
    config["learning_rate"] = rate
    made = cls(**config) if recipe.optimizer is not None else cls.from_config(config)
    if own.get("scaled") and recipe.optimizer is None:
        made = keras.optimizers.LossScaleOptimizer(made)
    schedule = own["schedule"] if recipe.optimizer is None else None

    def rates(of: Recipe) -> np.ndarray:
        base = np.full(of.steps, rate if of.fixed_rate is None else of.fixed_rate, np.float32)
        if of.fixed_rate is None and schedule is not None:
            at = np.unique(np.linspace(0, max(0, of.steps - 1), 200).astype(int))
            base = np.interp(np.arange(of.steps), at, [float(schedule(int(i))) for i in at]).astype(np.float32)
        return base * np.float32(of.rate)

    return made, rates
