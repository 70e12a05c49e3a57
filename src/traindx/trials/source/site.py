"""A call of `fit` as source: the data it is given, and where the program uses such data later (libcst)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from traindx.trials.source.calls import called, change_calls

LATER = ("evaluate", "predict")


@dataclass
class Site:
    """What is written at a call of `fit`, and what shall be written instead.

    `x`, `y`, `held_x`, `held_y`: its data as expressions, the last two None without `validation_data`. `later`: inputs and
    targets (or None) of the same model's `evaluate` and `predict` below it. `bound`: names that the call's own scope binds
    above it. `lines`: statements to stand before the call; `swaps`: by the identity of an expression what stands in its
    place, with `@` for the expression itself. `numpy`: how the program calls NumPy, None where it does not import it.
    """

    module: Any
    holder: Any
    call: Any
    x: Any
    y: Any
    held_x: Any
    held_y: Any
    later: list[Use]
    bound: set[str]
    numpy: str | None
    lines: list[str] = field(default_factory=list)
    swaps: dict[int, str] = field(default_factory=dict)

    @property
    def np(self) -> str:
        """The program's name for NumPy, which is imported on the first new line where it has none."""
        if self.numpy is None:
            self.numpy = "np"
            self.lines.insert(0, "import numpy as np")
        return self.numpy

    def code(self, node: Any) -> str:
        """Source of an expression, in parentheses where an operator could tear it apart."""
        return _closed(self.module.code_for_node(node), node)

    def wrap(self, node: Any, template: str) -> None:
        """Put the template in place of the expression."""
        self.swaps[id(node)] = template.replace("@", f"({self.swaps[id(node)]})") if id(node) in self.swaps else template

    def rebind(self, nodes: list[Any], template: str, slices: bool = True) -> None:
        """Change expressions: once where they are names, or `slices` of names, that this scope binds; else in place."""
        names = [self.base(node) if slices or self.name(node) else None for node in nodes]
        self.lines += [f"{n} = {template.replace('@', n)}" for n in dict.fromkeys(names) if n is not None]
        for node, name in zip(nodes, names, strict=True):
            if name is None:
                self.wrap(node, template)

    def name(self, node: Any) -> str | None:
        """The expression's name, if it is one that this scope binds."""
        import libcst as cst

        return node.value if isinstance(node, cst.Name) and node.value in self.bound else None

    def base(self, node: Any) -> str | None:
        """The name of which the expression takes all rows or a slice of them, if this scope binds it."""
        import libcst as cst

        while isinstance(node, cst.Subscript) and len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Slice):
            node = node.value
        return self.name(node)

    @property
    def inputs(self) -> list[Any]:
        """Inputs of the training, the held-out rows and every later call."""
        return [n for n in (self.x, self.held_x, *(u.x for u in self.later)) if n is not None]

    @property
    def targets(self) -> list[Any]:
        """Targets of the training, the held-out rows and every later call that takes them."""
        return [n for n in (self.y, self.held_y, *(u.y for u in self.later)) if n is not None]

    def written(self) -> str:
        """The program with the changes."""
        import libcst as cst

        lines = [cst.parse_statement(code) for code in self.lines]
        swaps, holder, blank = self.swaps, self.holder, cst.Module([])

        class Write(cst.CSTTransformer):
            def on_leave(self, original_node: Any, updated_node: Any) -> Any:
                template = swaps.get(id(original_node))
                if template is not None:
                    return cst.parse_expression(template.replace("@", _closed(blank.code_for_node(updated_node), updated_node)))
                if original_node is not holder or not lines:
                    return super().on_leave(original_node, updated_node)
                first = lines[0].with_changes(leading_lines=updated_node.leading_lines)
                return cst.FlattenSentinel([first, *lines[1:], updated_node.with_changes(leading_lines=[])])

        return self.module.visit(Write()).code


@dataclass(frozen=True)
class Use:
    """A later call of the trained model, what it is given, and whether it answers with predictions."""

    call: Any
    x: Any
    y: Any
    predicts: bool


def _closed(text: str, node: Any) -> str:
    import libcst as cst

    return text if isinstance(node, cst.Name | cst.Subscript | cst.Attribute | cst.Call) else f"({text})"


