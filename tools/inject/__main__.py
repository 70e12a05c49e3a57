"""Labelled cases by the hundred: known faults planted in healthy programs.

    python -m tools.inject make --out /tmp/injected --variants 3 --seed 0
    python tools/rescore.py record --cases /tmp/injected --runs /tmp/injected_runs --kinds broken,healthy
    python -m tools.inject keep --cases /tmp/injected --runs /tmp/injected_runs --out /tmp/kept
    python tools/rescore.py score --cases /tmp/kept --runs /tmp/injected_runs

`make` writes candidates, `keep` drops those whose symptom did not appear, as the printed held-out score tells.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.inject.keep import keep
from tools.inject.make import write


def main() -> None:
    """Parse and dispatch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["make", "keep"])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--variants", type=int, default=3, help="of each base program")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="a part of the names to make")
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--runs", type=Path)
    given = parser.parse_args()
    if given.what == "make":
        print(write(given.out, given.variants, given.seed, given.only), "cases")
    elif given.cases is None or given.runs is None:
        parser.error("keep needs --cases and --runs")
    else:
        print(keep(given.cases, given.runs, given.out))


if __name__ == "__main__":
    main()
