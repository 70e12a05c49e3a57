"""The layers hold, importing costs no framework, and nothing has grown too large."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRAMEWORKS = {"keras", "tensorflow", "tf_keras", "jax", "torch", "pandas", "sklearn", "scipy", "pyarrow", "matplotlib"}
REPORT = """
from traindx.checks.registry import all_checks
from traindx.session import judge
from traindx.reporters import json, junit, sarif, terminal, html
from traindx.reporters.recorded import pictures_of
import traindx.entry.outputs
all_checks()
"""


@pytest.mark.parametrize(
    "code", ["import traindx", "import traindx.entry.cli", "import traindx.checks.registry as r; r.all_checks()", REPORT],
    ids=["package", "command line", "checks", "report"],
)  # fmt: skip
def test_no_framework_is_imported(code):
    told = "import sys, json; print(json.dumps(sorted(m.partition('.')[0] for m in sys.modules)))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{told}"], capture_output=True, text=True, check=True)
    assert FRAMEWORKS & set(json.loads(done.stdout)) == set()


def test_layers():
    done = subprocess.run([sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
                          cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONIOENCODING": "utf-8"})  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_one_module_sets_attributes_of_keras():
    """`attach.py` alone may patch; everyone else asks it for `Patches`."""
    others = [p for p in (ROOT / "src").rglob("*.py") if p.name != "attach.py"]
    assert [p.name for p in others if "setattr(keras" in p.read_text("utf-8")] == []


def test_sizes():
    spec = importlib.util.spec_from_file_location("check_sizes", ROOT / "tools" / "check_sizes.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert [line for folder in tool.FOLDERS for line in tool.over(ROOT / folder)[0]] == []


def test_the_wheel_would_hold_what_the_code_reads():
    package = ROOT / "src" / "traindx"
    assert (package / "reporters" / "schema" / "traindx-1.schema.json").is_file()
    assert (package / "py.typed").is_file()
