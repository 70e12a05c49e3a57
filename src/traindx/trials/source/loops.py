"""A training loop of the program's own as source: the call of its model under the tape, and the loss object it made."""

from __future__ import annotations

import builtins
from typing import Any

from traindx.trials.source.calls import called, change_calls
from traindx.trials.source.names import imported

CLASSES = {"binary_crossentropy": "BinaryCrossentropy", "categorical_crossentropy": "CategoricalCrossentropy",
           "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy", "mean_squared_error": "MeanSquaredError"}  # fmt: skip


def in_tape(text: str, template: str) -> str | None:
    """The template (`@`: the call) in place of the one call under a `GradientTape` that can be the model's: one with `training=`, else
    one of a single argument. None for none or more.
    """
    import libcst as cst
    from libcst import matchers as m

    module = cst.parse_module(text)
    functions = {n.name.value for n in m.findall(module, m.FunctionDef()) if isinstance(n, cst.FunctionDef)}
    tape = m.With(items=[m.ZeroOrMore(), m.WithItem(item=m.Call()), m.ZeroOrMore()])
    blocks = [n for n in m.findall(module, tape) if isinstance(n, cst.With) and "GradientTape" in map(_opens, n.items)]
    calls = [n for block in blocks for n in m.findall(block.body, m.Call())]
    found = [n for n in calls if _in_a_mode(n)] or [n for n in calls if _may_be_model(n, functions)]
    if len(found) != 1:
        return None
    new = cst.parse_expression(template.replace("@", module.code_for_node(found[0])))
    return cst.ensure_type(module.deep_replace(found[0], new), cst.Module).code


def _opens(item: Any) -> str:
    import libcst as cst

    return called(item.item) if isinstance(item.item, cst.Call) else ""


def _in_a_mode(call: Any) -> bool:
    return any(a.keyword is not None and a.keyword.value == "training" for a in call.args)


def _may_be_model(call: Any, functions: set[str]) -> bool:
    """A call of one positional argument, of an object by its name."""
    import libcst as cst

    name = called(call)
    one = len(call.args) == 1 and call.args[0].keyword is None and not call.args[0].star
    return isinstance(call.func, cst.Name) and one and name not in functions and not hasattr(builtins, name)


def with_loss(text: str, line: int, value: str) -> str | None:
    """Another loss object (by its name as a string's code) in place of the one that is made on this line."""
    import libcst as cst

    cls = CLASSES.get(value.strip('"'))
    if cls is None:
        return None
    made = []

    def change(call: Any) -> Any:
        made.append(called(call))
        kept = [a for a in call.args if a.keyword is not None and a.keyword.value in ("reduction", "name")]
        func = call.func.with_changes(attr=cst.Name(cls)) if isinstance(call.func, cst.Attribute) else cst.Name(cls)
        return call.with_changes(func=func, args=kept)

    changed = change_calls(text, line, lambda name: name[:1].isupper(), change)
    if changed is None or not made:
        return None
    if f".{cls}(" in changed:
        return changed
    longer = imported(text, made[0], [cls])
    return change_calls(longer, line, lambda name: name[:1].isupper(), change) if longer is not None else None
