"""What is trained in one arm of a trial: data, model edits, loss, optimizer, steps. Frozen; a remedy returns another."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from traindx.facts.causes import Cause

if TYPE_CHECKING:
    from traindx.facts.observation import CallFacts, Curve, ModelFacts, Observation, Split, Training


Patch = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class NotTestable:
    """A cause that this program does not let us test, and why."""

    why: str


@dataclass(frozen=True)
class Rows:
    """Leaves of inputs and targets in Keras' flat order, rows first, and a weight per row or None."""

    x: tuple[np.ndarray, ...]
    y: tuple[np.ndarray, ...]
    weight: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.x[0])

    def take(self, rows: np.ndarray) -> Rows:
        """Some of the rows."""
        weight = self.weight[rows] if self.weight is not None else None
        return Rows(tuple(a[rows] for a in self.x), tuple(a[rows] for a in self.y), weight)


@dataclass(frozen=True)
class Edit:
    """A change of the live model before it is compiled; `name` tells edits apart. `apply` may return another model."""

    name: str
    apply: Callable[[Any], Any]


@dataclass(frozen=True)
class Case:
    """What is known of the run under trial: facts as recorded, the task, and what cheap models reach."""

    run: Observation
    training: Training
    model: ModelFacts
    curve: Curve
    splits: dict[str, Split]
    calls: tuple[CallFacts, ...]
    task: str
    kind: str
    baseline: float | None = None
    skill: float | None = None
    held_skill: float | None = None
    layer: str | None = None
    column: str | None = None
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipe:
    """One arm. `edits`, `loss`, `optimizer` and `clip` decide what is compiled; the rest is data or a number.

    `loss`: a Keras loss (name or object), None for the program's own. `optimizer`: (class name, configuration), None for
    the program's own. `rate` multiplies the learning rate, `fixed_rate` replaces it. `undo` turns predictions back into
    the units of `truth`. `trains` is False where the last weights are only evaluated. `other_rows`: how
    many held-out rows the program's own arm is scored on, where this arm is scored on others. `measure` names the outcome
    (`measures.py`); `falls`: the outcome was flattered, and the change is right when it falls. `patch` is the same change
    as source (`source/patch.py`): (what, value as code) pairs, more pairs in one where it can be written in several ways; None
    once a change cannot be written mechanically.
    """

    case: Case
    train: Rows
    held: Rows
    truth: tuple[np.ndarray, np.ndarray]
    batch: int
    steps: int
    shuffle: bool = True
    class_weight: dict[int, float] | None = None
    edits: tuple[Edit, ...] = ()
    loss: Any = None
    optimizer: tuple[str, dict[str, Any]] | None = None
    rate: float = 1.0
    fixed_rate: float | None = None
    clip: float | None = None
    undo: Callable[[np.ndarray], np.ndarray] | None = None
    trains: bool = True
    other_rows: int = 0
    measure: str = "skill"
    falls: bool = False
    change: str = "nothing"
    patch: Patch | None = ()

    def with_edit(self, name: str, apply: Callable[[Any], Any], **changes: Any) -> Recipe:
        """The same with one more edit of the model."""
        return replace(self, edits=(*self.edits, Edit(name, apply)), **changes)

    def patched(self, *changes: tuple[str, ...]) -> Patch | None:
        """The patch so far with these; nothing given means that this change is not mechanical."""
        return (*self.patch, *changes) if self.patch is not None and changes else None

    def patched_data(self, what: str, value: str, *instead: str) -> Patch | None:
        """The patch with a change of the data that `fit` is given: one array of inputs and one of targets, in memory.

        `instead`: the same change written another way, where that cannot be followed.
        """
        split = self.case.splits.get("train")
        plain = split is not None and split.source in ("numpy", "pandas") and len(self.train.x) == len(self.train.y) == 1
        ways = (what, value, *instead) if plain and self.case.training.kind == "fit" else instead
        return self.patched(ways) if ways else None

    @property
    def key(self) -> tuple[Any, ...]:
        """Recipes of one key share a compiled function."""
        loss = self.loss if isinstance(self.loss, str) or self.loss is None else repr(sorted(vars(self.loss).items(), key=str))
        return tuple(e.name for e in self.edits), str(loss), repr(self.optimizer), self.clip, bool(self.class_weight)


Answer = Recipe | NotTestable | list[Recipe]
Remedy = Callable[[Recipe], Answer]
F = TypeVar("F", bound=Callable[..., Any])
_REMEDIES: dict[Cause, list[Remedy]] = {}
_EXPERIMENTS: dict[Cause, list[Callable[..., Any]]] = {}
_COMPLETE: set[Cause] = set()


def treats(*causes: Cause, complete: bool = False) -> Callable[[F], F]:
    """Register a remedy. `complete`: were the cause real, alone and the model otherwise sound, this change would show it.

    Only complete remedies can rule a cause out.
    """

    def register(function: F) -> F:
        for cause in causes:
            _REMEDIES.setdefault(cause, []).append(function)
            if complete:
                _COMPLETE.add(cause)
        return function

    return register


def tests(*causes: Cause) -> Callable[[F], F]:
    """Register an experiment `(world) -> Shown | NotTestable` that needs no re-training."""

    def register(function: F) -> F:
        for cause in causes:
            _EXPERIMENTS.setdefault(cause, []).append(function)
        return function

    return register


@cache
def _load() -> None:
    from traindx.trials import experiments, remedies

    for package in (remedies, experiments):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)


def remedies_of(cause: Cause) -> list[Remedy]:
    """Every remedy for a cause."""
    _load()
    return _REMEDIES.get(cause, [])


def experiments_of(cause: Cause) -> list[Callable[..., Any]]:
    """Every experiment for a cause."""
    _load()
    return _EXPERIMENTS.get(cause, [])


def can_rule_out(cause: Cause) -> bool:
    """Whether a remedy without effect speaks against the cause."""
    return cause in _COMPLETE
