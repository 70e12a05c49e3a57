"""Models of one architecture that are trained in turns: how far apart their weights are, and whether they ever meet."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.workers import Replicas
from traindx.probes.bounded import size_of
from traindx.probes.workers.rows import Rows, overlap
from traindx.probes.workers.samples import gap, sample, widest

MAX_LOOKS = 48
MAX_MODELS = 64
KEPT_ROWS = 256
KEPT_BYTES = 4 << 20


@dataclass
class Member:
    """One model: what it read, its weights when first trained, and one batch of rows to compare outputs on."""

    model: Any
    name: str
    start: np.ndarray | None
    site: Location | None
    rows: Rows = field(default_factory=Rows)
    batches: list[Any] = field(default_factory=list)
    held: int = 0
    returns: int = 0
    gradient: tuple[int, np.ndarray] | None = None


@dataclass
class Group:
    """All models of one architecture."""

    members: dict[int, Member] = field(default_factory=dict)
    last: int = 0
    rounds: int = 0
    gaps: list[tuple[int, float]] = field(default_factory=list)
    same: list[bool] = field(default_factory=list)


class SideBySide:
    """Follows models by architecture."""

    def __init__(self) -> None:
        self.groups: dict[Any, Group] = {}
        self.shapes: dict[int, tuple[Any, Any]] = {}

    def shapes_of(self, model: Any) -> tuple[tuple[int, ...], ...]:
        """Shapes of the trainable weights, in order: the architecture as far as gradients see it. Kept once known."""
        known = self.shapes.get(id(model))
        if known is None or known[0]() is not model:
            made = tuple(tuple(int(d) for d in w.shape) for w in model.trainable_weights)
            known = self.shapes[id(model)] = weakref.ref(model), made
        return known[1]

    def trains(self, model: Any, hashes: np.ndarray | None, n: int, x: Any, site: Any) -> None:
        """`model` is about to be trained on these rows, or has just given a gradient of them."""
        group = self.groups.setdefault(self.shapes_of(model), Group())
        member = group.members.get(id(model))
        if member is None or member.model() is not model:
            group.members = {key: m for key, m in group.members.items() if m.model() is not None}
            if len(group.members) >= MAX_MODELS:
                return
            member = Member(weakref.ref(model), model.name, sample(model.trainable_weights), site())
            group.members[id(model)] = member
        if group.last not in (0, id(model)):
            member.returns += member.rows.batches > 0
            if id(model) == next(iter(group.members)):
                self._round(group)
        group.last = id(model)
        member.rows.add(hashes, n)
        if len(member.batches) * max(1, n) < KEPT_ROWS and x is not None and member.held < KEPT_BYTES:
            member.batches.append(x)
            member.held += size_of(x)

    def applied(self, model: Any, gradient: np.ndarray | None) -> None:
        """An optimizer stepped `model` with this gradient."""
        group = self.groups.get(self.shapes_of(model))
        if group is None or id(model) not in group.members or gradient is None:
            return
        member = group.members[id(model)]
        now = group.rounds
        others = [m.gradient[1] for m in group.members.values() if m is not member and m.gradient and m.gradient[0] == now]
        if others and len(group.same) < 4 * MAX_LOOKS:
            group.same.append(any(g.shape == gradient.shape and np.allclose(g, gradient, rtol=1e-4, atol=1e-9) for g in others))
        member.gradient = now, gradient

    def _round(self, group: Group) -> None:
        group.rounds += 1
        r = group.rounds
        due = r <= 8 or (r & (r - 1) == 0) or r % 50 == 0
        if not due or len(group.gaps) >= MAX_LOOKS or len(group.members) < 2:
            return
        now = [sample(m.trainable_weights) for m in (x.model() for x in group.members.values()) if m is not None]
        if len(now) >= 2 and all(s is not None for s in now):
            group.gaps.append((r, widest([s for s in now if s is not None])))

    def facts(self) -> tuple[Replicas, ...]:
        """Groups whose models took turns at least five times."""
        found = []
        for group in self.groups.values():
            turning = [m for m in group.members.values() if m.returns >= 5 and m.model() is not None]
            if len(turning) >= 2 and len(group.members) <= 2 * len(turning):
                found.append(_facts(group, turning))
        return tuple(found)


def _facts(group: Group, members: list[Member]) -> Replicas:
    models = [m.model() for m in members]
    starts = [m.start for m in members if m.start is not None]
    ends = [s for s in (sample(m.trainable_weights) for m in models) if s is not None]
    layer, statistics = _statistics(models)
    return Replicas(
        len(members), group.rounds, widest(starts), tuple(group.gaps), widest(ends),
        float(np.mean(group.same)) if group.same else None,
        overlap([m.rows for m in members]) if all(m.rows.batches for m in members) else None,
        statistics, layer, _disagreement(models, members), _first_variable(models), tuple(m.name for m in members),
        members[0].site,
    )  # fmt: skip


def _first_variable(models: list[Any]) -> str:
    for pair in zip(*(m.trainable_weights for m in models), strict=False):
        samples = [sample([w]) for w in pair]
        if any(s is None or (samples[0] is not None and gap(s, samples[0]) > 1e-3) for s in samples):
            return str(pair[0].path)
    return ""


def _statistics(models: list[Any]) -> tuple[str | None, float | None]:
    """Greatest difference of moving means between two models, in moving standard deviations, and the layer."""
    worst: tuple[str | None, float | None] = (None, None)
    for layers in zip(*([x for x in m._flatten_layers() if hasattr(x, "moving_mean")] for m in models), strict=False):
        means = [np.asarray(x.moving_mean.numpy(), np.float64) for x in layers]
        deviation = np.sqrt(np.mean([np.asarray(x.moving_variance.numpy(), np.float64) for x in layers], axis=0)) + 1e-6
        far = max(float(np.median(np.abs(a - b) / deviation)) for i, a in enumerate(means) for b in means[i + 1 :])
        if worst[1] is None or far > worst[1]:
            worst = str(layers[0].name), far
    return worst


def _disagreement(models: list[Any], members: list[Member]) -> float | None:
    """Root mean square difference of outputs on rows of all members over the spread of the outputs."""
    import tensorflow as tf

    try:
        batches = [tf.convert_to_tensor(b) for m in members for b in m.batches]
        outputs = [np.concatenate([np.asarray(m(b, training=False)).reshape(len(b), -1) for b in batches]) for m in models]
    except (TypeError, ValueError, AttributeError, tf.errors.OpError):
        return None
    spread = float(np.sqrt(np.mean([np.var(o, axis=0).mean() for o in outputs])))
    if not np.isfinite(spread) or spread <= 0:
        return None
    pairs = [float(np.sqrt(np.mean((a - b) ** 2))) for i, a in enumerate(outputs) for b in outputs[i + 1 :]]
    return max(pairs) / spread
