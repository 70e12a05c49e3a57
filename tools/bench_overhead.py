"""What watching costs: wall time of `traindx run --budget 0` over that of `python`, for some programs.

    python tools/bench_overhead.py [--times N] [PROGRAM ...]        default: examples/ and five programs of the zoo
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.25


def seconds(program: Path, *watched: str) -> float:
    """Wall seconds of one run on the CPU."""
    env = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    began = time.perf_counter()
    subprocess.run([sys.executable, *watched, program.name], cwd=program.parent, env=env, check=False,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    return time.perf_counter() - began


def main() -> int:
    """Print a line per program and the median; status 1 where it is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="*", type=Path)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    programs = given.programs or [*ROOT.glob("examples/*.py"), *sorted(ROOT.glob("zoo/healthy_*/train.py"))[::15]]
    ratios = []
    for program in programs:
        pairs = [(seconds(program.resolve()), seconds(program.resolve(), "-m", "traindx", "run", "-q", "--budget", "0"))
                 for _ in range(given.times)]  # fmt: skip
        plain, watched = min(p for p, _ in pairs), min(w for _, w in pairs)
        ratios.append(watched / plain)
        print(f"{plain:6.1f} s  {watched:6.1f} s  x {ratios[-1]:.2f}  {program}", flush=True)
    print(f"median x {statistics.median(ratios):.2f} (limit {LIMIT})")
    return 1 if statistics.median(ratios) > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
