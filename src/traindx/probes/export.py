"""Writes what trials need of a live model into the run folder, as one bounded file that a child process reads.

Models are pickled by state, not by constructor: config round trips lose closures, lambdas and subclassed models, and
the notes of `shared/notes/instrumentation.md` found no single Keras copy that reproduces them all. Classes and functions
of `__main__` travel by value (cloudpickle). Nothing is written to the model.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

from traindx.probes.modellog import ModelLog

NAME = "trial.pkl"
MAX_BYTES = 192 << 20
"""A model larger than this cannot be re-trained within any sensible budget, and would be slow to write."""

_DROPPED = {
    "build", "quantize", "optimizer", "_optimizer", "train_function", "test_function", "predict_function", "history",
    "_compile_loss", "_compile_metrics", "_compile_config", "_compiled_trainable_state", "_distribute_strategy",
    "_eval_epoch_iterator", "_nodes",
}  # fmt: skip


class CannotExport(Exception):
    """The model cannot be handed to a child process; the message says why."""


class _Bounded(io.BytesIO):
    def write(self, data: Any) -> int:
        if self.tell() + memoryview(data).nbytes > MAX_BYTES:
            raise CannotExport(f"the model is larger than {MAX_BYTES >> 20} MiB")
        return super().write(data)


def export(model: Any, log: ModelLog, folder: Path) -> None:
    """Write `NAME` into the folder: the model as it is now, its start weights and how it was compiled and fitted.

    Raises:
        CannotExport: some part of it cannot be pickled; the message says which.
    """
    if type(model).__module__.startswith("tf_keras"):
        raise CannotExport("legacy tf_keras models cannot be re-trained")
    optimizer, loss = trained_by(model, log)
    content = {
        "key": log.key, "model": dumps({"model": model, "loss": loss}), "exporter": __name__,
        "start": log.start, "start_paths": log.start_paths,
        "loss_weights": _loss_weights(model), "optimizer": _optimizer(optimizer),
        "templates": {k: v for k, v in log.templates.items() if k in ("train", "validation", "test")},
        "first_batch": log.streams["train"].first if log.kind == "loop" and "train" in log.streams else None,
        "class_weight": getattr(log, "class_weight", None), "run_eagerly": bool(getattr(model, "run_eagerly", False)),
        "path": list(sys.path), "cwd": os.getcwd(),
    }  # fmt: skip
    data = dumps(content)
    (folder / NAME).write_bytes(data)


def trained_by(model: Any, log: ModelLog) -> tuple[Any, Any]:
    """The optimizer and the loss that trained the model: as compiled, else those of the program's own loop (None: no Keras object).

    Raises:
        CannotExport: they are not known.
    """
    if getattr(model, "optimizer", None) is not None:
        return model.optimizer, getattr(model, "loss", None)
    if log.loop_optimizer is None:
        raise CannotExport("the program's own loop has no optimizer of Keras")
    if log.optimizers > 1:
        raise CannotExport("several optimizers took turns in the program's own loop")
    return log.loop_optimizer, log.loop_loss


def dumps(content: Any) -> bytes:
    """Pickle plain data that holds live Keras objects.

    Raises:
        CannotExport: a part of it cannot be pickled.
    """
    limit = sys.getrecursionlimit()
    buffer = _Bounded()
    try:
        sys.setrecursionlimit(max(limit, 12_000))
        _pickler()(buffer).dump(content)
    except CannotExport:
        raise
    except Exception as fault:
        raise CannotExport(f"{type(fault).__name__}: {fault}"[:200]) from fault
    finally:
        sys.setrecursionlimit(limit)
    return buffer.getvalue()


def _loss_weights(model: Any) -> Any:
    return getattr(getattr(model, "_compile_loss", None), "_user_loss_weights", None)


def _optimizer(optimizer: Any) -> dict[str, Any]:
    """Class, configuration and rate; schedules as live objects, their variables left out."""
    inner = getattr(optimizer, "inner_optimizer", optimizer)
    config = dict(inner.get_config())
    schedule = getattr(inner, "_learning_rate", None)
    if not callable(schedule) or hasattr(schedule, "assign"):
        schedule = None
    config["learning_rate"] = 1e-3 if schedule is not None else float(np.asarray(inner.learning_rate))
    return {"class": type(inner), "config": config, "schedule": schedule, "scaled": inner is not optimizer}


def _pickler() -> Any:
    """A pickler class for live Keras and TensorFlow objects, made when both are loaded already."""
    import cloudpickle
    import keras
    import tensorflow as tf

    eager = type(tf.constant(0.0))
    stateful = (keras.Operation, keras.metrics.Metric, keras.losses.Loss, keras.Variable)
    functions = tf.types.experimental.PolymorphicFunction
    wrappers = {"ListWrapper": list, "TrackedList": list, "_DictWrapper": dict, "TrackedDict": dict,
                "TrackedOrderedDict": dict, "TrackedSet": set, "_TupleWrapper": tuple}  # fmt: skip

    class Pickler(cloudpickle.Pickler):
        def reducer_override(self, obj: Any) -> Any:
            plain = wrappers.get(type(obj).__name__)
            if plain is list:
                return list, (), None, iter(list(obj))
            if plain is dict:
                return dict, (), None, None, iter(list(obj.items()))
            if plain is not None:
                return plain, (list(obj),)
            if isinstance(obj, type):
                return super().reducer_override(obj)
            if isinstance(obj, stateful):
                return blank, (type(obj),), _state(obj), None, None, fill
            if isinstance(obj, tf.Variable):
                return variable, (obj.numpy(), bool(obj.trainable))
            if isinstance(obj, eager):
                return tensor, (obj.numpy(),)
            if isinstance(obj, functions):
                return function, (obj.python_function,)
            if isinstance(obj, keras.optimizers.Optimizer):
                return type(None), ()
            if type(obj).__name__ == "DynamicBackend":
                return type(obj), (obj._backend,)
            if type(obj).__module__.startswith("tensorflow.python.distribute"):
                return type(None), ()
            return super().reducer_override(obj)

    return Pickler


def _state(thing: Any) -> dict[str, Any]:
    """The attributes that make the object what it is, without compiled functions and TensorFlow's checkpoint tracking."""
    found = {k: v for k, v in vars(thing).items() if k not in _DROPPED and not k.startswith("_self_")}
    if isinstance(found.get("_loss_tracker"), object) and hasattr(thing, "compiled"):
        found.update(compiled=False, _loss_tracker=None)
    if "_losses" in found:
        found.update(_losses=[], _loss_ids=set())
    return found


