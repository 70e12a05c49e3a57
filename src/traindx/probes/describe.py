"""Program facts read off live Keras objects: layers, outputs, losses, metrics, optimizer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.observation import LayerFacts, LossFacts, MetricFacts, ModelFacts, OptimizerFacts, OutputFacts
from traindx.probes.untracked import untracked

Sites = Any  # a mapping from live object to Location

LOSS_KINDS = {
    "binarycrossentropy": "bce", "categoricalcrossentropy": "cce", "sparsecategoricalcrossentropy": "scce",
    "meansquarederror": "mse", "mse": "mse", "meanabsoluteerror": "mae", "mae": "mae", "huber": "huber",
    "logcosh": "huber", "hinge": "hinge", "squaredhinge": "hinge", "categoricalhinge": "categorical_hinge",
    "poisson": "poisson", "kldivergence": "kld", "kld": "kld", "meansquaredlogarithmicerror": "msle", "msle": "msle",
    "meanabsolutepercentageerror": "mape", "mape": "mape", "cosinesimilarity": "cosine",
    "binaryfocalcrossentropy": "bce_focal", "categoricalfocalcrossentropy": "cce_focal", "bce": "bce",
    "crossentropy": "cce", "ctc": "ctc", "dice": "dice", "tversky": "tversky",
}  # fmt: skip


def canonical(name: str) -> str:
    """`binary_crossentropy`, `BinaryCrossentropy` and `bce` are one loss; anything unknown is `custom`."""
    return LOSS_KINDS.get(name.replace("_", "").replace("loss", "").lower(), "custom")


def activation_name(layer: Any) -> str | None:
    """The Keras name of the activation that ends a layer, `custom`, or None where it has none."""
    found = getattr(layer, "activation", None)
    if found is None:
        kind = type(layer).__name__
        if kind == "Softmax":
            return "softmax"
        return {"ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu", "PReLU": "prelu"}.get(kind)
    name = getattr(found, "__name__", None) or type(found).__name__
    known = {"linear", "relu", "sigmoid", "softmax", "tanh", "softplus", "elu", "selu", "gelu", "swish", "silu",
             "hard_sigmoid", "leaky_relu", "exponential", "softsign", "relu6", "mish", "log_softmax"}  # fmt: skip
    return name if name in known else "custom"


def _shape(value: Any) -> tuple[int | None, ...] | None:
    shape = getattr(value, "shape", None)
    return tuple(None if s is None else int(s) for s in shape[1:]) if shape is not None and len(shape) else None


def _layer_shapes(layer: Any) -> tuple[Any, Any]:
    try:
        found_in, found_out = layer.input, layer.output
    except (AttributeError, ValueError):
        return None, None
    first = found_in[0] if isinstance(found_in, list | tuple) and found_in else found_in
    last = found_out[0] if isinstance(found_out, list | tuple) and found_out else found_out
    return _shape(first), _shape(last)


def _initializer(layer: Any, name: str) -> str | None:
    found = getattr(layer, f"{name}_initializer", None)
    if found is None:
        return None
    kind = type(found).__name__ if not hasattr(found, "__name__") else found.__name__
    value = getattr(found, "value", None)
    return f"{kind}({value})" if kind == "Constant" else kind


def _penalty(layer: Any, which: str) -> float:
    total = 0.0
    for name in ("kernel_regularizer", "bias_regularizer", "activity_regularizer", "embeddings_regularizer"):
        found = getattr(layer, name, None)
        value = getattr(found, which, None) if found is not None else None
        total += float(value) if value is not None else 0.0
    return total


def describe_layer(layer: Any, sites: Sites) -> LayerFacts:
    """One layer as configured."""
    shape_in, shape_out = _layer_shapes(layer)
    units = next((int(u) for n in ("units", "filters", "output_dim") if isinstance(u := getattr(layer, n, None), int)), None)
    momentum = getattr(layer, "momentum", None)
    rate = getattr(layer, "rate", None)
    return LayerFacts(
        name=layer.name, kind=type(layer).__name__, activation=activation_name(layer), units=units,
        kernel_initializer=_initializer(layer, "kernel") or _initializer(layer, "embeddings"),
        bias_initializer=_initializer(layer, "bias"), trainable=bool(layer.trainable),
        parameters=_count(layer.weights), shape_in=shape_in, shape_out=shape_out,
        l1=_penalty(layer, "l1"), l2=_penalty(layer, "l2"),
        rate=float(rate) if isinstance(rate, int | float) else None,
        momentum=float(momentum) if isinstance(momentum, int | float) else None,
        location=sites.get(layer), dtype=str(getattr(layer, "compute_dtype", "float32")),
    )  # fmt: skip


def _count(weights: Any) -> int:
    total = 0
    for weight in weights:
        size = 1
        for s in weight.shape:
            size *= int(s)
        total += size
    return total


def leaf_layers(model: Any) -> list[Any]:
    """All layers that compute something, in the order they were added; nested models are opened, wrappers kept."""
    found: list[Any] = []
    for layer in getattr(model, "layers", None) or []:
        inner = leaf_layers(layer) if hasattr(layer, "compiled") else [layer]
        found += [x for x in inner if all(x is not y for y in found)]
    return found


def _shapes_only(kind: str) -> bool:
    return kind in {"Reshape", "Flatten", "Dropout", "Permute", "Cropping1D", "SqueezeLayer", "Squeeze", "GetItem"}


def _head(layer: Any) -> Any:
    """The layer that really ends this output: shape-only layers and nested models are seen through."""
    for _ in range(20):
        inner = getattr(layer, "layers", None)
        if inner and not _shapes_only(type(layer).__name__):
            layer = inner[-1]
            continue
        if _shapes_only(type(layer).__name__):
            try:
                layer = layer._inbound_nodes[-1].input_tensors[0]._keras_history.operation
                continue
            except (AttributeError, IndexError):
                return layer
        return layer
    return layer


def _output(name: str, tensor: Any, sites: Sites) -> OutputFacts:
    history = getattr(tensor, "_keras_history", None)
    layer = getattr(history, "operation", None) or getattr(history, "layer", None)
    head = _head(layer) if layer is not None else None
    activation = activation_name(head) if head is not None else None
    if head is not None and activation is None and type(head).__name__ in {"Dense", "EinsumDense"}:
        activation = "linear"
    if head is not None and activation is None:
        activation = {"Sigmoid": "sigmoid", "Softmax": "softmax", "Relu": "relu", "Tanh": "tanh"}.get(type(head).__name__)
    shape = _shape(tensor)
    return OutputFacts(name, getattr(head, "name", None), activation, shape[-1] if shape else None, shape, sites.get(head))


def describe_outputs(model: Any, sites: Sites, losses: tuple[LossFacts, ...] = ()) -> tuple[OutputFacts, ...]:
    """What ends each output; of a subclassed model the last layer with weights, or the layers that its losses are named by."""
    tensors = getattr(model, "outputs", None)
    if tensors:
        names = list(getattr(model, "output_names", [])) or [f"output_{i}" for i in range(len(tensors))]
        return tuple(_output(n, t, sites) for n, t in zip(names, tensors, strict=False))
    layers = [x for x in leaf_layers(model) if x.weights or activation_name(x)]
    if not layers:
        return ()
    named, known = sorted({x.output for x in losses}), {x.name: x for x in layers}
    if len(named) > 1 and set(named) <= set(known):
        return tuple(_ended(name, known[name], sites) for name in named)
    return (_ended("output", layers[-1], sites),)


def _ended(name: str, layer: Any, sites: Sites) -> OutputFacts:
    return OutputFacts(name, layer.name, activation_name(layer), getattr(layer, "units", None), None, sites.get(layer))


def _in_order(losses: tuple[LossFacts, ...], outputs: tuple[OutputFacts, ...]) -> tuple[LossFacts, ...]:
    """Losses as their outputs stand, where they are named by them."""
    places = {o.name: at for at, o in enumerate(outputs)}
    return tuple(sorted(losses, key=lambda x: places[x.output])) if {x.output for x in losses} <= set(places) else losses


def describe_loss(loss: Any, output: str = "", weight: float = 1.0) -> LossFacts:
    """One loss as given to `compile` (string, function, class instance)."""
    if isinstance(loss, str):
        return LossFacts(output, canonical(loss), loss, from_logits=False, weight=weight)
    function = getattr(loss, "fn", loss)
    name = getattr(loss, "name", None) if not callable(getattr(loss, "__name__", None)) else None
    kind_name = getattr(function, "__name__", None) or type(loss).__name__
    module = getattr(function, "__module__", "") or ""
    own = module.startswith("keras.") or type(loss).__module__.startswith("keras.src.losses.losses")
    if type(loss).__name__ == "LossFunctionWrapper" and not module.startswith("keras."):
        own = False
    arguments = getattr(loss, "_fn_kwargs", {}) or {}
    logits = arguments.get("from_logits", getattr(loss, "from_logits", None))
    return LossFacts(
        output, canonical(kind_name) if own else "custom", str(name or kind_name),
        from_logits=bool(logits) if logits is not None else None,
        reduction=getattr(loss, "reduction", None), weight=weight,
    )  # fmt: skip


def describe_losses(model: Any) -> tuple[LossFacts, ...]:
    """Every compiled loss with its output and weight."""
    compiled = getattr(model, "_compile_loss", None)
    flat = getattr(compiled, "_flat_losses", None)
    if flat:
        return tuple(describe_loss(f.loss, str(f.name or ""), float(f.loss_weights or 1.0)) for f in flat if f.loss)
    given = getattr(model, "loss", None)
    if given is None or (callable(given) and getattr(given, "__self__", None) is model):
        return ()
    many = list(given.items()) if isinstance(given, dict) else list(enumerate(given)) if isinstance(given, list) else [("", given)]
    return tuple(describe_loss(x, str(n)) for n, x in many if x is not None)


def describe_metric(metric: Any, output: str = "") -> MetricFacts:
    """One metric object as Keras resolved it."""
    function = getattr(metric, "_fn", None)
    kind = getattr(function, "__name__", None) or type(metric).__name__
    module = getattr(function, "__module__", None) or type(metric).__module__
    threshold = getattr(metric, "thresholds", None) or getattr(metric, "_fn_kwargs", {}).get("threshold")
    first = threshold[0] if isinstance(threshold, list | tuple) and threshold else threshold
    number = float(first) if isinstance(first, int | float) else None
    logits = getattr(metric, "from_logits", None) or getattr(metric, "_from_logits", None)
    return MetricFacts(metric.name, kind, output, number, logits, custom=not str(module).startswith("keras."))


def describe_metrics(model: Any) -> tuple[MetricFacts, ...]:
    """Every compiled metric, resolved once the model has run, else as given."""
    compiled = getattr(model, "_compile_metrics", None)
    if compiled is None:
        return ()
    try:
        return tuple(describe_metric(m) for m in compiled.metrics)
    except (AttributeError, ValueError, TypeError):
        return ()


def _rate(optimizer: Any) -> tuple[float | None, str | None]:
    given = getattr(optimizer, "_learning_rate", None)
    if given is None:
        return None, None
    if callable(given) and not hasattr(given, "numpy"):
        name = type(given).__name__
        first = getattr(given, "initial_learning_rate", None)
        return (float(first) if isinstance(first, int | float) else None), name
    return float(np.asarray(given)), None


def describe_optimizer(optimizer: Any, sites: Sites) -> OptimizerFacts:
    """The optimizer's numbers as they are now."""
    inner = getattr(optimizer, "inner_optimizer", optimizer)
    rate, schedule = _rate(inner)
    clips = [n for n in ("clipnorm", "clipvalue", "global_clipnorm") if getattr(inner, n, None) is not None]
    momentum = getattr(inner, "momentum", None)
    epsilon = getattr(inner, "epsilon", None)
    decay = getattr(inner, "weight_decay", None)
    return OptimizerFacts(
        type(inner).__name__, rate, schedule, float(momentum) if isinstance(momentum, int | float) else None,
        float(epsilon) if isinstance(epsilon, int | float) else None, clips[0] if clips else None,
        float(decay) if isinstance(decay, int | float) else None, inner is not optimizer,
        sites.get(inner) or sites.get(optimizer),
        float(inner.ema_momentum) if getattr(inner, "use_ema", False) else None,
    )  # fmt: skip


