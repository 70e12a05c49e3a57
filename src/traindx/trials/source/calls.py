"""Finds calls in source text by what they call and where, and changes their arguments; formatting is kept (libcst)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import libcst as cst

POSITION = {
    ("Dense", "activation"): 1, ("Activation", "activation"): 0, ("Dropout", "rate"): 0, ("Rescaling", "scale"): 0,
    ("compile", "optimizer"): 0, ("compile", "loss"): 1, ("fit", "batch_size"): 2, ("fit", "epochs"): 3,
}  # fmt: skip
"""Where an argument stands when it is given without its name."""
FIRST = ("learning_rate", "units", "filters")
"""Arguments that come first wherever they are taken."""
OTHER_NAMES = {"learning_rate": ("lr",)}


def called(call: Any) -> str:
    """The last name of what a call calls: `Adam` of `keras.optimizers.Adam(...)`; empty of anything else."""
    import libcst as cst

    if not isinstance(call, cst.Call):
        return ""
    func = call.func
    if isinstance(func, cst.Attribute):
        return func.attr.value
    return func.value if isinstance(func, cst.Name) else ""


def argument(call: cst.Call, name: str) -> int | None:
    """Index of an argument among the call's, by keyword or by position."""
    names = (name, *OTHER_NAMES.get(name, ()))
    for i, arg in enumerate(call.args):
        if arg.keyword is not None and arg.keyword.value in names:
            return i
    place = 0 if name in FIRST else POSITION.get((called(call), name))
    plain = [i for i, a in enumerate(call.args) if a.keyword is None and not a.star]
    return plain[place] if place is not None and place < len(plain) else None


def with_argument(call: cst.Call, name: str, code: str) -> cst.Call:
    """The call with the argument set; added by keyword where it was not given."""
    import libcst as cst

    value = cst.parse_expression(code)
    at = argument(call, name)
    args = list(call.args)
    if at is not None:
        args[at] = args[at].with_changes(value=value)
        return call.with_changes(args=args)
    stars = [i for i, a in enumerate(args) if a.star == "**"]
    if stars:  # it may hold the argument already
        own = cst.Module([]).code_for_node(args[stars[-1]].value)
        args[stars[-1]] = args[stars[-1]].with_changes(value=cst.parse_expression(f'{{**{own}, "{name}": {code}}}'))
        return call.with_changes(args=args)
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    new = cst.Arg(value, cst.Name(name), equal)
    if args:
        comma = args[-1].comma
        if isinstance(comma, cst.MaybeSentinel):
            args[-1] = args[-1].with_changes(comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")))
        else:
            new = new.with_changes(comma=comma)
            args[-1] = args[-1].with_changes(comma=_between(args, comma))
    return call.with_changes(args=[*args, new])


def with_method(call: cst.Call, code: str) -> cst.Call:
    """The call with a method of its first argument (`x` in `fit`) called on it: `fit(train)` becomes `fit(train.code)`."""
    import libcst as cst

    arg = call.args[0]
    text = cst.Module([]).code_for_node(arg.value)
    plain = isinstance(arg.value, cst.Name | cst.Attribute | cst.Call | cst.Subscript)
    changed = arg.with_changes(value=cst.parse_expression(f"{text if plain else f'({text})'}.{code}"))
    return call.with_changes(args=[changed, *call.args[1:]])


def _between(args: list[Any], last: Any) -> Any:
    """The comma between the last argument and a new one: as between the others, else a comma and a space."""
    import libcst as cst

    return args[0].comma if len(args) > 1 else cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))


def change_calls(
    text: str, line: int, accepts: Callable[[str], bool], change: Callable[[Any], Any], nth: tuple[int, int] | None = None,
    every: bool = False,
) -> str | None:  # fmt: skip
    """Apply `change` to the accepted call that covers the line and begins nearest to it (the last of equals).

    `nth`: (which, of how many) things that were made on the line; a single call made them all, as in a loop. None where
    there is no such call, or where their number is another one. `every`: of all calls that cover the line.
    """
    import libcst as cst
    from libcst.metadata import MetadataWrapper, PositionProvider

    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places = wrapper.resolve(PositionProvider)
    found = []
    for node, place in places.items():
        if isinstance(node, cst.Call) and accepts(called(node)) and place.start.line <= line <= place.end.line:
            found.append((place.start.line, place.start.column, node))
    if not found:
        return None
    nearest = max(f[0] for f in found)
    chosen = [f[2] for f in sorted(found, key=lambda f: f[:2]) if f[0] == nearest]
    if nth is not None and len(chosen) > 1:
        if len(chosen) != nth[1]:
            return None
        chosen = chosen[nth[0] : nth[0] + 1]
    chosen = [f[2] for f in found] if every else chosen[-1:]

    class Change(cst.CSTTransformer):
        def leave_Call(self, original_node: Any, updated_node: Any) -> Any:  # noqa: N802 - libcst's name
            return change(updated_node) if any(original_node is c for c in chosen) else updated_node

    return wrapper.module.visit(Change()).code


def count(text: str, line: int) -> int:
    """How many layers the source makes on a line: calls of names in capitals that begin there."""
    import libcst as cst
    from libcst.metadata import MetadataWrapper, PositionProvider

    places = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True).resolve(PositionProvider)
    return sum(isinstance(n, cst.Call) and called(n)[:1].isupper() and p.start.line == line for n, p in places.items())


def keras_name(text: str) -> str | None:
    """How the program reaches Keras: `keras`, `tf.keras`, ...; None where it does not import it as a whole."""
    import libcst as cst
    from libcst import matchers as m

    module = cst.parse_module(text)
    for node in m.findall(module, m.ImportAlias()):
        assert isinstance(node, cst.ImportAlias)
        full = module.code_for_node(node.name)
        name = module.code_for_node(node.asname.name) if node.asname is not None else full
        if full == "keras" or full == "tensorflow.keras":
            return name
    for node in m.findall(module, m.ImportAlias()):
        assert isinstance(node, cst.ImportAlias)
        full = module.code_for_node(node.name)
        name = module.code_for_node(node.asname.name) if node.asname is not None else full
        if full == "tensorflow":
            return f"{name}.keras"
    return None
