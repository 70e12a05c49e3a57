"""Layers that lose the signal: another step of a sequence, a wider kernel, another pooling, the padding masked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called

WEAK = (Cause.UNDERFITTING, Cause.VANISHING_GRADIENTS, Cause.TOO_SMALL_MODEL)


@rewrites(Cause.WRONG_ARCHITECTURE, looks_like=WEAK)
def last_step(source: Source) -> Iterator[tuple[str, str]]:
    """The last step of a sequence where the first one is taken, inside a function."""
    import libcst as cst

    swaps = {}
    for node in source.all(cst.Subscript):
        inside = source.up(node, cst.FunctionDef, cst.Lambda)
        code = source.code(node).replace(" ", "")
        if inside is not None and code.endswith(("[:,0,:]", "[:,0]")) and isinstance(node.value, cst.Name | cst.Call):
            swaps[node] = f"{source.code(node.value)}[:, -1{', :' if code.endswith(':]') else ''}]"
    if swaps:
        yield "the last step of the sequence, not the first", source.written(swaps)


@rewrites(Cause.WRONG_ARCHITECTURE, looks_like=WEAK)
def wider_kernels(source: Source) -> Iterator[tuple[str, str]]:
    """Kernels of three in the place of those of one."""
    import libcst as cst

    swaps = {}
    for call in source.all(cst.Call):
        if called(call) not in ("Conv1D", "Conv2D", "SeparableConv2D"):
            continue
        plain = [a for a in call.args if a.keyword is None]
        kernel = next((a.value for a in call.args if a.keyword is not None and a.keyword.value == "kernel_size"), None)
        kernel = kernel if kernel is not None else plain[1].value if len(plain) > 1 else None
        if kernel is not None and source.code(kernel).replace(" ", "") in ("1", "(1,1)", "(1,)"):
            swaps[kernel] = "3"
    if swaps:
        yield "kernels of 3 in the place of 1", source.written(swaps)


@rewrites(Cause.WRONG_ARCHITECTURE)
def other_pooling(source: Source) -> Iterator[tuple[str, str]]:
    """The features kept apart, or their maxima, in the place of an average over all places; small pools."""
    import libcst as cst

    calls = source.all(cst.Call)
    pools = [c for c in calls if called(c).startswith("GlobalAveragePooling") and not c.args]
    path = {c: source.code(c.func)[: -len(called(c))] for c in pools}
    imported = {c: path[c] != "" for c in pools}
    if pools and all(imported.values()):
        yield "flattened, not averaged", source.written({c: f"{path[c]}Flatten()" for c in pools})
        yield "maxima, not averages, over all places", source.written(
            {c: f"{path[c]}{called(c).replace('Average', 'Max')}()" for c in pools}
        )
    big = {c.args[0].value: "2" for c in calls if called(c).startswith(("MaxPooling", "AveragePooling", "MaxPool", "AvgPool"))
           and c.args and c.args[0].keyword is None and _most(source, c.args[0].value) > 2}  # fmt: skip
    if big:
        yield "pools of 2", source.written(big)


def _most(source: Source, node: Any) -> int:
    digits = "".join(ch if ch.isdigit() else " " for ch in source.code(node)).split()
    return max(map(int, digits), default=0)


@rewrites(Cause.WRONG_ARCHITECTURE)
def masked(source: Source) -> Iterator[tuple[str, str]]:
    """Padding masked from the embedding on, and cut and filled at the front."""
    import libcst as cst

    calls = source.all(cst.Call)
    bare = [c for c in calls if called(c) == "Embedding" and "mask_zero" not in source.code(c)]
    if bare:
        yield "padding masked", source.written({c: f"{source.code(c)[:-1].rstrip().rstrip(',')}, mask_zero=True)" for c in bare})
    ends = {c: source.code(c).replace('"post"', '"pre"').replace("'post'", "'pre'") for c in calls if called(c) == "pad_sequences"}
    ends = {c: code for c, code in ends.items() if code != source.code(c)}
    if ends:
        yield "sequences cut and filled at the front", source.written(ends)
