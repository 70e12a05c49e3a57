"""A metric of `compile` as source: one element of the list in its place."""

from __future__ import annotations

from typing import Any

from traindx.trials.source.calls import argument, called, keras_name, with_argument


def with_metric(text: str, line: int, value: str) -> str | None:
    """`value`: which metric, of how many, the name it has in the logs, and the new one as `keras.metrics...`, after colons.

    None where the metrics are no list of that length. A name that the program asks for elsewhere (a callback, the
    history) is kept; Keras is imported before `compile` where the program does not import it as a whole.
    """
    import libcst as cst
    from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

    at, count, name, code = value.split(":", 3)
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places, parents = wrapper.resolve(PositionProvider), wrapper.resolve(ParentNodeProvider)
    found = [n for n, p in places.items() if isinstance(n, cst.Call) and called(n) == "compile" and p.start.line <= line <= p.end.line]
    if not found:
        return None
    call, keras = found[-1], keras_name(text)
    new = cst.parse_expression(code.replace("keras.", f"{keras or 'keras'}."))
    if _asked_for(wrapper.module, call, name) and isinstance(new, cst.Call):
        new = with_argument(new, "name", f'"{name}"')
    changed = _put(call, new, int(at), int(count))
    statement = parents[parents[call]]
    if changed is None or (keras is None and not isinstance(statement, cst.SimpleStatementLine)):
        return None
    made = cst.ensure_type(wrapper.module.deep_replace(call, changed), cst.Module)
    return made.code if keras is not None else _importing(made, changed)


def _put(call: Any, new: Any, at: int, count: int) -> Any:
    """The call with the metric in its place; None where the metrics are no list of that length, nor one alone."""
    import libcst as cst

    where = argument(call, "metrics")
    given = call.args[where].value if where is not None else None
    if isinstance(given, cst.List) and len(given.elements) == count:
        elements = [e.with_changes(value=new) if i == at else e for i, e in enumerate(given.elements)]
        value: Any = given.with_changes(elements=elements)
    elif count == 1 and isinstance(given, cst.SimpleString | cst.Call):
        value = cst.List([cst.Element(new)])
    else:
        return None
    args = [a.with_changes(value=value) if i == where else a for i, a in enumerate(call.args)]
    return call.with_changes(args=args)


def _asked_for(module: Any, call: Any, name: str) -> bool:
    """Whether a string of the program outside this call is the metric's name in the logs."""
    import libcst as cst
    from libcst import matchers as m

    own = {id(n) for n in m.findall(call, m.SimpleString())}
    others = [n for n in m.findall(module, m.SimpleString()) if id(n) not in own]
    return any(isinstance(n, cst.SimpleString) and n.evaluated_value in (name, f"val_{name}") for n in others)


def _importing(module: Any, call: Any) -> str:
    """The text with Keras imported before the statement of the call, as the program's other imports reach it."""
    import libcst as cst

    line = "from tensorflow import keras" if "tensorflow.keras" in module.code else "import keras"

    class Write(cst.CSTTransformer):
        def leave_SimpleStatementLine(self, original_node: Any, updated_node: Any) -> Any:  # noqa: N802 - libcst's name
            if not any(isinstance(s, cst.Expr) and s.value is call for s in original_node.body):
                return updated_node
            first = cst.ensure_type(cst.parse_statement(line), cst.SimpleStatementLine)
            first = first.with_changes(leading_lines=updated_node.leading_lines)
            return cst.FlattenSentinel([first, updated_node.with_changes(leading_lines=[])])

    return module.visit(Write()).code
