#!/usr/bin/env python3
"""Run the zoo's programs as a user would and show how each one ends.

    python zoo/verify.py [--tail N] [--times N] [--only train|fixed] [GLOB ...]

One program at a time, on the CPU. Prints wall seconds, peak memory, exit status and the last lines;
ends with status 1 if an exit status differs from labels.toml or a program is too slow or too large.
Whether the numbers agree with `symptom` and `fixed` in labels.toml is for the reader to judge.
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ZOO = Path(__file__).resolve().parent
SECONDS, MEGABYTES = 60.0, 1500.0


def run(script: Path) -> tuple[int, float, float, list[str]]:
    """Run one program; return exit status, wall seconds, peak megabytes and the lines it printed."""
    env = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryFile("w+", errors="replace") as out:
        start = time.monotonic()
        child = subprocess.Popen([sys.executable, script.name], cwd=script.parent, env=env, stdout=out,
                                 stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        out.seek(0)
        lines = [text.split("\r")[-1].split("\x08")[-1].rstrip() for text in out.read().splitlines()]
    shown = [text for text in lines if text and "absl::InitializeLog" not in text and "port.cc" not in text]
    return child.returncode, seconds, usage.ru_maxrss / 1024, shown


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("globs", nargs="*", default=["*"])
    parser.add_argument("--tail", type=int, default=3, help="lines to show of each program")
    parser.add_argument("--times", type=int, default=1, help="runs of each program")
    parser.add_argument("--only", choices=("train", "fixed"), help="only this one of each pair")
    args = parser.parse_args()

    labels = tomllib.loads((ZOO / "labels.toml").read_text()) if (ZOO / "labels.toml").exists() else {}
    wrong = 0
    for folder in sorted(p.parent for p in ZOO.glob("*/train.py")):
        if not any(fnmatch.fnmatch(folder.name, glob) for glob in args.globs):
            continue
        for kind in (args.only,) if args.only else ("train", "fixed"):
            script = folder / f"{kind}.py"
            for _ in range(args.times if script.exists() else 0):
                status, seconds, megabytes, lines = run(script)
                expected = labels.get(folder.name, {}).get("exit", 0) if kind == "train" else 0
                bad = status != expected or seconds > SECONDS or megabytes > MEGABYTES
                wrong += bad
                print(f"{'WRONG' if bad else 'ok':5} {folder.name}/{kind}  exit {status}  "
                      f"{seconds:.1f} s  {megabytes:.0f} MB", flush=True)
                for text in lines[-args.tail:]:
                    print("      |", text[:180], flush=True)
    print(f"{wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
