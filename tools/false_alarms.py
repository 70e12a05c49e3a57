"""How often each check raises an alarm on programs that are healthy: counts for its page, from judged recordings.

    python tools/false_alarms.py /tmp/rows_zoo.jsonl /tmp/rows_injected.jsonl

Healthy are the zoo's healthy programs, the repaired twins, and the injector's base programs. A check counts once a
program, where a finding of its own is an error or a warning. The repaired twin of a leak shows the overfitting and the
drift that the leak hid (zoo/README.md): the checks of these count on other programs only. Writes
src/traindx/reporters/false_alarms.json and prints the checks above one per cent with the programs on which they fire.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from judgements import Row, read
from traindx.checks.registry import all_checks

LEAKS = {"split-overlap", "group-leakage", "time-leakage", "target-leakage"}
HIDDEN_BY_LEAKS = {"validation-loss-rising", "training-rows-memorised", "drifted-split"}
OUT = Path(__file__).resolve().parents[1] / "src" / "traindx" / "reporters" / "false_alarms.json"
LIMIT = 0.01


def healthy(rows: list[Row]) -> list[Row]:
    """The programs in which nothing is broken."""
    return [row for row in rows if row.kind != "broken"]


def counts(rows: list[Row]) -> dict[str, list[str]]:
    """The programs on which each check fires; checks that never fire are absent."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for check in set(row.fired) - (HIDDEN_BY_LEAKS if LEAKS & set(row.accepted) else set()):
            found.setdefault(check, []).append(f"{row.name}.{row.kind}")
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def main() -> None:
    """Count, write, and name what is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="+", type=Path)
    given = parser.parse_args()
    rows = healthy([row for path in given.rows for row in read(path)])
    found = counts(rows)
    alarms = {check.name: len(found.get(check.name, ())) for check in all_checks()}
    written = {"programs": len(rows), "alarms": dict(sorted(alarms.items()))}
    OUT.write_text(json.dumps(written, indent=1) + "\n", "utf-8")
    over = {check: names for check, names in found.items() if len(names) > LIMIT * len(rows)}
    shown = [row for row in rows if any(s["severity"] != "note" for s in row.suspects)]
    print(f"{len(rows)} healthy programs, {len(shown)} with an alarm shown, {len(over)} checks over {LIMIT:.0%}")
    for check, names in over.items():
        print(f"{check} {len(names)} ({len(names) / len(rows):.1%}): {', '.join(names)}")


if __name__ == "__main__":
    main()
