"""Both engines read the same files: a real cluster of two workers, processes of their own, and this process."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from tests.cluster.sameness import assert_same, frame, tfrecords

from traindx.engines.base import SourceError
from traindx.engines.local import LocalEngine
from traindx.engines.spark import session
from traindx.engines.spark.engine import SparkEngine
from traindx.entry import cli

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module", autouse=True)
def cluster(tmp_path_factory):
    """Two workers with one core each, by Spark's own conventions: spark-defaults.conf in SPARK_CONF_DIR."""
    conf = tmp_path_factory.mktemp("conf")
    settings = ["spark.master local-cluster[2,1,1024]", "spark.ui.enabled false", "spark.sql.files.maxPartitionBytes 400k"]
    settings += ["spark.sql.files.openCostInBytes 1k"]
    quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # short lives: little compiling, few threads
    settings += [f"spark.driver.extraJavaOptions {quick}", f"spark.executor.extraJavaOptions {quick}"]
    (conf / "spark-defaults.conf").write_text("\n".join(settings))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(conf))
        patch.delenv("SPARK_MASTER", raising=False)
        spark, new = session.start()
        assert new
        assert spark.sparkContext.master == "local-cluster[2,1,1024]"
        yield spark
        spark.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Parquet files of several row groups, one with another order of columns, one that is none, one hidden from Spark."""
    made = tmp_path_factory.mktemp("data é%20 [x]")
    for k, n in enumerate((12_000, 7_001, 5, 9_000)):
        frame(n, k).to_parquet(made / f"train {k}.parquet", row_group_size=3000)
    frame(4_000, 0).to_parquet(made / "test.parquet")
    (made / "odd").mkdir()
    frame(7_000, 5).to_parquet(made / "odd" / "a.parquet")
    (made / "odd" / "b.parquet").write_bytes(b"PAR1 nothing PAR1")
    frame(900, 6).drop(columns="y").to_parquet(made / "odd" / "c.parquet")
    frame(800, 7).drop(columns="A").to_parquet(made / "odd" / "d.parquet")
    frame(700, 8).astype({"small": "int64", "a": "float32"}).to_parquet(made / "odd" / "e.parquet")
    return made


def both(thing, label="y", wrap=None):
    """The states that both engines make of a split, and what they left out."""
    made = []
    for engine in (LocalEngine(), SparkEngine(wrap=wrap)):
        source = engine.open(thing, label, "train")
        made.append((engine.fold(source), source.left_out))
    return made


def test_parquet_gives_the_same_numbers(folder):
    files = sorted(str(p) for p in folder.glob("train*.parquet"))
    (here, _), (there, left_out) = both(files)
    assert here.rows == there.rows == 28_006
    assert left_out == []
    assert_same(here, there)
    levels = np.array([0.01, 0.3, 0.5, 0.99])
    np.testing.assert_array_equal(here.quantiles(levels), there.quantiles(levels))
    values = np.concatenate([frame(n, k)["A"].to_numpy() for k, n in enumerate((12_000, 7_001, 5, 9_000))])
    exact = np.quantile(values[np.isfinite(values)], levels, method="higher")
    np.testing.assert_allclose(there.quantiles(levels)[:, here.columns.index("A")], exact, rtol=0.008)


def test_files_that_do_not_fit_are_left_out_alike(folder):
    (here, told), (there, told_there) = both(str(folder / "odd"))
    assert here.rows == there.rows == 7_700
    assert sorted(told) == sorted(told_there)
    assert len(told) == 3
    assert_same(here, there)


def test_other_files_give_the_same_numbers(tmp_path):
    for k in range(3):
        frame(3_000 + k, k).drop(columns=["fine", "large"]).to_csv(tmp_path / f"{k}.csv", index=False)
    (tmp_path / "3.csv").write_text("")
    (here, told), (there, told_there) = both(str(tmp_path / "*.csv"))
    assert told == told_there == [f"{tmp_path / '3.csv'} is empty (0 bytes)"]
    assert_same(here, there)
    rng = np.random.default_rng(0)
    np.savez(tmp_path / "d.npz", x_train=rng.random((500, 4, 3)), y_train=np.arange(500) % 3)
    (here, _), (there, _) = both(str(tmp_path / "d.npz"), None)
    assert_same(here, there)
    tfrecords(tmp_path / "a.tfrecord", 300, 0)
    tfrecords(tmp_path / "b.tfrecord", 200, 1)
    (here, _), (there, _) = both(str(tmp_path / "*.tfrecord"))
    assert here.rows == 500
    assert_same(here, there)


def test_addresses_of_file_systems(folder, tmp_path):
    address = f"file://{folder}".replace("[", r"\[").replace("]", r"\]")
    engine = SparkEngine()
    there = engine.fold(engine.open(f"{address}/train*.parquet", "y", "train"))
    here = LocalEngine().fold(LocalEngine().open(sorted(str(p) for p in folder.glob("train*.parquet")), "y", "train"))
    assert_same(here, there)
    for k in range(3):
        frame(500 + k, k).to_csv(tmp_path / f"{k} %.csv", index=False)
    there = engine.fold(engine.open(f"file://{tmp_path}", "y", "train"))
    assert_same(LocalEngine().fold(LocalEngine().open(str(tmp_path), "y", "train")), there)
    with pytest.raises(SourceError, match="train: cannot list nowhere://x"):
        engine.open("nowhere://x/*.parquet", "y", "train")


def once(marker, fault):
    """Stands between Spark and a task; the first task to come by suffers `fault` after all its work was done and sent."""

    def wrap(task):
        def run(batches):
            yield from task(batches)
            try:
                os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                return
            fault(marker)

        return run

    return wrap


def worker_lost():
    def fault(marker):
        """Kill the executor that this task runs in: the parent of the parent of this Python process."""
        import re
        import signal
        import time
        from pathlib import Path

        def parent(pid):
            return int(re.search(r"PPid:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])

        executor = parent(os.getppid())
        assert b"CoarseGrainedExecutorBackend" in Path(f"/proc/{executor}/cmdline").read_bytes()
        Path(marker).write_text(str(executor))
        os.kill(executor, signal.SIGKILL)
        time.sleep(60)

    return fault


def task_fails():
    def fault(marker):
        raise RuntimeError("lost")

    return fault


@pytest.mark.parametrize("fault", [worker_lost, task_fails], ids=["worker lost", "task fails"])
def test_a_lost_worker_or_a_task_run_again_changes_no_number(folder, tmp_path, fault):
    marker = tmp_path / "lost"
    files = sorted(str(p) for p in folder.glob("train*.parquet"))
    (here, _), (there, left_out) = both(files, wrap=once(str(marker), fault()))
    assert marker.exists(), "the fault happened"
    if fault is worker_lost:
        assert not Path(f"/proc/{marker.read_text()}").exists()
    assert left_out == []
    assert_same(here, there)


def test_a_file_that_breaks_on_the_way_is_left_out(folder, tmp_path):
    for k in range(2):
        frame(6_000, k).to_parquet(tmp_path / f"{k}.parquet", row_group_size=2000)
    data = bytearray((tmp_path / "1.parquet").read_bytes())
    data[len(data) // 4 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 4)
    (tmp_path / "1.parquet").write_bytes(data)
    engine = SparkEngine()
    source = engine.open(str(tmp_path / "*.parquet"), "y", "train")
    assert engine.fold(source).rows == 6_000
    assert source.left_out == [f"{tmp_path / '1.parquet'}: not a readable Parquet file"]


def test_the_command_gives_the_same_report(folder, tmp_path, capsys):
    told = []
    for engine in ("local", "spark"):
        at = tmp_path / f"{engine}.json"
        words = ["--train", str(folder / "odd" / "a.parquet"), "--test", str(folder / "test.parquet"), "--label", "y"]
        assert cli.main(["data", "--engine", engine, *words, "--json", str(at)]) == 0
        told.append(json.loads(at.read_text()))
    assert told[0] == told[1]
    out = capsys.readouterr().out
    assert out[: len(out) // 2] == out[len(out) // 2 :]
    assert cli.main(["data", "--engine", "spark", "--train", str(folder / "no*"), "--label", "y"]) == 2
    assert "no such file or folder" in capsys.readouterr().err


def test_without_java_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(SourceError, match="needs Java 17 or newer, and there is none"):
        session.start()
