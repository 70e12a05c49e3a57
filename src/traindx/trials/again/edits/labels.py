"""Labels that a comparison, a cast or a dictionary made all the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called


@rewrites(Cause.CONSTANT_TARGETS)
def words_alike(source: Source) -> Iterator[tuple[str, str]]:
    """Words compared without blanks around them, in small letters."""
    import libcst as cst

    swaps: dict[Any, str] = {}
    for node in source.all(cst.Comparison):
        if len(node.comparisons) != 1 or not isinstance(node.comparisons[0].operator, cst.Equal | cst.NotEqual):
            continue
        word, column = node.comparisons[0].comparator, node.left
        text = word.evaluated_value if isinstance(word, cst.SimpleString) else None
        if isinstance(text, str) and isinstance(column, cst.Subscript | cst.Attribute):
            sign = "==" if isinstance(node.comparisons[0].operator, cst.Equal) else "!="
            swaps[node] = f"({source.code(column)}.str.strip().str.lower() {sign} {text.strip().lower()!r})"
    for call in source.all(cst.Call):
        named = call.args[0].value if called(call) in ("map", "replace") and len(call.args) == 1 else None
        if isinstance(named, cst.Dict) and isinstance(call.func, cst.Attribute):
            keys = [e.key for e in named.elements if isinstance(e, cst.DictElement)]
            if keys and all(isinstance(k, cst.SimpleString) for k in keys):
                pairs = ", ".join(f"{e.key.evaluated_value.strip().lower()!r}: {source.code(e.value)}" for e in named.elements)
                swaps[call] = f"{source.code(call.func.value)}.str.strip().str.lower().{called(call)}({{{pairs}}})"
    if swaps:
        yield "words compared without blanks and in small letters", source.written(swaps)


@rewrites(Cause.CONSTANT_TARGETS)
def cut_at_half(source: Source) -> Iterator[tuple[str, str]]:
    """Fractions rounded, not cut, on the way to whole numbers; `/` in the place of `//`."""
    import libcst as cst

    casts = {}
    for call in source.all(cst.Call):
        if called(call) == "astype" and isinstance(call.func, cst.Attribute) and call.args and "int" in source.code(call.args[0].value):
            whole = call.func.value
            if isinstance(whole, cst.Comparison) or called(whole) == "round":
                continue
            casts[call] = f"{source.code(whole)}.round().{source.code(call)[len(source.code(whole)) + 1 :]}"
    for call, text in casts.items():
        yield "rounded before it is made a whole number", source.written({call: text})
    for node in source.all(cst.BinaryOperation):
        if isinstance(node.operator, cst.FloorDivide):
            yield "divided with its fraction", source.written({node: f"{source.code(node.left)} / {source.code(node.right)}"})
