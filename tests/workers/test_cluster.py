"""Real processes on loopback (gRPC), each under `traindx run`: every planted fault is named, the repaired twin is left alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.keras
pytest.importorskip("tensorflow")

from tests.workers import cluster
from tests.workers.programs import program

TRAIN = "train.py"


def test_four_healthy_workers_are_one_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = cluster.run(tmp_path, program(judge="all"), 4, "--quiet")
    assert cluster.alarms(found) == []
    assert sorted(p.name for p in (tmp_path / "runs").iterdir()) == [f"worker-{k}" for k in range(4)]
    assert "No cause found" in cluster.report(tmp_path, capsys) or "✓" in cluster.report(tmp_path, capsys)


def test_workers_alone_one_slow_one_reporting_for_all(tmp_path: Path) -> None:
    found = cluster.run(tmp_path, program(alone=True, slow=0.05, judge="local", steps=40), 2, "--quiet")
    assert {"replica-divergence", "straggler", "local-metrics"} <= set(cluster.alarms(found))
    apart = next(f for f in found.findings if f.cause.value == "replica-divergence")
    assert "2 workers of one cluster" in apart.message
    assert apart.location is not None
    assert apart.location.file.endswith(TRAIN)
    slow = next(f for f in found.findings if f.cause.value == "straggler")
    assert slow.message.startswith("worker-1 needs")


def test_one_shard_for_all_and_a_loss_divided_twice(tmp_path: Path) -> None:
    found = cluster.run(tmp_path, program(shard=0, divide=16, steps=40), 2, "--quiet")
    assert {"shard-overlap", "loss-scaling"} <= set(cluster.alarms(found))


def test_a_worker_that_stops_is_named_while_the_program_hangs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workers = cluster.start(tmp_path, program(stop=8), 2, "--hang-timeout", "4")
    logs = [tmp_path / "runs" / f"worker-{k}" / "run.jsonl" for k in range(2)]
    try:
        until = time.monotonic() + 200
        while not all(p.exists() and '"kind": "diagnosis"' in p.read_text() for p in logs) and time.monotonic() < until:
            time.sleep(0.5)
        assert [w.poll() for w in workers] == [None, None], "the program still hangs; the report is there"
    finally:
        for process in workers:
            process.kill()
            process.wait()
    told = cluster.report(tmp_path, capsys)
    found = cluster.merged(tmp_path)
    assert cluster.alarms(found)[0] == "hang"
    waiting = next(f for f in found.findings if f.cause.value == "hang")
    assert any("worker-1" in e.what for e in waiting.evidence)
    assert any("worker-0" in e.what for e in waiting.evidence)
    assert "hang" in told
    assert "worker-1" in told
    line = next(i + 1 for i, text in enumerate((tmp_path / TRAIN).read_text().splitlines()) if "time.sleep(3600)" in text)
    assert f":{line}" in told or f"line {line}" in told


def test_a_checkpoint_restored_on_the_chief_alone(tmp_path: Path) -> None:
    found = cluster.run(tmp_path, program(restore="chief", steps=40), 2, "--quiet")
    assert cluster.alarms(found) == ["wrong-weights-evaluated"]
    assert "as initialised on worker-1" in found.findings[0].message
    values = [e.value for e in found.findings[0].evidence if e.what.startswith("BinaryAccuracy of worker")]
    assert values[0] > 0.9 > values[1]


def test_a_checkpoint_restored_on_all_workers(tmp_path: Path) -> None:
    assert cluster.alarms(cluster.run(tmp_path, program(restore="all", steps=40), 2, "--quiet")) == []


@pytest.mark.parametrize("settings", [{"shard": 0}, {"policy": "OFF"}])
def test_rows_that_the_compiled_step_reads_by_itself(tmp_path: Path, settings: dict[str, object]) -> None:
    found = cluster.run(tmp_path, program(within=True, steps=60, **settings), 2, "--quiet")
    assert cluster.alarms(found) == ["shard-overlap"]


@pytest.mark.parametrize("settings", [{}, {"policy": "DATA"}])
def test_whole_shards_read_by_the_compiled_step(tmp_path: Path, settings: dict[str, object]) -> None:
    assert cluster.alarms(cluster.run(tmp_path, program(within=True, steps=60, **settings), 2, "--quiet")) == []


@pytest.mark.parametrize(("batch", "told"), [(128, "note"), (32, None)])
def test_losses_over_the_rows_of_a_step(tmp_path: Path, batch: int, told: str | None) -> None:
    """16 rows for each of two workers, over a global batch of 128 rows or of 32; either trains well."""
    found = cluster.run(tmp_path, program(batch=batch), 2, "--quiet")
    severity = next((f.severity.value for f in found.findings if f.check == "loss-over-other-batch"), None)
    assert severity == told
    assert cluster.alarms(found) == []
