"""A probe or a check that fails or answers nonsense costs its own answer, never the report."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.checks.registry import all_checks
from traindx.engines.api import observe_splits
from traindx.facts.findings import NotMeasured
from traindx.facts.observation import Curve, Observation
from traindx.facts.settings import Settings
from traindx.probes import base
from traindx.reporters.json import to_json
from traindx.session import judge

KINDS = list(base.all_probes())


@pytest.fixture(scope="module")
def run():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(40, 3)) * (1, 1, 1000), rng.integers(0, 2, 40)
    training, _, _ = observe_splits(train=(x, y), test=(x[:20], y[:20]))
    curve = Curve({"loss": (1.0, 0.9)}, ((0, 1.0), (5, 0.9)), 12, asked_epochs=2)
    return Observation("prog.py", 0, (training.__class__(**{**vars(training), "curve": curve}),), seconds=2.0)


def fails(*_):
    raise RuntimeError("a fault\nof ours")


FAULTS = {"raises": fails, "nothing": lambda *_: None, "a text": lambda *_: "garbage", "a type": lambda *_: int,
          "NaN": lambda *_: float("nan")}  # fmt: skip


@pytest.mark.parametrize("how", list(FAULTS))
@pytest.mark.parametrize("kind", KINDS, ids=[k.__name__ for k in KINDS])
def test_one_probe(run, monkeypatch, kind, how):
    monkeypatch.setitem(base._PROBES, kind, FAULTS[how])
    monkeypatch.setattr(base, "all_probes", lambda: base._PROBES)
    bench = base.Bench(run.trainings[0], run)
    answer = bench.take(kind)
    assert isinstance(answer, NotMeasured)
    assert answer.why.startswith("the probe ")
    for check in all_checks():
        if any(need.kind is kind for need in check.needs):
            check.judge(lambda k: answer if k is kind else NotMeasured("left out"), None)


@pytest.mark.parametrize("how", list(FAULTS))
def test_all_probes(run, monkeypatch, how):
    monkeypatch.setattr(base, "all_probes", lambda: dict.fromkeys(KINDS, FAULTS[how]))
    found = judge(run, Settings())
    assert not found.findings
    assert len(found.not_measured) > 100
    assert to_json(found)["exit"] == 0


def test_all_checks(run, monkeypatch):
    monkeypatch.setattr("traindx.checks.base.Check.judge", fails)
    found = judge(run, Settings())
    assert {u.check for u in found.not_measured} == {c.name for c in all_checks()}
    assert all(u.why == "the check failed: RuntimeError: a fault of ours" for u in found.not_measured)
