"""The changes of a program's source that are worth a run of the changed program, by the cause that they treat."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from traindx.facts.causes import Cause

if TYPE_CHECKING:
    from traindx.facts.observation import ErrorFacts


@dataclass(frozen=True)
class Change:
    """One change in words, and the whole program with it. `suspected`: the cause that led to it, where it is another one."""

    cause: Cause
    change: str
    text: str
    suspected: Cause | None = None


class Source:
    """A program's text as a tree that keeps its format; `error` is what it raised, `units` the width of its first output."""

    def __init__(self, text: str, error: ErrorFacts | None = None, units: int | None = None) -> None:
        self.text, self.error, self.units = text, error, units

    @cached_property
    def _resolved(self) -> tuple[Any, Any, Any]:
        import libcst as cst
        from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

        wrapper = MetadataWrapper(cst.parse_module(self.text), unsafe_skip_copy=True)
        return wrapper.module, wrapper.resolve(PositionProvider), wrapper.resolve(ParentNodeProvider)

    @property
    def module(self) -> Any:
        """The tree."""
        return self._resolved[0]

    def line(self, node: Any) -> int:
        """Where a node begins, from 1."""
        return self._resolved[1][node].start.line

    def covers(self, node: Any, line: int) -> bool:
        """Whether a node stands on the line."""
        place = self._resolved[1][node]
        return place.start.line <= line <= place.end.line

    def parent(self, node: Any) -> Any:
        """What holds a node; None of the module."""
        return self._resolved[2].get(node)

    def up(self, node: Any, *kinds: Any) -> Any:
        """The nearest node of these kinds around a node; None where there is none."""
        node = self.parent(node)
        while node is not None and not isinstance(node, kinds):
            node = self.parent(node)
        return node

    def all(self, *kinds: Any) -> list[Any]:
        """Every node of these kinds, in the order of the text."""
        places = self._resolved[1]
        found = [n for n in places if isinstance(n, kinds)]
        return sorted(found, key=lambda n: (places[n].start.line, places[n].start.column, -places[n].end.line, -places[n].end.column))

    def code(self, node: Any) -> str:
        """A node as text."""
        return self.module.code_for_node(node)

    def written(self, expressions: dict[Any, str] | None = None, before: dict[Any, list[str]] | None = None,
                instead: dict[Any, list[str]] | None = None) -> str:  # fmt: skip
        """The text with expressions exchanged, and with lines `before` or `instead` of statement lines."""
        import libcst as cst

        swaps, above, other = ({id(k): v for k, v in (given or {}).items()} for given in (expressions, before, instead))

        class Write(cst.CSTTransformer):
            def on_leave(self, original_node: Any, updated_node: Any) -> Any:
                new = swaps.get(id(original_node))
                if new is not None:
                    return cst.parse_expression(new)
                lines, kept = above.get(id(original_node)), [updated_node]
                if id(original_node) in other:
                    lines, kept = other[id(original_node)], []
                if lines is None:
                    return super().on_leave(original_node, updated_node)
                made: list[Any] = [cst.parse_statement(code) for code in lines]
                if made:
                    made[0] = made[0].with_changes(leading_lines=updated_node.leading_lines)
                    kept = [n.with_changes(leading_lines=[]) for n in kept]
                return cst.FlattenSentinel([*made, *kept]) if made or kept else cst.RemoveFromParent()

        return self.module.visit(Write()).code


Edit = Callable[[Source], Iterator[tuple[str, str]]]
"""From a program to (what is changed in words, the changed text), the likeliest first."""
F = TypeVar("F", bound=Edit)
_EDITS: dict[Cause, list[tuple[Edit, Cause]]] = {}
EACH = 4
"""Changes of one cause that are tried: each costs a run of the program."""


def rewrites(*causes: Cause, looks_like: tuple[Cause, ...] = ()) -> Callable[[F], F]:
    """Register an edit for causes. `looks_like`: what the fault is taken for too; confirmed, it is the first of `causes`."""

    def register(function: F) -> F:
        for cause in (*causes, *looks_like):
            _EDITS.setdefault(cause, []).append((function, cause if cause in causes else causes[0]))
        return function

    return register


@cache
def _load() -> None:
    package = importlib.import_module(f"{__package__}.edits")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)


def changes(cause: Cause, source: Source) -> list[Change]:
    """What may be tried for a cause; nothing where the program cannot be read as Python."""
    _load()
    found: dict[str, Change] = {}
    for edit, means in _EDITS.get(cause, []):
        try:
            for what, text in edit(source):
                compile(text, "program", "exec", dont_inherit=True)
                if text != source.text:
                    found.setdefault(text, Change(means, what, text, cause if means != cause else None))
                if len(found) >= EACH:
                    break
        except Exception:  # noqa: BLE001 - a change that cannot be written is not tried
            continue
    return list(found.values())[:EACH]
