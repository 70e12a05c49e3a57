"""The targets of a hand-written eager step: what stands beside the batch in the frame that calls the model.

A loss that is no Keras object is not seen as it is computed. But where the model is called, the batch's targets are at
hand: a local variable with as many rows. It is looked for once per place in the program, before the first step has
left predictions there, and read by its name from then on.
"""

from __future__ import annotations

from types import CodeType, FrameType
from typing import Any

from traindx.probes.callsite import user_frames

MOST_FRAMES = 3


class Beside:
    """Remembers, per line that calls a model, which variable holds the targets (None: none or several)."""

    def __init__(self) -> None:
        self.names: dict[tuple[CodeType, int], str | None] = {}

    def find(self, model: Any, x: Any, concrete: Any) -> Any:
        """The array or tensor of the caller that has as many rows as `x`, if there is just one; else None.

        Its rows must hold one number, or as many as the model's output.
        """
        shape = getattr(x, "shape", ())
        if not len(shape):
            return None
        for frame in user_frames(MOST_FRAMES):
            place = frame.f_code, frame.f_lineno
            if place not in self.names:
                self.names[place] = _only(frame, x, int(shape[0]), _width(model), concrete)
            name = self.names[place]
            if name is not None:
                value = frame.f_locals.get(name)
                fits = concrete(value) and len(getattr(value, "shape", ())) and int(value.shape[0]) == int(shape[0])
                return value if fits else None
        return None


def _width(model: Any) -> int:
    shape = getattr(model, "output_shape", None)
    return int(shape[-1] or 1) if isinstance(shape, tuple) and len(shape) == 2 else 1


def _only(frame: FrameType, x: Any, rows: int, width: int, concrete: Any) -> str | None:
    """The one variable with `rows` rows that is not `x`, of the output's width and next to `x` in this frame."""
    names = [
        name for name, value in list(frame.f_locals.items())
        if value is not x and concrete(value) and _fits(tuple(getattr(value, "shape", ())), rows, width)
    ]  # fmt: skip
    inside = any(value is x for value in frame.f_locals.values())
    return names[0] if inside and len(names) == 1 else None


def _fits(shape: tuple[int, ...], rows: int, width: int) -> bool:
    return 0 < len(shape) <= 2 and int(shape[0]) == rows and (len(shape) == 1 or int(shape[1]) in (1, width))
