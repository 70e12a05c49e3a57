"""Fingerprints of a model's weights, cheap enough to take at every epoch and at every call that judges a model."""

from __future__ import annotations

import hashlib
import weakref
from typing import Any

import numpy as np

from traindx.facts.evaluation import UntrainedModel, WeightStamps
from traindx.probes.bounded import Ends
from traindx.probes.fresh import MAX_ELEMENTS, fresh
from traindx.probes.workers.distributed import alone
from traindx.probes.workers.process import place

MAX_WEIGHTS = 12
MAX_KEPT = 2000
MAX_HELD = 16


def _chosen(model: Any) -> list[Any]:
    """Some weights, spread over the model, the last ones always among them."""
    small = [w for w in model.weights if (place() is None or alone([w])) and int(np.prod(w.shape, dtype=np.int64)) <= MAX_ELEMENTS]
    if len(small) <= MAX_WEIGHTS:
        return small
    at = np.unique(np.linspace(0, len(small) - 1, MAX_WEIGHTS).astype(int))
    return [small[i] for i in at]


def stamp(model: Any) -> str:
    """Fingerprint of the weights as they are now; empty where the model is not built."""
    if not getattr(model, "built", False) or not model.weights:
        return ""
    seen = hashlib.blake2b(digest_size=8)
    for weight in _chosen(model):
        seen.update(np.ascontiguousarray(weight.value.numpy()).tobytes())
    return seen.hexdigest()


class LeftOut:
    """Models that the program calls in training mode, with their trainable weights as they were at the first call."""

    def __init__(self) -> None:
        self.seen: dict[int, tuple[Any, str, Any]] = {}
        self.trained: weakref.WeakSet[Any] = weakref.WeakSet()
        self.calls: dict[int, int] = {}

    def called(self, model: Any, training: Any, symbolic: bool, site: Any) -> None:
        """A model was called; a call while tracing stands for many."""
        if training is not True or not model.trainable_weights:
            return
        key = id(model)
        if key not in self.seen:
            if model in self.trained:
                return
            self._let_go()
            if len(self.seen) >= MAX_HELD:
                return
            self.seen[key], self.calls[key] = (model, trainable_stamp(model), site()), 0
        self.calls[key] += 5 if symbolic else 1

    def _let_go(self) -> None:
        """Models whose weights have moved by now need not be kept alive to be looked at in the end."""
        for key, (model, before, _) in list(self.seen.items()):
            if trainable_stamp(model) != before:
                self.trained.add(model)
                del self.seen[key], self.calls[key]

    def facts(self) -> tuple[UntrainedModel, ...]:
        """Those whose trainable weights are still the same, called at least 5 times."""
        found = []
        for key, (model, before, site) in self.seen.items():
            if self.calls[key] >= 5 and before and trainable_stamp(model) == before:
                size = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
                found.append(UntrainedModel(model.name, self.calls[key], size, site))
        return tuple(found)


def trainable_stamp(model: Any) -> str:
    """Fingerprint of the trainable weights, also while a graph is being traced."""
    import tensorflow as tf

    with tf.init_scope():
        seen = hashlib.blake2b(digest_size=8)
        for weight in [w for w in model.trainable_weights if int(np.prod(w.shape)) <= MAX_ELEMENTS][:MAX_WEIGHTS]:
            seen.update(np.ascontiguousarray(weight.value.numpy()).tobytes())
        return seen.hexdigest()


def shapes(model: Any) -> str:
    """Fingerprint of the architecture: every weight's shape, in order."""
    if not getattr(model, "built", False):
        return ""
    layers = [type(x).__name__ for x in getattr(model, "layers", [])]
    text = repr(layers) + repr([tuple(w.shape) for w in model.weights])
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


class StampLog:
    """The fingerprints of one model in the course of the program."""

    def __init__(self) -> None:
        self.start, self.shapes = "", ""
        self.epochs: list[str] = Ends(MAX_KEPT)
        self.calls: list[tuple[int, str]] = Ends(MAX_KEPT)
        self.fresh: list[int] = Ends(MAX_KEPT)

    def begins(self, kind: str, model: Any, order: int) -> str:
        """A call into the model starts; its stamp."""
        if kind in ("train_on_batch", "predict_on_batch", "test_on_batch"):
            return ""
        found = stamp(model)
        self.shapes = self.shapes or shapes(model)
        if kind == "fit":
            self.start = self.start or found
        elif found:
            self.calls.append((order, found))
            if not self.epochs and fresh(model):
                self.fresh.append(order)
        return found

    def epoch(self, model: Any) -> None:
        """An epoch ended."""
        self.epochs.append(stamp(model))

    def facts(self, model: Any, others: list[Any]) -> WeightStamps:
        """All stamps; `others` are the models that were trained."""
        mine = {id(w) for w in model.weights} if model is not None else set()
        shared = any(m is not model and mine & {id(w) for w in m.weights} for m in others if m is not None)
        end = stamp(model) if model is not None else ""
        return WeightStamps(
            self.shapes or (shapes(model) if model is not None else ""), self.start, tuple(self.epochs),
            tuple(self.calls), end, tuple(self.fresh), shared,
        )  # fmt: skip
