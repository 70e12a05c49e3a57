"""Runs a function once a module has been imported by the program itself; imports nothing first."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

Hook = Callable[[ModuleType], None]


class AfterImport(importlib.abc.MetaPathFinder):
    """A finder that lets the normal ones find `hooks`' modules and calls the hook after their code ran."""

    def __init__(self, hooks: dict[str, Hook]) -> None:
        self.hooks = hooks
        self._searching: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find the module as Python would, with its loader wrapped."""
        if fullname not in self.hooks or fullname in self._searching:
            return None
        self._searching.add(fullname)
        try:
            spec = importlib.util.find_spec(fullname)
        finally:
            self._searching.discard(fullname)
        if spec is None or spec.loader is None:
            return spec
        loader: Any = spec.loader
        run, hook = loader.exec_module, self.hooks[fullname]

        def exec_module(module: ModuleType) -> None:
            run(module)
            hook(module)

        loader.exec_module = exec_module
        return spec


def install(hooks: dict[str, Hook]) -> Callable[[], None]:
    """Call each hook when its module has been imported (now, if it is already). Returns what undoes it."""
    for name, hook in hooks.items():
        if name in sys.modules:
            hook(sys.modules[name])
    finder = AfterImport({n: h for n, h in hooks.items() if n not in sys.modules})
    sys.meta_path.insert(0, finder)

    def undo() -> None:
        if finder in sys.meta_path:
            sys.meta_path.remove(finder)

    return undo
