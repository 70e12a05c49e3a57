"""Run p0.py, p1.py, ... of a folder, plainly and under traindx, each in a fork of a process that holds TensorFlow.

    python forks.py FOLDER COUNT
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import sys
import traceback
from pathlib import Path


def become(way: str, script: str, report: Path, out: Path) -> None:
    """In the fork: run the program with its output in a file, and leave."""
    target = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(target, 1)
    signal.alarm(300)
    status = 1
    try:
        if way == "plain":
            sys.argv = [script]
            runpy.run_path(script, run_name="__main__")
            status = 0
        else:
            from traindx.entry.cli import main

            status = main(["run", "-q", "--budget", "0", "--json", str(report), script])
    except BaseException:  # noqa: BLE001 - whatever it is, the test shows it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def main(folder: Path, count: int) -> None:
    """Run all, at most two at a time; write their exit statuses."""
    import keras  # noqa: F401
    import pandas  # noqa: F401
    import tensorflow  # noqa: F401

    os.chdir(folder)
    alive: dict[int, str] = {}
    ended: dict[str, int] = {}

    def reap() -> None:
        pid, status = os.wait()
        ended[alive.pop(pid)] = os.waitstatus_to_exitcode(status)

    for at in range(count):
        for way in ("plain", "watched"):
            if len(alive) >= 2:
                reap()
            pid = os.fork()
            if not pid:
                become(way, f"p{at}.py", folder / f"p{at}.json", folder / f"p{at}.{way}.txt")
            alive[pid] = f"p{at}.{way}"
    while alive:
        reap()
    Path("status.json").write_text(json.dumps(ended))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]))
