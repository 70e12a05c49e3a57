"""`traindx fix RUN`: shows the change that a trial has proven, or makes it in the user's own file."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from traindx.entry.runs import recorded, started_in
from traindx.facts.diagnosis import ON_TOP, Diagnosis, Status, Suspect
from traindx.facts.faults import harmless
from traindx.facts.runlog import RunLogError

BACKUP = ".before-traindx"


class FixError(Exception):
    """The change cannot be made; the message is one sentence for the user."""


def proven_fix(folder: Path) -> tuple[Diagnosis, Suspect]:
    """The run's diagnosis and its first finding that has a diff; a change that was proven on top of it holds both.

    Raises:
        FixError: the run has no diagnosis, or no change that can be made mechanically.
        RunLogError: the run log cannot be read.
    """
    diagnosis = recorded(folder)
    if diagnosis is None:
        raise FixError("the run ended before it was diagnosed; run it again")
    able = [s for s in diagnosis.alarms if s.fix is not None and s.fix.diff]
    above = [s for s in able if s.status == Status.CONFIRMED and s.trial is not None and s.trial.note.startswith(ON_TOP)]
    if able:
        return diagnosis, (above or able[:1])[-1]
    raise FixError("no trial of this run has proven a change that can be made mechanically; see: traindx report")


def fix(folder: Path, *, apply: bool, force: bool, tell: Callable[[str], None] = print) -> int:
    """Show the diff, or apply it with a backup beside the file. Returns the exit status.

    Raises:
        FixError: uncommitted changes without `force`, or the file is no longer as it was when the program ran.
        RunLogError: the run log cannot be read.
    """
    diagnosis, suspect = proven_fix(folder)
    assert suspect.fix is not None
    assert suspect.fix.diff is not None
    tell(harmless(f"{suspect.cause}: {suspect.fix.text}"))
    tell(harmless(suspect.fix.diff.rstrip("\n")))
    if not apply:
        tell("Apply it with: traindx fix --apply")
        return 0
    program = started_in(folder) / diagnosis.program
    changed = apply_diff(suspect.fix.diff, program.resolve().parent, force=force)
    for file, backup in changed:
        tell(f"changed {file}; the file as it was: {backup}")
    return 0


def apply_diff(diff: str, folder: Path, *, force: bool) -> list[tuple[Path, Path]]:
    """Apply a unified diff to files below the folder; (file, backup) of each.

    Raises:
        FixError: see `fix`.
    """
    changed = []
    for name, hunks in parsed(diff):
        file = (folder / name).resolve()
        if not force and not file.is_relative_to(folder.resolve()):
            raise FixError(f"{file} lies outside {folder}, where the program is; look at the change, then give --force")
        if not force and uncommitted(file):
            raise FixError(f"{file} has uncommitted changes; commit them first, or give --force")
        try:
            old = file.read_text(encoding="utf-8")
        except OSError as fault:
            raise FixError(f"cannot read {file}: {fault.strerror}") from None
        new = patched(old, hunks)
        if new is None:
            raise FixError(f"{file} has changed since the run; run the program again")
        backup = file.with_name(file.name + BACKUP)
        backup.write_text(old, encoding="utf-8")
        file.write_text(new, encoding="utf-8")
        changed.append((file, backup))
    return changed


Hunk = tuple[int, list[str]]


def parsed(diff: str) -> list[tuple[str, list[Hunk]]]:
    """(file name, hunks) of a unified diff; a hunk is its first old line (1-based) and its lines with their marks."""
    files: list[tuple[str, list[Hunk]]] = []
    for line in diff.splitlines(keepends=True):
        if line.startswith("--- ") and not (files and files[-1][1] and _open(files[-1][1][-1])):
            files.append((line[4:].strip(), []))
        elif line.startswith("@@"):
            files[-1][1].append((int(line.split("-")[1].split(",")[0].split(" ")[0]), []))
        elif line.startswith((" ", "-", "+")) and files and files[-1][1]:
            files[-1][1][-1][1].append(line)
        elif line.startswith("\\") and files and files[-1][1]:
            files[-1][1][-1][1][-1] = files[-1][1][-1][1][-1].rstrip("\n")
    return files


def _open(hunk: Hunk) -> bool:
    """A `--- ` line inside a hunk would be a removed line that begins with dashes; ours are never followed by files."""
    return not hunk[1]


def patched(text: str, hunks: list[Hunk]) -> str | None:
    """The text with the hunks applied; None where the old lines are not there."""
    old, new, at = text.splitlines(keepends=True), [], 0
    for start, marked in hunks:
        before = [m[1:] for m in marked if m[0] in " -"]
        first = start - 1
        if old[first : first + len(before)] != before:
            return None
        new += old[at:first] + [m[1:] for m in marked if m[0] in " +"]
        at = first + len(before)
    return "".join(new + old[at:])


def uncommitted(file: Path) -> bool:
    """Whether git tracks the file's folder and the file differs from the last commit (an untracked file counts)."""
    try:
        done = subprocess.run(
            ["git", "status", "--porcelain", "--", file.name], cwd=file.parent, capture_output=True, text=True, check=False,
            timeout=20,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and bool(done.stdout.strip())


__all__ = ["FixError", "RunLogError", "apply_diff", "fix", "parsed", "patched", "proven_fix", "uncommitted"]
