"""The `tf.distribute` strategies that the program makes, and what of a model was made in their scope."""

from __future__ import annotations

import weakref
from typing import Any

from traindx.facts.findings import Location
from traindx.facts.workers import Scope
from traindx.probes.callsite import callsite

MAX_STRATEGIES = 16


class Strategies:
    """All strategies of one run."""

    def __init__(self) -> None:
        self.made: list[tuple[Any, Location | None]] = []

    def created(self, strategy: Any) -> None:
        """A strategy was made; TensorFlow's own default one does not count."""
        site = callsite()
        if site is not None and len(self.made) < MAX_STRATEGIES and not type(strategy).__name__.startswith("_"):
            self.made.append((weakref.ref(strategy), site))

    def scope_of(self, model: Any, log: Any, models: list[Any], sites: Any) -> Scope | None:
        """How the model stands to the last strategy of several replicas; None where the program made none."""
        live = [(s, where) for ref, where in self.made if (s := ref()) is not None and s.num_replicas_in_sync > 1]
        if not live:
            return None
        strategy, where = next(((s, w) for s, w in live if s is strategy_in(model)), live[-1])
        outside = [w for w in model.weights if owner(w) is not strategy]
        optimizer = getattr(model, "optimizer", None) or log.loop_optimizer
        inside = strategy_in(optimizer) is strategy if optimizer is not None else None
        steps = max(log.losses.steps + log.losses.in_epoch, log.batches_trained)
        schedule = getattr(optimizer, "_learning_rate", None)
        return Scope(
            type(strategy).__name__, int(strategy.num_replicas_in_sync), len(model.weights), len(outside),
            str(outside[0].path) if outside else "", inside, _iterations(optimizer), steps,
            type(schedule).__name__ if callable(schedule) and hasattr(schedule, "get_config") else None,
            any(strategy_in(m) is not None for m in models), bool(strategy.extended._in_multi_worker_mode()),
            where, sites.get(model) if strategy_in(model) is not strategy else None,
            sites.get(optimizer) if inside is False else None,
        )  # fmt: skip


def strategy_in(thing: Any) -> Any:
    """The strategy of several replicas in whose scope a model or an optimizer was made; None outside of any."""
    found = getattr(thing, "_distribute_strategy", None) or getattr(thing, "_distribution_strategy", None)
    return found if found is not None and not type(found).__name__.startswith("_") else None


def owner(variable: Any) -> Any:
    """The strategy that a Keras variable was made in; None for a plain one."""
    return getattr(getattr(variable, "value", variable), "_distribute_strategy", None)


def _iterations(optimizer: Any) -> int | None:
    found = getattr(optimizer, "iterations", None)
    return None if found is None else int(found.numpy())
