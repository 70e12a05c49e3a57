"""The command line."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

from traindx import __version__
from traindx.entry import runner
from traindx.entry.fix import FixError, fix
from traindx.entry.runs import new_run, resolve_run
from traindx.facts.diagnosis import Diagnosis
from traindx.facts.findings import Severity
from traindx.facts.runlog import RunLogError, read_observation
from traindx.facts.settings import Settings, SettingsError, load_settings

CANNOT = 2
FAILED = 3


class Parser(argparse.ArgumentParser):
    """Ends with one sentence and status 2 on bad usage."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Print the message and leave."""
        print(f"traindx: {message}. See 'traindx --help'.", file=sys.stderr)
        raise SystemExit(CANNOT)


def _outputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report as JSON")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the report as one HTML page")
    parser.add_argument("--sarif", type=Path, metavar="FILE", help="write the report as SARIF 2.1.0")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write the report as JUnit XML")
    parser.add_argument("--fail-on", choices=["error", "warning"], help="exit status 3 where such a finding stands")
    parser.add_argument("--quiet", "-q", action="store_true", help="print no report")
    parser.add_argument("--verbose", "-v", action="store_true", help="print all findings and what was not measured")


def parser() -> Parser:
    """All commands and their options."""
    top = Parser(prog="traindx", description="Why does this training run fail, and what change makes it work?")
    top.add_argument("--version", action="version", version=f"traindx {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    run = commands.add_parser("run", help="run an unmodified program under watch and diagnose it")
    _outputs(run)
    run.add_argument("--budget", type=float, metavar="SECONDS", help="what trials may spend (default 60, 0 = none)")
    run.add_argument("--no-trials", action="store_true", help="same as --budget 0")
    run.add_argument("--run", type=Path, metavar="DIR", dest="folder", help="where to write the run log")
    run.add_argument("-m", dest="module", metavar="MODULE", help="run a module, as python -m does")
    run.add_argument("program", nargs=argparse.REMAINDER, metavar="train.py [ARGS...]")
    report = commands.add_parser("report", help="diagnose a recorded run again")
    report.add_argument("run", nargs="?", default="last", help="a run's folder; the newest when left out")
    _outputs(report)
    change = commands.add_parser("fix", help="show the change that a trial has proven, or make it in your file")
    change.add_argument("run", nargs="?", default="last", help="a run's folder; the newest when left out")
    change.add_argument("--apply", action="store_true", help="change the file; a backup is left beside it")
    change.add_argument("--force", action="store_true", help="also where the file has uncommitted changes")
    explain = commands.add_parser("explain", help="what a cause or a check is, how it is measured, what to do")
    explain.add_argument("name")
    return top


def main(argv: list[str] | None = None) -> int:
    """Entry point of the console script; returns the exit status."""
    arguments = _split(list(sys.argv[1:] if argv is None else argv))
    options = parser().parse_args(arguments[0])
    try:
        if options.command == "run":
            return _run(options, arguments[1])
        if options.command == "fix":
            return fix(resolve_run(options.run), apply=options.apply, force=options.force)
        if options.command == "report":
            return _report(options)
        return _explain(options.name)
    except (runner.ProgramError, RunLogError, SettingsError, FixError) as fault:
        print(f"traindx: {fault}", file=sys.stderr)
        return CANNOT


_FLAGS = {"--no-trials", "--quiet", "-q", "--verbose", "-v", "-h", "--help"}


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """traindx's own words up to the program's name, and the program's words: its options are never ours."""
    if not words or words[0] != "run":
        return words, []
    at = 1
    while at < len(words):
        word = words[at]
        if word == "-m":
            return words[: at + 2], words[at + 2 :]
        if word == "--":
            return words[:at], words[at + 1 :]
        if not word.startswith("-"):
            return words[:at], words[at:]
        at += 1 if word in _FLAGS or "=" in word else 2
    return words, []


def _settings(options: argparse.Namespace) -> Settings:
    settings = load_settings(Path.cwd())
    if getattr(options, "budget", None) is not None:
        settings = replace(settings, budget=max(0.0, options.budget))
    if getattr(options, "no_trials", False):
        settings = replace(settings, budget=0.0)
    return replace(settings, fail_on=options.fail_on) if options.fail_on else settings


def _run(options: argparse.Namespace, words: list[str]) -> int:
    from traindx.session import watch

    if not words and not options.module:
        raise runner.ProgramError("give the program to run: traindx run train.py")
    settings = _settings(options)
    _writable(options)
    program = runner.load_module(options.module, words) if options.module else runner.load_script(words[0], words[1:])
    watching = watch(program.name, options.folder or new_run(program.name))
    pid, began = os.getpid(), time.monotonic()
    ended = runner.run(program)
    if os.getpid() != pid:
        return ended.status
    facts = runner.error_facts(ended.error) if ended.error is not None and not ended.interrupted else None
    diagnosis = watching.finish(settings, exit=ended.status, error=facts, seconds=time.monotonic() - began)
    status = _tell(diagnosis, options, settings, sys.stderr)
    if ended.interrupted:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    return status if status else ended.status


def _writable(options: argparse.Namespace) -> None:
    for path in (options.json, options.html, options.sarif, options.junit):
        if path is not None and not path.absolute().parent.is_dir():
            raise runner.ProgramError(f"cannot write {path}: there is no folder {path.absolute().parent}.")


def _report(options: argparse.Namespace) -> int:
    from traindx.session import judge

    folder = resolve_run(options.run)
    settings = _settings(options)
    _writable(options)
    diagnosis = replace(judge(read_observation(folder), settings), run=str(folder))
    return _tell(diagnosis, options, settings, sys.stdout)


def _tell(diagnosis: Diagnosis, options: argparse.Namespace, settings: Settings, stream: object) -> int:
    """Write every asked-for report and print one; a report that cannot be written never hides the others."""
    from traindx.reporters import json as json_reporter
    from traindx.reporters.terminal import render

    texts = {options.json: lambda: json.dumps(json_reporter.to_json(diagnosis), indent=1, allow_nan=False)}
    for path, text in texts.items():
        if path is not None:
            try:
                path.write_text(text(), encoding="utf-8")
            except OSError as fault:
                print(f"traindx: cannot write {path}: {fault.strerror}.", file=sys.stderr)
    if not options.quiet:
        print(render(diagnosis, verbose=options.verbose), file=stream)  # type: ignore[arg-type]
    if settings.fail_on is not None:
        bad = {Severity.ERROR} if settings.fail_on == "error" else {Severity.ERROR, Severity.WARNING}
        if any(f.severity in bad for f in diagnosis.alarms):
            return FAILED
    return 0


def _explain(name: str) -> int:
    from traindx.checks.registry import all_checks
    from traindx.reporters.explain import explain

    print(explain(name, all_checks()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
