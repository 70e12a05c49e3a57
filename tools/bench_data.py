"""Time one pass over files and arrays against reading every byte once, and its peak memory.

    python tools/bench_data.py [--rows 5000000] [--test-rows 1000000] [--columns 30] [--repeat 3] [--folder DIR]
                               [--peer evidently=/path/to/its/python ...]

Files: Parquet, all statistics, quantiles, drift and rows in common of both splits, against reading every column once
through the same reader. Arrays: 60 000 x 784 and 10 000 x 784, against one memory pass plus hashing. Each measurement
runs in its own process, interleaved; medians and the ratio are printed. `--peer`: another package does the files' job with
a Python that has it (tools/peers_data.py), interleaved with ours.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

JOBS = ("files read", "files all", "arrays read", "arrays all")
PEERS = Path(__file__).with_name("peers_data.py")


def generate(folder: Path, rows: int, test_rows: int, columns: int) -> tuple[Path, Path]:
    """Write train and test Parquet files; one test row in a hundred is a training row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = []
    for name, total, seed in (("train", rows, 1), ("test", test_rows, 2)):
        path = folder / f"{name}_{total}x{columns}.parquet"
        made.append(path)
        if path.exists():
            continue
        names = [f"c{j}" for j in range(columns)] + ["y"]
        with pq.ParquetWriter(path, pa.schema([(n, pa.float32()) for n in names])) as file:
            for first in range(0, total, 500_000):
                n = min(500_000, total - first)
                rng = np.random.default_rng([seed, first])
                table = rng.standard_normal((columns, n), np.float32) * (1 + np.arange(columns, dtype=np.float32))[:, None]
                if name == "test":
                    old = np.random.default_rng([1, 0]).standard_normal((columns, min(500_000, rows)), np.float32)
                    leaked = old[:, : n // 100] * (1 + np.arange(columns, dtype=np.float32))[:, None]
                    table[:, : leaked.shape[1]] = leaked
                y = (table[0] > 0).astype(np.float32)
                file.write_table(pa.table([*table, y], names=names))
    return made[0], made[1]


def read_files(train: str, test: str) -> None:
    """Every column of both files once, as NumPy arrays, through the same reader."""
    from traindx.engines.files import Parquet

    for path in (train, test):
        for batch in Parquet(path, Path(path), ("y",)).batches(0):
            assert batch.rows


def fold_files(train: str, test: str) -> dict[str, Any]:
    """The whole job on files."""
    from traindx.engines.local import LocalEngine
    from traindx.engines.sources import open_source

    engine = LocalEngine()
    a = engine.fold(open_source(train, "y", "train"))
    b = engine.fold(open_source(test, "y", "test"))
    shared, looked = b.shared(a)
    return {"rows": a.rows, "shared": shared, "looked at": looked, "largest drift": float(a.distance(b).max()),
            "median of c1": float(a.quantiles(np.array([0.5]))[0, 1])}


def _arrays() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    return rng.standard_normal((60_000, 784), np.float32), rng.standard_normal((10_000, 784), np.float32)


def job(name: str, given: list[str]) -> None:
    """Run one measurement and print its seconds and peak memory."""
    from traindx.engines import kernel
    from traindx.engines.api import observe_splits
    from traindx.engines.rowhash import row_hashes

    observe_splits(train=np.zeros((64, 300), np.float32))  # imports and compiled code before the clock starts
    small = np.zeros(8, np.float32)
    kernel.add()(small, *(a[0] for a in kernel.fresh(1, True)))  # compile before the clock starts
    kernel.add_rows()(small[:, None], kernel.fresh(1, False)[0])
    row_hashes((small[:, None],))
    result: Any = None
    arrays = _arrays() if name.startswith("arrays") else None
    start, cpu = time.perf_counter(), time.process_time()
    if name == "files read":
        read_files(*given)
    elif name == "files all":
        result = fold_files(*given)
    elif arrays is not None and name == "arrays read":
        for a in arrays:
            a.max()
            row_hashes((a,))
    elif arrays is not None:
        observe_splits(train=arrays[0], test=arrays[1])
    print(json.dumps({"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu, "result": result,
                      "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}))


def main() -> None:
    """Generate, run interleaved, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--test-rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=30)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "traindx_bench")
    parser.add_argument("--peer", action="append", default=[], help="NAME=PYTHON")
    parser.add_argument("--job", nargs="+")
    given = parser.parse_args()
    if given.job:
        job(given.job[0], given.job[1:])
        return
    given.folder.mkdir(exist_ok=True)
    files = [str(p) for p in generate(given.folder, given.rows, given.test_rows, given.columns)]
    seen: dict[str, list[dict[str, Any]]] = {}
    for _ in range(given.repeat):
        ours = {name: [sys.executable, __file__, "--job", name] for name in JOBS}
        peers = {name: [python, str(PEERS), name] for name, python in (p.split("=", 1) for p in given.peer)}
        for name, command in (ours | peers).items():
            out = subprocess.run([*command, *files], capture_output=True, text=True, check=True)
            seen.setdefault(name, []).append(json.loads(out.stdout.splitlines()[-1]))
    for name, results in seen.items():
        print(f"{name:15s} wall {statistics.median(r['wall'] for r in results):7.2f} s  cpu "
              f"{statistics.median(r['cpu'] for r in results):7.2f} s  peak {max(r['peak_gb'] for r in results):.2f} GB  "
              f"{results[-1]['result'] or ''}")
    for kind in ("files", "arrays"):
        a, b = seen[f"{kind} read"], seen[f"{kind} all"]
        ratio = statistics.median(r["cpu"] for r in b) / statistics.median(r["cpu"] for r in a)
        wall = statistics.median(r["wall"] for r in b) / statistics.median(r["wall"] for r in a)
        print(f"{kind}: {ratio:.2f} times the CPU seconds of reading once, {wall:.2f} times the wall time")


if __name__ == "__main__":
    main()
