"""Frozen dataclasses to JSON values and back. Non-finite floats become strings: strict JSON has no NaN."""

# pyright: basic
# (values from JSON have no static type)
from __future__ import annotations

import dataclasses
import math
import types
import typing
from enum import Enum
from functools import cache
from typing import Any

import numpy as np

_SPELLED = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def encode(value: Any) -> Any:
    """Turn a dataclass, container, NumPy scalar or array (as nested lists) into what `json.dumps` takes."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float | np.floating):
        number = float(value)
        if math.isfinite(number):
            return number
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if isinstance(value, np.bool_ | np.integer):
        return value.item()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(k): encode(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [encode(v) for v in value]
    if isinstance(value, np.ndarray):
        return encode(value.tolist())
    return str(value)


def decode(kind: Any, value: Any) -> Any:
    """Rebuild an object of type `kind` from what `encode` gave.

    Raises:
        TypeError: a field is missing or has another shape than its type says.
    """
    origin = typing.get_origin(kind)
    if kind is Any or kind is type(None):
        return value
    if origin in (types.UnionType, typing.Union):
        return _decode_union(typing.get_args(kind), value)
    if origin in (tuple, list):
        args = typing.get_args(kind)
        if origin is tuple and not (len(args) == 2 and args[1] is Ellipsis):
            return tuple(decode(a, v) for a, v in zip(args, value, strict=True))
        return origin(decode(args[0], v) for v in value)
    if origin is dict:
        key, item = typing.get_args(kind)
        return {decode(key, k): decode(item, v) for k, v in value.items()}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _decode_dataclass(kind, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return _decode_plain(kind, value)


def _decode_union(options: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        return None
    for option in options:
        if option is type(None):
            continue
        try:
            return decode(option, value)
        except (TypeError, ValueError):
            continue
    raise TypeError(f"{value!r} is none of {options}")


def _decode_plain(kind: Any, value: Any) -> Any:
    if kind is float:
        if isinstance(value, str):
            if value not in _SPELLED:
                raise TypeError(f"{value!r} is no number")
            return _SPELLED[value]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"{value!r} is no number")
        return float(value)
    if kind is int and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError(f"{value!r} is no integer")
    if kind in (str, bool) and not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decode_dataclass(kind: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise TypeError(f"{kind.__name__} wants an object, got {value!r}")
    hints = _hints(kind)
    known = {f.name for f in dataclasses.fields(kind)}
    # Unknown keys come from newer minor versions: readable, ignored.
    return kind(**{k: decode(hints[k], v) for k, v in value.items() if k in known})
