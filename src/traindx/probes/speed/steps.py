"""Counts the graphs that Keras' own steps are traced for, by the line of the program that calls `fit`, `predict` or the like.

A step is traced anew for a new structure or type of batch, after `compile`, and for a new model. What every compiled step
needs counts for nothing: its first graph, where the weights are the model's own, and the one for a last, shorter batch.
"""

from __future__ import annotations

import weakref
from typing import Any

from traindx.facts.findings import Location
from traindx.probes.speed.tracing import MAX_FUNCTIONS, MAX_SIGNATURES, Traced, shape_of

USUAL = 2
"""Graphs of one compiled step: for the first batch, and for batches of any length (`reduce_retracing`)."""
MAX_WEIGHTS = 1 << 16
_COUNT = "experimental_get_tracing_count"
NAMES = {"train": "the training step of {}", "test": "the evaluation step of {}", "predict": "the prediction step of {}"}


class KerasTraces:
    """All Keras steps of one run."""

    def __init__(self, found: dict[Any, Traced]) -> None:
        self.found = found
        self.site: Location | None = None
        self.call = ""
        self.compiled: weakref.WeakKeyDictionary[Any, set[str]] = weakref.WeakKeyDictionary()
        self.weights: dict[int, weakref.ref[Any]] = {}

    def called(self, kind: str, site: Location | None) -> None:
        """The program calls a method of a model."""
        self.call, self.site = kind, site

    def counts(self, model: Any, kind: str) -> Counts:
        """For a new compiled step of a model."""
        return Counts(self, kind, self._anew(model, kind), bool(model.jit_compile))

    def _anew(self, model: Any, kind: str) -> str:
        """Why this step was made though there was one: `compile`, `new-model` (of known weights), or "" for the first."""
        before = self.compiled.setdefault(model, set())
        again = kind in before
        before.add(kind)
        if again:
            return "compile"
        weights = list(model.weights) if model.built else []
        known = bool(weights) and all(self._known(w) for w in weights)
        if len(self.weights) < MAX_WEIGHTS:
            self.weights.update({id(w): weakref.ref(w) for w in weights})
        return "new-model" if known and len(before) == 1 else ""

    def _known(self, weight: Any) -> bool:
        seen = self.weights.get(id(weight))
        return seen is not None and seen() is weight

    def of(self, kind: str) -> Traced | None:
        """The record of this kind of step at the line that calls the model now."""
        key = (kind, self.site)
        if key not in self.found and len(self.found) < MAX_FUNCTIONS:
            self.found[key] = Traced(NAMES[kind].format(self.call or "the model"), self.site)
        return self.found.get(key)


class Counts:
    """One compiled step: notes each call, and those that made a graph."""

    def __init__(self, all_: KerasTraces, kind: str, anew: str, jit: bool) -> None:
        self.all, self.kind, self.anew, self.jit = all_, kind, anew, jit
        self.functions: list[Any] | None = None
        self.traces = 0
        self.made = 0
        self.shapes: set[str] = set()

    def ran(self, step: Any, data: Any, seconds: float) -> None:
        """One call of the step on `data` (None: unseen) is over; XLA makes a program of its own for each shape."""
        if self.functions is None:
            self.functions = functions_of(step)
        seen = self.all.of(self.kind) if self.functions else None
        if seen is None:
            return
        seen.calls += 1
        now = sum(getattr(f, _COUNT)() for f in self.functions)
        given = leaves(data) if self.jit or now != self.traces else {}
        fresh = self.jit and str(given) not in self.shapes
        if self.jit and len(self.shapes) < MAX_SIGNATURES:
            self.shapes.add(str(given))
        if now == self.traces and not fresh:
            seen.others += seconds
            return
        self.traces, self.made = now, self.made + 1
        if len(seen.signatures) < MAX_SIGNATURES:
            seen.signatures.append(given)
        if self.made <= USUAL and not (self.anew and self.made == 1):
            seen.traces = max(seen.traces, 1)
            return
        seen.traces += 1
        seen.seconds += seconds
        if self.made == 1:
            seen.anew[self.anew] = seen.anew.get(self.anew, 0) + 1


def functions_of(step: Any) -> list[Any]:
    """The `tf.function`s behind Keras' step; none where it runs eagerly."""
    code = getattr(step, "__code__", None)
    cells = dict(zip(code.co_freevars, step.__closure__ or (), strict=True)) if code is not None else {}
    inner = [cells[n].cell_contents for n in ("one_step_on_data", "multi_step_on_iterator") if n in cells] or [step]
    found = [f if hasattr(f, _COUNT) else getattr(f, "__wrapped__", None) for f in inner]
    return [f for f in found if hasattr(f, _COUNT)]


def leaves(data: Any) -> dict[str, tuple[str, str]]:
    """Shape and type of each leaf of a batch (x, y, weights) by name: `x`, `x['image']`, `y`."""
    while isinstance(data, list) and len(data) == 1:  # what predict hands on
        data = data[0]
    given = data if isinstance(data, tuple) else (data,)
    found: dict[str, tuple[str, str]] = {}
    for name, value in zip(("x", "y", "sample_weight"), given, strict=False):
        _walk(name, value, found)
    return found


def _walk(name: str, value: Any, found: dict[str, tuple[str, str]]) -> None:
    if isinstance(value, dict):
        for key in sorted(value, key=str):
            _walk(f"{name}[{key!r}]", value[key], found)
    elif isinstance(value, list | tuple):
        for i, item in enumerate(value[:16]):
            _walk(f"{name}[{i}]", item, found)
    elif (text := shape_of(value)) is not None:
        found[name] = "shape", text