def describe_model(
    model: Any, key: str, sites: Sites, compiled_at: Location | None, loop_loss: Any = None, loop_optimizer: Any = None
) -> ModelFacts:
    """All facts of one model; a custom loop's own loss and optimizer stand where none was compiled."""
    from keras import Model
    from keras.src.backend.tensorflow.trainer import TensorFlowTrainer

    kind = type(model).__name__ if type(model).__name__ in {"Sequential", "Functional"} else "subclassed"
    optimizer = getattr(model, "optimizer", None) or loop_optimizer
    losses = describe_losses(model)
    if not losses and loop_loss is not None:
        losses = (replace(describe_loss(loop_loss), location=sites.get(loop_loss)),)
    own_step = type(model).train_step is not TensorFlowTrainer.train_step if isinstance(model, Model) else False
    layers = tuple(describe_layer(x, sites) for x in leaf_layers(model))
    outputs = describe_outputs(model, sites, losses)
    return ModelFacts(
        key=key, name=model.name, kind=kind, layers=layers, outputs=outputs,
        losses=_in_order(losses, outputs), metrics=describe_metrics(model),
        optimizer=describe_optimizer(optimizer, sites) if optimizer is not None else None,
        parameters=_count(model.weights), trainable_parameters=_count(model.trainable_weights),
        has_train_step=own_step, compile_location=compiled_at, build_location=sites.get(model),
        jit_compile=bool(getattr(model, "jit_compile", False)), run_eagerly=bool(getattr(model, "run_eagerly", False)),
        steps_per_execution=int(getattr(model, "steps_per_execution", 1) or 1), dtype_policy=str(model.dtype_policy.name),
        untracked=untracked(model),
    )  # fmt: skip
