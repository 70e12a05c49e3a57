"""What `attach` tells about the program's calls, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Sink(Protocol):
    """Who wants to know. Every method may be called from any thread of the program."""

    def guard(self, what: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call `what`, or note its fault and return None."""

    def call_begins(self, kind: str, model: Any, arguments: dict[str, Any]) -> Any:
        """An outermost call into a model starts; the return value is handed to `call_ends`."""

    def call_ends(self, token: Any, result: Any, error: BaseException | None) -> None:
        """The call returned or raised."""

    def compiled(self, model: Any, arguments: dict[str, Any]) -> None:
        """`model.compile` succeeded."""

    def created(self, thing: Any) -> None:
        """A layer, model or optimizer finished its base `__init__`."""

    def optimizer_builds(self, optimizer: Any, variables: list[Any]) -> None:
        """The optimizer is about to train `variables` for the first time: they hold their start values."""

    def wraps_step(self, model: Any, function: Any, kind: str) -> Any:
        """Return what shall stand for Keras' compiled train or test function."""

    def predicted(self, kind: str, model: Any, x: Any, out: Any) -> None:
        """The program predicted `out` for `x` in a callback, while it trains."""

    def epoch_ends(self, model: Any, epoch: int, logs: dict[str, Any]) -> None:
        """One epoch of `fit` is over."""
