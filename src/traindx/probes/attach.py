"""The one module that patches Keras and TensorFlow; `Patches.restore` puts everything back.

Each replacement calls the original with the same arguments and returns its result. What the sink does around it is
guarded: a fault of ours becomes a note, never an exception of the program.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from time import perf_counter
from types import ModuleType
from typing import Any

from traindx.probes.around import DEPTH, after, epoch_end, inside, model_call, outermost, train_end
from traindx.probes.patches import Patches
from traindx.probes.predictions import SCORES, scored
from traindx.probes.sink import Sink
from traindx.probes.workers import wraps

OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


def after_init(sink: Sink) -> Callable[..., Any]:
    """A wrapper that reports the object once its base `__init__` is done."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def init(self: Any, *args: Any, **kwargs: Any) -> None:
            original(self, *args, **kwargs)
            sink.guard(sink.created, self)

        return init

    return make


def _compile(sink: Sink) -> Callable[..., Any]:
    names = ("optimizer", "loss", "loss_weights", "metrics", "weighted_metrics", "run_eagerly")

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def compile(self: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(self, *args, **kwargs)
            sink.guard(sink.compiled, self, {**dict(zip(names, args, strict=False)), **kwargs})
            return result

        return compile

    return make


def _apply(loops: Any, sink: Sink) -> Callable[..., Any]:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def apply(self: Any, grads: Any, trainable_variables: Any = None) -> Any:
            outer = not inside() and not getattr(DEPTH, "applying", False)
            if not outer:
                return original(self, grads, trainable_variables)
            DEPTH.applying = True
            given = list(grads)
            try:
                result = original(self, given, trainable_variables)
            finally:
                DEPTH.applying = False
            sink.guard(loops.applied, self, list(trainable_variables or self._trainable_variables), given)
            return result

        return apply

    return make


def _function(loops: Any, sink: Sink) -> Callable[..., Any]:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: Any, *args: Any, **kwargs: Any) -> Any:
            if inside() or loops.tracing is not None:
                return original(self, *args, **kwargs)
            loops.tracing = loops.functions.setdefault(self, loops.fresh())
            sink.guard(loops.function_begins, self, args, kwargs)
            began = perf_counter()
            try:
                result = original(self, *args, **kwargs)
            finally:
                loops.tracing = None
            sink.guard(loops.recorder.compute.called, self, args, kwargs, perf_counter() - began)
            sink.guard(loops.function_called, self, args, kwargs, result)
            return result

        return call

    return make


