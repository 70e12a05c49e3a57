"""What is measured of several workers, on arrays and threads alone: no framework."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from traindx.facts.observation import Observation
from traindx.facts.runlog import Journal, read_run
from traindx.facts.workerlogs import merge
from traindx.facts.workers import Figure, Process, WorkersSeen
from traindx.probes.bounded import Distinct
from traindx.probes.workers.federated import Federated
from traindx.probes.workers.pieces import Piece, Pieces
from traindx.probes.workers.process import place
from traindx.probes.workers.rows import Rows, overlap, unread
from traindx.probes.workers.samples import combination, gap, sample
from traindx.probes.workers.values import Values
from traindx.probes.workers.watchdog import Watchdog

RNG = np.random.default_rng(0)


def test_the_weights_of_a_combination_are_found() -> None:
    parts = [RNG.normal(size=40) for _ in range(3)]
    answer = combination(parts, 0.5 * parts[0] + 0.3 * parts[1] + 0.2 * parts[2])
    assert answer is not None
    assert np.allclose(answer[0], [0.5, 0.3, 0.2])
    assert answer[1] < 1e-9


def test_alike_parts_have_no_weights() -> None:
    part = RNG.normal(size=40)
    assert combination([part, part], part) is None


def test_samples_and_gaps() -> None:
    a, b = RNG.normal(size=(300, 5)), RNG.normal(size=7)
    first = sample([a, b])
    assert first is not None
    assert first.shape == (256 + 7,)
    assert gap(first, first) == 0
    assert gap(first, first * 1.01) == pytest.approx(0.0099, abs=1e-4)
    assert sample([np.array(["text"])]) is None


def _rows(*values: int) -> Rows:
    made = Rows()
    made.add(np.array(values, np.uint64), len(values))
    return made


def test_rows_in_common_and_rows_never_read() -> None:
    assert overlap([_rows(1, 2, 3, 4), _rows(3, 4, 5)]) == pytest.approx(2 / 3)
    spans = {"all": (0, 100), "part": (0, 10), "other": (200, 400)}
    sources = {name: np.arange(*span, dtype=np.uint64) for name, span in spans.items()}
    assert unread(Distinct(range(10)), sources, Distinct(range(80, 100))) == (80, 70)
    assert unread(Distinct([1000]), sources, Distinct()) == (0, 0)


def _step(pieces: Pieces, weights: list[float], busy: list[float], began: float, names: list[int]) -> float:
    gradients = [RNG.normal(size=30) for _ in weights]
    end = began
    for k, (gradient, seconds) in enumerate(zip(gradients, busy, strict=True)):
        end = end + seconds
        hashes = RNG.integers(0, 10 if names[k] == 0 else 1000, 8).astype(np.uint64) + np.uint64(5000 * names[k])
        pieces.add(Piece(7, ((30,),), 1, end, None, {("work", "rank", 0): names[k]}, hashes, 8, gradient))
    pieces.apply(np.sum([w * g for w, g in zip(weights, gradients, strict=True)], axis=0))
    pieces.open.closed = end + 0.001
    return end + 0.001


def test_pieces_are_told_apart_by_a_number_in_scope_and_weighed() -> None:
    pieces, now = Pieces(), 0.0
    for i in range(20):
        order = [0, 1, 2] if i % 2 else [2, 0, 1]
        now = _step(pieces, [1 / 3] * 3, [0.05 if k == 1 else 0.01 for k in order], now, order)
    ((exchange, rows),) = pieces.exchanges()
    assert [w.name for w in exchange.workers] == ["rank 0", "rank 1", "rank 2"]
    assert [w.weight for w in exchange.workers] == pytest.approx([1 / 3] * 3)
    assert exchange.workers[0].rows <= 10 < exchange.workers[1].rows
    assert exchange.workers[1].seconds == pytest.approx(0.05)
    assert exchange.workers[1].last == 1.0
    assert [r.drawn for r in rows] == [160] * 3


class _Model:
    """Stands for a model that has weights."""

    def __init__(self, weights: list[np.ndarray]) -> None:
        self.weights = weights


def test_rounds_of_averaged_weights() -> None:
    seen, server = Federated(), RNG.normal(size=50)
    local = _Model([server])
    for _ in range(4):
        ends = []
        for rows in (4, 400):
            seen.sets(local, [server])
            seen.trains(local, np.arange(rows, dtype=np.uint64) + np.uint64(1000 * rows), rows, lambda: None)
            ends.append(server + RNG.normal(size=50))
            seen.gets(local, [ends[-1]])
        server = 0.25 * ends[0] + 0.75 * ends[1]
    found = seen.exchange()
    assert found is not None
    assert [w.weight for w in found[0].workers] == pytest.approx([0.25, 0.75])
    assert [w.rows for w in found[0].workers] == [4, 400]


def test_printed_numbers_are_recognised_rounded_or_whole() -> None:
    values = Values()
    values.said(("accuracy 0.965 of", 12, {"loss": [0.123456]}, np.float32(0.5)))
    assert values.printed(0.9648)
    assert not values.printed(0.9641)
    assert values.printed(0.123456)
    assert values.printed(0.5)
    assert not values.printed(12.0)


LOCKS = """
import gc, threading, time
from traindx.probes.workers.watchdog import current_frames
gc.set_threshold(1)
gc.callbacks.append(lambda *_: time.sleep(1e-4))
done = threading.Event()
def look():
    while not done.is_set():
        current_frames()
