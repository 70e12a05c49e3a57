"""The size budget: no file over 400 lines, no function over 60. Prints what is over it and ends with status 1.

    python tools/check_sizes.py [FOLDER ...]
"""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE, FUNCTION = 400, 60
FOLDERS = ("src", "tests", "tools", "examples")


def functions(source: str) -> list[tuple[str, int, int]]:
    """(name, line, lines of code) of every function; its docstring and an inner function's lines do not count."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((node.name, node.lineno, _lines(node) - sum(map(_lines, _inner(node))) - _docstring(node)))
    return found


def _lines(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1  # type: ignore[attr-defined]


def _inner(node: ast.AST) -> list[ast.AST]:
    here = [n for n in ast.iter_child_nodes(node) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return here + [f for n in ast.iter_child_nodes(node) if n not in here for f in _inner(n)]


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return _lines(node.body[0]) if ast.get_docstring(node, clean=False) is not None else 0


def over(folder: Path) -> tuple[list[str], list[int]]:
    """What breaks the budget under `folder`, and the lengths of all functions."""
    bad: list[str] = []
    lengths: list[int] = []
    for file in sorted(folder.rglob("*.py")):
        source = file.read_text("utf-8")
        name = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
        if (count := source.count("\n")) > FILE:
            bad.append(f"{name}: {count} lines (at most {FILE})")
        for function, line, length in functions(source):
            lengths.append(length)
            if length > FUNCTION:
                bad.append(f"{name}:{line}: {function} has {length} lines (at most {FUNCTION})")
    return bad, lengths


def main() -> int:
    """Report on the given folders."""
    folders = [Path(f).resolve() for f in sys.argv[1:]] or [ROOT / f for f in FOLDERS if (ROOT / f).is_dir()]
    answers = [over(folder) for folder in folders]
    bad = [line for found, _ in answers for line in found]
    lengths = [n for _, some in answers for n in some]
    total = f"{len(lengths)} functions, median {statistics.median(lengths or [0]):.0f} lines, {len(bad)} over the budget"
    print("\n".join([*bad, total]))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
