"""Counts the traces of the program's own `tf.function`s and remembers which argument differed between them."""

from __future__ import annotations

import inspect
import weakref
from dataclasses import dataclass, field, replace
from typing import Any

from traindx.facts.compute import TracedFunction
from traindx.facts.findings import Location
from traindx.probes.callsite import OWN

MAX_SIGNATURES = 64
MAX_FUNCTIONS = 256
USED = 20
"""Calls from which on a function that is decorated again, for a next fold or ensemble member, is worth its first graphs."""
PLAIN = (bool, int, float, str, bytes, type(None))


@dataclass
class Traced:
    """One function by where it is written; every time it is decorated anew counts as the same.

    `opening`: graphs, and `opening_seconds`, that each of several `objects` needs: of its first call and of one other
    shape, as a shorter last batch has. `anew`: of a Keras step, how often it was made again, by reason.
    """

    name: str
    location: Location | None
    calls: int = 0
    traces: int = 0
    seconds: float = 0.0
    others: float = 0.0
    objects: int = 0
    opening: int = 0
    opening_seconds: float = 0.0
    anew: dict[str, int] = field(default_factory=dict)
    signatures: list[dict[str, tuple[str, str]]] = field(default_factory=list)


class Traces:
    """All functions of one run."""

    def __init__(self) -> None:
        self.counts: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
        self.opened: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
        self.found: dict[Any, Traced] = {}

    def called(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], seconds: float) -> None:
        """One call is over."""
        python = function.python_function
        code = getattr(inspect.unwrap(getattr(python, "__wrapped__", python)), "__code__", None)
        if code is not None and code.co_filename.startswith(OWN):
            return
        seen = self.found.get(code)
        if seen is None:
            if len(self.found) >= MAX_FUNCTIONS:
                return
            place = Location(code.co_filename, code.co_firstlineno) if code is not None else None
            seen = self.found[code] = Traced(getattr(python, "__name__", "a tf.function"), place)
        seen.calls += 1
        before, now = self.counts.get(function), function.experimental_get_tracing_count()
        if before == now:
            seen.others += seconds
            return
        self.counts[function] = now
        seen.objects += before is None
        seen.traces += now - (before or 0)
        if seen.traces > 1:  # the first trace is what tf.function is for
            seen.seconds += seconds
        self.opened[function] = self.opened.get(function, 0) + 1
        if seen.objects > 1 and self.opened[function] <= 2:
            seen.opening += now - (before or 0)
            seen.opening_seconds += seconds
        if len(seen.signatures) < MAX_SIGNATURES:
            seen.signatures.append(signature(python, args, kwargs))

    def facts(self) -> tuple[TracedFunction, ...]:
        """Functions with more than one trace, the costliest first."""
        many = sorted((t for t in map(_kept, self.found.values()) if t.traces > 1), key=lambda t: -t.seconds)
        return tuple(
            TracedFunction(t.name, t.calls, t.traces, t.seconds, t.others, *culprit(t), location=t.location) for t in many[:8]
        )


def _kept(seen: Traced) -> Traced:
    """Without the graphs that several functions in use need."""
    if seen.calls < USED * seen.objects:
        return seen
    return replace(seen, traces=seen.traces - seen.opening, seconds=seen.seconds - seen.opening_seconds)


def signature(python: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What tracing depends on, by argument: (kind, text); kind is `python`, `shape` or `object`."""
    try:
        given = dict(inspect.signature(python).bind(*args, **kwargs).arguments)
    except (TypeError, ValueError):
        given = {f"argument {i}": a for i, a in enumerate(args)} | kwargs
    return {name: _kind(value) for name, value in given.items()}


def shape_of(value: Any) -> str | None:
    """Shape and type of a tensor or array as text; None for anything else."""
    shape, dtype = getattr(value, "shape", None), getattr(value, "dtype", None)
    return None if shape is None or dtype is None else f"{tuple(shape)} {getattr(dtype, 'name', dtype)}"


def _kind(value: Any) -> tuple[str, str]:
    if isinstance(value, PLAIN):
        return "python", repr(value)[:60]
    text = shape_of(value)
    if text is not None:
        return "shape", text
    if isinstance(value, list | tuple | dict):
        items = list(value.values()) if isinstance(value, dict) else list(value)
        kinds = [_kind(v) for v in items[:16]]
        rank = ("python", "shape", "object")
        return next((k for k in rank if any(k == kind for kind, _ in kinds)), "object"), str([text for _, text in kinds])[:120]
    return "object", type(value).__name__ + f" at {id(value):#x}"


def culprit(seen: Traced) -> tuple[str, tuple[str, ...], str]:
    """(argument that took most values over the traces, some of them, why that makes a new trace)."""
    reasons = {"new-function": seen.objects, **seen.anew}
    often = max(reasons, key=lambda reason: reasons[reason])
    if reasons[often] > max(1, seen.traces // 2):
        return "", (), often
    best: tuple[str, tuple[str, ...], str] = ("", (), "")
    for name in {n for s in seen.signatures for n in s}:
        texts = list(dict.fromkeys(s[name] for s in seen.signatures if name in s))
        if len(texts) > max(1, len(best[1])):
            kinds = [kind for kind, _ in texts]
            best = name, tuple(text for _, text in texts), max(set(kinds), key=kinds.count)
    return best[0], best[1][:4], best[2]
