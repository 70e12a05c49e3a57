"""The loss of a loop that calls no loss object: the one of Keras' that gives the first step's value on the first batch."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.observation import LossFacts
from traindx.trials.recipe import NotTestable, Recipe

if TYPE_CHECKING:
    from traindx.trials.lab import Lab

CLOSE = 1e-3
"""Relative difference up to which two losses of one batch are the same number: some float32 operations apart."""
_NAMES = {"mse": "MeanSquaredError", "mae": "MeanAbsoluteError", "bce": "BinaryCrossentropy", "cce": "CategoricalCrossentropy",
          "scce": "SparseCategoricalCrossentropy", "huber": "Huber"}  # fmt: skip


@dataclass(eq=False)
class Broadcast:
    """A loss by hand in which every prediction meets every target: (rows,) against (rows, 1). `aligned`: as it was meant."""

    aligned: str
    name = "broadcast"

    def __call__(self, y_true: Any, y_pred: Any) -> Any:
        """Mean over all pairs."""
        from keras import ops

        apart = ops.reshape(ops.cast(y_true, y_pred.dtype), (1, -1)) - ops.reshape(y_pred, (-1, 1))
        return ops.mean(ops.square(apart) if self.aligned == "mean_squared_error" else ops.abs(apart), axis=1)


def with_own_loss(recipe: Recipe, lab: Lab) -> Recipe | NotTestable:
    """The recipe with the loss that the program's loop computes by hand; as it is where the program has a loss object."""
    if recipe.case.training.kind != "loop" or lab.has_loss or recipe.case.run.error is not None:
        return recipe
    first = next((v for at, v in recipe.case.curve.step_loss if at == 0), None)
    x, targets = lab.content["first_batch"] or ((), ())
    if len(targets) != 1 or first is None or not math.isfinite(first):
        return NotTestable("the first step of the program's own loop was not seen, so its loss cannot be told")
    y = targets[0]
    for predicted in lab.first_outputs(recipe, x):
        for facts, loss in _candidates(y, predicted):
            value = _value(loss, y, predicted)
            if value is not None and abs(value - first) <= CLOSE * max(abs(first), 1e-6):
                return replace(recipe, loss=loss, case=replace(recipe.case, model=replace(recipe.case.model, losses=(facts,))))
    return NotTestable("the loss of the program's own loop is none of Keras' usual ones")


def _candidates(y: np.ndarray, predicted: np.ndarray) -> Iterator[tuple[LossFacts, Any]]:
    import keras

    if y.size == predicted.size and y.ndim != predicted.ndim and y.size > 1:
        yield LossFacts("", "mse", "by hand"), Broadcast("mean_squared_error")
        yield LossFacts("", "mae", "by hand"), Broadcast("mean_absolute_error")
    for kind, name in _NAMES.items():
        for logits in (False, True) if kind.endswith("ce") else (None,):
            made = getattr(keras.losses, name)(**({} if logits is None else {"from_logits": logits}))
            yield LossFacts("", kind, "by hand", from_logits=logits), made


def _value(loss: Any, y: np.ndarray, predicted: np.ndarray) -> float | None:
    """The loss of a batch; None where these shapes or numbers are not for it."""
    sparse = type(loss).__name__.startswith("Sparse")
    if sparse and (predicted.ndim < 2 or y.size * predicted.shape[-1] != predicted.size or y.max() >= predicted.shape[-1]):
        return None
    if not sparse and y.size != predicted.size:
        return None
    try:
        return float(np.mean(np.asarray(loss(y, predicted))))
    except Exception:  # noqa: BLE001 - a loss that cannot take them is not the one
        return None
