"""Changes of the model as source that are no argument of one call: layers added, all layers trainable, one dtype."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from traindx.trials.source.calls import called, with_argument
from traindx.trials.source.names import imported

DTYPED = ("set_dtype_policy", "set_global_policy", "set_floatx", "Policy", "DTypePolicy")
HALF = ("float16", "bfloat16", "mixed_float16", "mixed_bfloat16")


def before(text: str, line: int, made: str, value: str, nth: tuple[int, int] | None = None, first: bool = False) -> str | None:
    """Layers before the one that is made on this line: in a list of layers, by `model.add`, or in a call on what came before.

    `value`: calls of layers by their bare names, with `; ` between them; the module of the layer's own call is put before.
    `nth`: (which, of how many) layers of its kind made on the line. `first`: the layer is the model's first,
    and nothing else may take what it takes.
    """
    import libcst as cst
    from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places, parents = wrapper.resolve(PositionProvider), wrapper.resolve(ParentNodeProvider)
    own = [n for n, p in places.items() if isinstance(n, cst.Call) and (called(n) == made if made else called(n)[:1].isupper())
           and p.start.line <= line <= p.end.line]  # fmt: skip
    nearest = max((places[n].start.line for n in own), default=0)
    own = sorted((n for n in own if places[n].start.line == nearest), key=lambda n: places[n].start.column)
    if not own or (nth is not None and len(own) not in (1, nth[1])):
        return None
    call = own[nth[0]] if nth is not None and len(own) > 1 else own[-1]
    if isinstance(call.func, cst.Attribute):
        path = wrapper.module.code_for_node(call.func.value) + "."
    else:
        path, longer = "", imported(text, called(call), [called(cst.parse_expression(code)) for code in value.split("; ")])
        if longer is None:
            return None
        if longer != text:  # no line moves
            return before(longer, line, made, value, nth, first)
    new = [cst.parse_expression(path + code) for code in value.split("; ")]
    return _stacked(wrapper.module, call, new, parents, first)


def shape_first(text: str, line: int, value: str) -> str:
    """`value` after a layer for the shape that a layer on this line is given (`input_shape`, `input_dim`), if it is given one."""
    import libcst as cst
    from libcst.metadata import MetadataWrapper, PositionProvider

    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    for node, place in wrapper.resolve(PositionProvider).items():
        name = node.keyword.value if isinstance(node, cst.Arg) and node.keyword is not None else ""
        if name in ("input_shape", "input_dim") and place.start.line <= line <= place.end.line:
            code = wrapper.module.code_for_node(node.value)  # type: ignore[attr-defined]
            return f"InputLayer(shape={code if name == 'input_shape' else f'({code},)'}); {value}"
    return value


def _stacked(module: Any, call: Any, new: list[Any], parents: Any, first: bool) -> str | None:
    """The new layers before one that stands in a list, is added, or is called on what came before it."""
    import libcst as cst

    holder = parents[call]
    if isinstance(holder, cst.Element) and isinstance(parents[holder], cst.List):
        return _replaced(module, holder, [*(_element(holder, n, parents[holder]) for n in new), holder])
    if isinstance(holder, cst.Arg) and called(parents[holder]) == "add":
        statement = parents[parents[parents[holder]]]
        add = module.code_for_node(parents[holder].func)
        lines = [cst.parse_statement(f"{add}({module.code_for_node(n)})") for n in new]
        alone = isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1
        return _replaced(module, statement, [*lines, statement]) if alone else None
    if isinstance(holder, cst.Call) and holder.func is call and len(holder.args) == 1 and not holder.args[0].star:
        inner = holder.args[0]
        if first and not (isinstance(inner.value, cst.Name) and _taken(module, inner.value.value, parents) == 1):
            return None
        for node in new:
            inner = inner.with_changes(value=cst.Call(node, [cst.Arg(inner.value)]))
        return _replaced(module, holder.args[0], [inner])
    return None


def _taken(module: Any, name: str, parents: Any) -> int:
    """How many layers are called on what the name holds."""
    import libcst as cst
    from libcst import matchers as m

    uses = [n for n in m.findall(module, m.Name(name)) if isinstance(parents.get(n), cst.Arg)]
    calls = [parents[parents[n]] for n in uses]
    return sum(isinstance(c, cst.Call) and not called(c).endswith("Model") for c in calls) + sum(
        not isinstance(c, cst.Call) for c in calls
    )


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
