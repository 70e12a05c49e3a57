"""What is kept of a call into a model: its plain arguments, and the few numbers that came back."""

from __future__ import annotations

from typing import Any

import numpy as np

_PLAIN = (bool, int, float, str, type(None))


def number(value: Any) -> float | None:
    """A number, a tensor of one or a variable of a strategy as a float; else None."""
    try:
        return float(value)
    except (TypeError, ValueError):
        pass
    try:  # a variable of a distribution strategy
        return float(np.asarray(value))
    except (TypeError, ValueError):
        return None


def settings(given: dict[str, Any], source: str) -> dict[str, Any]:
    """The plain arguments of a call, and what is worth knowing of the others."""
    kept: dict[str, Any] = {k: v for k, v in given.items() if isinstance(v, _PLAIN) and k not in ("x", "y")}
    for name in ("class_weight", "sample_weight", "validation_data", "y"):
        kept[name] = given.get(name) is not None
    callbacks = given.get("callbacks") or []
    names = [type(c).__name__ for c in (callbacks if isinstance(callbacks, list | tuple) else [callbacks])]
    kept["callbacks"] = ",".join(names)
    kept["source"] = source
    kept["class_weights"] = _weights(given.get("class_weight"))
    kept["only_target"] = _only(given.get("y"))
    for found in callbacks if isinstance(callbacks, list | tuple) else ():
        if type(found).__name__ == "EarlyStopping":
            kept["patience"] = int(found.patience)
            kept["monitor"] = str(found.monitor)
            kept["restore_best_weights"] = bool(found.restore_best_weights)
    return kept


def _only(y: Any) -> float | None:
    """The class or number that all rows of plain targets have, the column of a one-hot row; None where they differ."""
    if y is None or not isinstance(getattr(y, "shape", None), tuple) or not 1 <= len(y.shape) <= 2 or len(y) < 2:
        return None
    try:
        rows = np.asarray(y)
        if rows.dtype.kind not in "biuf" or (rows != rows[:1]).any():
            return None
        return float(rows[0].argmax()) if rows[0].size > 1 else float(rows[0])
    except (TypeError, ValueError):
        return None


def _weights(given: Any) -> str:
    """`class_weight` as "class:weight,..."; empty for anything that Keras would not take."""
    try:
        return ",".join(f"{int(c)}:{float(w):.6g}" for c, w in dict(given or {}).items())
    except (TypeError, ValueError):
        return ""


def results(model: Any, result: Any) -> dict[str, float]:
    """What `evaluate` or a batch gave, by name."""
    if isinstance(result, dict):
        pairs = list(result.items())
    else:
        values = result if isinstance(result, list | tuple) else [result]
        try:
            names = ["loss", *(m.name for m in model._compile_metrics.metrics)]
        except AttributeError:
            names = list(model.metrics_names)
        pairs = list(zip(names, values, strict=False))
    return {str(k): n for k, v in pairs if (n := number(v)) is not None}


def stopper(model: Any) -> str | None:
    """What ended `fit` before its epochs were over, if anything did."""
    return "stop_training" if getattr(model, "stop_training", False) else None
