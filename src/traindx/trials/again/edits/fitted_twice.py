"""A scaler, an encoder or a vocabulary that is fitted on each split anew: fitted on the first one alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called

FITS = ("fit_transform", "fit", "adapt")


@rewrites(Cause.PREPROCESSING_MISMATCH, Cause.LABEL_ENCODING_MISMATCH, looks_like=(Cause.SPLIT_DRIFT, Cause.OVERFITTING))
def fitted_once(source: Source) -> Iterator[tuple[str, str]]:
    """`transform` in the place of a second `fit_transform`; a second `fit` or `adapt` taken out; one object for all splits."""
    yield from _again(source)
    yield from _in_a_function(source)
    yield from _fresh(source)


def _again(source: Source) -> Iterator[tuple[str, str]]:
    """Of one object, by its name, in one scope."""
    import libcst as cst

    swaps: dict[Any, str] = {}
    gone: dict[Any, list[str]] = {}
    seen: set[tuple[str, Any]] = set()
    for call in source.all(cst.Call):
        if called(call) not in FITS or not isinstance(call.func, cst.Attribute) or not isinstance(call.func.value, cst.Name):
            continue
        if called(call) == "fit" and len(call.args) > 1:
            continue  # a model that is trained
        key = call.func.value.value, source.up(call, cst.FunctionDef)
        if key not in seen:
            seen.add(key)
        elif called(call) == "fit_transform":
            swaps[call] = f"{key[0]}.transform({source.code(call.args[0].value)})"
        elif isinstance(source.parent(call), cst.Expr):
            gone[source.up(call, cst.SimpleStatementLine)] = []
        else:  # sc.fit(b).transform(b)
            swaps[call] = key[0]
    if swaps or gone:
        yield "fitted on the training rows alone", source.written(swaps, instead=gone)


def _in_a_function(source: Source) -> Iterator[tuple[str, str]]:
    """In a function that prepares several splits: at its first call alone."""
    import libcst as cst

    for call in source.all(cst.Call):
        function, line = source.up(call, cst.FunctionDef), source.up(call, cst.SimpleStatementLine)
        if called(call) not in ("fit_transform", "adapt") or function is None or line is None or not isinstance(call.func, cst.Attribute):
            continue
        name = function.name.value
        times = sum(called(c) == name for c in source.all(cst.Call))
        if times < 2 or not isinstance(source.parent(function), cst.Module):
            continue
        thing, rows = source.code(call.func.value), source.code(call.args[0].value)
        if called(call) == "adapt" and isinstance(source.parent(call), cst.Expr):
            once = [f"if not traindx_fitted:\n    {thing}.adapt({rows})\n    traindx_fitted.append(True)"]
            yield "adapted to the training rows alone", source.written(before={function: ["traindx_fitted = []"]}, instead={line: once})
        elif called(call) == "fit_transform":
            once = [f"if not traindx_fitted:\n    traindx_fitted.append({thing}.fit({rows}))"]
            yield "fitted on the training rows alone", source.written(
                {call: f"traindx_fitted[0].transform({rows})"}, before={function: ["traindx_fitted = []"], line: once}
            )


def _fresh(source: Source) -> Iterator[tuple[str, str]]:
    """Of objects that are made where they are used, or of two of one kind under two names."""
    import libcst as cst

    made: dict[str, Any] = {}
    for assign in source.all(cst.Assign):
        if isinstance(assign.value, cst.Call) and isinstance(assign.targets[0].target, cst.Name) and called(assign.value)[:1].isupper():
            made[assign.targets[0].target.value] = source.code(assign.value)
    first: dict[str, tuple[str, Any]] = {}
    swaps: dict[Any, str] = {}
    above: dict[Any, list[str]] = {}
    for call in source.all(cst.Call):
        if called(call) != "fit_transform" or not isinstance(call.func, cst.Attribute) or source.up(call, cst.FunctionDef) is not None:
            continue
        thing, rows = call.func.value, source.code(call.args[0].value)
        kind = made.get(source.code(thing)) if isinstance(thing, cst.Name) else source.code(thing)
        if kind is None:
            continue
        if kind in first and first[kind][0] != source.code(thing):
            swaps[call] = f"{first[kind][0]}.transform({rows})"
        elif kind in first and not isinstance(thing, cst.Name):
            line = source.up(first[kind][1], cst.SimpleStatementLine)
            above[line] = [f"traindx_fitted = {kind}.fit({source.code(first[kind][1].args[0].value)})"]
            swaps[first[kind][1]] = f"traindx_fitted.transform({source.code(first[kind][1].args[0].value)})"
            swaps[call] = f"traindx_fitted.transform({rows})"
        else:
            first.setdefault(kind, (source.code(thing), call))
    if swaps:
        yield "one object fitted on the training rows for all splits", source.written(swaps, before=above)
