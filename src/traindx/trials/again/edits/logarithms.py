"""Logarithms, roots and quotients of the program's own loss, kept from 0 by a small number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called

SMALL = "1e-7"
"""Keras' own `epsilon`: what its cross entropies add."""
GUARDS = ("clip", "clip_by_value", "maximum", "epsilon", "softplus", "exp", "nan_to_num")
"""What keeps an argument from 0 already."""
SUMS = ("sum", "reduce_sum", "mean", "reduce_mean", "std", "reduce_std", "norm", "max", "reduce_max", "count_nonzero")


@rewrites(Cause.NUMERICAL_OVERFLOW)
def away_from_0(source: Source) -> Iterator[tuple[str, str]]:
    """Each kind alone, then all of them; only inside functions and tapes, where the program computes its own numbers."""
    logs = {c: _with(source, c) for c in _calls(source, ("log",))}
    roots = {c: _with(source, c) for c in _calls(source, ("sqrt",))}
    quotients = _quotients(source)
    kinds = [(f"{SMALL} added to what a logarithm is taken of", logs), (f"{SMALL} added under the root", roots),
             (f"{SMALL} added to what is divided by", quotients)]  # fmt: skip
    some = [(what, swaps) for what, swaps in kinds if swaps]
    yield from ((what, source.written(swaps)) for what, swaps in some)
    if len(some) > 1:
        yield "; ".join(what for what, _ in some), source.written({k: v for _, swaps in some for k, v in swaps.items()})


def _calls(source: Source, names: tuple[str, ...]) -> list[Any]:
    """Calls of TensorFlow's or Keras' function of one bare argument, innermost only where they are nested."""
    import libcst as cst

    found = [c for c in source.all(cst.Call) if called(c) in names and c.args and c.args[0].keyword is None and _own(source, c)]
    able = [c for c in found if not _guarded(c.args[0].value)]
    return [c for c in able if not any(c is not d and _inside(source, d, c) for d in able)]


def _own(source: Source, node: Any) -> bool:
    """Whether the line runs with tensors: in a function or under a tape, and not by NumPy's function."""
    import libcst as cst

    head = source.code(node.func) if isinstance(node, cst.Call) else ""
    return not head.startswith(("np.", "numpy.", "math.")) and source.up(node, cst.FunctionDef, cst.With, cst.Lambda) is not None


def _guarded(node: Any) -> bool:
    """Whether the argument is kept from 0: by a call that does it, or by a small number added."""
    import libcst as cst
    from libcst import matchers as m

    if any(called(c) in GUARDS for c in m.findall(node, m.Call())):
        return True
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return any(isinstance(side, cst.Integer | cst.Float | cst.Name | cst.Call) and not isinstance(side, cst.Call)
                   for side in (node.left, node.right))  # fmt: skip
    return isinstance(node, cst.Integer | cst.Float)


def _inside(source: Source, node: Any, around: Any) -> bool:
    while node is not None and node is not around:
        node = source.parent(node)
    return node is around


def _with(source: Source, call: Any) -> str:
    import libcst as cst

    rest = "".join(", " + source.code(a.with_changes(comma=cst.MaybeSentinel.DEFAULT)) for a in call.args[1:])
    return f"{source.code(call.func)}({source.code(call.args[0].value)} + {SMALL}{rest})"


def _quotients(source: Source) -> dict[Any, str]:
    """Divisions by a sum, a mean or a norm that may be 0."""
    import libcst as cst

    found = {}
    for node in source.all(cst.BinaryOperation):
        below = node.right
        if isinstance(node.operator, cst.Divide) and called(below) in SUMS and not _guarded(below) and _own(source, below):
            found[below] = f"({source.code(below)} + {SMALL})"
    return found
