"""The command line."""

from __future__ import annotations

import argparse
import atexit
import os
import signal
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from traindx import __version__
from traindx.engines.base import SourceError
from traindx.entry import runner
from traindx.entry.data import compare, data
from traindx.entry.fix import FixError, fix
from traindx.entry.outputs import REPORTS, tell
from traindx.entry.runs import home, new_run, recorded, resolve_run, worker_name
from traindx.facts.faults import harmless, said
from traindx.facts.runlog import NAME, RunLogError, read_run, reading
from traindx.facts.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from traindx.session import Watch

CANNOT = 2


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
    parser.add_argument("--sink", action="append", metavar="NAME[=TO]", help="send it to mlflow, wandb, tensorboard=DIR, folder=DIR")
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
    run.add_argument("--runs", metavar="DIR", help="a folder shared by several workers: each writes its log to one in it")
    run.add_argument("--hang-timeout", type=float, metavar="SECONDS", help="write the report when nothing moves for so long")
    run.add_argument("-m", dest="module", metavar="MODULE", help="run a module, as python -m does")
    run.add_argument("program", nargs=argparse.REMAINDER, metavar="train.py [ARGS...]")
    report = commands.add_parser("report", help="diagnose a recorded run again")
    report.add_argument("run", nargs="?", default="last", help="a run's folder; the newest when left out")
    _outputs(report)
    change = commands.add_parser("fix", help="show the change that a trial has proven, or make it in your file")
    change.add_argument("run", nargs="?", default="last", help="a run's folder; the newest when left out")
    change.add_argument("--apply", action="store_true", help="change the file; a backup is left beside it")
    change.add_argument("--force", action="store_true", help="also where the file has uncommitted changes")
    splits = commands.add_parser("data", help="examine splits alone: files, folders, globs, .npz, TFRecord, pictures")
    _outputs(splits)
    splits.add_argument("--engine", choices=["local", "spark"], default="local", help="what reads them: this process, or Spark")
    splits.add_argument("--train", required=True, metavar="PATH")
    splits.add_argument("--validation", metavar="PATH")
    splits.add_argument("--test", metavar="PATH")
    splits.add_argument("--label", metavar="COLUMN", help="the target's column; several with commas")
    parting = commands.add_parser("compare", help="what differs between two recorded runs, and where they first part")
    parting.add_argument("good", metavar="GOOD")
    parting.add_argument("bad", metavar="BAD")
    parting.add_argument("--json", type=Path, metavar="FILE", help="write the comparison as JSON")
    parting.add_argument("--html", type=Path, metavar="FILE", help="write the comparison as one HTML page")
    parting.add_argument("--verbose", "-v", action="store_true", help="print all differences")
    explain = commands.add_parser("explain", help="what a cause or a check is, how it is measured, what to do")
    explain.add_argument("name", nargs="?", help="a cause, symptom, check or code; all names when left out")
    return top


def main(argv: list[str] | None = None) -> int:
    """Entry point of the console script; returns the exit status."""
    arguments = _split(list(sys.argv[1:] if argv is None else argv))
    options = parser().parse_args(arguments[0])
    try:
        if options.command == "run":
            return _run(options, arguments[1])
        if options.command == "fix":
            return fix(resolve_run(options.run, of_here=True), apply=options.apply, force=options.force)
        if options.command == "report":
            return _report(options)
        if options.command == "data":
            return _data(options)
        if options.command == "compare":
            return compare(options)
        return _explain(options.name)
    except (runner.ProgramError, RunLogError, SettingsError, FixError, SourceError) as fault:
        print(f"traindx: {harmless(' '.join(str(fault).splitlines()))}", file=sys.stderr)
        return CANNOT
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


_FLAGS = {"--no-trials", "--quiet", "--verbose", "--help"}


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """traindx's own words up to the program's name, and the program's words: its options are never ours."""
    if not words or words[0] != "run":
        return words, []
    at = 1
    while at < len(words):
        word = words[at]
        if word == "--":
            return words[:at], words[at + 1 :]
        if word == "-m":
            return words[: at + 2], words[at + 2 :]
        if word.startswith("-m"):
            return words[: at + 1], words[at + 1 :]
        if not word.startswith("-") or word == "-":
            return words[:at], words[at:]
        at += 2 if word.startswith("--") and "=" not in word and word not in _FLAGS else 1
    return words, []


def _settings(options: argparse.Namespace) -> Settings:
    settings = load_settings(Path.cwd())
    if getattr(options, "budget", None) is not None:
        settings = replace(settings, budget=max(0.0, options.budget))
    if getattr(options, "no_trials", False):
        settings = replace(settings, budget=0.0)
    return replace(settings, fail_on=options.fail_on) if options.fail_on else settings