def blank(cls: type) -> Any:
    """An object of the class without its `__init__` having run."""
    return cls.__new__(cls)


def fill(thing: Any, state: dict[str, Any]) -> None:
    """Put pickled attributes into a blank object; everything a fresh Keras model must have and a copy need not keep."""
    own = thing.__dict__
    own.update(state)
    if "compiled" in own:
        for name in ("train_function", "test_function", "predict_function", "_compile_loss", "_compile_metrics",
                     "_distribute_strategy", "_compile_config", "optimizer"):  # fmt: skip
            own.setdefault(name, None)


def variable(value: np.ndarray, trainable: bool) -> Any:
    """A TensorFlow variable of this value."""
    import tensorflow as tf

    return tf.Variable(value, trainable=trainable, dtype=value.dtype)


def tensor(value: np.ndarray) -> Any:
    """A TensorFlow constant."""
    import tensorflow as tf

    return tf.constant(value)


def function(python: Any) -> Any:
    """A function compiled again when first called."""
    import tensorflow as tf

    return tf.function(python)


def mend(model: Any) -> None:
    """After loading: what Keras keys by object identity is rebuilt, in the model and all of its layers."""
    for layer in model._flatten_layers():
        tracker = getattr(layer, "_tracker", None)
        if tracker is not None:
            for name, (_, store) in tracker.config.items():
                tracker.stored_ids[name] = {id(v) for v in store}
        if "_nodes_by_depth" in vars(layer):
            nodes = [n for found in layer._nodes_by_depth.values() for n in found]
            layer.__dict__["_nodes"] = {_node_key(n) for n in nodes}


def _node_key(node: Any) -> str:
    from keras.src.ops.function import make_node_key

    return make_node_key(node.operation, node.operation._inbound_nodes.index(node))


def export_main(recorder: Any, run: Any, folder: Path) -> str:
    """Export the training that the run is about: of those that can be re-trained, the one that trained longest.

    Returns its key.

    Raises:
        CannotExport: there is none, or it cannot be pickled.
    """
    logs = {log.key: log for log in recorder.logs.values()}
    crashed = run.error is not None
    able = [t for t in run.trainings if (t.curve.steps or crashed) and "train" in t.splits and t.model.key in logs]
    able = [t for t in able if logs[t.model.key].model() is not None]
    if not able:
        raise CannotExport("no training of a live model with its data was seen")
    chosen = max(able, key=lambda t: t.curve.seconds)
    log = logs[chosen.model.key]
    export(log.model(), log, folder)
    return log.key
