"""`traindx.Callback()`: a Keras callback that watches one `fit` from within and diagnoses it at its end."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from traindx.entry.sinks import ready, send

_ARGUMENTS = (
    "x", "y", "batch_size", "epochs", "initial_epoch", "validation_data", "sample_weight", "class_weight", "shuffle",
    "callbacks", "steps_per_epoch", "validation_steps", "validation_batch_size",
)  # fmt: skip


@cache
def callback_class() -> type:
    """The class; made on first use, so that importing traindx imports no framework."""
    import keras

    class Callback(keras.callbacks.Callback):
        """Watches the `fit` it is given to, as `traindx run` does, and prints the diagnosis when training ends.

        `budget`: seconds that trials may take afterwards (0: none). `quiet`: print nothing; read `diagnosis`.
        `sinks`: names of where the report is sent (`"mlflow"`, `"folder=reports"`), while the program's run is open.

        Raises:
            SettingsError: there is no such sink, or its package is absent.
        """

        def __init__(self, *, budget: float = 0.0, quiet: bool = False, sinks: Sequence[str] = ()) -> None:
            super().__init__()
            self._sinks = ready(sinks)
            self.budget, self.quiet = budget, quiet
            self.diagnosis: Any = None
            self._visit: Visit | None = None

        def set_model(self, model: Any) -> None:
            """`fit` begins; its compiled step is not made yet, or still the one of an earlier `fit`."""
            super().set_model(model)
            if self._visit is not None:
                self._visit.leave()
            self._visit = Visit.begin(model)

        def on_train_end(self, logs: Any = None) -> None:
            """Diagnose."""
            visit, self._visit = self._visit, None
            if visit is not None:
                self.diagnosis = visit.diagnose(self.budget)
                if not self.quiet and self.diagnosis is not None:
                    from traindx.reporters.terminal import render

                    print(render(self.diagnosis, verbose=False), file=sys.stderr)
                if self.diagnosis is not None:
                    send(self.diagnosis, self._sinks, Path.cwd(), None if self.quiet else sys.stderr)

    Callback.__module__, Callback.__qualname__ = "traindx", "Callback"
    return Callback


class Visit:
    """One `fit` under watch from within."""

    def __init__(self, model: Any, watching: Any, token: Any) -> None:
        self.model, self.watching, self.token = model, watching, token
        self.began = time.monotonic()
        self.quiet: Any = None

    @classmethod
    def begin(cls, model: Any) -> Visit | None:
        """Attach; None where the whole program is under watch already."""
        from traindx.entry.runs import new_run
        from traindx.probes import around
        from traindx.session import watch

        if type(model).fit.__code__.co_filename == around.__file__:
            return None
        given = fit_arguments(model)
        watching = watch("fit", new_run("fit"))
        recorder = watching.recorder
        visit = cls(model, watching, recorder.guard(recorder.call_begins, "fit", model, given))
        visit.quiet = around.quiet()
        visit.quiet.__enter__()
        if model.train_function is not None:
            model.train_function = recorder.guard(recorder.wraps_step, model, model.train_function, "train")
        return visit

    def leave(self) -> None:
        """Undo everything; the model keeps its own compiled steps."""
        if self.quiet is not None:
            self.quiet.__exit__(None, None, None)
            self.quiet = None
        for name in ("train_function", "test_function"):
            found = getattr(self.model, name, None)
            if found is not None and hasattr(found, "taps"):
                setattr(self.model, name, found.function)
        for undo in reversed(self.watching.undo):
            undo()
        self.watching.undo.clear()

    def diagnose(self, budget: float) -> Any:
        """The diagnosis; None, and a line on stderr, where it failed."""
        from traindx.facts.settings import Settings

        recorder = self.watching.recorder
        try:
            recorder.guard(recorder.call_ends, self.token, None, None)
            self.leave()
            seconds = time.monotonic() - self.began
            return self.watching.finish(Settings(budget=budget), exit=0, error=None, seconds=seconds)
        except Exception as fault:  # noqa: BLE001 - the program's own fit has succeeded
            print(f"traindx: no diagnosis: {type(fault).__name__}: {fault}", file=sys.stderr)
            return None


def fit_arguments(model: Any) -> dict[str, Any]:
    """What the running `fit` was given, read from its frame; a validation split is cut already."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name == "fit" and frame.f_locals.get("self") is model and "validation_data" in frame.f_locals:
            return {name: frame.f_locals[name] for name in _ARGUMENTS if name in frame.f_locals}
        frame = frame.f_back  # type: ignore[assignment]
    return {}