def _run(options: argparse.Namespace, words: list[str]) -> int:
    if not words and not options.module:
        raise runner.ProgramError("give the program to run: traindx run train.py")
    settings = _settings(options)
    _writable(options, settings)
    program = runner.load_module(options.module, words) if options.module else runner.load_script(words[0], words[1:])
    screen, pid, clock = sys.stderr, os.getpid(), time.monotonic
    began, path, finders, die = clock(), sys.path[:], sys.meta_path[:], _at_the_very_end()
    watching = _watch(program, options.folder or _shared(options.runs or settings.runs), screen)
    timeout = options.hang_timeout or settings.hang_timeout
    if timeout and watching is not None:
        watching.when_hung(timeout, settings, lambda found: tell(found, options, settings, screen))
    ended = runner.run(program)
    failed = 0
    if watching is not None and os.getpid() == pid:  # else this is a forked child of the program, at the program's end
        try:
            with runner.as_started(path, finders):
                failed = _diagnose(watching, ended, options, settings, screen, clock() - began)
        except KeyboardInterrupt:
            print("traindx: stopped; what was recorded: traindx report", file=screen)
            die.append(signal.SIGINT)
    if ended.interrupted:
        die.append(signal.SIGINT)
    return failed or ended.status


def _shared(runs: str | None) -> Path | None:
    """This worker's folder within a folder of several: named as TF_CONFIG names it."""
    return Path(runs).absolute() / worker_name() if runs else None


def _watch(program: runner.Program, folder: Path | None, screen: TextIO) -> Watch | None:
    """Begin to watch; where the usual place for run logs cannot be written, in a temporary folder.

    A fault of ours leaves the program unwatched: it runs all the same.
    """
    from traindx.session import watch

    try:
        return watch(program.name, folder or new_run(program.name), program.started())
    except Exception as fault:  # noqa: BLE001 - see above
        if not isinstance(fault, OSError):
            print(f"traindx: the program runs unwatched: {said(fault)}", file=screen)
            return None
        if folder is not None:
            raise runner.ProgramError(f"cannot write the run log to {folder}: {fault.strerror}.") from None
        elsewhere = Path(tempfile.mkdtemp(prefix="traindx-"))
        watching = watch(program.name, elsewhere, program.started())
        watching.recorder.notes.append(f"cannot write to {home()} ({fault.strerror}); the run log is in {elsewhere}")
        return watching


def _diagnose(
    watching: Watch, ended: runner.Ended, options: argparse.Namespace, settings: Settings, screen: TextIO, seconds: float
) -> int:
    """Diagnose and report. Whatever fails here, the program's own result stands."""
    if ended.interrupted:
        settings = replace(settings, budget=0.0)
    try:
        facts = runner.error_facts(ended.error, watching.recorder) if ended.error is not None and not ended.interrupted else None
        diagnosis = watching.finish(settings, exit=ended.status, error=facts, seconds=seconds)
        return tell(diagnosis, options, settings, screen)
    except Exception as fault:  # noqa: BLE001 - a fault of ours is one sentence, never the program's exception
        with suppress(OSError, ValueError):  # the program may have closed its standard error
            print(f"traindx: no diagnosis: {said(fault)}", file=screen)
        return 0


def _at_the_very_end() -> list[signal.Signals]:
    """A list: the signal put into it ends this process once the program's own exit hooks have run.

    So ends a program that Ctrl-C stopped, and a shell loop around it stops too.
    """
    wanted: list[signal.Signals] = []

    def die() -> None:
        if wanted:
            with suppress(Exception):
                sys.stdout.flush()
            signal.signal(wanted[0], signal.SIG_DFL)
            os.kill(os.getpid(), wanted[0])

    atexit.register(die)
    return wanted


def _writable(options: argparse.Namespace, settings: Settings) -> None:
    """Make the reports' paths absolute, as the program may change its folder, and refuse impossible ones early."""
    options.started_in, options.sinks = Path.cwd(), []
    wanted = options.sink or settings.sinks
    if wanted:
        from traindx.entry.sinks import ready

        options.sinks = ready(wanted)
    for name in REPORTS:
        path = getattr(options, name)
        if path is not None:
            if not path.absolute().parent.is_dir():
                raise runner.ProgramError(f"cannot write {path}: there is no folder {path.absolute().parent}.")
            setattr(options, name, path.absolute())


def _report(options: argparse.Namespace) -> int:
    from traindx.session import judge
    from traindx.trials.verdict import kept

    folder = resolve_run(options.run)
    settings = _settings(options)
    _writable(options, settings)
    with reading(folder):
        then = recorded(folder) if (folder / NAME).exists() else None
        diagnosis = kept(judge(read_run(folder), settings), then)
        diagnosis = replace(diagnosis, run=str(folder), seconds=then.seconds if then is not None else diagnosis.seconds)
    return tell(diagnosis, options, settings, sys.stdout)


def _data(options: argparse.Namespace) -> int:
    settings = _settings(options)
    _writable(options, settings)
    return tell(data(options, settings), options, settings, sys.stdout)


def _explain(name: str | None) -> int:
    from traindx.checks.registry import all_checks
    from traindx.reporters.explain import UnknownNameError, explain, names

    try:
        print(names(all_checks()) if name is None else explain(name, all_checks()), flush=True)
    except UnknownNameError as unknown:
        print(f"traindx: {unknown}", file=sys.stderr)
        return CANNOT
    return 0


if __name__ == "__main__":
    sys.exit(main())
