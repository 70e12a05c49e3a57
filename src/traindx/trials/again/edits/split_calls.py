"""Splits that are read or prepared by one call each: what the one call is told, or does, and the other not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called

OWN = {"shuffle", "subset", "seed", "validation_split", "batch_size", "repeat", "n", "size", "training", "augment", "name", "epochs"}
"""What may differ between splits on purpose."""
ROWS = ("from_tensor_slices", "from_generator", "zip", "batch", "map", "shuffle", "prefetch", "cache", "repeat", "unbatch")


@rewrites(Cause.LABEL_ENCODING_MISMATCH, Cause.PREPROCESSING_MISMATCH)
def told_alike(source: Source) -> Iterator[tuple[str, str]]:
    """An argument by name that one of several calls of a function lacks, or has otherwise, as in the first of them."""
    import libcst as cst

    groups: dict[str, list[Any]] = {}
    for call in source.all(cst.Call):
        outer = source.parent(call)
        if isinstance(outer, cst.Assign | cst.AnnAssign) and source.code(call.func) not in ("tf.Variable",):
            groups.setdefault(source.code(call.func), []).append(call)
    for name, calls in groups.items():
        if len(calls) < 2 or called(calls[0]) in ("Dense", "Input", "Conv2D") or name.startswith(("keras.layers", "layers.")):
            continue
        first, rest = _named(source, calls[0]), calls[1:]
        for key, value in first.items():
            lacking = [c for c in rest if key not in OWN and _named(source, c).get(key) != value]
            if lacking:
                swaps = {c: _told(source, c, key, value) for c in lacking}
                yield f"{key} as in the call for the training rows", source.written(swaps)
        lacking = {c: {k: v for k, v in _named(source, c).items() if k not in OWN and k not in first} for c in rest}
        if any(lacking.values()):
            swaps = {c: _without(source, c, set(more)) for c, more in lacking.items() if more}
            yield "arguments as in the call for the training rows", source.written(swaps)


def _named(source: Source, call: Any) -> dict[str, str]:
    return {a.keyword.value: source.code(a.value) for a in call.args if a.keyword is not None}


def _told(source: Source, call: Any, key: str, value: str) -> str:
    import libcst as cst

    kept = [a for a in call.args if a.keyword is None or a.keyword.value != key]
    words = [source.code(a.with_changes(comma=cst.MaybeSentinel.DEFAULT)).strip() for a in kept]
    stars = [w for w in words if w.startswith("**")]
    return f"{source.code(call.func)}({', '.join([*(w for w in words if w not in stars), f'{key}={value}', *stars])})"


def _without(source: Source, call: Any, names: set[str]) -> str:
    import libcst as cst

    kept = [a for a in call.args if a.keyword is None or a.keyword.value not in names]
    words = [source.code(a.with_changes(comma=cst.MaybeSentinel.DEFAULT)).strip() for a in kept]
    return f"{source.code(call.func)}({', '.join(words)})"


@rewrites(Cause.PREPROCESSING_MISMATCH, Cause.LABEL_ENCODING_MISMATCH)
def mapped_alike(source: Source) -> Iterator[tuple[str, str]]:
    """A `.map(f)` of the first pipeline that a later one lacks, in front of its `.batch`; and the reverse."""
    import libcst as cst

    chains = []
    for assign in source.all(cst.Assign):
        steps = _steps(source, assign.value)
        if any(called(s) == "batch" for s in steps) and isinstance(assign.targets[0].target, cst.Name):
            chains.append((assign, steps))
    if len(chains) < 2:
        return
    maps = [[source.code(s.args[0].value) for s in steps if called(s) == "map" and s.args] for _, steps in chains]
    for (_, steps), own in zip(chains[1:], maps[1:], strict=True):
        lacking = [f for f in maps[0] if f not in own]
        batch = next(s for s in steps if called(s) == "batch")
        for some in ([lacking] if len(lacking) > 1 else []) + [[f] for f in lacking]:
            maps_of = "".join(f".map({f})" for f in some)
            yield f"mapped by {', '.join(some)} like the training rows", source.written(
                {batch.func.value: source.code(batch.func.value) + maps_of}
            )


def _steps(source: Source, node: Any) -> list[Any]:
    """The calls of a chain of methods, the last first."""
    import libcst as cst

    found = []
    while isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        found.append(node)
        node = node.func.value
    return found


@rewrites(Cause.PREPROCESSING_MISMATCH)
def changed_alike(source: Source) -> Iterator[tuple[str, str]]:
    """A line that computes the training rows anew from themselves, for the rows of the other splits too."""
    import libcst as cst

    fit = next((c for c in source.all(cst.Call) if called(c) == "fit" and isinstance(c.func, cst.Attribute) and len(c.args) > 1), None)
    if fit is None:
        return
    train, others = _name(fit.args[0].value), _judged(source, fit)
    lines = [n for n in source.all(cst.SimpleStatementLine) if train and _changes(source, n, train)]
    for other in others:
        if other == train or any(_changes(source, n, other) for n in source.all(cst.SimpleStatementLine)):
            continue
        added = {line: [_for_other(source, line, train, other)] for line in lines}
        if added:
            yield f"{other} changed like {train}", source.written(before=added)


def _name(node: Any) -> str | None:
    import libcst as cst

    while isinstance(node, cst.Subscript):
        node = node.value
    return node.value if isinstance(node, cst.Name) else None


def _judged(source: Source, fit: Any) -> list[str]:
    """Names of the inputs that are held out from, evaluated or predicted by the model."""
    import libcst as cst

    found: list[str | None] = []
    for arg in fit.args:
        if arg.keyword is not None and arg.keyword.value == "validation_data" and isinstance(arg.value, cst.Tuple):
            found.append(_name(arg.value.elements[0].value))
    for call in source.all(cst.Call):
        if called(call) in ("evaluate", "predict") and call.args and source.line(call) >= source.line(fit):
            found.append(_name(call.args[0].value))
    return list(dict.fromkeys(n for n in found if n))


def _changes(source: Source, line: Any, name: str) -> bool:
    """Whether the line binds the name to something made of itself."""
    import libcst as cst
    from libcst import matchers as m

    if len(line.body) != 1 or source.up(line, cst.FunctionDef) is not None:
        return False
    does = line.body[0]
    if isinstance(does, cst.AugAssign):
        return isinstance(does.target, cst.Name) and does.target.value == name
    if not isinstance(does, cst.Assign) or not isinstance(does.targets[0].target, cst.Name) or does.targets[0].target.value != name:
        return False
    return bool(m.findall(does.value, m.Name(name)))


def _for_other(source: Source, line: Any, train: str, other: str) -> str:
    """The same line for the other rows; what is measured on the training rows (`train.mean(...)`) stays theirs."""
    import libcst as cst

    class Rename(cst.CSTTransformer):
        def visit_Attribute(self, node: cst.Attribute) -> bool:  # noqa: N802 - libcst's name
            return not (isinstance(node.value, cst.Name) and node.value.value == train and node.attr.value in MEASURED)

        def visit_Call(self, node: cst.Call) -> bool:  # noqa: N802 - libcst's name
            return called(node) not in MEASURED

        def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:  # noqa: N802 - libcst's name
            return updated_node.with_changes(value=other) if original_node.value == train else updated_node

    return source.code(line.body[0].visit(Rename())).strip()


MEASURED = ("mean", "std", "min", "max", "median", "var", "ptp", "quantile", "percentile", "nanmean", "nanstd", "sum")
