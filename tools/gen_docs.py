"""Build the documentation: pages for every cause and check from the code, the guides from docs/, then mkdocs, strictly.

    python tools/gen_docs.py                 write build/docs and build the site into build/site
    python tools/gen_docs.py --pages-only    write build/docs only
    python tools/gen_docs.py --run 5         first run traindx on up to 5 zoo programs whose output is not cached
    python tools/gen_docs.py --recorded DIR  first tell the recordings of tools/rescore.py, without trials, where none is cached

What traindx says of the programs is kept in docs/outputs; remove a file there to have it told anew.

It fails on a check without one of the four headings, on a threshold that its docstring does not explain, on a cause
or symptom without words, on a guide that the navigation lacks, and (through mkdocs) on a dead link.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from traindx import __version__
from traindx.checks.registry import all_checks
from traindx.entry.runs import recorded
from traindx.facts.catalogue import CATALOGUE, SYMPTOMS
from traindx.facts.causes import Cause, Subject, SymptomId
from traindx.facts.runlog import read_observation
from traindx.facts.settings import Settings
from traindx.reporters.alarms import false_alarms
from traindx.reporters.explain import sentence, title
from traindx.reporters.json import from_json, to_json
from traindx.reporters.terminal import render
from traindx.session import judge

if TYPE_CHECKING:
    from traindx.checks.base import Check

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "build" / "docs"
CACHE = ROOT / "docs" / "outputs"
ZOO = ROOT / "zoo"
HEADINGS = ("Why training fails", "How it is measured", "What to do", "Thresholds")
SUBJECTS = {s: s.value.capitalize() for s in Subject}


class DocsError(Exception):
    """The documentation is not complete; the message lists everything that is missing."""


def problems(checks: tuple[Check[...], ...]) -> list[str]:
    """All that the code fails to say."""
    found = [f"cause {c} has no words in facts/catalogue" for c in Cause if c not in CATALOGUE]
    found += [f"symptom {s} has no words in facts/catalogue" for s in SymptomId if s not in SYMPTOMS]
    for check in checks:
        headings = tuple(re.findall(r"^## (.+)$", check.page, re.MULTILINE))
        if headings != HEADINGS:
            found.append(f"{check.code} {check.name}: its headings are {headings}, they must be {HEADINGS}")
        explained = check.page.partition("## Thresholds")[2]
        found += [
            f"{check.code} {check.name}: threshold {name} is not explained"
            for name in check.thresholds
            if f"`{name}`" not in explained
        ]
        found += [
            f"{check.code} {check.name}: explains {name}, which is no threshold of it"
            for name in re.findall(r"^- `(\w+)`", explained, re.MULTILINE)
            if name not in check.thresholds
        ]
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    guides = sorted((ROOT / "docs" / "guides").glob("*.md"))
    return found + [f"guide {g.name} is not in mkdocs.yml" for g in guides if f"guides/{g.name}" not in navigation]


def write_pages(checks: tuple[Check[...], ...]) -> int:
    """Write the whole folder of pages anew and return how many there are.

    Raises:
        DocsError: the code or the navigation leaves something unsaid.
    """
    missing = problems(checks)
    if missing:
        raise DocsError("\n".join(missing))
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(ROOT / "docs", PAGES)
    pages = {
        "causes/index.md": causes_index(checks),
        "checks/index.md": checks_index(checks),
        "symptoms/index.md": symptoms_index(),
        "design/index.md": design_index(),
        **{f"causes/{cause}.md": cause_page(cause, checks) for cause in Cause},
        **{f"checks/{check.name}.md": check_page(check) for check in checks},
    }
    for name, text in pages.items():
        path = PAGES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.rstrip() + "\n", "utf-8")
    (ROOT / "build").mkdir(exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", ROOT / "build" / "mkdocs.yml")
    _navigation(checks)
    return len(list(PAGES.rglob("*.md")))


def cause_page(cause: Cause, checks: tuple[Check[...], ...]) -> str:
    """One cause: what, why, what to do, the checks that look for it, a program that shows it."""
    entry = CATALOGUE[cause]
    found_by = [c for c in checks if cause in c.suggests]
    seen = [s for s in SymptomId if cause in SYMPTOMS[s].causes]
    lines = [f"# {cause}", "", f"**{sentence(entry.title)}** {entry.summary}", ""]
    lines += ["## Why training fails", "", entry.why, "", "## What to do", "", entry.what_to_do, ""]
    lines += ["## When it is no problem", "", entry.no_problem, ""]
    lines += ["## How it is measured", ""]
    lines += [f"- [{c.name}](../checks/{c.name}.md) ({c.code}): {title(c)}" for c in found_by]
    lines += [] if found_by else ["No check looks for this cause yet."]
    if seen:
        lines += ["", "## Where it is seen", ""]
        lines += [f"- [{s}](../symptoms/index.md#{s}): {SYMPTOMS[s].summary}" for s in seen]
    return "\n".join([*lines, "", *example(cause)])


def check_page(check: Check[...]) -> str:
    """One check: the docstring, with code, severity, causes, needs and the defaults of its thresholds."""
    _, _, body = check.page.partition("\n")
    suggests = ", ".join(f"[{c}](../causes/{c}.md)" for c in check.suggests)
    needs = ", ".join(f"`{n.kind.__name__}`" + (" (if measured)" if n.optional else "") for n in check.needs)
    lines = [f"# {check.name}", "", f"**{title(check)}**", ""]
    lines += [f"- Code: {check.code}", f"- Severity: {check.severity}", f"- Suggests: {suggests}", f"- Needs: {needs}"]
    lines += ["", body.strip(), "", false_alarms(check.name), ""]
    if check.thresholds:
        lines += ["Set them in `pyproject.toml`; these are the defaults:", "", "```toml"]
        lines += [f"[tool.traindx.thresholds.{check.name}]"]
        lines += [f"{name} = {default!r}" for name, default in check.thresholds.items()]
        lines += ["```", ""]
    else:
        lines += ["" if body.rstrip().endswith(".") else "This check has no threshold.", ""]
    return "\n".join(lines)


def causes_index(checks: tuple[Check[...], ...]) -> str:
    """All causes by subject."""
    lines = ["# Causes", "", f"The {len(Cause)} causes that traindx can name.", ""]
    for subject in Subject:
        lines += [f"## {SUBJECTS[subject]}", "", "| cause | what it is | checks |", "|---|---|---|"]
        for cause in Cause:
            if cause.subject == subject:
                codes = " ".join(f"[{c.code}](../checks/{c.name}.md)" for c in checks if cause in c.suggests)
                lines.append(f"| [{cause}]({cause}.md) | {CATALOGUE[cause].summary} | {codes} |")
        lines.append("")
    return "\n".join(lines)


def checks_index(checks: tuple[Check[...], ...]) -> str:
    """All checks by code."""
    lines = ["# Checks", "", f"The {len(checks)} checks, ordered by code.", ""]
    lines += ["| code | check | what it finds | severity |", "|---|---|---|---|"]
    lines += [f"| {c.code} | [{c.name}]({c.name}.md) | {title(c)} | {c.severity} |" for c in checks]
    return "\n".join(lines)


def symptoms_index() -> str:
    """All symptoms with their usual causes."""
    lines = ["# What do you see?", "", "A symptom is what you see. Behind it stands one of several causes.", ""]
    for symptom, entry in SYMPTOMS.items():
        lines += [f"## {entry.title} {{ #{symptom} }}", "", f"`{symptom}`: {entry.summary}", "", "Usual causes:", ""]
        lines += [f"- [{cause}](../causes/{cause}.md): {CATALOGUE[cause].summary}" for cause in entry.causes]
        lines.append("")
    return "\n".join(lines)


def design_index() -> str:
    """The list of decisions."""
    lines = ["# Decisions", "", "One page each: the problem, the choice, what was given up.", ""]
    for path in sorted((ROOT / "docs" / "design").glob("*.md")):
        heading = path.read_text("utf-8").partition("\n")[0].lstrip("# ").strip()
        lines.append(f"- [{heading}]({path.name})")
    return "\n".join(lines)


def example(cause: Cause) -> list[str]:
    """A broken program of the zoo, its repair, and what traindx says of both where that is cached."""
    folder = zoo_program(cause)
    if folder is None:
        return []
    broken, fixed = ((folder / name).read_text("utf-8") for name in ("train.py", "fixed.py"))
    diff = "".join(difflib.unified_diff(broken.splitlines(True), fixed.splitlines(True), "train.py", "fixed.py"))
    lines = ["## A program that shows it", "", "```python", broken.rstrip(), "```", ""]
    for name, said in (("train.py", "What traindx says of it"), ("fixed.py", "What traindx says of the repaired one")):
        if name == "fixed.py":
            lines += ["The repair:", "", "```diff", diff.rstrip(), "```", ""]
        cached = cache_of(folder / name)
        if cached.exists():
            told = cached.read_text("utf-8").rstrip()
            if name == "train.py" and f"[{cause}]" not in told:
                said += ", which does not name this cause"
            beside = "" if re.search(r"^  program .*, trials ", told, re.MULTILINE) else " (with `--budget 0`: no trials)"
            lines += [f"{said}{beside}:", "", "```text", told, "```", ""]
    return lines


def zoo_program(cause: Cause) -> Path | None:
    """The first zoo program of a cause that has a repaired twin."""
    folders = sorted(ZOO.glob(f"{cause.value.replace('-', '_')}_*"))
    return next((f for f in folders if (f / "fixed.py").exists() and (f / "train.py").exists()), None)


def cache_of(program: Path) -> Path:
    """Where the output of traindx on a program is kept: a new version or a changed program asks for a new one."""
    key = hashlib.sha256(f"{__version__}\n{program.read_text('utf-8')}".encode()).hexdigest()[:16]
    return CACHE / f"{program.parent.name}-{program.stem}-{key}.txt"


def untold() -> list[Path]:
    """The zoo programs that pages show and whose output is not cached."""
    CACHE.mkdir(parents=True, exist_ok=True)
    folders = [f for f in map(zoo_program, Cause) if f is not None]
    return [p for f in folders for p in (f / "train.py", f / "fixed.py") if not cache_of(p).exists()]


def tell_recorded(recordings: Path) -> None:
    """Judge the recordings `DIR/NAME.broken` and `DIR/NAME.fixed` as `traindx report` does, with paths as a user sees them."""
    for program in untold():
        folder = recordings / f"{program.parent.name}.{'fixed' if program.name == 'fixed.py' else 'broken'}"
        if not (folder / "run.jsonl").exists():
            continue
        diagnosis, then = judge(read_observation(folder), Settings()), recorded(folder)
        diagnosis = replace(diagnosis, seconds=then.seconds) if then is not None else diagnosis
        files = {f.location.file for f in diagnosis.findings if f.location is not None}
        told = json.dumps(to_json(diagnosis))
        for file in (f for f in files if Path(f).name == program.name):
            told = told.replace(json.dumps(file)[1:-1], program.name)
        text = render(from_json(json.loads(told)), width=80, color=False, source=lambda _, p=program: p.read_text("utf-8").splitlines())
        cache_of(program).write_text(text, "utf-8")


def fill_cache(most: int, budget: float) -> None:
    """Run traindx on zoo programs whose output is not cached."""
    for program in untold()[:most]:
        print(f"running {program.relative_to(ROOT)}", flush=True)
        command = [sys.executable, "-m", "traindx", "run", "--budget", f"{budget:g}", program.name]
        try:
            ran = subprocess.run(command, cwd=program.parent, capture_output=True, text=True, timeout=600, check=False)
        except subprocess.TimeoutExpired:
            continue
        if ran.returncode != 2 and ran.stderr.strip():
            cache_of(program).write_text(report_of(ran.stderr), "utf-8")


def report_of(stderr: str) -> str:
    """The report alone: what the program and its libraries wrote before it is left out."""
    lines = stderr.splitlines()
    starts = [i for i, line in enumerate(lines) if re.match(r"[✗✓?x+] \w", line)]
    return "\n".join(lines[starts[-1] :] if starts else lines).strip() + "\n"


def _navigation(checks: tuple[Check[...], ...]) -> None:
    """Replace the folder entries of the navigation by their pages, in the order of the code."""
    decisions = sorted(p.name for p in (ROOT / "docs" / "design").glob("*.md"))
    entries = {
        "causes/": ["causes/index.md", *(f"causes/{c}.md" for c in Cause)],
        "checks/": ["checks/index.md", *(f"checks/{c.name}.md" for c in checks)],
        "design/": ["design/index.md", *(f"design/{name}" for name in decisions)],
    }
    text = (ROOT / "build" / "mkdocs.yml").read_text("utf-8")
    text = text.replace("docs_dir: build/docs", "docs_dir: docs").replace("site_dir: build/site", "site_dir: site")
    for folder, pages in entries.items():
        at = re.search(rf"^( *)- (.+): {re.escape(folder)}$", text, re.MULTILINE)
        if at is None:
            raise DocsError(f"mkdocs.yml has no entry for {folder}")
        inner = "".join(f"\n{at[1]}    - {page}" for page in pages)
        text = text.replace(at[0], f"{at[1]}- {at[2]}:{inner}")
    (ROOT / "build" / "mkdocs.yml").write_text(text, "utf-8")


def main(argv: list[str] | None = None) -> int:
    """Write the pages and build the site; the exit status is that of the build."""
    parser = argparse.ArgumentParser(description="Build the documentation.")
    parser.add_argument("--pages-only", action="store_true", help="write the pages, build no site")
    parser.add_argument("--run", type=int, default=0, metavar="N", help="run traindx on up to N uncached zoo programs")
    parser.add_argument("--budget", type=float, default=20.0, metavar="SECONDS", help="for the trials of each run")
    parser.add_argument("--recorded", type=Path, metavar="DIR", help="tell the recordings of tools/rescore.py there")
    options = parser.parse_args(argv)
    if options.recorded is not None:
        tell_recorded(options.recorded)
    if options.run:
        fill_cache(options.run, options.budget)
    try:
        pages = write_pages(all_checks())
    except DocsError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{pages} pages in {PAGES.relative_to(ROOT)}")
    if options.pages_only:
        return 0
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(ROOT / "build" / "mkdocs.yml")]
    return subprocess.run(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
