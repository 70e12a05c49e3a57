"""The `check` decorator: a check's signature says what it needs, its keyword-only arguments are its thresholds."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, ParamSpec

from traindx.facts.causes import Cause
from traindx.facts.findings import Finding, NotApplicable, NotMeasured, Severity
from traindx.facts.measurement import Measurement

P = ParamSpec("P")
Answer = Finding | NotMeasured | NotApplicable | None


@dataclass(frozen=True)
class Need:
    """One measurement a check asks for; an optional one is passed as None where it was not measured."""

    parameter: str
    kind: type[Measurement]
    optional: bool


@dataclass
class Check(Generic[P]):
    """One check. Call it with measurements; `judge` fetches them from a bench first."""

    function: Callable[P, Answer]
    code: str
    severity: Severity
    suggests: tuple[Cause, ...]
    needs: tuple[Need, ...]
    thresholds: dict[str, Any]
    name: str
    fires: list[tuple[tuple[Any, ...], dict[str, Any]]] = field(default_factory=list[tuple[tuple[Any, ...], dict[str, Any]]])
    silent: list[tuple[tuple[Any, ...], dict[str, Any]]] = field(default_factory=list[tuple[tuple[Any, ...], dict[str, Any]]])

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Answer:
        """Ask the check directly, with measurements in hand."""
        return self.function(*args, **kwargs)

    def fires_on(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """An example on which the check must find something; it is run by the tests."""
        self.fires.append((args, kwargs))

    def silent_on(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """An example on which the check must stay silent; it is run by the tests."""
        self.silent.append((args, kwargs))

    @property
    def page(self) -> str:
        """The check's documentation: its docstring, in Markdown."""
        return inspect.getdoc(self.function) or ""

    def judge(self, take: Callable[[type[Measurement]], Any], settings: dict[str, Any] | None = None) -> Answer:
        """Fetch what the check needs and run it; a missing measurement is the answer, not an error."""
        given: dict[str, Any] = {}
        for need in self.needs:
            value = take(need.kind)
            if isinstance(value, NotMeasured | NotApplicable):
                if not need.optional:
                    return value
                value = None
            given[need.parameter] = value
        chosen = {**self.thresholds, **(settings or {})}
        return typing.cast(Any, self.function)(**given, **chosen)


_CHECKS: dict[str, Check[...]] = {}


def _needs(function: Callable[..., Any]) -> tuple[Need, ...]:
    hints = typing.get_type_hints(function)
    found: list[Need] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY:
            continue
        hint = hints[parameter.name]
        options = typing.get_args(hint) if typing.get_origin(hint) in (types.UnionType, typing.Union) else (hint,)
        kinds = [o for o in options if isinstance(o, type) and issubclass(o, Measurement)]
        if len(kinds) != 1:
            raise TypeError(f"{function.__name__}: {parameter.name} must be one Measurement type")
        found.append(Need(parameter.name, kinds[0], type(None) in options))
    return tuple(found)


def check(
    code: str, severity: Severity, *, suggests: tuple[Cause, ...]
) -> Callable[[Callable[P, Answer]], Check[P]]:
    """Register a check under `code` (a subject letter and three digits, never reused).

    Raises:
        ValueError: the code or the name is taken, or no cause is suggested.
    """

    def register(function: Callable[P, Answer]) -> Check[P]:
        name = function.__name__.replace("_", "-")
        if code in _CHECKS or any(c.name == name for c in _CHECKS.values()):
            raise ValueError(f"check {code} {name} is registered already")
        if not suggests:
            raise ValueError(f"check {name} suggests no cause")
        parameters = inspect.signature(function).parameters.values()
        thresholds = {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}
        made = Check(function, code, severity, suggests, _needs(function), thresholds, name)
        _CHECKS[code] = made
        return made

    return register


def registered() -> dict[str, Check[...]]:
    """The checks imported so far, by code."""
    return _CHECKS
