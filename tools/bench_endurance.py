"""A long training under watch: does resident memory or the run log grow without bound?

    python tools/bench_endurance.py --minutes 120 [--bare 10] [--every 30] [--core 3] [--out folder]

Runs `endured.py` under `traindx run --budget 0` for so many minutes and without it for `--bare` minutes, in one thread
each, and reads from outside every `--every` seconds the resident memory of the process (VmRSS) and the size of the run
log's folder; all readings go into tables in `--out`. Bounds: the events of the log stay below `MAX_EVENTS`
(facts/runlog.py) and the whole of it below `MAX_LOG`; memory at the end of the training (median of the last tenth of the
readings) lies at most 5 % and 50 MiB above that after `WARM` minutes, beyond what the bare run grew by a minute.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from traindx.facts.runlog import MAX_EVENTS, NAME  # noqa: E402

PROGRAM = ROOT / "tools" / "endured.py"
WARM = 5.0
"""Minutes in which buffers, caches and TensorFlow's own graphs fill."""
SHARE, ROOM = 0.05, 50 << 20
MAX_LOG = MAX_EVENTS + (16 << 20)
"""The program's data are small: its samples, predictions and scores need far less than 16 MiB."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")


@dataclass(frozen=True)
class Reading:
    """One look from outside: minutes since the start, bytes resident, bytes of events and of the whole run log."""

    minute: float
    resident: int
    events: int
    log: int


def resident(process: int) -> int:
    """Bytes by /proc; 0 where the process has gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmRSS:")), 0)


def sizes(folder: Path) -> tuple[int, int]:
    """(bytes of the events, of all files) of a run log; zeros where there is none."""
    files = [p for p in folder.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files if p.name == NAME), sum(p.stat().st_size for p in files)


def run(minutes: float, log: Path, given: argparse.Namespace, watched: bool) -> tuple[list[Reading], int]:
    """Run the program, under traindx or not; its readings while it trained and its exit status. It prints to `--out`."""
    under = ["-m", "traindx", "run", "--budget", "0", "--run", str(log)] if watched else []
    pinned = ["taskset", "-c", str(given.core)] if given.core is not None else []
    environment = {**os.environ, **dict.fromkeys(THREADS, "1"), "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    name = "watched" if watched else "bare"
    readings: list[Reading] = []
    with (given.out / f"{name}.txt").open("w") as told, (given.out / f"{name}.csv").open("w", newline="") as table:
        rows = csv.DictWriter(table, list(Reading.__dataclass_fields__))
        rows.writeheader()
        began = time.monotonic()
        command = [*pinned, sys.executable, *under, str(PROGRAM), str(60 * minutes)]
        with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.STDOUT) as child:
            while child.poll() is None:
                reading = Reading(round((time.monotonic() - began) / 60, 3), resident(child.pid), *sizes(log))
                if reading.resident:
                    readings.append(reading)
                    rows.writerow(asdict(reading))
                    table.flush()
                time.sleep(given.every)
    return readings, child.returncode


def growth(readings: list[Reading], minutes: float) -> tuple[float, float]:
    """(bytes after `WARM` minutes, bytes by the end of the training), medians of a tenth of the readings each."""
    training = [r for r in readings if r.minute <= minutes]
    late = [r for r in training if r.minute >= min(WARM, minutes / 3)]
    some = max(1, len(late) // 10)
    first, last = (statistics.median(r.resident for r in part) for part in (late[:some], late[-some:]))
    return first, last


def main() -> int:
    """Print figures and verdict; status 1 where something grows beyond its bound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--bare", type=float, default=10.0)
    parser.add_argument("--every", type=float, default=30.0)
    parser.add_argument("--core", type=int, help="pin the program to this processor core")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "endurance")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "run"
        watched, status = run(given.minutes, log, given, watched=True)
        events, whole = sizes(log)
        bare, _ = run(given.bare, Path(folder) / "none", given, watched=False)
    (first, last), (bare_first, bare_last) = growth(watched, given.minutes), growth(bare, given.bare)
    spans = [max(1e-9, minutes - min(WARM, minutes / 3)) for minutes in (given.minutes, given.bare)]
    allowed = SHARE * first + ROOM + max(0.0, bare_last - bare_first) / spans[1] * spans[0]
    mib = 1 << 20
    print(f"watched {given.minutes:g} min: {first / mib:.0f} -> {last / mib:.0f} MiB resident ({(last - first) / mib:+.0f}, "
          f"allowed {allowed / mib:+.0f}); most of all, at the report: {max(r.resident for r in watched) / mib:.0f} MiB")  # fmt: skip
    print(f"bare    {given.bare:g} min: {bare_first / mib:.0f} -> {bare_last / mib:.0f} MiB resident")
    print(f"run log: events {events / mib:.2f} of {MAX_EVENTS / mib:.0f} MiB, whole {whole / mib:.2f} of {MAX_LOG / mib:.0f} MiB")
    print(f"rounds: {rounds(given.out / 'watched.txt')} watched, {rounds(given.out / 'bare.txt')} bare; exit status {status}")
    good = last - first <= allowed and 0 < events <= MAX_EVENTS and whole <= MAX_LOG and status == 0
    print("within its bounds" if good else "BEYOND ITS BOUNDS")
    return 0 if good else 1


def rounds(told: Path) -> str:
    """How many rounds the program says it did."""
    lines = [line for line in told.read_text().splitlines() if line.endswith(" rounds")]
    return lines[-1].split()[0] if lines else "?"


if __name__ == "__main__":
    sys.exit(main())
