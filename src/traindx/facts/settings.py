"""Settings from `[tool.traindx]`, the command line and keywords: one frozen object."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class SettingsError(Exception):
    """A setting is wrong; the message is one sentence that names it."""


@dataclass(frozen=True)
class Settings:
    """`select`/`ignore` take names or codes of checks (ignore: with a reason each); `thresholds` are per check;
    `sinks` are names, or `name=to`, of where reports are sent.

    `runs`: a folder for the logs of several workers, one folder each; `hang_timeout`: seconds without any step after which
    a report is written."""

    select: tuple[str, ...] = ()
    ignore: dict[str, str] = field(default_factory=dict[str, str])
    thresholds: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]])
    budget: float = 60.0
    fail_on: str | None = None
    sinks: tuple[str, ...] = ()
    runs: str | None = None
    hang_timeout: float | None = None


KEYS = {"select": list, "ignore": dict, "thresholds": dict, "budget": (int, float), "fail-on": str, "sinks": list,
        "runs": str, "hang-timeout": (int, float)}  # fmt: skip


def nearest(word: str, words: list[str]) -> str:
    """`; did you mean X?` for the closest known word, or nothing."""
    found = difflib.get_close_matches(word, words, n=1)
    return f"; did you mean '{found[0]}'?" if found else ""


def load_settings(folder: Path) -> Settings:
    """Settings of the nearest pyproject.toml at or above `folder`; defaults where there is none.

    Raises:
        SettingsError: a key is unknown or a value has the wrong type.
    """
    for place in (folder, *folder.parents):
        file = place / "pyproject.toml"
        if file.is_file():
            try:
                table = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {}).get("traindx")
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
                raise SettingsError(f"{file} is no valid TOML: {fault}.") from None
            if table is not None:
                return from_table(table, str(file))
    return Settings()


def from_table(table: dict[str, Any], where: str) -> Settings:
    """Check and freeze one `[tool.traindx]` table.

    Raises:
        SettingsError: a key is unknown or a value has the wrong type.
    """
    for key, value in table.items():
        if key not in KEYS:
            raise SettingsError(f"{where}: [tool.traindx] has no setting '{key}'{nearest(key, list(KEYS))}")
        if not isinstance(value, KEYS[key]):  # type: ignore[arg-type]
            raise SettingsError(f"{where}: [tool.traindx] {key} has the wrong type ({type(value).__name__}).")
    fail_on = table.get("fail-on")
    if fail_on not in (None, "error", "warning"):
        raise SettingsError(f"{where}: fail-on must be 'error' or 'warning', not '{fail_on}'.")
    return Settings(
        select=tuple(table.get("select", ())), ignore=dict(table.get("ignore", {})),
        thresholds={k: dict(v) for k, v in table.get("thresholds", {}).items()},
        budget=float(table.get("budget", 60.0)), fail_on=fail_on, sinks=tuple(map(str, table.get("sinks", ()))),
        runs=table.get("runs"), hang_timeout=float(table["hang-timeout"]) if "hang-timeout" in table else None,
    )  # fmt: skip
