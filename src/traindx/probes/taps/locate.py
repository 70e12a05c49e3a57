"""Which rows of a batch, and which operation on which line, first gave a value that is not finite."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.probes.attach import StepTap
from traindx.probes.callsite import is_user_file
from traindx.probes.taps.seen import Seen

MAX_SINGLE_ROWS = 256
_PASSIVE = {"IsFinite", "IsNan", "IsInf", "Identity", "ReadVariableOp", "Const", "Reshape", "ExpandDims", "Pack",
            "StridedSlice", "ConcatV2", "Cast", "Transpose", "Squeeze", "StopGradient", "Fill"}  # fmt: skip


def data_rows(value: Any) -> np.ndarray | None:
    """Rows of an input or target that hold a value that is not finite."""
    array = np.asarray(value)
    return _bad_rows(array) if array.ndim else None


def forward_rows(model: Any, data: Any, wanted: Any) -> np.ndarray | None:
    """Rows for which a layer's output is not finite, by an eager forward pass."""
    seen = Seen(model, measure_only=True)
    try:
        with _eagerly(), StepTap(seen):
            _output(model, data)
    except Exception:  # noqa: BLE001 - the place is known already, only the rows are not
        return None
    outputs = [np.asarray(t, np.float32) for layer, t in seen.outputs if layer is wanted]
    found = [_bad_rows(a) for a in outputs if a.ndim and len(a) == _length(data)]
    return next((rows for rows in found if len(rows)), None)


def loss_rows(model: Any, data: Any) -> np.ndarray | None:
    """Rows whose own loss is not finite, one at a time on the predictions of the whole batch."""
    import keras

    x, y, weight = keras.utils.unpack_x_y_sample_weight(data)
    length = _length(data)
    if y is None or length > MAX_SINGLE_ROWS:
        return None
    rows = []
    try:
        with _eagerly():
            predicted = _output(model, data)
            for i in range(length):
                one = [keras.tree.map_structure(lambda t: t[i : i + 1], v) for v in (x, y, predicted)]  # noqa: B023
                share = None if weight is None else keras.tree.map_structure(lambda t: t[i : i + 1], weight)  # noqa: B023
                loss = model._compute_loss(x=one[0], y=one[1], y_pred=one[2], sample_weight=share, training=True)
                if not np.isfinite(float(loss)):
                    rows.append(i)
    except Exception:  # noqa: BLE001 - a loss that needs the whole batch has no single rows
        return None
    return np.array(rows, int)


def source_of(model: Any, data: Any) -> tuple[str | None, Location | None]:
    """(type of the first operation that turned finite numbers into others, the user's line that called it)."""
    import tensorflow as tf
    from tensorflow.python.framework import op_callbacks

    found: list[tuple[str, Location | None]] = []

    def seen(kind: str, inputs: Any, attributes: Any, outputs: Any, op_name: Any = None, graph: Any = None) -> None:
        if graph is None and not found and kind not in _PASSIVE and _breaks(inputs, outputs):
            found.append((kind, _user_line()))

    op_callbacks.add_op_callback(seen)
    try:
        import keras

        x, y, weight = keras.utils.unpack_x_y_sample_weight(data)
        with _eagerly(), tf.GradientTape() as tape:
            predicted = _output(model, data)
            loss = model._compute_loss(x=x, y=y, y_pred=predicted, sample_weight=weight, training=True)
        with _eagerly():
            tape.gradient(loss, [getattr(v, "_value", v) for v in model.trainable_variables])
    except Exception:  # noqa: BLE001 - an own train_step computes its loss elsewhere
        pass
    finally:
        op_callbacks.remove_op_callback(seen)
    return found[0] if found else (None, None)


def _breaks(inputs: Any, outputs: Any) -> bool:
    return any(_bad(o) for o in outputs) and not any(_bad(i) for i in inputs)


def _bad(tensor: Any) -> bool:
    dtype = getattr(tensor, "dtype", None)
    if not getattr(dtype, "is_floating", False) or not callable(getattr(tensor, "numpy", None)):
        return False
    array = tensor.numpy()
    return not np.isfinite(array.astype(np.float32) if array.dtype.itemsize < 4 else array).all()


def _user_line() -> Location | None:
    for frame in reversed(traceback.extract_stack()):
        if is_user_file(frame.filename):
            return Location(frame.filename, int(frame.lineno or 0))
    return None


@contextlib.contextmanager
def _eagerly() -> Iterator[None]:
    import tensorflow as tf

    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)


def _output(model: Any, data: Any) -> Any:
    import keras

    x = keras.utils.unpack_x_y_sample_weight(data)[0]
    return model(x, training=True) if model._call_has_training_arg else model(x)


def _bad_rows(array: np.ndarray) -> np.ndarray:
    if array.dtype.kind not in "fV":
        return np.zeros(0, int)
    return np.flatnonzero(~np.isfinite(array.astype(np.float32)).reshape(len(array), -1).all(axis=1))


def _length(data: Any) -> int:
    import keras

    x = keras.utils.unpack_x_y_sample_weight(data)[0]
    flat = keras.tree.flatten(x)
    return int(flat[0].shape[0]) if flat and len(flat[0].shape) else 0
