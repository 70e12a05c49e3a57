"""A probe turns what was observed of one training into one measurement; its return type says which."""

from __future__ import annotations

import importlib
import pkgutil
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from traindx.facts.faults import said
from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.measurement import Measurement
from traindx.facts.observation import Observation, Training

F = TypeVar("F", bound=Callable[..., Any])
Probe = Callable[[Training, Observation], Any]
_PROBES: dict[type[Measurement], Probe] = {}


def probe(function: F) -> F:
    """Register `function(training, run) -> SomeMeasurement | NotMeasured` under the measurement it returns."""
    made = typing.get_type_hints(function)["return"]
    options = typing.get_args(made) or (made,)
    kinds = [o for o in options if isinstance(o, type) and issubclass(o, Measurement)]
    if len(kinds) != 1:
        raise TypeError(f"{function.__name__} must return exactly one Measurement type")
    _PROBES[kinds[0]] = function
    return function


@cache
def all_probes() -> dict[type[Measurement], Probe]:
    """Every probe of `traindx.probes.measure`, by the measurement it takes."""
    from traindx.probes import measure

    for module in pkgutil.walk_packages(measure.__path__, measure.__name__ + "."):
        importlib.import_module(module.name)
    return dict(_PROBES)


class Bench:
    """The measurements of one training, each taken once and only when asked for."""

    def __init__(self, training: Training, run: Observation) -> None:
        self.training, self.run = training, run
        self.taken: dict[type, Any] = {}

    def take(self, kind: type[Measurement]) -> Measurement | NotMeasured | NotApplicable:
        """Measure `kind`, or say why not; a fault of the probe is an answer too, never an exception."""
        if kind not in self.taken:
            take = all_probes().get(kind)
            try:
                made = NotMeasured(f"nothing measures {kind.__name__}") if take is None else take(self.training, self.run)
                if not isinstance(made, kind | NotMeasured | NotApplicable):
                    made = NotMeasured(f"the probe gave no {kind.__name__} but a {type(made).__name__}")
            except Exception as fault:  # noqa: BLE001 - one probe's fault must not cost the others
                made = NotMeasured(f"the probe failed: {said(fault)}")
            self.taken[kind] = made
        return self.taken[kind]
