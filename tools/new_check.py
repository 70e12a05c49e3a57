"""Write a new check's file, with the next free code of its subject.

    python tools/new_check.py SUBJECT NAME        subject: data, model, training, evaluation, compute, distributed, code
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from traindx.checks.registry import all_checks

CHECKS = Path(__file__).resolve().parents[1] / "src" / "traindx" / "checks"
LETTERS = {"data": "D", "model": "M", "training": "T", "evaluation": "E", "compute": "C", "distributed": "W", "code": "A"}
TEMPLATE = '''"""{code}."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Outcome


@check("{code}", Severity.WARNING, suggests=(Cause.UNDERFITTING,))
def {function}(outcome: Outcome, *, limit: float = 0.5) -> Finding | None:
    """One sentence that says what was found.

    ## Why training fails
    What goes wrong in the mathematics; name the source.

    ## How it is measured
    What the number is, and where it is taken.

    ## What to do
    The change that mends it.

    ## Thresholds
    - `limit`: why this number.
    """
    if outcome.skill is None or outcome.skill > limit:
        return None
    return Finding(
        message=f"skill is {{outcome.skill:.2f}}", strength=0.5, evidence=(Evidence("skill", outcome.skill, limit),),
        fix="What to change.",
    )  # fmt: skip


{function}.fires_on(Outcome(skill=0.0))
{function}.silent_on(Outcome(skill=0.9))
'''


def next_code(letter: str) -> str:
    """The code after the subject's last one."""
    used = [int(c.code[1:]) for c in all_checks() if c.code[0] == letter]
    return f"{letter}{max(used, default=100) + 1}"


def main() -> int:
    """Check the words and write the file."""
    if len(sys.argv) != 3 or sys.argv[1] not in LETTERS or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", sys.argv[2]):
        print("usage: make new-check SUBJECT=data|model|training|evaluation|compute|distributed|code NAME=two-words")
        return 2
    subject, name = sys.argv[1:]
    function = name.replace("-", "_")
    taken = [c.code for c in all_checks() if c.name == name]
    path = CHECKS / subject / f"{function}.py"
    if taken or path.exists():
        print(f"{name} exists already: {taken[0] if taken else path}")
        return 2
    path.write_text(TEMPLATE.format(code=next_code(LETTERS[subject]), function=function), encoding="utf-8")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
