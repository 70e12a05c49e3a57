"""A notebook's forms of the report, and TensorBoard's."""

import importlib
import json
import sys

import pytest

from reporters import samples
from reporters.sample_pictures import PICTURES
from traindx.reporters.notebook import mimebundle
from traindx.reporters.tensorboard import TensorBoardMissingError, write


@pytest.mark.parametrize("name", samples.EVERY)
def test_notebook(name):
    bundle = mimebundle(samples.EVERY[name]())
    assert bundle["text/plain"]
    assert bundle["text/html"].startswith("<iframe srcdoc=")
    assert bundle["text/html"].count("<") == 2  # the frame opens and closes; the page inside is escaped
    json.dumps(bundle, allow_nan=False)


def test_without_tensorboard_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorboard", None)
    for name in [n for n in sys.modules if n.startswith("tensorboard.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(TensorBoardMissingError, match=r"traindx\[tensorboard\]"):
        write(samples.softmax(), tmp_path)


def test_tensorboard_reads_what_was_written(tmp_path):
    write(samples.softmax(), tmp_path, PICTURES["realistic"]())
    loader = importlib.import_module("tensorboard.backend.event_processing.event_accumulator")
    events = loader.EventAccumulator(str(tmp_path)).Reload()
    tags = events.Tags()
    assert "traindx/loss/validation" in tags["scalars"]
    assert "traindx/trial/output-activation/with" in tags["scalars"]
    assert "traindx/report" in tags["tensors"]
    assert "traindx/data/income/test" in tags["histograms"]
    (report,) = events.Tensors("traindx/report")
    assert b"output-activation" in report.tensor_proto.string_val[0]
