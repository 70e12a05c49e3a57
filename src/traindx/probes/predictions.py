"""Keeps what `predict` returned, which rows it was given in which order, and what scikit-learn was asked to score."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from traindx.facts.evaluation import Prediction
from traindx.facts.findings import Location
from traindx.facts.observation import ScoreCall
from traindx.probes.callsite import is_user_file
from traindx.probes.joined import Joined
from traindx.probes.rowhash import row_hashes
from traindx.probes.sample import IN_MEMORY, as_array, as_rows, flatten

MAX_KEPT = 8
LEAST_ROWS = 20
MAX_ELEMENTS = 1 << 21
MAX_HASHED_BYTES = 64 << 20
MAX_SCORES = 40
MAX_BYTES = 48 << 20
MAX_SCORED = 1 << 20


def _trained_for(log: Any) -> str:
    """How long the model of a log has been trained: what stands for its weights."""
    return f"{log.batches_trained} steps, {log.epochs.count} epochs"


def reshuffles(source: Any) -> bool:
    """Whether a tf.data pipeline gives its rows in a new order at each pass; looks at its parts, reads nothing."""
    todo, seen = [source], 0
    while todo and seen < 100:
        part = todo.pop()
        seen += 1
        name = type(part).__name__
        if "Shuffle" in name and getattr(part, "_reshuffle_each_iteration", True) is not False:
            return True
        inputs = getattr(part, "_inputs", None)
        todo += list(inputs()) if callable(inputs) else []
    return False


class Kept:
    """The last predictions, in bounded memory."""

    def __init__(self) -> None:
        self.done: list[Prediction] = []
        self.calls: list[tuple[Prediction, Any, Any]] = []
        self.direct: list[Prediction] = []
        self.joined = Joined()
        self.open: Prediction | None = None
        self.given: Any = None
        self.hashes: list[np.ndarray] = []
        self.labels: list[np.ndarray] = []
        self.size = 0

    @staticmethod
    def worth(out: Any) -> bool:
        """Whether what a model gave has rows enough to be a prediction, and not too many values to be kept."""
        first = flatten(out)
        shape = (getattr(first[0], "shape", None) or ()) if first else ()
        return len(shape) > 0 and int(shape[0]) >= LEAST_ROWS and int(np.prod(shape)) <= MAX_ELEMENTS

    def called(self, log: Any, x: Any, out: Any, y: Any, training: Any, order: int, location: Location | None) -> None:
        """The program called the model itself, outside of any tape, with `y` beside the rows where that is known; large
        tensors are read only when they are asked for."""
        mode = bool(training) if isinstance(training, bool | int) else None
        self._aside(Prediction("call", log.key, order, location, "call", stamp=_trained_for(log), training=mode), x, out, y)

    def aside(self, kind: str, log: Any, x: Any, out: Any, order: int, location: Location | None) -> None:
        """The program predicted within its training: in a callback, or batch by batch."""
        self._aside(Prediction(kind, log.key, order, location, stamp=_trained_for(log)), x, out, None)

    def _aside(self, made: Prediction, x: Any, out: Any, y: Any) -> None:
        self.joined.add(made, x, out, y)
        if self.worth(out):
            self.calls = [*self.calls[1 - MAX_KEPT :], (made, x, flatten(out)[0])]

    @property
    def any(self) -> bool:
        """Whether anything was predicted so far."""
        return bool(self.done or self.calls or self.direct or self.joined.lines)

    def all(self) -> tuple[Prediction, ...]:
        """Every prediction kept, oldest first; direct calls are read now."""
        for made, x, out in self.calls:
            outputs, rows = as_array(out), as_rows(flatten(x))
            if outputs is None or outputs.dtype.kind not in "fiub":
                continue
            fits = rows and len(rows[0]) == len(outputs) and sum(a.nbytes for a in rows) <= MAX_HASHED_BYTES
            self.direct.append(replace(made, outputs=np.array(outputs), hashes=row_hashes(rows) if rows and fits else None))
        self.calls, self.direct = [], self.direct[-MAX_KEPT:]
        return tuple(sorted([*self.done, *self.direct, *self.joined.all()], key=lambda p: p.order))

    def begins(self, call: Any, x: Any, source: str, stamp: str) -> None:
        """A `predict` call starts on `x`."""
        self.open, self.given, self.hashes, self.labels, self.size = None, None, [], [], 0
        if call.kind != "predict":
            return
        self.open = Prediction(call.kind, call.model, call.order, call.location, source, stamp=stamp,
                               reshuffles=source == "tf.data" and reshuffles(x))  # fmt: skip
        if source in IN_MEMORY:
            self.given = x
            rows = as_rows(flatten(x))
            if rows and sum(a.nbytes for a in rows) <= MAX_HASHED_BYTES:
                self.hashes = [row_hashes(rows)]

    def batch(self, data: Any) -> None:
        """One batch is predicted."""
        if self.open is None or self.open.source in IN_MEMORY or self.size > MAX_HASHED_BYTES:
            return
        given = tuple(data) if isinstance(data, list | tuple) else (data,)
        rows = as_rows(flatten(given[0]))
        if not rows:
            return
        self.size += sum(a.nbytes for a in rows)
        self.hashes.append(row_hashes(rows))
        labels = as_rows(flatten(given[1])) if len(given) > 1 else None
        if labels and len(labels[0]) == len(rows[0]):
            self.labels.append(np.array(labels[0]))

    def ends(self, result: Any) -> None:
        """The call returned."""
        made, given, self.open, self.given = self.open, self.given, None, None
        if made is None or result is None:
            return
        if given is not None:
            self.joined.add(made, given, result)
        first = flatten(result)
        out = as_array(first[0]) if first else None
        if out is None or out.ndim == 0 or out.size > MAX_ELEMENTS:
            return
        hashes = np.concatenate(self.hashes) if self.hashes else None
        labels = np.concatenate(self.labels) if self.labels and len({a.shape[1:] for a in self.labels}) == 1 else None
        n = len(out)
        self.done.append(replace(
            made, outputs=np.array(out), hashes=hashes if hashes is not None and len(hashes) == n else None,
            labels=labels if labels is not None and len(labels) == n and labels.size <= MAX_ELEMENTS else None,
        ))  # fmt: skip
        self.done = self.done[-MAX_KEPT:]
        while len(self.done) > 2 and sum(_bytes(p.outputs, p.hashes, p.labels) for p in self.done) > MAX_BYTES:
            self.done = self.done[1:]


class PredictStep:
    """Stands for Keras' compiled predict function: same argument, same result; the batches and new graphs are noted."""

    def __init__(self, recorder: Any, model: Any, function: Any) -> None:
        self.kept, self.guard, self.function = recorder.kept, recorder.guard, function
        self.see = partial(recorder.predicts, recorder.log(model))
        self.counts = self.guard(recorder.compute.steps.counts, model, "predict")

    def __call__(self, data: Any) -> Any:
        """Note every batch of the list, then predict."""
        if self.kept.open is not None:
            for batch in data if isinstance(data, list) else [data]:
                self.guard(self.kept.batch, batch)
                self.guard(self.see, batch)
        began = time.perf_counter()
        outputs = self.function(data)
        if self.counts is not None:
            self.guard(self.counts.ran, self.function, data, time.perf_counter() - began)
        return outputs


