"""Generators that end after one pass: begun anew."""

from __future__ import annotations

from collections.abc import Iterator

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called


@rewrites(Cause.TOO_FEW_EPOCHS, Cause.API_MISUSE)
def begun_anew(source: Source) -> Iterator[tuple[str, str]]:
    """The body of each generator within `while True`, where `fit` is told how many steps an epoch has."""
    import libcst as cst

    words = {a.keyword.value for c in source.all(cst.Call) if called(c) == "fit" for a in c.args if a.keyword is not None}
    if "steps_per_epoch" not in words:
        return
    swaps = {}
    for node in source.all(cst.Yield):
        function = source.up(node, cst.FunctionDef)
        if function is not None and not any(source.up(w, cst.FunctionDef) is function for w in source.all(cst.While)):
            forever = cst.While(test=cst.Name("True"), body=function.body)
            swaps[function] = [source.code(function.with_changes(body=cst.IndentedBlock([forever])))]
    if swaps:
        yield "the generator begun anew when it ends", source.written(instead=swaps)
