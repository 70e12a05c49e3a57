"""Standardised inputs as source: two lines before `fit` that compute the training rows' mean and spread and apply them."""

from __future__ import annotations

from typing import Any


def _statement(text: str, line: int) -> tuple[Any, Any, Any] | None:
    """(wrapper, statement line that holds the `fit` call, the call)."""
    import libcst as cst
    from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

    from traindx.trials.source.calls import called

    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places, parents = wrapper.resolve(PositionProvider), wrapper.resolve(ParentNodeProvider)
    for node, place in places.items():
        if isinstance(node, cst.Call) and called(node) == "fit" and place.start.line <= line <= place.end.line:
            holder: Any = node
            while not isinstance(holder, cst.SimpleStatementLine | cst.Module):
                holder = parents[holder]
            return (wrapper, holder, node) if isinstance(holder, cst.SimpleStatementLine) else None
    return None


def scale_inputs(text: str, line: int, how: str = "standardise") -> str | None:
    """The text with the inputs of the `fit` call on this line standardised; None where they are no plain names.

    Names that are handed to `evaluate` or `predict` later are scaled before `fit` too, where they are defined before it.
    """
    import libcst as cst
    from libcst import matchers as m

    found = _statement(text, line)
    if found is None:
        return None
    wrapper, holder, call = found
    first = _given(call, "x", 0)
    if not isinstance(first, cst.Name):
        return None
    names = [first.value]
    held = _given(call, "validation_data", None)
    if isinstance(held, cst.Tuple) and held.elements and isinstance(held.elements[0].value, cst.Name):
        names.append(held.elements[0].value.value)
    elif held is not None:
        return None
    from traindx.trials.source.calls import called

    assigned = _assigned_before(text, line)
    for node in m.findall(wrapper.module, m.Call()):
        if called(node) in ("evaluate", "predict"):
            other = _given(node, "x", 0)
            if isinstance(other, cst.Name) and other.value in assigned:
                names.append(other.value)
    x = names[0]
    numpy = _numpy(wrapper.module)
    if how == "log1p" and numpy is None:
        return None
    tame = [f"{n} = {numpy}.sign({n}) * {numpy}.log1p(abs({n}))" for n in dict.fromkeys(names)] if how == "log1p" else []
    lines = [*tame, f"traindx_mean, traindx_spread = {x}.mean(axis=0), {x}.std(axis=0) + 1e-7"]
    lines += [f"{n} = ({n} - traindx_mean) / traindx_spread" for n in dict.fromkeys(names)]
    parts = [cst.parse_statement(code) for code in lines]

    class Insert(cst.CSTTransformer):
        def leave_SimpleStatementLine(self, original_node: Any, updated_node: Any) -> Any:  # noqa: N802
            if original_node is not holder:
                return updated_node
            start = parts[0].with_changes(leading_lines=updated_node.leading_lines)
            return cst.FlattenSentinel([start, *parts[1:], updated_node.with_changes(leading_lines=[])])

    return wrapper.module.visit(Insert()).code


def _numpy(module: Any) -> str | None:
    """How the program calls NumPy."""
    import libcst as cst
    from libcst import matchers as m

    for node in m.findall(module, m.ImportAlias(name=m.Name("numpy"))):
        assert isinstance(node, cst.ImportAlias)
        return module.code_for_node(node.asname.name) if node.asname is not None else "numpy"
    return None


def _given(call: Any, name: str, position: int | None) -> Any:
    for arg in call.args:
        if arg.keyword is not None and arg.keyword.value == name:
            return arg.value
    plain = [a for a in call.args if a.keyword is None and not a.star]
    return plain[position].value if position is not None and position < len(plain) else None


def _assigned_before(text: str, line: int) -> set[str]:
    """Names that are bound above the line."""
    import ast

    bound: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.lineno < line:
            bound.add(node.id)
    return bound
