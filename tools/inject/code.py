"""A program's text as operators change it: every statement on one line, strings in single quotes, no comments."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

MARKERS = ("loaded", "split", "ready", "trained")
"""Places in a base program: `x`, `y` read; split into `_train` and `_test`; scaled; fitted."""


class UnfitError(Exception):
    """The operator has nothing to change in this program."""


class Code:
    """One program, normalised, with its markers still in it.

    Args:
        source: Python source text with the lines of `MARKERS` as string statements.
    """

    def __init__(self, source: str) -> None:
        self.text = ast.unparse(ast.parse(source)) + "\n"

    def has(self, pattern: str) -> bool:
        """Whether the regular expression is found in some line."""
        return re.search(pattern, self.text, re.MULTILINE) is not None

    def sub(self, pattern: str, by: str | Callable[[re.Match[str]], str], count: int = 0) -> None:
        """Replace the matches of `pattern` (`count` of them, 0 all).

        Raises:
            UnfitError: there is none.
        """
        text, changed = re.subn(pattern, by, self.text, count=count, flags=re.MULTILINE)
        if not changed:
            raise UnfitError(pattern)
        self.text = text

    def drop(self, pattern: str) -> None:
        """Remove the whole lines that match."""
        self.sub(rf"^.*{pattern}.*\n", "")

    def at(self, marker: str, *lines: str) -> None:
        """Insert lines at a marker, before what stands there already follows."""
        if f"'{marker}'\n" not in self.text:
            raise UnfitError(marker)
        self.text = self.text.replace(f"'{marker}'\n", "\n".join(lines) + f"\n'{marker}'\n", 1)

    def after(self, pattern: str, *lines: str) -> None:
        """Insert lines after the first line that matches."""
        self.sub(rf"(^.*{pattern}.*\n)", lambda m: m[1] + "\n".join(lines) + "\n", count=1)

    def before(self, pattern: str, *lines: str) -> None:
        """Insert lines before the first line that matches."""
        self.sub(rf"(^.*{pattern}.*\n)", lambda m: "\n".join(lines) + "\n" + m[1], count=1)

    def need(self, *patterns: str) -> None:
        """Raise UnfitError unless all patterns are there."""
        for pattern in patterns:
            if not self.has(pattern):
                raise UnfitError(pattern)

    def avoid(self, *patterns: str) -> None:
        """Raise UnfitError where any pattern is there."""
        for pattern in patterns:
            if self.has(pattern):
                raise UnfitError(pattern)

    @property
    def task(self) -> str:
        """What the program learns: classes, binary, regression, pixels (an autoencoder) or several (two outputs)."""
        if self.has(r"x_train, x_train"):
            return "pixels"
        if self.has(r"\[state, left\]"):
            return "several"
        if self.has(r"sparse_categorical|SparseCategorical"):
            return "classes"
        return "binary" if self.has("binary_crossentropy") else "regression"

    def only(self, *tasks: str) -> None:
        """Raise UnfitError unless the program's task is one of these."""
        if self.task not in tasks:
            raise UnfitError(self.task)

    @property
    def classes(self) -> int:
        """How many classes the head has."""
        heads = re.findall(r"Dense\((\d+)", self.text)
        return int(heads[-1]) if heads else 0

    @property
    def keras(self) -> str:
        """How the program calls Keras."""
        return "tf.keras" if self.has(r"^import tensorflow as tf") and not self.has(r"^import keras") else "keras"

    @property
    def layers(self) -> str:
        """How the program calls the layers' module, dot included."""
        found = re.search(r"([\w.]+\.)Dense\(", self.text)
        return found[1] if found else f"{self.keras}.layers."

    def finished(self) -> str:
        """The plain program, without markers."""
        text = re.sub(rf"^'({'|'.join(MARKERS)})'\n", "", self.text, flags=re.MULTILINE)
        return ast.unparse(ast.parse(text)) + "\n"


@dataclass(frozen=True)
class Operator:
    """One fault: `plant` changes the code in place or raises UnfitError.

    `causes` are accepted, the root first. `shows` is how the symptom is seen against the healthy run: `worse` (the
    printed held-out score falls), `better` (it rises: a leak), each by at least `by` (a share of the healthy score).
    A program that ends with an exception or without a score is worse. `stage` keeps combined faults apart.
    """

    name: str
    stage: str
    causes: tuple[str, ...]
    plant: Callable[[Code, random.Random], None]
    shows: str = "worse"
    by: float = 0.1


OPERATORS: dict[str, Operator] = {}


def fault(stage: str, *causes: str, shows: str = "worse", by: float = 0.1) -> Callable:
    """Register a function as the operator of its name."""

    def register(function: Callable[[Code, random.Random], None]) -> Callable:
        name = function.__name__
        if name in OPERATORS:
            raise ValueError(f"operator {name} is there already")
        OPERATORS[name] = Operator(name, stage, causes, function, shows, by)
        return function

    return register
