"""Finds the checks: every module under `traindx.checks` is imported, nothing is listed by hand."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from traindx import checks
from traindx.checks.base import Check, registered


@cache
def all_checks() -> tuple[Check[...], ...]:
    """Every check, ordered by code."""
    for module in pkgutil.walk_packages(checks.__path__, checks.__name__ + "."):
        importlib.import_module(module.name)
    return tuple(check for _, check in sorted(registered().items()))
