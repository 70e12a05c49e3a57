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
