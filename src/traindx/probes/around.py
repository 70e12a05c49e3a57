"""What stands around the program's calls into models: only its own, outermost ones are told, and those of its callbacks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from traindx.probes.predictions import called_by_user
from traindx.probes.sink import Sink

DEPTH = threading.local()
_calls = [0]
"""Calls into models that are open now, in any thread: replicas of a strategy run their steps in threads of their own."""


def inside() -> bool:
    """Whether this happens within a call into a model, or within our own replays."""
    return bool(getattr(DEPTH, "value", 0) or _calls[0])


def quiet() -> Any:
    """A context in which the program's calls into models are not reported: ours, made while replaying."""
    return _Quiet()


class _Quiet:
    def __enter__(self) -> None:
        DEPTH.value = getattr(DEPTH, "value", 0) + 1

    def __exit__(self, *_: object) -> None:
        DEPTH.value -= 1


def outermost(kind: str, sink: Sink, names: tuple[str, ...]) -> Callable[..., Any]:
    """A wrapper that reports outermost calls of a model method with their arguments by name."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            if getattr(DEPTH, "value", 0):
                result = original(self, *args, **kwargs)
                if getattr(DEPTH, "callbacks", False) and kind in ("predict", "predict_on_batch") and called_by_user(1) is not None:
                    sink.guard(sink.predicted, kind, self, args[0] if args else kwargs.get("x"), result)
                return result
            DEPTH.value = 1
            _calls[0] += 1
            result, error, token = None, None, None
            try:
                arguments = {**dict(zip(names, args, strict=False)), **kwargs}
                token = sink.guard(sink.call_begins, kind, self, arguments)
                result = original(self, *args, **kwargs)
                return result
            except BaseException as raised:
                error = raised
                raise
            finally:
                sink.guard(sink.call_ends, token, result, error)
                DEPTH.value = 0
                _calls[0] -= 1

        return method

    return make


def after(see: Callable[..., Any], sink: Sink) -> Callable[..., Any]:
    """A wrapper that reports the program's own calls of a method: object, arguments and result."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(self, *args, **kwargs)
            if not inside():
                sink.guard(see, self, args, kwargs, result)
            return result

        return method

    return make


def epoch_end(sink: Sink) -> Callable[..., Any]:
    """A wrapper that reports an epoch with its logs, after the callbacks."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def on_epoch_end(self: Any, epoch: int, logs: Any = None) -> Any:
            with _Callbacks():
                result = original(self, epoch, logs)
            sink.guard(sink.epoch_ends, getattr(self, "_model", None), epoch, dict(logs or {}))
            return result

        return on_epoch_end

    return make


def train_end(original: Callable[..., Any]) -> Callable[..., Any]:
    """A wrapper within which the callbacks' own predictions are told."""

    def on_train_end(self: Any, logs: Any = None) -> Any:
        with _Callbacks():
            return original(self, logs)

    return on_train_end


class _Callbacks:
    """While entered, what the program's own files ask of a model is the work of its callbacks."""

    def __enter__(self) -> None:
        self.before, DEPTH.callbacks = getattr(DEPTH, "callbacks", False), True

    def __exit__(self, *_: object) -> None:
        DEPTH.callbacks = self.before


def model_call(loops: Any, sink: Any) -> Callable[..., Any]:
    """A wrapper that reports the program's own calls of a model, those of its callbacks within `fit` too."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(self, *args, **kwargs)
            if not inside():
                sink.guard(loops.model_called, self, args, kwargs, result)
            elif getattr(DEPTH, "callbacks", False) and hasattr(result, "numpy") and args and called_by_user(1) is not None:
                sink.guard(sink.predicted, "call", self, args[0], result)
            return result

        return method

    return make