def site_of(text: str, line: int) -> Site | None:
    """The `fit` call that covers the line; None where its data are no two expressions, or where they cannot be followed."""
    import libcst as cst

    text = change_calls(text, line, lambda name: name == "fit", _opened) or text
    from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places, parents = wrapper.resolve(PositionProvider), wrapper.resolve(ParentNodeProvider)

    def up(node: Any, *kinds: Any) -> Any:
        while not isinstance(node, (*kinds, cst.Module)):
            node = parents[node]
        return node

    calls = [(p.start.line, n) for n, p in places.items() if isinstance(n, cst.Call)]
    here = [n for n in (n for _, n in calls) if called(n) == "fit" and places[n].start.line <= line <= places[n].end.line]
    if not here or not isinstance(here[-1].func, cst.Attribute):
        return None
    call = here[-1]
    holder, scope = up(call, cst.SimpleStatementLine), up(call, cst.FunctionDef)
    x, y, held = given(call, "x", 0), given(call, "y", 1), given(call, "validation_data", None)
    pair = [e.value for e in held.elements[:2]] if isinstance(held, cst.Tuple) else []
    if not isinstance(holder, cst.SimpleStatementLine) or x is None or y is None or (held is not None and len(pair) != 2):
        return None
    model = wrapper.module.code_for_node(call.func.value)
    later = []
    for at, node in calls:
        used = _used(wrapper.module, node, model) if at > line else None
        if used is not None:
            if not isinstance(scope, cst.Module) and up(node, cst.FunctionDef) is not scope:
                return None  # what the new lines bind is not known there
            later.append(used)
    held_x, held_y = pair or (None, None)
    bound = _bound(scope, places, up, line)
    return Site(wrapper.module, holder, call, x, y, held_x, held_y, later, bound, numpy_name(wrapper.module))


def _opened(call: Any) -> Any:
    """`validation_data=held` as `validation_data=(held[0], held[1])`."""
    import libcst as cst

    def pair(arg: Any) -> Any:
        named = arg.keyword is not None and arg.keyword.value == "validation_data"
        if not named or not isinstance(arg.value, cst.Name) or arg.value.value == "None":
            return arg
        return arg.with_changes(value=cst.parse_expression(f"({arg.value.value}[0], {arg.value.value}[1])"))

    return call.with_changes(args=[pair(a) for a in call.args])


def _used(module: Any, call: Any, model: str) -> Use | None:
    """The call's part where it evaluates or predicts with the model."""
    import libcst as cst

    if isinstance(call.func, cst.Attribute) and called(call) in LATER and module.code_for_node(call.func.value) == model:
        x, predicts = given(call, "x", 0), called(call) == "predict"
        return Use(call, x, None if predicts else given(call, "y", 1), predicts) if x is not None else None
    if isinstance(call.func, cst.Name) and call.func.value == model and call.args and call.args[0].keyword is None:
        return Use(call, call.args[0].value, None, True)
    return None


def _bound(scope: Any, places: Any, up: Any, line: int) -> set[str]:
    """Names that the scope (a function or the module) binds above the line, its parameters too."""
    import libcst as cst
    from libcst import matchers as m

    found: set[str] = set()
    for node in m.findall(scope, m.AssignTarget() | m.AnnAssign() | m.For() | m.Param()):
        if up(node, cst.FunctionDef, cst.Lambda) is not scope or places[node].start.line > line:
            continue
        target: Any = node.name if isinstance(node, cst.Param) else node.target  # type: ignore[attr-defined]
        several = [e.value for e in target.elements] if isinstance(target, cst.Tuple | cst.List) else [target]
        found |= {n.value for n in several if isinstance(n, cst.Name)}
    return found


def given(call: Any, name: str, position: int | None) -> Any:
    """An argument's expression by name or position; None where it is not given or None."""
    import libcst as cst

    found = [a.value for a in call.args if a.keyword is not None and a.keyword.value == name]
    if not found and position is not None and not any(a.star for a in call.args):
        plain = [a.value for a in call.args if a.keyword is None]
        found = plain[position : position + 1]
    return found[0] if found and not (isinstance(found[0], cst.Name) and found[0].value == "None") else None


def numpy_name(module: Any) -> str | None:
    """How the program calls NumPy; None where it does not import it as a whole."""
    import libcst as cst
    from libcst import matchers as m

    for node in m.findall(module, m.ImportAlias(name=m.Name("numpy"))):
        assert isinstance(node, cst.ImportAlias)
        return module.code_for_node(node.asname.name) if node.asname is not None else "numpy"
    return None
