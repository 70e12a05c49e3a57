"""Values of a `tf.distribute` strategy: a batch dealt out to replicas as one batch again, and what strategy a model has."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.workers import Strategy


def per_replica(value: Any) -> tuple[Any, ...] | None:
    """The parts of a value dealt out to replicas; None for any other value."""
    return tuple(value.values) if type(value).__name__ == "PerReplica" else None


def first_leaf(value: Any) -> Any:
    """The first leaf of a nested batch."""
    while isinstance(value, tuple | list | dict) and value:
        value = next(iter(value.values())) if isinstance(value, dict) else value[0]
    return value


def whole(value: Any) -> Any:
    """The nested batch with every dealt-out leaf joined along its rows, in the replicas' order."""
    if isinstance(value, dict):
        return {k: whole(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return type(value)([whole(v) for v in value]) if type(value) in (tuple, list) else tuple(whole(v) for v in value)
    parts = per_replica(value)
    if parts is None:
        return value
    arrays = [np.asarray(p) for p in parts]
    return np.concatenate(arrays) if arrays[0].ndim else arrays[0]


def rows_of_replicas(value: Any) -> tuple[int, ...]:
    """Rows that each replica of this process gets of a batch; empty where it is not dealt out."""
    return tuple(int(p.shape[0]) for p in per_replica(first_leaf(value)) or () if len(p.shape))


def pulls_alone(iterator: Any) -> bool:
    """Whether a batch can be taken outside of the step without a message to other workers of a cluster."""
    strategy = getattr(iterator, "_strategy", None)
    if strategy is None or not strategy.extended._in_multi_worker_mode():
        return True
    return not getattr(iterator, "_enable_get_next_as_optional", True)


def looked_into(strategy: Any, eager: bool) -> str:
    """Why the steps of a strategy are not looked into; empty where they are.

    They are where one process holds all replicas: the twin runs the joined batch on the first one's weights, as without
    a strategy. Losses and gradients are those of the step; batch statistics that the program keeps apart are not.
    """
    name = type(strategy).__name__
    if name not in ("MirroredStrategy", "OneDeviceStrategy") or strategy.extended._in_multi_worker_mode():
        return f"the training is distributed by {name}; its steps are not looked into"
    return "replicas step eagerly, in threads of their own; their steps are not looked into" if eager else ""


@contextlib.contextmanager
def one_replica() -> Iterator[None]:
    """Code runs as it does without a strategy, also inside of a strategy's scope."""
    from tensorflow.python.distribute import distribute_lib

    distribute_lib._push_per_thread_mode(distribute_lib._get_default_replica_mode())
    try:
        yield
    finally:
        distribute_lib._pop_per_thread_mode()


def alone(weights: list[Any]) -> bool:
    """Whether these weights can be read without a message to other workers: none is summed up when read."""
    kinds = {type(getattr(w, "value", w)).__name__ for w in weights} | {type(getattr(w, "_value", w)).__name__ for w in weights}
    return not any(k.startswith("SyncOnRead") for k in kinds)


class Averages:
    """The global batch sizes that the program hands to `tf.nn.compute_average_loss`."""

    def __init__(self) -> None:
        self.asked: dict[int, Location | None] = {}

    def see(self, global_batch_size: Any, site: Any) -> None:
        """One call, in the context of a replica."""
        import tensorflow as tf

        if global_batch_size is None or tf.distribute.get_strategy().num_replicas_in_sync < 2:
            return
        size = tf.get_static_value(global_batch_size)
        if size is not None and len(self.asked) < 16:
            self.asked.setdefault(int(size), site())

    @property
    def only(self) -> tuple[int | None, Location | None]:
        """The one size that was given; None where there are several."""
        return next(iter(self.asked.items())) if len(self.asked) == 1 else (None, None)


def strategy_of(model: Any, log: Any, averages: Averages) -> Strategy | None:
    """The strategy a model was built in, with the rows per replica that were seen; None without one."""
    found = getattr(model, "_distribute_strategy", None)
    if found is None:
        return None
    import keras

    apart = tuple(
        x.name for x in model._flatten_layers()
        if isinstance(x, keras.layers.BatchNormalization) and not getattr(x, "synchronized", False) and x.trainable
    )  # fmt: skip
    single = log.kind == "loop" and found.extended._in_multi_worker_mode() and len(found.extended.worker_devices) == 1
    rows = log.batch_size if log.replica_rows is None and single else log.replica_rows  # one replica a worker: plain batches
    asked, line = averages.only
    return Strategy(
        type(found).__name__, int(found.num_replicas_in_sync), rows, apart,
        next((c.location for c in log.calls if c.kind in ("fit", "loop", "train_on_batch")), None), asked, line,
    )  # fmt: skip
