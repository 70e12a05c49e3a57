"""Classes numbered in the order in which a split happens to show them: in the order of their names, the same for all splits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called

LOOSE = ("set", "fromkeys", "unique", "listdir", "Counter", "iterdir", "frozenset")
"""What gives each name once, in an order that the rows, the folder or the hashes decide (`numpy.unique` sorts)."""


@rewrites(Cause.LABEL_ENCODING_MISMATCH, Cause.MISALIGNED_LABELS)
def numbered_by_name(source: Source) -> Iterator[tuple[str, str]]:
    """`sorted` around what is enumerated, indexed or listed; `sort=True` for `factorize`."""
    import libcst as cst

    swaps: dict[Any, str] = {}
    for call in source.all(cst.Call):
        outer = source.up(call, cst.Call)
        holder = called(outer) if outer is not None and any(a.value is call for a in outer.args) else ""
        if called(call) in LOOSE and not source.code(call.func).startswith(("np.", "numpy.")) and holder in ("enumerate", "list", "zip"):
            if holder == "list":
                swaps[outer] = f"sorted({source.code(call)})"
            else:
                swaps[call] = f"sorted({source.code(call)})"
        elif called(call) == "factorize" and "sort" not in source.code(call):
            swaps[call] = f"{source.code(call)[:-1].rstrip().rstrip(',')}{', ' if call.args else ''}sort=True)"
    if swaps:
        yield "classes numbered in the order of their names", source.written(swaps)
