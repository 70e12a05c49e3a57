"""Rows a second of the Spark engine against the number of workers and of rows, and the memory of a worker.

    python tools/bench_cluster.py [--workers 1,2,4] [--rows 1,10,100] [--columns 4] [--repeat 1] [--folder DIR]

A standalone Spark cluster on this machine (`local-cluster`: a process of its own for every worker, one core each) folds
generated Parquet files (rows in millions, float32 columns and a label, 5 M rows a file) as `traindx data` does: sums,
histograms, row hashes, sample. Workers are compared on 10 M rows (or the largest below), rows on the most workers. Each
measurement runs in its own process after a small split has warmed up the workers twice. Printed: wall seconds of the pass,
rows a second, CPU seconds of all workers (JVM and Python, steadier than wall time on a busy machine), and the greatest
resident memory of one worker (its JVM plus its Python process); and the same pass in process, whose numbers must be
equal. A file set that would leave less than 20 GB free on the disk is not generated.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import numpy as np

MILLION, FILE = 1_000_000, 5_000_000


def generate(folder: Path, rows: int, columns: int, size: int = FILE) -> Path:
    """Parquet files of at most `size` rows, 500 000 rows a row group; one row in a hundred is as in the first file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = folder / f"{rows}x{columns}"
    if (made / "_done").exists():
        return made
    made.mkdir(parents=True, exist_ok=True)
    names = [f"c{j}" for j in range(columns)] + ["y"]
    for number, first in enumerate(range(0, rows, size)):
        with pq.ParquetWriter(made / f"{number:03d}.parquet", pa.schema([(n, pa.float32()) for n in names])) as file:
            for at in range(first, min(rows, first + size), 500_000):
                n = min(500_000, rows - at)
                table = np.random.default_rng(at).standard_normal((columns, n), np.float32)
                table[:, : n // 100] = np.random.default_rng(0).standard_normal((columns, n), np.float32)[:, : n // 100]
                file.write_table(pa.table([*table, (table[0] > 0).astype(np.float32)], names=names))
    (made / "_done").touch()
    return made


def digest(state: Any) -> dict[str, Any]:
    """What must be equal whoever counted."""
    import hashlib

    def short(array: np.ndarray) -> str:
        return hashlib.blake2b(np.ascontiguousarray(array).tobytes(), digest_size=6).hexdigest()

    sample = state.sample
    return {"rows": state.rows, "histogram": short(state.histogram), "hashes": short(state.hashes.values),
            "sample": short(sample.position) + short(sample.numbers), "ends": short(state.sums[:, [0, 1, 2, 3, 6, 7]])}  # fmt: skip


def workers() -> list[dict[str, float]]:
    """Greatest memory (GB) and CPU seconds of every Spark executor below this process, with its Python processes."""
    tick = os.sysconf("SC_CLK_TCK")
    parents: dict[int, int] = {}
    used: dict[int, tuple[float, float]] = {}
    executors: list[int] = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            stat = (place / "stat").read_text().rsplit(")", 1)[1].split()
            peak = next(line for line in (place / "status").read_text().splitlines() if line.startswith("VmHWM"))
            if b"CoarseGrainedExecutorBackend" in (place / "cmdline").read_bytes():
                executors.append(int(place.name))
        except (OSError, StopIteration, IndexError):
            continue
        parents[int(place.name)] = int(stat[1])
        used[int(place.name)] = int(peak.split()[1]) / 2**20, sum(map(int, stat[11:15])) / tick

    def above(pid: int, root: int) -> bool:
        while pid > 1:
            if pid == root:
                return True
            pid = parents.get(pid, 0)
        return False

    mine = [e for e in executors if above(e, os.getpid())]
    trees = [[used[p] for p in parents if above(p, e)] for e in mine]
    return [{"peak": sum(u[0] for u in tree), "cpu": sum(u[1] for u in tree)} for tree in trees]


def job(count: int, folder: str, small: str) -> None:
    """One measurement: a pass over a folder with `count` workers, or in process where it is 0."""
    from traindx.engines.local import LocalEngine
    from traindx.engines.spark.engine import SparkEngine

    if count:
        settings = [f"spark.master local-cluster[{count},1,1024]", "spark.scheduler.minRegisteredResourcesRatio 1"]
        settings += ["spark.scheduler.maxRegisteredResourcesWaitingTime 300s", "spark.ui.enabled false"]
        os.environ["SPARK_CONF_DIR"] = tempfile.mkdtemp(prefix="traindx-bench-")
        Path(os.environ["SPARK_CONF_DIR"], "spark-defaults.conf").write_text("\n".join(settings))
    engine: Any = SparkEngine() if count else LocalEngine()
    for _ in range(2):
        engine.fold(engine.open(small, "y", "train"))
    before, start, cpu = workers(), time.perf_counter(), time.process_time()
    state = engine.fold(engine.open(folder, "y", "train"))
    told: dict[str, Any] = {"wall": time.perf_counter() - start, "digest": digest(state)}
    after = workers()
    if count:
        told |= {"cpu": sum(w["cpu"] for w in after) - sum(w["cpu"] for w in before), "peak": max(w["peak"] for w in after)}
    else:
        told |= {"cpu": time.process_time() - cpu, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}
    told["load"] = os.getloadavg()[0]
    engine.close()
    if count:
        shutil.rmtree(os.environ["SPARK_CONF_DIR"])
    print(json.dumps(told), flush=True)


def measure(count: int, folder: Path, small: Path, repeat: int) -> dict[str, Any]:
    """The quickest of some runs."""
    words = [sys.executable, __file__, "--job", str(count), str(folder), str(small)]
    runs = []
    for _ in range(repeat):
        out = subprocess.run(words, capture_output=True, text=True)
        if out.returncode:
            raise SystemExit(f"{count} workers on {folder} failed:\n{out.stderr[-2000:]}")
        runs.append(json.loads(out.stdout.splitlines()[-1]))
    return min(runs, key=lambda run: run["wall"])


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", default="1,2,4")
    parser.add_argument("--rows", default="1,10,100", help="millions")
    parser.add_argument("--columns", type=int, default=4)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "traindx_bench")
    parser.add_argument("--job", nargs=3)
    given = parser.parse_args()
    if given.job:
        job(int(given.job[0]), *given.job[1:])
        return
    counts = sorted(map(int, given.workers.split(",")))
    sizes = sorted(int(float(r) * MILLION) for r in given.rows.split(","))
    given.folder.mkdir(parents=True, exist_ok=True)
    small = generate(given.folder, 160_000, given.columns, 10_000)  # 16 files: work for every worker
    scaled = max([s for s in sizes if s <= 10 * MILLION], default=sizes[0])
    plan = [(c, scaled) for c in counts[:-1]] + [(counts[-1], s) for s in sizes]
    print(f"{os.cpu_count()} cores, {given.columns} columns and a label; local-cluster, one core a worker")
    print("workers       rows   wall s      rows/s    CPU s  rows/CPU s  peak GB a worker  load  same numbers as in process")
    references: dict[int, dict[str, Any]] = {}
    for count, rows in plan:
        if shutil.disk_usage(given.folder).free < rows * (given.columns + 1) * 4 + 20e9:
            print(f"{count:7d} {rows:10,}  not measured: too little room on the disk")
            continue
        folder = generate(given.folder, rows, given.columns)
        if rows not in references:
            references[rows] = measure(0, folder, small, given.repeat)
            _row("here", rows, references[rows], "")
        made = measure(count, folder, small, given.repeat)
        _row(str(count), rows, made, "yes" if made["digest"] == references[rows]["digest"] else "NO")


def _row(name: str, rows: int, made: dict[str, Any], same: str) -> None:
    print(f"{name:>7s} {rows:10,} {made['wall']:8.1f} {rows / made['wall']:11,.0f} {made['cpu']:8.1f} "
          f"{rows / made['cpu']:11,.0f} {made['peak']:17.2f} {made['load']:5.1f}  {same}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
