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
    """An iterator over these batches with the element type of `like`, so that nothing is traced again."""
    import tensorflow as tf

    def again() -> Iterator[Any]:
        yield from batches

    return iter(tf.data.Dataset.from_generator(again, output_signature=like.element_spec))
