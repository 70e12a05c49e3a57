"""How often a check cried wolf: counted on healthy programs by `tools/false_alarms.py`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

COUNTS = Path(__file__).with_name("false_alarms.json")


@cache
def _counts() -> dict[str, Any]:
    return json.loads(COUNTS.read_text("utf-8"))


def false_alarms(check: str) -> str:
    """The sentence for a check's page: its alarms among healthy programs, one a program at most."""
    measured = _counts()
    programs, alarms = int(measured["programs"]), measured["alarms"].get(check)
    if alarms is None:
        return "False alarms: not measured yet."
    if alarms == 0:  # with none of n, fewer than 3/n are credible at 95 % (rule of three, Hanley 1983)
        return f"False alarms: none on {programs} healthy programs (under {3 / programs:.1%} with 95 % confidence)."
    return f"False alarms: {alarms} on {programs} healthy programs ({alarms / programs:.1%})."
