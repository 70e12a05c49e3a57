"""How a program reaches what a change needs: by its own imports, of which one is made longer where a name is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def imported(text: str, beside: str, names: Iterable[str]) -> str | None:
    """The text with `names` imported from where it imports `beside`; None where it does not import that by name."""
    import libcst as cst
    from libcst import matchers as m

    module = cst.parse_module(text)
    if m.findall(module, m.ImportFrom(names=m.ImportStar())):
        return text
    lines = [n for n in m.findall(module, m.ImportFrom()) if isinstance(n, cst.ImportFrom)]
    known = {alias for line in lines for alias in _plain(line)}
    missing = [name for name in dict.fromkeys(names) if name not in known]
    home = next((line for line in lines if beside in _plain(line)), None)
    if not missing or home is None:
        return text if not missing else None
    return module.deep_replace(home, _longer(home, missing)).code  # type: ignore[union-attr]


def _plain(line: Any) -> list[str]:
    """Names that the import binds as they are called there."""
    return [alias.name.value for alias in line.names if alias.asname is None] if not _star(line) else []


def _star(line: Any) -> bool:
    import libcst as cst

    return isinstance(line.names, cst.ImportStar)


def _longer(line: Any, names: list[str]) -> Any:
    import libcst as cst

    last = line.names[-1]
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    new = [cst.ImportAlias(cst.Name(name), comma=comma) for name in names]
    new[-1] = new[-1].with_changes(comma=last.comma)
    return line.with_changes(names=[*line.names[:-1], last.with_changes(comma=comma), *new])


def bound_to(module: Any, name: str) -> Any:
    """The one expression that the name is bound to, alone or in a row of names; None where there are more."""
    import libcst as cst
    from libcst import matchers as m

    found = []
    for node in m.findall(module, m.Assign(targets=[m.AssignTarget()])):
        assert isinstance(node, cst.Assign)
        target, value = node.targets[0].target, node.value
        if isinstance(target, cst.Tuple) and isinstance(value, cst.Tuple) and len(target.elements) == len(value.elements):
            pairs = [(a.value, b.value) for a, b in zip(target.elements, value.elements, strict=True)]
        else:
            pairs = [(target, value)]
        found += [b for a, b in pairs if isinstance(a, cst.Name) and a.value == name]
    return found[0] if len(found) == 1 else None


def epochs_by_name(text: str, value: str) -> str | None:
    """The number that `epochs=NAME` of the one `fit` here is called by, changed where the name is bound; else None.

    Later lines may count on the name: `range(EPOCHS)` over the history.
    """
    import libcst as cst
    from libcst import matchers as m

    module = cst.parse_module(text)
    arg = m.Arg(keyword=m.Name("epochs"), value=m.Name())
    fits = m.findall(module, m.Call(func=m.Attribute(attr=m.Name("fit"))))
    named = [a.value.value for f in fits for a in cst.ensure_type(f, cst.Call).args if m.matches(a, arg)]
    if len(fits) != 1 or len(named) != 1 or m.findall(module, m.Param(name=m.Name(named[0]))):
        return None
    number = bound_to(module, named[0])
    return module.deep_replace(number, cst.Integer(value)).code if isinstance(number, cst.Integer) else None
