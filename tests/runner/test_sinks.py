"""Reports sent elsewhere: our own sinks, one that another package brings, and what is said where one cannot work."""

import importlib
import importlib.util
import json
import os

import pytest

SAYS_HELLO = "print('hello')\n"
FOREIGN = """
    from traindx.reporters.sinks.base import Sink

    def send(report):
        (report.folder / "shelf.txt").write_text(report.to + "|" + report.json)
        return "the shelf"

    def burst(report):
        raise OSError("the shelf is full")

    SINK, FULL, NEEDY = Sink(send), Sink(burst), Sink(send, needs="no_such_package_x", extra="shelf[x]")
    NO_SINK = send
"""


@pytest.fixture
def shelf(place):
    """A package as pip leaves it: a module, and metadata that names entry points."""
    place.write(FOREIGN, "site/shelf.py")
    info = "site/shelf-1.0.dist-info"
    place.write("Metadata-Version: 2.1\nName: shelf\nVersion: 1.0\n", f"{info}/METADATA")
    names = {"shelf": "SINK", "full": "FULL", "needy": "NEEDY", "none": "NO_SINK", "gone": "NOTHING"}
    entries = [f"{name} = shelf:{value}" for name, value in names.items()]
    place.write("\n".join(["[traindx.sinks]", *entries, ""]), f"{info}/entry_points.txt")
    before = place.environment.get("PYTHONPATH", "")
    place.environment["PYTHONPATH"] = f"{place.folder / 'site'}:{before}"
    place.write(SAYS_HELLO)
    return place


def test_the_report_goes_into_a_folder_of_where_traindx_was_started(place):
    place.write("import os\nos.mkdir('elsewhere')\nos.chdir('elsewhere')\n")
    done = place.traindx("run", "--sink", "folder=kept", "prog.py")
    (page,), (data,) = (list((place.folder / "kept").glob(f"*.{kind}")) for kind in ("html", "json"))
    assert page.stem == data.stem == place.runs()[0].name
    assert json.loads(data.read_text())["trained"] is False
    assert page.read_text().startswith("<!doctype html>")
    assert f"Sent to {page}" in done.stderr


def test_a_sink_of_another_package(shelf):
    done = shelf.traindx("run", "--sink", "shelf=top", "--sink=shelf=top", "prog.py")
    assert (done.returncode, done.stdout) == (0, "hello\n")
    to, _, data = (shelf.folder / "shelf.txt").read_text().partition("|")
    assert (to, json.loads(data)["program"]) == ("top", "prog.py")
    assert done.stderr.count("Sent to the shelf") == 1


def test_a_sink_that_fails_costs_nothing_else(shelf):
    done = shelf.traindx("run", "-q", "--sink", "full", "--sink", "shelf", "prog.py")
    assert (done.returncode, done.stdout) == (0, "hello\n")
    assert done.stderr == "traindx: the sink 'full' failed: OSError: the shelf is full\n"
    assert (shelf.folder / "shelf.txt").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("shelv", "there is no sink 'shelv'; did you mean 'shelf'?"),
        ("zzz", "there are folder, full, gone, mlflow, needy, none, shelf, tensorboard, wandb"),
        ("needy", "needs the package no_such_package_x, which is not installed; it comes with: pip install 'shelf[x]'"),
        ("none", "is no traindx.reporters.sinks.base.Sink"),
        ("gone", "the sink 'gone' cannot be loaded: AttributeError"),
    ],
)
def test_what_cannot_work_is_said_before_the_program_runs(shelf, name, told):
    done = shelf.traindx("run", "--sink", name, "prog.py")
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_sinks_can_be_set(shelf):
    shelf.write("[tool.traindx]\nsinks = ['shelf=set']\n", "pyproject.toml")
    assert shelf.traindx("run", "-q", "prog.py").returncode == 0
    assert (shelf.folder / "shelf.txt").read_text().startswith("set|")
    (shelf.folder / "shelf.txt").unlink()
    assert shelf.traindx("report", "-q").returncode == 0
    assert (shelf.folder / "shelf.txt").exists()


@pytest.mark.parametrize("name", ["mlflow", "wandb", "tensorboard"])
def test_the_extra_is_named_where_the_package_is_absent(place, name):
    place.write(f"import sys\nsys.modules[{name!r}] = None\n", "hidden/sitecustomize.py")
    known = place.environment.get("PYTHONPATH", os.environ.get("PYTHONPATH", ""))
    place.environment |= {"PYTHONPATH": os.pathsep.join(filter(None, [str(place.folder / "hidden"), known]))}
    place.write(SAYS_HELLO)
    done = place.traindx("run", "--sink", name, "prog.py")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"pip install 'traindx[{name}]'" in done.stderr


ENDED = """
    import mlflow
    with mlflow.start_run(run_name="ours"):
        mlflow.log_metric("loss", 1.0)
"""


def test_mlflow_gets_it_on_the_programs_own_run(place, monkeypatch):
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")  # all that mlflow-skinny can do without a database
    store = place.folder / "mlruns.db" if importlib.util.find_spec("sqlalchemy") else place.folder / "mlruns"
    uri = f"sqlite:///{store}" if store.suffix else store.as_uri()
    place.environment |= {"MLFLOW_TRACKING_URI": uri, "MLFLOW_ALLOW_FILE_STORE": "true"}
    place.write(ENDED)
    done = place.traindx("run", "--sink", "mlflow", "prog.py")
    assert "Sent to MLflow, run ours" in done.stderr
    client = importlib.import_module("mlflow").MlflowClient(uri)
    (run,) = client.search_runs(["0"])
    assert run.info.status == "FINISHED"
    assert run.data.metrics == {"loss": 1.0}
    assert run.data.tags["traindx.verdict"] == "No training was seen"
    assert {f.path for f in client.list_artifacts(run.info.run_id, "traindx")} == {"traindx/report.html", "traindx/report.json"}


OPEN = """
    import wandb
    run = wandb.init(project="ours")
"""


@pytest.mark.parametrize("program", [OPEN, SAYS_HELLO, OPEN + "    run.finish()\n"])
def test_wandb_gets_it_offline(place, program):
    place.environment |= {"WANDB_MODE": "offline", "WANDB_SILENT": "true", "WANDB_DIR": str(place.folder)}
    place.write(program)
    done = place.traindx("run", "--sink", "wandb", "prog.py")
    assert done.returncode == 0
    assert "Sent to Weights & Biases, run" in done.stderr
    logs = list(place.folder.glob("wandb/offline-run-*/*.wandb"))
    assert sum(b"No training was seen" in log.read_bytes() for log in logs) == 1
