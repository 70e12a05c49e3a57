"""Programs are written to a folder and run twice, by Python and by traindx, as a user would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

LIMIT = 120


class Place:
    """A folder with programs in it, and a home for their run logs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder / "work", folder / "home"
        self.folder.mkdir()
        self.environment = {**os.environ, "TRAINDX_HOME": str(self.home), "PYTHONDONTWRITEBYTECODE": "1"}

    def write(self, source: str, name: str = "prog.py") -> Path:
        """Write a program."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(source))
        return path

    def start(self, *words: str, **options: object) -> subprocess.Popen:
        """Start `python WORDS...`."""
        return subprocess.Popen([sys.executable, *words], cwd=self.folder, env=self.environment, text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # fmt: skip

    def python(self, *words: str, given: str = "") -> subprocess.CompletedProcess:
        """Run `python WORDS...` to its end."""
        child = self.start(*words)
        out, err = child.communicate(given, timeout=LIMIT)
        return subprocess.CompletedProcess(words, child.returncode, out, err)

    def traindx(self, *words: str, given: str = "") -> subprocess.CompletedProcess:
        """Run `traindx WORDS...` to its end."""
        return self.python("-m", "traindx", *words, given=given)

    def runs(self) -> list[Path]:
        """The recorded runs, oldest first."""
        return sorted((self.home / "runs").glob("*"))

    def same(self, *words: str, given: str = "") -> subprocess.CompletedProcess:
        """Run both ways; assert equal output, errors and status; return what Python gave."""
        plain = self.python(*words, given=given)
        watched = self.traindx("run", "-q", "--budget", "0", *words, given=given)
        assert watched.stdout == plain.stdout
        assert watched.stderr == plain.stderr
        assert watched.returncode == plain.returncode
        return plain


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty place."""
    return Place(tmp_path)
