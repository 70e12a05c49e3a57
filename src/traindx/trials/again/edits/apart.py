"""Rows and labels that are brought into an order each on their own: one order for both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called

FOLDERS = ("listdir", "glob", "iglob", "iterdir", "rglob")
MAKES_ORDER = ("permutation",)
NO_RELATION = (Cause.UNINFORMATIVE_FEATURES, Cause.LABEL_NOISE)
"""What rows look like whose labels are not theirs."""


@rewrites(Cause.MISALIGNED_LABELS, looks_like=NO_RELATION)
def shuffled_together(source: Source) -> Iterator[tuple[str, str]]:
    """Two lines `R.shuffle(x)`, `R.shuffle(y)`; two permutations drawn; two pipelines shuffled; two random splits."""
    yield from _in_place(source)
    yield from _drawn_twice(source)
    yield from _pipelines(source)
    yield from _same_state(source)


def _in_place(source: Source) -> Iterator[tuple[str, str]]:
    import libcst as cst

    alone = [c for c in source.all(cst.Call) if called(c) == "shuffle" and len(c.args) == 1 and isinstance(source.parent(c), cst.Expr)]
    for first, second in pairwise(alone):
        lines = [source.up(c, cst.SimpleStatementLine) for c in (first, second)]
        if source.code(first.func) != source.code(second.func) or source.parent(lines[0]) is not source.parent(lines[1]):
            continue
        x, y = (source.code(c.args[0].value) for c in (first, second))
        draw = source.code(first.func)[: -len("shuffle")] + "permutation"
        if draw.startswith("random."):
            order = f"traindx_order = random.sample(range(len({x})), len({x}))"
            pair = [f"{v}[:] = [{v}[i] for i in traindx_order]" for v in (x, y)]
        else:
            order, pair = f"traindx_order = {draw}(len({x}))", [f"{v} = {v}[traindx_order]" for v in (x, y)]
        yield "rows and labels shuffled in one order", source.written(instead={lines[0]: [order, pair[0]], lines[1]: [pair[1]]})


def _drawn_twice(source: Source) -> Iterator[tuple[str, str]]:
    """`x[R.permutation(n)]` and `y[R.permutation(n)]`."""
    import libcst as cst

    inside = [c for c in source.all(cst.Call) if called(c) in MAKES_ORDER and source.up(c, cst.Subscript, cst.SimpleStatementLine)
              is not source.up(c, cst.SimpleStatementLine)]  # fmt: skip
    for first, second in pairwise(inside):
        line = source.up(first, cst.SimpleStatementLine)
        other = source.up(second, cst.SimpleStatementLine)
        if source.code(first.func) == source.code(second.func) and source.parent(line) is source.parent(other):
            yield "rows and labels in one order", source.written(
                {first: "traindx_order", second: "traindx_order"}, before={line: [f"traindx_order = {source.code(first)}"]}
            )


def _pipelines(source: Source) -> Iterator[tuple[str, str]]:
    """`.shuffle(n)` of two pipelines that are joined later: the same seed in both."""
    import libcst as cst

    drawn = [c for c in source.all(cst.Call) if called(c) == "shuffle" and isinstance(c.func, cst.Attribute) and c.args
             and not isinstance(source.parent(c), cst.Expr)]  # fmt: skip
    joined = any(called(c) == "zip" and isinstance(c.func, cst.Attribute) for c in source.all(cst.Call))
    if len(drawn) >= 2 and joined:
        size = {c: source.code(c.args[0].value) for c in drawn}
        most = size[drawn[0]]
        swaps = {c: f"{source.code(c.func.value)}.shuffle({most}, seed=0)" for c in drawn}
        yield "both pipelines shuffled in one order", source.written(swaps)


def _same_state(source: Source) -> Iterator[tuple[str, str]]:
    """Random splits, samples and shuffles of one array each, with one state."""
    import libcst as cst

    lone = [c for c in source.all(cst.Call) if (called(c) in ("train_test_split", "shuffle", "resample") and isinstance(c.func, cst.Name)
            and sum(a.keyword is None for a in c.args) == 1) or (called(c) == "sample" and "frac" in source.code(c))]  # fmt: skip
    if len(lone) >= 2:
        swaps = {}
        for c in lone:
            others = [a for a in c.args if a.keyword is None or a.keyword.value != "random_state"]
            kept = [a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for a in others]
            swaps[c] = f"{source.code(c.func)}({', '.join([*(source.code(a) for a in kept), 'random_state=0'])})"
        yield "rows and labels drawn with one random state", source.written(swaps)


@rewrites(Cause.MISALIGNED_LABELS, looks_like=NO_RELATION)
def files_in_order(source: Source) -> Iterator[tuple[str, str]]:
    """Files by the length of their names, then by name, which is the order of their numbers; a folder's list sorted."""
    import libcst as cst

    key = "key=lambda name: (len(str(name)), str(name))"
    calls = source.all(cst.Call)
    sorts = {c: f"sorted({_closed(source, c.args[0].value)}, {key})" for c in calls if called(c) == "sorted" and len(c.args) == 1}
    lists = {c: f"sorted({source.code(c)}, {key})" for c in calls
             if called(c) in FOLDERS and called(source.up(c, cst.Call)) != "sorted"}  # fmt: skip
    if sorts:
        yield "files in the order of their numbers", source.written(sorts)
    if lists:
        yield "the folder's files in the order of their names", source.written(lists)


def _closed(source: Source, node: Any) -> str:
    import libcst as cst

    bare = isinstance(node, cst.GeneratorExp) and not node.lpar
    return f"({source.code(node)})" if bare else source.code(node)


SORTS = ("dropna", "drop_duplicates", "query", "sample", "sort_values")


@rewrites(Cause.MISALIGNED_LABELS, looks_like=NO_RELATION)
def labels_of_kept_rows(source: Source) -> Iterator[tuple[str, str]]:
    """Labels cut to the number of rows that `dropna` or a mask left: those of the rows that are left."""
    import libcst as cst

    kept = {_target(a): a for a in source.all(cst.Assign) if called(a.value) in SORTS}
    for cut in source.all(cst.Subscript):
        names = [n for n in kept if n and source.code(cut).replace(" ", "").endswith(f"[:len({n})]")]
        if not names:
            continue
        base = cut.value
        if called(base) in ("to_numpy",) or (isinstance(base, cst.Attribute) and base.attr.value == "values"):
            base = base.func.value if isinstance(base, cst.Call) else base.value
        yield f"the labels of the rows of {names[0]}", source.written({cut: f"{source.code(base)}.loc[{names[0]}.index].to_numpy()"})


def _target(assign: Any) -> str | None:
    import libcst as cst

    target = assign.targets[0].target
    return target.value if isinstance(target, cst.Name) else None
