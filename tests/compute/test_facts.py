"""Limits, failed arrays, growth, ranking and the interrupted run log: without a framework."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.checks.compute.out_of_memory import out_of_memory
from traindx.diagnosis.rank import rank
from traindx.facts.causes import Cause, SymptomId
from traindx.facts.compute import MemoryNeed, Resident, StepMemory
from traindx.facts.diagnosis import Symptom
from traindx.facts.findings import Finding, Judged, Severity
from traindx.facts.runlog import Journal, read_observation
from traindx.probes.measure.compute import growth, theil_sen
from traindx.probes.memory.failed import allocation
from traindx.probes.memory.limits import host_free, host_limit
from traindx.probes.speed.log import MAX_SAMPLES, Watch

GB = 1 << 30


def test_a_run_of_two_seconds_shows_its_growth():
    watch = Watch()
    for step in range(400):  # 5 ms a step, 1 MB kept of each
        if watch.stepped(step * 0.005, 1):
            watch.read(step * 0.005, (400 + step) << 20)
    made = growth(Resident(tuple(watch.memory)))
    assert made is not None
    assert made[2] == pytest.approx(1 << 20)


def test_readings_of_a_long_run_stay_few():
    watch = Watch()
    for step in range(200_000):
        if watch.stepped(step * 0.05, 1):
            watch.read(step * 0.05, 1)
    assert MAX_SAMPLES / 3 < len(watch.memory) <= MAX_SAMPLES


def machine(root, total_kb, group, files):
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/meminfo").write_text(f"MemTotal: {total_kb} kB\nMemAvailable: {total_kb // 2} kB\n")
    (root / "proc/self/cgroup").write_text(group)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    return root


def test_limit_of_version_2_group_above_counts(tmp_path):
    files = {"sys/fs/cgroup/a/memory.max": f"{8 * GB}\n", "sys/fs/cgroup/a/b/memory.max": "max\n"}
    root = machine(tmp_path, 64 << 20, "0::/a/b\n", files)
    assert host_limit(root) == 8 * GB
    assert host_free(root) == 8 * GB


def test_limit_of_version_1_group(tmp_path):
    name = "memory.limit_in_bytes"
    files = {f"sys/fs/cgroup/memory/x/{name}": str(3 * GB), f"sys/fs/cgroup/memory/{name}": "9223372036854771712"}
    assert host_limit(machine(tmp_path, 64 << 20, "9:memory:/x\n3:cpu:/\n", files)) == 3 * GB


def test_no_group_leaves_the_machine(tmp_path):
    root = machine(tmp_path, 64 << 20, "0::/\n", {})
    assert host_limit(root) == 64 * GB
    assert host_free(root) == 32 * GB


def test_array_that_does_not_fit():
    with pytest.raises(MemoryError) as raised:
        np.zeros((200_000, 40_000_000))
    found = allocation(raised.value)
    assert found is not None
    assert (found.what, found.shape, found.dtype, found.bytes) == ("array", (200_000, 40_000_000), "float64", 64 * 10**12)
    assert found.location is not None
    assert found.location.file == __file__
    made = out_of_memory(MemoryNeed(found))
    assert isinstance(made, Finding)
    assert "rows fit" in (made.fix or "")


def test_other_errors_are_no_allocations():
    assert allocation(ValueError("shapes (3,) and (4,) differ; see the OOMPH option")) is None
    assert allocation(KeyError("zoom")) is None


@pytest.mark.parametrize(("room", "batch"), [(10 * GB, 73), (2 * GB, 0), (None, None)])
def test_largest_batch(room, batch):
    step = StepMemory(256, GB, 2 * GB, 40 * GB, 0.095 * GB, base=0.05 * GB, free=room)
    assert step.largest_batch == batch


def readings(sizes, epoch=None):
    return Resident(tuple((0.2 * i, 10 * i, int(s)) for i, s in enumerate(sizes)), epoch)


def test_growth_counts_what_is_steady():
    made = growth(readings([GB + i * 5e6 for i in range(60)]))
    assert made is not None
    begin, late, slope, steps = made
    assert slope == pytest.approx(5e5)
    assert late == pytest.approx(1.0)
    assert slope * steps == pytest.approx(5e6 * 39)


def test_a_single_jump_is_no_growth():
    made = growth(readings([GB] * 45 + [2 * GB] * 15))
    assert made is not None
    assert made[2] == 0.0


def test_growth_that_levels_off():
    sizes = [GB + 4e8 * (1 - np.exp(-i / 12)) for i in range(60)]
    made = growth(readings(sizes))
    assert made is not None
    assert made[1] < 0.5


def test_the_first_epoch_is_warm_up():
    assert growth(readings([GB + i * 5e6 for i in range(60)], epoch=590)) is None


def test_theil_sen_ignores_outliers():
    points = [(i, 3 * i) for i in range(50)]
    points[7] = (7, 10_000)
    assert theil_sen(points) == pytest.approx(3.0)


def test_slowness_alone_comes_first():
    def judged(cause, strength):
        return Judged("a", "X", Severity.WARNING, (cause,), Finding("m", strength))

    both = [judged(Cause.UNINFORMATIVE_FEATURES, 0.95), judged(Cause.INPUT_BOUND, 0.7)]
    slow, flat = Symptom(SymptomId.SLOW, "s"), Symptom(SymptomId.FLAT_LOSS, "f")
    assert rank(both, (slow,))[0].cause == Cause.INPUT_BOUND
    assert rank(both, (slow, flat))[0].cause == Cause.UNINFORMATIVE_FEATURES
    assert rank(both, ())[0].cause == Cause.UNINFORMATIVE_FEATURES


def test_prediction_outlives_a_killed_program(tmp_path):
    step = StepMemory(256, GB, 2 * GB, 90 * GB, 0.3 * GB, free=16 * GB, limit=32 * GB)
    journal = Journal(tmp_path, "train.py")
    journal.append("memory", {"model": "model0", "step": step, "location": None})
    journal.close()
    seen = read_observation(tmp_path)
    assert seen.exit == -1
    compute = seen.trainings[0].compute
    assert compute is not None
    assert compute.memory == step
    made = out_of_memory(MemoryNeed(predicted=step, ended=True))
    assert isinstance(made, Finding)
    assert made.severity is None
    assert "at most 43 rows" in (made.fix or "")


def watch(steps, waits, each):
    from traindx.probes.speed.log import Watch

    made, now, waited = Watch(), 100.0, 0.0
    for i in range(steps):
        waited += waits(i)
        now += each + waits(i)
        made.waits = waited
        if made.stepped(now, 1):
            made.read(now, 0)
    return made


def test_waits_while_a_cache_fills_do_not_count():
    step, wait = watch(200, lambda i: 0.5 if i < 100 else 0.001, 0.004).per_step()
    assert step == pytest.approx(0.005, rel=0.01)
    assert wait == pytest.approx(0.001, rel=0.01)


def test_steady_waits_count():
    step, wait = watch(60, lambda i: 0.08, 0.02).per_step()
    assert step == pytest.approx(0.1)
    assert wait == pytest.approx(0.08)


def test_a_first_step_that_traces_does_not_count():
    step, _ = watch(40, lambda i: 3.0 if i == 0 else 0.0, 0.01).per_step()
    assert step == pytest.approx(0.01)
