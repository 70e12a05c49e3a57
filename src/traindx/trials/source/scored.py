"""How the program judges its model, as source: in which mode, in which order, with which axes and which weights."""

from __future__ import annotations

import re
from typing import Any

from traindx.trials.source.calls import called, change_calls, with_argument
from traindx.trials.source.names import bound_to

SHAPED = re.compile(r"\b(Input|InputLayer)\(|\binput_(shape|dim)\s*=|\bclone_model\(")
"""How a program tells a model the shape of its inputs before any row: then the model has weights from the start."""
JUDGES = ("evaluate", "predict")
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
    """The rows that are predicted on this line in the order of their source, or in one that stays.

    Where nothing is trained on them: without `shuffle` in the chain that makes them, or with `shuffle=False` where what
    makes them takes that. Else, where a loop goes over them too, kept as the first pass gave them (`cache`).
    """
    import libcst as cst
    from libcst import matchers as m

    module, call, _ = _call(text, line, "predict")
    given = call.args[0].value if call is not None and call.args else None
    made, looped = given, False
    if isinstance(given, cst.Name):
        made = bound_to(module, given.value)
        looped = bool(m.findall(module, m.For(iter=m.Name(given.value)) | m.CompFor(iter=m.Name(given.value))))
        if m.findall(module, m.Call(func=m.Attribute(attr=m.Name("fit")), args=[m.Arg(m.Name(given.value)), m.ZeroOrMore()])):
            return _swapped(module, made, ".cache()") if looped and isinstance(made, cst.Call) else None
    if not isinstance(made, cst.Call):
        return None
    still = _unshuffled(module, made)
    if still is not None:
        return module.deep_replace(made, still).code
    return _swapped(module, made, ".cache()") if looped else None


def _swapped(module: Any, node: Any, after: str) -> str:
    import libcst as cst

    return module.deep_replace(node, cst.parse_expression(module.code_for_node(node) + after)).code


def _unshuffled(module: Any, made: Any) -> Any:
    """The expression without its `.shuffle(...)`, or with `shuffle=False` for a function or class here that takes it."""
    import libcst as cst
    from libcst import matchers as m

    drawn = [n for n in m.findall(made, m.Call(func=m.Attribute(attr=m.Name("shuffle")))) if isinstance(n, cst.Call)]
    if len(drawn) == 1:
        return made.func.value if drawn[0] is made else made.deep_replace(drawn[0], cst.ensure_type(drawn[0].func, cst.Attribute).value)
    takes = m.FunctionDef(params=m.Parameters(params=[m.ZeroOrMore(), m.Param(name=m.Name("shuffle")), m.ZeroOrMore()]))
    named = [n for n in module.body if isinstance(n, cst.FunctionDef | cst.ClassDef) and n.name.value == called(made)]
    able = named and (m.matches(named[0], takes) or (isinstance(named[0], cst.ClassDef) and m.findall(named[0], takes)))
    return with_argument(made, "shuffle", "False") if able and isinstance(made.func, cst.Name) else None


def trained_weights(text: str, trained: int, judged: int) -> str | None:
    """The weights as `fit` left them (line `trained`) given to the model that is judged on line `judged`.

    None unless both are statements of one block of the module or of one function, and the model that is judged has
    weights by then: it was the one trained, or models here are made with the shape of their inputs.
    """
    import libcst as cst
    from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places, parents = wrapper.resolve(PositionProvider), wrapper.resolve(ParentNodeProvider)
    calls = [(p.start.line, n) for n, p in places.items() if isinstance(n, cst.Call) and _of_a_name(n)]
    fits = [n for at, n in calls if called(n) == "fit" and at <= trained <= places[n].end.line]
    here = [n for at, n in calls if called(n) in JUDGES and at <= judged <= places[n].end.line]
    if len(fits) != 1 or len(here) != 1:
        return None
    model, other = fits[0].func.value.value, here[0].func.value.value
    bound = [p.start.line for n, p in places.items() if isinstance(n, cst.AssignTarget) and wrapper.module.code_for_node(n.target) == other]
    anew = max((at for at in bound if trained < at < judged), default=None)
    if model != other or anew is not None:  # another model: from its first judging call on
        if not SHAPED.search(text):
            return None
        asked = [n for at, n in calls if called(n) in JUDGES and n.func.value.value == other and (anew or trained) < at]
        here = sorted(asked, key=lambda n: places[n].start.line)[:1]
    first, second = (_statement(n, parents) for n in (fits[0], here[0]))
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


def _of_a_name(call: Any) -> bool:
    import libcst as cst

    return isinstance(call.func, cst.Attribute) and isinstance(call.func.value, cst.Name)


def _statement(node: Any, parents: Any) -> Any:
    import libcst as cst

    while not isinstance(node, cst.SimpleStatementLine | cst.Module | cst.BaseCompoundStatement):
        node = parents[node]
    return node


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
