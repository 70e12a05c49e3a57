"""Edits of a live model in the child process: activations, initial weights, widths. The program's own model is elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from traindx.trials.recipe import NotTestable


def leaves(model: Any) -> list[Any]:
    """All layers without sublayers, in the order of the model."""
    return [x for x in model._flatten_layers(include_self=False) if not list(x._flatten_layers(include_self=False))]


def head(model: Any, name: str | None) -> Any:
    """The layer that makes the first output; None where it is not known."""
    found = [x for x in model._flatten_layers(include_self=False) if x.name == name]
    if found:
        return found[-1]
    able = [x for x in leaves(model) if getattr(x, "activation", None) is not None]
    return able[-1] if able else None


def set_activation(layer: Any, name: str) -> None:
    """Give a layer another activation, whether it holds one or is one."""
    import keras

    function = keras.activations.get(name)
    if hasattr(layer, "activation"):
        layer.activation = function
    else:
        layer.call = lambda inputs, *_, **__: function(inputs)


def is_activation(layer: Any) -> bool:
    """Whether the layer only applies a function."""
    return type(layer).__name__ in {"ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax", "Activation"}


def hidden(model: Any, head_name: str | None) -> list[Any]:
    """Layers before the head that hold or are an activation."""
    last = head(model, head_name)
    kinds = ("Dense", "Conv", "Activation", "ReLU", "ELU")
    return [x for x in leaves(model) if x is not last and type(x).__name__.startswith((*kinds, "Leaky", "Depthwise", "Separable"))]


def initialise(layers: Iterable[Any], kernel: str, seed: int = 0) -> int:
    """Draw kernels anew and set biases to zero; returns how many kernels."""
    import keras

    count = 0
    for layer in layers:
        for name in ("kernel", "recurrent_kernel", "depthwise_kernel", "pointwise_kernel"):
            variable = getattr(layer, f"_{name}", None)
            variable = variable if variable is not None else getattr(layer, name, None)
            if variable is not None and hasattr(variable, "assign"):
                drawn = keras.initializers.get({"class_name": kernel, "config": {"seed": seed + count}})
                variable.assign(drawn(tuple(variable.shape)))
                count += 1
        bias = getattr(layer, "bias", None)
        if bias is not None and hasattr(bias, "assign") and layer.__class__.__name__ not in ("LSTM", "GRU"):
            bias.assign(np.zeros(tuple(bias.shape)))
    return count


def deepen(model: Any, where: str | None, units: int, count: int) -> Any | NotTestable:
    """The model with rectified dense layers before its head; needs a head on flat features."""
    import keras

    last = head(model, where)
    try:
        features = last.input
    except (AttributeError, ValueError):
        return NotTestable("the model is no Sequential or functional model, no layer can be added")
    if len(features.shape) != 2 or last is not leaves(model)[-1]:
        return NotTestable("the output layer does not stand on flat features at the model's end")
    x = features
    for _ in range(count):
        x = keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal")(x)
    config = {k: v for k, v in last.get_config().items() if k != "name"}
    return keras.Model(model.inputs, type(last).from_config(config)(x))


def units_of(model: Any, where: str | None, count: int, activation: str | None) -> Callable[[Any], dict[str, Any] | None]:
    """The override for `rebuild` that gives the output `count` units, where its activation is a layer of its own too."""
    last = head(model, where)
    wide = last if hasattr(last, "units") else next((x for x in reversed(leaves(model)) if hasattr(x, "units")), None)

    def change(layer: Any) -> dict[str, Any] | None:
        made: dict[str, Any] = {}
        if wide is not None and layer.name == wide.name:
            made["units"] = count
        if activation is not None and last is not None and layer.name == last.name and hasattr(layer, "activation"):
            made["activation"] = activation
        return made or None

    return change


def rebuild(model: Any, change: Callable[[Any], dict[str, Any] | None]) -> Any | NotTestable:
    """A copy of a Sequential or functional model in which `change(layer)` gives configuration to override.

    Kernels whose shape stayed are copied; the others are drawn anew.
    """
    import keras

    if not isinstance(model, keras.Sequential) and "_nodes_by_depth" not in vars(model):
        return NotTestable("the model is no Sequential or functional model, its layers cannot be exchanged")

    def again(layer: Any) -> Any:
        config = {**layer.get_config(), **(change(layer) or {})}
        return type(layer).from_config(config)

    made = keras.models.clone_model(model, clone_function=again)
    if not made.built:
        made.build(model.input_shape)
    for old, new in zip(model.weights, made.weights, strict=False):
        if tuple(old.shape) == tuple(new.shape):
            new.assign(old.value)
    return made


def flatten_before(model: Any, where: str | None) -> Any | NotTestable:
    """The model with a Flatten layer before its last layer."""
    import keras

    last = head(model, where)
    try:
        features = last.input
    except (AttributeError, ValueError):
        return NotTestable("the model is no Sequential or functional model, no layer can be added")
    if len(features.shape) <= 2 or last is not leaves(model)[-1]:
        return NotTestable("the output layer stands on flat features already")
    config = {k: v for k, v in last.get_config().items() if k != "name"}
    return keras.Model(model.inputs, type(last).from_config(config)(keras.layers.Flatten()(features)))
