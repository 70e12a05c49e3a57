"""Changes of the model as source that are no argument of one call: layers added, all layers trainable, one dtype."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from traindx.trials.source.calls import called, with_argument

DTYPED = ("set_dtype_policy", "set_global_policy", "set_floatx", "Policy", "DTypePolicy")
HALF = ("float16", "bfloat16", "mixed_float16", "mixed_bfloat16")


def before(text: str, line: int, made: str, value: str) -> str | None:
    """Layers before the one that is made on this line, in a list of layers or by `model.add`; None elsewhere.

    `value`: calls of layers by their bare names, with `; ` between them; the module of the layer's own call is put before.
    """
    import libcst as cst
    from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places, parents = wrapper.resolve(PositionProvider), wrapper.resolve(ParentNodeProvider)
    own = [n for n, p in places.items() if isinstance(n, cst.Call) and (called(n) == made if made else called(n)[:1].isupper())
           and p.start.line <= line <= p.end.line]  # fmt: skip
    if not own:
        return None
    call = max(own, key=lambda n: (places[n].start.line, places[n].start.column))
    path = wrapper.module.code_for_node(call.func.value) + "." if isinstance(call.func, cst.Attribute) else ""
    new = [cst.parse_expression(path + code) for code in value.split("; ")]
    holder = parents[call]
    if isinstance(holder, cst.Element) and isinstance(parents[holder], cst.List):
        return _replaced(wrapper.module, holder, [*(_element(holder, n, parents[holder]) for n in new), holder])
    if isinstance(holder, cst.Arg) and called(parents[holder]) == "add":
        statement = parents[parents[parents[holder]]]
        add = wrapper.module.code_for_node(parents[holder].func)
        lines = [cst.parse_statement(f"{add}({wrapper.module.code_for_node(n)})") for n in new]
        return _replaced(wrapper.module, statement, [*lines, statement]) if isinstance(statement, cst.SimpleStatementLine) else None
    return None


def _element(last: Any, value: Any, within: Any) -> Any:
    """One more element of a list, on a line of its own where the others are; their comments are not repeated."""
    import libcst as cst

    commas = [e.comma for e in within.elements[:-1]]
    comma = commas[-1] if commas else cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    if isinstance(comma.whitespace_after, cst.ParenthesizedWhitespace):
        comma = comma.with_deep_changes(comma.whitespace_after, first_line=cst.TrailingWhitespace(), empty_lines=())
    return last.with_changes(value=value, comma=comma)


def _replaced(module: Any, node: Any, by: list[Any]) -> str:
    import libcst as cst

    class Replace(cst.CSTTransformer):
        def on_leave(self, original_node: Any, updated_node: Any) -> Any:
            return cst.FlattenSentinel(by) if original_node is node else super().on_leave(original_node, updated_node)

    return module.visit(Replace()).code


def all_trainable(text: str, line: int) -> str | None:
    """`model.trainable = True` before the call of `compile` on this line."""
    import libcst as cst
    from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places, parents = wrapper.resolve(PositionProvider), wrapper.resolve(ParentNodeProvider)
    for node, place in places.items():
        if not isinstance(node, cst.Call) or called(node) != "compile" or not place.start.line <= line <= place.end.line:
            continue
        statement = parents[parents[node]]
        if isinstance(node.func, cst.Attribute) and isinstance(statement, cst.SimpleStatementLine):
            new = cst.parse_statement(f"{wrapper.module.code_for_node(node.func.value)}.trainable = True")
            return _replaced(wrapper.module, statement, [new, statement])
    return None


def with_patience(text: str, value: str) -> str | None:
    """Every early stopping waits for this many epochs; None where the program makes none."""
    return _every_call(text, lambda call: called(call) == "EarlyStopping", lambda call: with_argument(call, "patience", value))


def in_dtype(text: str, value: str) -> str | None:
    """Every policy and every layer's `dtype` of 16 bits replaced; None where the program names none."""
    import libcst as cst
    from libcst import matchers as m

    def half(arg: Any) -> bool:
        return isinstance(arg.value, cst.SimpleString) and arg.value.evaluated_value in HALF

    def change(call: Any) -> Any:
        args = [a.with_changes(value=cst.SimpleString(f'"{value}"')) if half(a) and (called(call) in DTYPED or m.matches(a, m.Arg(keyword=m.Name("dtype")))) else a for a in call.args]  # noqa: E501
        return call.with_changes(args=args)

    return _every_call(text, lambda call: called(call) in DTYPED or called(call)[:1].isupper(), change)


def _every_call(text: str, accepts: Callable[[Any], bool], change: Callable[[Any], Any]) -> str | None:
    import libcst as cst

    class Change(cst.CSTTransformer):
        def leave_Call(self, original_node: Any, updated_node: Any) -> Any:  # noqa: N802 - libcst's name
            return change(updated_node) if accepts(original_node) else updated_node

    made = cst.parse_module(text).visit(Change()).code
    return made if made != text else None