watchers = [threading.Thread(target=look) for _ in range(3)]
for watcher in watchers:
    watcher.start()
time.sleep(2)
done.set()
for watcher in watchers:
    watcher.join()
"""


def test_looking_never_locks_the_program() -> None:
    assert subprocess.run([sys.executable, "-c", LOCKS], timeout=30, check=False).returncode == 0


def test_the_watchdog_sees_who_waits_and_who_left() -> None:
    stop, started = threading.Event(), threading.Event()

    def waits() -> None:
        started.set()
        stop.wait(30)

    before = threading.active_count()
    waiter = threading.Thread(target=waits, name="rank 0")
    brief = threading.Thread(target=time.sleep, args=(0.6,), name="rank 1")
    dog, told = Watchdog(lambda: 1), []
    dog.timeout, dog.hung = 1.5, lambda: told.append(True)
    for thread in (waiter, brief):
        thread.start()
    dog.start()
    assert threading.active_count() == before + 2, "the program cannot see the watchdog"
    until = time.monotonic() + 20
    while not told and time.monotonic() < until:
        time.sleep(0.1)
    found = dog.facts("", False, {waiter.ident or 0: 3})
    dog.stop()
    stop.set()
    waiter.join()
    assert told == [True]
    assert found is not None
    mine = next(w for w in found.waiting if w.thread == "rank 0")
    assert mine.call == "Event.wait"
    assert mine.seconds >= 1
    assert mine.location is not None
    assert mine.location.file == __file__
    assert "rank 1" in [name for name, _ in found.gone]
    assert found.work == (("rank 0", 3),)


def _log(k: int, **kwargs: object) -> Observation:
    process = Process(f"worker-{k}", k, 2, 20, **kwargs)  # type: ignore[arg-type]
    return Observation("train.py", workers=WorkersSeen(process=process))


def test_logs_of_workers_are_compared_step_by_step() -> None:
    a, b = np.ones(8), np.ones(8) * 1.5
    run = merge([_log(1, trace=((1, a), (2, b))), _log(0, trace=((1, a), (2, a)), figures=(Figure("f1", 0.5, 8, True),))])
    assert run.workers is not None
    (replicas,) = run.workers.replicas
    assert replicas.names == ("worker-0", "worker-1")
    assert replicas.gaps == ((1, 0.0), (2, pytest.approx(1 / 3)))
    assert run.workers.values == ()


def test_a_killed_workers_log_is_read(tmp_path: Path) -> None:
    for k in range(2):
        journal = Journal(tmp_path / f"worker-{k}", "train.py")
        journal.append("worker", {"name": f"worker-{k}", "index": k, "count": 2, "steps": 7, "phase": "fit at line 9"})
        if k == 0:
            journal.observation(_log(0))
        journal.close()
    run = read_run(tmp_path)
    assert any("worker-1: its log ends before its program did (at step 7, in fit at line 9)" in n for n in run.notes)


@pytest.mark.parametrize(("task", "expected"), [("worker", ("worker-1", 2, 3)), ("chief", ("chief-0", 0, 3)), ("ps", None)])
def test_the_place_in_the_cluster(monkeypatch: pytest.MonkeyPatch, task: str, expected: object) -> None:
    cluster = {"chief": ["a:1"], "worker": ["b:1", "c:1"], "ps": ["d:1", "e:1"]}
    monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": cluster, "task": {"type": task, "index": int(task == "worker")}}))
    assert place() == expected
    monkeypatch.setenv("TF_CONFIG", "{broken")
    assert place() is None


def _figure(k: int, value: float, weights: np.ndarray, fresh: bool) -> Figure:
    rows = np.arange(100 * k, 100 * k + 100, dtype=np.uint64)
    return Figure("accuracy", value, 100, k == 0, None, rows, weights, fresh)


def test_an_average_of_a_trained_model_and_a_new_one_is_no_figure() -> None:
    trained, new = np.ones(8), np.zeros(8) + 0.1
    seen = merge([_log(0, figures=(_figure(0, 0.9, trained, False),)), _log(1, figures=(_figure(1, 0.5, new, True),))]).workers
    assert seen is not None
    assert seen.values == ()
    assert seen.judged[0].fresh == (1,)
    assert seen.judged[0].gaps == (0.0, pytest.approx(0.9))
    same = merge([_log(0, figures=(_figure(0, 0.9, trained, False),)), _log(1, figures=(_figure(1, 0.5, trained, False),))]).workers
    assert same is not None
    assert same.values[0].pooled == pytest.approx(0.7)
    assert same.judged[0].gaps == (0.0, 0.0)


def test_rows_read_within_the_step_stand_for_rows_that_were_not_seen() -> None:
    rows, source = np.arange(50, dtype=np.uint64), np.arange(100, dtype=np.uint64)
    seen = merge([_log(k, rows=np.resize(rows, 200), source=source) for k in range(2)]).workers
    assert seen is not None
    made = seen.exchanges[0]
    assert (made.overlap, made.in_step, made.source, made.unseen, made.passes) == (1.0, 1.0, 100, 50, 4.0)
