"""How the program judges its model, as source: in which mode, in which order, with which axes and which weights."""

from __future__ import annotations

from typing import Any

from traindx.trials.source.calls import called, change_calls

TWO_AXES = ("argmax", "shape", "T")
"""What a name is asked for only where it has two axes."""


def in_inference_mode(text: str, line: int) -> str | None:
    """`training=False` in the call on this line that has `training=True`."""
    import libcst as cst
    from libcst import matchers as m

    arg = m.Arg(keyword=m.Name("training"), value=m.Name("True"))
    done = []

    def change(call: Any) -> Any:
        if not m.matches(call, m.Call(args=[m.ZeroOrMore(), arg, m.ZeroOrMore()])):
            return call
        done.append(True)
        return call.with_changes(args=[a.with_changes(value=cst.Name("False")) if m.matches(a, arg) else a for a in call.args])

    changed = change_calls(text, line, lambda _: True, change, every=True)
    return changed if len(done) == 1 else None


def one_axis(text: str, line: int) -> str | None:
    """`[:, 0]` after the `predict` on this line; None where its result is used with two axes."""
    import libcst as cst
    from libcst import matchers as m

    module, call, statement = _call(text, line, "predict")
    if call is None:
        return None
    names = [t.target.value for t in statement.targets] if isinstance(statement, cst.Assign) and statement.value is call else []
    if not names or any(not isinstance(t.target, cst.Name) for t in statement.targets):
        return None
    for name in names:
        used = m.findall(module, m.Subscript(value=m.Name(name)) | m.Attribute(value=m.Name(name)))
        if any((isinstance(n, cst.Subscript) and len(n.slice) > 1) or (isinstance(n, cst.Attribute) and n.attr.value in TWO_AXES) for n in used):  # noqa: E501
            return None
    new = cst.parse_expression(module.code_for_node(call) + "[:, 0]")
    return module.deep_replace(call, new).code


def in_one_order(text: str, line: int) -> str | None:
    """The pipeline that is predicted on this line kept as its first pass gave it; None where no loop goes over it too."""
    import libcst as cst
    from libcst import matchers as m

    module, call, _ = _call(text, line, "predict")
    if call is None or not call.args or not isinstance(call.args[0].value, cst.Name):
        return None
    name = call.args[0].value
    loops = m.findall(module, m.For(iter=m.Name(name.value)) | m.CompFor(iter=m.Name(name.value)))
    made = [n for n in m.findall(module, m.Assign(targets=[m.AssignTarget(target=m.Name(name.value))])) if isinstance(n, cst.Assign)]
    if not loops or len(made) != 1 or not isinstance(made[0].value, cst.Call):
        return None
    new = cst.parse_expression(module.code_for_node(made[0].value) + ".cache()")
    return module.deep_replace(made[0].value, new).code


def trained_weights(text: str, trained: int, judged: int) -> str | None:
    """The weights as `fit` left them (line `trained`) given to the model that is judged on line `judged`.

    None unless both are statements of one block of the module or of one function.
    """
    import libcst as cst
    from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places, parents = wrapper.resolve(PositionProvider), wrapper.resolve(ParentNodeProvider)
    found = []
    for line, names in ((trained, ("fit",)), (judged, ("evaluate", "predict"))):
        calls = [n for n, p in places.items() if isinstance(n, cst.Call) and called(n) in names and p.start.line <= line <= p.end.line]
        if len(calls) != 1 or not isinstance(calls[0].func, cst.Attribute) or not isinstance(calls[0].func.value, cst.Name):
            return None
        holder: Any = calls[0]
        while not isinstance(holder, cst.SimpleStatementLine | cst.Module | cst.BaseCompoundStatement):
            holder = parents[holder]
        found.append((holder, calls[0].func.value.value))
    (first, model), (second, other) = found
    if first is second or parents[first] is not parents[second] or places[first].start.line > places[second].start.line:
        return None
    keep = cst.parse_statement(f"traindx_weights = {model}.get_weights()")
    give = cst.ensure_type(cst.parse_statement(f"{other}.set_weights(traindx_weights)"), cst.SimpleStatementLine)

    class Write(cst.CSTTransformer):
        def on_leave(self, original_node: Any, updated_node: Any) -> Any:
            if original_node is first:
                return cst.FlattenSentinel([updated_node, keep])
            if original_node is second:
                above = give.with_changes(leading_lines=updated_node.leading_lines)
                return cst.FlattenSentinel([above, updated_node.with_changes(leading_lines=[])])
            return super().on_leave(original_node, updated_node)

    return wrapper.module.visit(Write()).code


def _call(text: str, line: int, name: str) -> tuple[Any, Any, Any]:
    """The module, its one call of this name on the line (else None), and the statement part that holds the call."""
    import libcst as cst
    from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places, parents = wrapper.resolve(PositionProvider), wrapper.resolve(ParentNodeProvider)
    calls = [n for n, p in places.items() if isinstance(n, cst.Call) and called(n) == name and p.start.line <= line <= p.end.line]
    if len(calls) != 1:
        return wrapper.module, None, None
    statement: Any = calls[0]
    while not isinstance(statement, cst.BaseSmallStatement | cst.Module | cst.BaseCompoundStatement):
        statement = parents[statement]
    return wrapper.module, calls[0], statement
