"""Batches of an execution of several steps: pulled to be seen, then handed to the same compiled function again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def pull(iterator: Any, count: int) -> list[Any]:
    """The next batches, at most `count`; fewer at the end of the data.

    Raises:
        StopIteration: there is none left.
    """
    found = [next(iterator)]
    for _ in range(count - 1):
        try:
            found.append(next(iterator))
        except StopIteration:
            break
    return found


def refeed(batches: list[Any], like: Any) -> Any:
    """An iterator over these batches with the element type of `like`, so that nothing is traced again.

    The list is read when the first batch is asked for: it may be filled until then.
    """
    import tensorflow as tf

    def again() -> Iterator[Any]:
        yield from batches

    return iter(tf.data.Dataset.from_generator(again, output_signature=like.element_spec))


def step_of(function: Any) -> Any:
    """What traces Keras' step for one batch inside its train or test function; None where it is not compiled.

    It is to be called with what the iterator promises (`iterator.element_spec`), as Keras itself
    does, and not for the first batch alone: else it would be traced again for a last, shorter batch, and what layers
    print while they are traced, with the shapes they see, would differ from the program's own.
    What tracing raises is the program's own exception: a second attempt would find variables that the first one made.
    """
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
    step = cells["one_step_on_data"].cell_contents if "one_step_on_data" in cells else None
    if not hasattr(step, "get_concrete_function"):  # newer versions of Keras wrap it once more
        step = getattr(step, "__wrapped__", step)
    if not hasattr(step, "get_concrete_function"):
        return None
    from tensorflow.python.util.traceback_utils import filter_traceback

    return filter_traceback(step.get_concrete_function)  # cuts tracebacks as a call of the step does
