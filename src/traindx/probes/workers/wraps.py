"""What stands around functions of Keras, TensorFlow and Python to see several workers; `attach` puts it there."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from traindx.probes.callsite import callsite, is_user_file
from traindx.probes.predictions import called_by_user

Make = Callable[[Callable[..., Any]], Callable[..., Any]]


def before(see: Callable[..., Any], sink: Any, inside: Callable[[], bool]) -> Make:
    """Report object and arguments before the call."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            if not inside():
                sink.guard(see, self, *args, **kwargs)
            return original(self, *args, **kwargs)

        return method

    return make


def after(see: Callable[..., Any], sink: Any, inside: Callable[[], bool]) -> Make:
    """Report object and result of a call that the program itself makes."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(self, *args, **kwargs)
            if not inside() and called_by_user(1) is not None:
                sink.guard(see, self, result)
            return result

        return method

    return make


def pulled(recorder: Any, sink: Any, inside: Callable[[], bool]) -> Make:
    """Report every batch that the program itself takes from a tf.data iterator, and how long it waited for it."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def pull(self: Any) -> Any:
            began = perf_counter()
            batch = original(self)
            if not inside():
                sink.guard(recorder.compute.pulled, self, perf_counter() - began)
                if called_by_user(1) is not None:
                    sink.guard(recorder.ledger.read, self, batch)
            return batch

        return pull

    return make


def metric_updated(ledger: Any, sink: Any, inside: Callable[[], bool]) -> Make:
    """Report labels and predictions that the program gives a metric."""

    def see(metric: Any, y: Any = None, p: Any = None, *_: Any, **named: Any) -> None:
        y, p = named.get("y_true", y), named.get("y_pred", p)
        if hasattr(y, "shape") and hasattr(p, "shape") and named.get("sample_weight") is None:
            ledger.values.updated(metric, y, p, callsite, ledger.clock)

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def update_state(self: Any, *args: Any, **kwargs: Any) -> Any:
            if not inside() and called_by_user(1) is not None:
                sink.guard(see, self, *args, **kwargs)
            return original(self, *args, **kwargs)

        return update_state

    return make


def made(strategies: Any, sink: Any) -> Make:
    """Report every strategy once it is made."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def init(self: Any, *args: Any, **kwargs: Any) -> None:
            original(self, *args, **kwargs)
            sink.guard(strategies.created, self)

        return init

    return make


def averaged(averages: Any, sink: Any) -> Make:
    """Report the global batch size that the program divides its losses by."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def average(per_example_loss: Any, sample_weight: Any = None, global_batch_size: Any = None) -> Any:
            sink.guard(averages.see, global_batch_size, callsite)
            return original(per_example_loss, sample_weight, global_batch_size)

        return average

    return make


def printed(ledger: Any, sink: Any) -> Make:
    """Report what the program itself prints, once it is printed."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def print(*values: Any, **kwargs: Any) -> None:
            original(*values, **kwargs)
            if values and called_by_user(1) is not None:
                sink.guard(ledger.values.said, values)
                sink.guard(sink.printed, values)

        return print

    return make


def logged(ledger: Any, sink: Any) -> Make:
    """Report what the program itself says through `logging`, once it is said."""

    def see(record: Any) -> None:
        said = (record.getMessage(),)
        ledger.values.said(said)
        sink.printed(said)

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def handle(self: Any, record: Any) -> None:
            original(self, record)
            if is_user_file(record.pathname):
                sink.guard(see, record)

        return handle

    return make


def of_metrics(base: type, ledger: Any, sink: Any, inside: Callable[[], bool]) -> list[tuple[type, str, Make]]:
    """(class, method, wrapper) for every metric class that brings its own method."""
    made = {
        "update_state": metric_updated(ledger, sink, inside),
        "result": after(ledger.values.resulted, sink, inside),
        "reset_state": before(ledger.values.reset, sink, inside),
    }
    kinds, todo = [], [base]
    while todo:
        kinds.append(todo.pop())
        todo += kinds[-1].__subclasses__()
    return [(kind, name, make) for kind in dict.fromkeys(kinds) for name, make in made.items() if name in vars(kind)]
