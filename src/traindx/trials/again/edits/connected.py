"""Weights that no gradient reaches: a gradient that is stopped, a part of the weights that is trained, another mode."""

from __future__ import annotations

from collections.abc import Iterator

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called

WEIGHTS = ("trainable_variables", "trainable_weights", "weights", "variables")


@rewrites(Cause.DISCONNECTED_LAYERS, Cause.CONSTANT_LOSS)
def let_through(source: Source) -> Iterator[tuple[str, str]]:
    """Without `stop_gradient`."""
    import libcst as cst

    stops = {c: source.code(c.args[0].value) for c in source.all(cst.Call) if called(c) == "stop_gradient" and len(c.args) == 1}
    if stops:
        yield "the gradient not stopped", source.written(stops)


@rewrites(Cause.DISCONNECTED_LAYERS, Cause.FROZEN_LAYERS)
def all_weights(source: Source) -> Iterator[tuple[str, str]]:
    """All of the model's weights where a step trains those of one part: `self.head.trainable_variables`, or a cut list."""
    import libcst as cst

    swaps = {}
    for node in source.all(cst.Attribute):
        function = source.up(node, cst.FunctionDef)
        part = source.code(node.value)
        if node.attr.value in WEIGHTS[:2] and function is not None and part.startswith("self.") and part.count(".") == 1:
            swaps[node] = f"self.{node.attr.value}"
    for node in source.all(cst.Subscript):
        if isinstance(node.value, cst.Attribute) and node.value.attr.value in WEIGHTS[:2] and isinstance(node.slice[0].slice, cst.Slice):
            swaps[node] = source.code(node.value)
    if swaps:
        yield "all weights of the model trained", source.written(swaps)


@rewrites(Cause.FROZEN_LAYERS)
def trainable(source: Source) -> Iterator[tuple[str, str]]:
    """`trainable = True` wherever it is set to False."""
    import libcst as cst

    swaps = {}
    for node in source.all(cst.Assign):
        if source.code(node.targets[0].target).endswith(".trainable") and source.code(node.value) == "False":
            swaps[node.value] = "True"
    for node in source.all(cst.Arg):
        if node.keyword is not None and node.keyword.value == "trainable" and source.code(node.value) == "False":
            swaps[node.value] = "True"
    if swaps:
        yield "trainable=True wherever it is False", source.written(swaps)


@rewrites(Cause.TRAIN_INFERENCE_GAP, Cause.NORMALIZATION_LAYERS)
def mode_of_the_call(source: Source) -> Iterator[tuple[str, str]]:
    """Layers that are called with a mode for good: in that of the model's own call."""
    import libcst as cst

    swaps = {}
    for call in source.all(cst.Call):
        modes = [a for a in call.args if a.keyword is not None and a.keyword.value == "training"]
        fixed = [a for a in modes if source.code(a.value) in ("True", "False", "1", "0")]
        if fixed and source.up(call, cst.With) is None and called(call) not in ("fit", "evaluate", "predict"):
            function = source.up(call, cst.FunctionDef)
            takes = function is not None and any(p.name.value == "training" for p in function.params.params)
            kept = [a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for a in call.args if a is not fixed[0]]
            words = [source.code(a).strip() for a in kept] + (["training=training"] if takes else [])
            swaps[call] = f"{source.code(call.func)}({', '.join(words)})"
    if swaps:
        yield "layers in the mode of the model's call", source.written(swaps)