def _gradient(loops: Any, sink: Sink) -> Callable[..., Any]:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def gradient(self: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(self, target, sources, *args, **kwargs)
            if not inside():
                sink.guard(loops.differentiated, target, sources, result)
            return result

        return gradient

    return make


def attach_tensorflow(tensorflow: ModuleType, sink: Sink, loops: Any) -> Patches:
    """Watch custom loops: `tf.function` calls, gradients of tapes, waiting for batches."""
    from tensorflow.python.data.ops.iterator_ops import OwnedIterator
    from tensorflow.python.eager.polymorphic_function.polymorphic_function import Function

    patches = Patches()
    patches.replace(Function, "__call__", _function(loops, sink))
    patches.replace(tensorflow.GradientTape, "gradient", _gradient(loops, sink))
    patches.replace(tensorflow.GradientTape, "__enter__", wraps.before(loops.tapes.opens, sink, inside))
    patches.replace(tensorflow.GradientTape, "__exit__", wraps.before(loops.tapes.closes, sink, inside))
    patches.replace(OwnedIterator, "__next__", wraps.pulled(loops.recorder, sink, inside))
    return patches


def attach_loops(keras: ModuleType, sink: Sink, loops: Any) -> Patches:
    """Watch custom loops: models, losses and optimizers called by the program itself."""
    from keras.src.optimizers.base_optimizer import BaseOptimizer

    patches = Patches()
    patches.replace(keras.Model, "__call__", model_call(loops, sink))
    patches.replace(keras.losses.Loss, "__call__", after(loops.loss_called, sink))
    patches.replace(BaseOptimizer, "apply", _apply(loops, sink))
    return patches


def _optimizer_build(sink: Sink) -> Callable[..., Any]:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def build(self: Any, variables: Any, *args: Any, **kwargs: Any) -> Any:
            sink.guard(sink.optimizer_builds, self, list(variables))
            return original(self, variables, *args, **kwargs)

        return build

    return make


def _make_function(kind: str, sink: Sink) -> Callable[..., Any]:
    attribute = f"{kind}_function"

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def make_function(self: Any, force: bool = False) -> Any:
            result = original(self, force)
            wrapped = sink.guard(sink.wraps_step, self, getattr(self, attribute), kind)
            if wrapped is not None:
                setattr(self, attribute, wrapped)
            return result

        return make_function

    return make


_DATA = ("x", "y", "batch_size")
_FIT = (*_DATA, "epochs", "verbose", "callbacks", "validation_split", "validation_data", "shuffle", "class_weight",
        "sample_weight", "initial_epoch", "steps_per_epoch", "validation_steps", "validation_batch_size")
_METHODS = {
    "fit": _FIT,
    "evaluate": (*_DATA, "verbose", "sample_weight", "steps", "callbacks", "return_dict"),
    "predict": ("x", "batch_size", "verbose", "steps", "callbacks"),
    "train_on_batch": ("x", "y", "sample_weight", "class_weight", "return_dict"),
    "test_on_batch": ("x", "y", "sample_weight", "return_dict"),
    "predict_on_batch": ("x",),
}


def attach_keras(keras: ModuleType, sink: Sink) -> Patches:
    """Watch every model, layer, loss and optimizer of an imported `keras` (3.x, TensorFlow backend)."""
    from keras.src.backend.tensorflow.trainer import TensorFlowTrainer as Trainer
    from keras.src.callbacks.callback_list import CallbackList
    from keras.src.optimizers.base_optimizer import BaseOptimizer
    from keras.src.trainers.trainer import Trainer as BaseTrainer
    from keras.src.utils import traceback_utils

    patches = Patches()
    if hasattr(traceback_utils, "_EXCLUDED_PATHS"):  # Keras cuts its own frames out of tracebacks: ours too, or it cuts others
        patches.put(traceback_utils, "_EXCLUDED_PATHS", (*traceback_utils._EXCLUDED_PATHS, OWN))
    for name, arguments in _METHODS.items():
        patches.replace(Trainer, name, outermost(name, sink, arguments))
    patches.replace(BaseTrainer, "compile", _compile(sink))
    for made in (keras.layers.Layer, keras.losses.Loss, BaseOptimizer):
        patches.replace(made, "__init__", after_init(sink))
    patches.replace(BaseOptimizer, "build", _optimizer_build(sink))
    patches.replace(Trainer, "make_train_function", _make_function("train", sink))
    patches.replace(Trainer, "make_test_function", _make_function("test", sink))
    patches.replace(Trainer, "make_predict_function", _make_function("predict", sink))
    patches.replace(CallbackList, "on_epoch_end", epoch_end(sink))
    patches.replace(CallbackList, "on_train_end", train_end)
    return patches


def attach_sklearn(metrics: ModuleType, sink: Any) -> Patches:
    """Watch the program's own calls of `sklearn.metrics`; calls from within libraries pass unseen."""
    patches = Patches()
    for name in SCORES:
        function = getattr(metrics, name, None)
        if function is None:
            continue
        patches.replace(metrics, name, scored(name, sink))
        home = sys.modules.get(function.__module__)
        if home is not None and getattr(home, name, None) is function:  # else the function could not be pickled
            patches.put(home, name, getattr(metrics, name))
    return patches


def attach_workers(keras: ModuleType, sink: Any, ledger: Any) -> Patches:
    """Watch what tells workers apart: weights handed on, iterators, metrics, replicas' values, and what is printed."""
    import builtins
    import logging

    import tensorflow as tf
    from tensorflow.python.distribute.distribute_lib import StrategyBase

    patches = Patches()
    patches.replace(keras.Model, "set_weights", wraps.before(ledger.weights_set, sink, inside))
    patches.replace(keras.Model, "get_weights", wraps.after(ledger.weights_got, sink, inside))
    patches.replace(StrategyBase, "experimental_local_results", wraps.after(ledger.apart, sink, inside))
    patches.replace(StrategyBase, "__init__", wraps.made(ledger.strategies, sink))
    patches.replace(StrategyBase, "run", wraps.before(ledger.runs, sink, inside))
    for kind, name, make in wraps.of_metrics(keras.metrics.Metric, ledger, sink, inside):
        patches.replace(kind, name, make)
    patches.replace(tf.nn, "compute_average_loss", wraps.averaged(ledger.averages, sink))
    patches.replace(builtins, "print", wraps.printed(ledger, sink))
    patches.replace(logging.Logger, "handle", wraps.logged(ledger, sink))
    return patches


class LayerTap:
    """While entered, hands every layer's call to `seen(layer, first argument, output)`; used only for our own replays."""

    def __init__(self, seen: Callable[[Any, Any, Any], None]) -> None:
        self.seen, self.patches = seen, Patches()

    def __enter__(self) -> LayerTap:
        from keras.src.layers.layer import Layer

        def make(original: Callable[..., Any]) -> Callable[..., Any]:
            def call(layer: Any, *args: Any, **kwargs: Any) -> Any:
                output = original(layer, *args, **kwargs)
                self.seen(layer, args[0] if args else None, output)
                return output

            return call

        self.patches.replace(Layer, "__call__", make)
        return self

    def __exit__(self, *_: object) -> None:
        self.patches.restore()


class ModeTap:
    """While entered, notes in `modes` whether each call of `model` names training=True; used only for our own replays."""

    def __init__(self, model: Any) -> None:
        self.model, self.modes, self.patches = model, list[bool](), Patches()

    def __enter__(self) -> ModeTap:
        from keras.src.layers.layer import Layer

        def make(original: Callable[..., Any]) -> Callable[..., Any]:
            def call(layer: Any, *args: Any, **kwargs: Any) -> Any:
                if layer is self.model:
                    self.modes.append(kwargs.get("training") is True)
                return original(layer, *args, **kwargs)

            return call

        self.patches.replace(Layer, "__call__", make)
        return self

    def __exit__(self, *_: object) -> None:
        self.patches.restore()


class StepTap:
    """While entered, shows one training step to `seen`: layers, what a tape differentiates, what an optimizer applies.

    With `seen.measure_only` the optimizer is kept from stepping.
    """

    def __init__(self, seen: Any) -> None:
        self.seen, self.patches = seen, Patches()

    def __enter__(self) -> StepTap:
        import tensorflow as tf
        from keras import Model
        from keras.src.layers.layer import Layer
        from keras.src.optimizers.base_optimizer import BaseOptimizer
        from keras.src.optimizers.loss_scale_optimizer import LossScaleOptimizer

        self.patches.replace(Layer, "__call__", _tapped_call(self.seen))
        if "__call__" in Model.__dict__:  # ours: it goes around the patch of its base
            self.patches.replace(Model, "__call__", _tapped_call(self.seen))
        self.patches.replace(tf.GradientTape, "gradient", _tapped_gradient(self.seen))
        self.patches.replace(BaseOptimizer, "apply", _tapped_apply(self.seen))
        self.patches.replace(LossScaleOptimizer, "apply", _tapped_apply(self.seen))
        return self

    def __exit__(self, *_: object) -> None:
        self.patches.restore(only_ours=True)


def _tapped_call(seen: Any) -> Callable[..., Any]:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(layer: Any, *args: Any, **kwargs: Any) -> Any:
            output = original(layer, *args, **kwargs)
            return output if (ours := seen.layer(layer, output)) is None else ours

        return call

    return make


def _tapped_gradient(seen: Any) -> Callable[..., Any]:
    import tensorflow as tf

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def gradient(tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
            seen.differentiated(target)
            if seen.factor is not None and not args and kwargs.get("output_gradients") is None:
                kwargs["output_gradients"] = tf.nest.map_structure(lambda t: tf.ones_like(t) * seen.factor, target)
            return original(tape, target, sources, *args, **kwargs)

        return gradient

    return make


def _tapped_apply(seen: Any) -> Callable[..., Any]:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def apply(optimizer: Any, grads: Any, trainable_variables: Any = None) -> Any:
            if threading.get_ident() != seen.thread or seen.depth:
                return original(optimizer, grads, trainable_variables)
            given, variables = list(grads), list(trainable_variables or optimizer._trainable_variables)
            seen.applies(optimizer, given, variables)
            if seen.measure_only:
                return None
            seen.depth += 1
            try:
                return original(optimizer, given, None if trainable_variables is None else variables)
            finally:
                seen.depth -= 1

        return apply

    return make