SCORES = (
    "accuracy_score", "balanced_accuracy_score", "precision_score", "recall_score", "f1_score", "fbeta_score",
    "precision_recall_fscore_support", "classification_report", "confusion_matrix", "roc_auc_score", "log_loss",
    "average_precision_score", "matthews_corrcoef", "cohen_kappa_score", "jaccard_score", "hamming_loss",
    "mean_squared_error", "root_mean_squared_error", "mean_absolute_error", "r2_score", "explained_variance_score",
    "multilabel_confusion_matrix", "roc_curve", "precision_recall_curve", "mean_absolute_percentage_error",
)  # fmt: skip


def _small(value: Any) -> np.ndarray | None:
    array = as_array(value)
    if array is None and isinstance(value, list | tuple) and len(value) <= MAX_SCORED:
        array = np.asarray(value)
    if array is None or array.size > MAX_SCORED or array.ndim == 0 or array.dtype.kind not in "fiubUSO":
        return None
    return np.array(array.astype(str) if array.dtype == object else array)


def score_call(name: str, given: dict[str, Any], result: Any, location: Location | None, order: int) -> ScoreCall:
    """What one call of a scikit-learn metric was given and what it answered."""
    predicted = next((given[n] for n in ("y_pred", "y_score", "y_proba", "probas_pred") if n in given), None)
    answer: float | str | None = None
    if isinstance(result, str):
        answer = result[:2000]
    elif not isinstance(result, dict | list | tuple) and np.ndim(result) == 0:
        answer = float(result)
    return ScoreCall(name, location, _small(given.get("y_true")), _small(predicted), answer, order)


def bound_scores(calls: list[ScoreCall]) -> None:
    """Let go of calls between the first and the last where what they were given is large."""
    while len(calls) > 4 and sum(_bytes(c.y_true, c.y_pred) for c in calls) > MAX_BYTES:
        del calls[1]


def _bytes(*arrays: np.ndarray | None) -> int:
    return sum(a.nbytes for a in arrays if a is not None)


def called_by_user(depth: int) -> Location | None:
    """File and line of the caller `depth` frames up where that is the program itself, else None."""
    frame = sys._getframe(depth + 1)
    name = frame.f_code.co_filename
    return Location(name, frame.f_lineno) if is_user_file(name) else None


def scored(name: str, sink: Any) -> Callable[..., Any]:
    """A wrapper that reports the program's own calls of a scikit-learn metric."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def score(*args: Any, **kwargs: Any) -> Any:
            result = original(*args, **kwargs)
            site = called_by_user(1)
            if site is not None:
                given = {**dict(zip(("y_true", "y_pred"), args, strict=False)), **kwargs}
                sink.guard(sink.scored, name, given, result, site)
            return result

        return score

    return make
