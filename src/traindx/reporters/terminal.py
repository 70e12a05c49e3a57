"""The diagnosis on one screen: verdict, why, what to do, what was tried; the rest on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from traindx.facts.catalogue import CATALOGUE
from traindx.facts.diagnosis import Diagnosis, Fix, Status, Suspect, Trial
from traindx.facts.findings import Severity
from traindx.reporters import words
from traindx.reporters.screen import Screen
from traindx.reporters.words import Tone

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Source = Callable[[str], list[str]]

FACTS = 3  # what a reader takes in before deciding
OTHERS = 5
DIFF_LINES = 16
COLOURS = {Tone.BAD: "bold red", Tone.WORSE: "bold yellow", Tone.UNSURE: "bold yellow", Tone.GOOD: "bold green"}
STATUS_COLOURS = {Status.CONFIRMED: "red", Status.SUSPECTED: "yellow", Status.RULED_OUT: "dim"}


@dataclass(frozen=True)
class _Marks:
    bad: str
    good: str
    unsure: str
    bullet: str
    arrow: str
    between: str


_RICH = _Marks("✗", "✓", "?", "•", "→", "·")
_ASCII = _Marks("x", "+", "?", "-", "->", "-")


def render(
    diagnosis: Diagnosis,
    *,
    width: int | None = None,
    color: bool | None = None,
    verbose: bool = False,
    source: Source | None = None,
    clear: Sequence[str] = (),
    stream: TextIO | None = None,
) -> str:
    """The whole report as text that ends in a newline.

    `width` and `color` default to what `stream` (standard output) can show. `source` gives a file's lines, so that
    the guilty one can be quoted. `clear` names the checks that found nothing; a healthy verdict counts them.
    """
    screen = Screen(stream, width, color)
    marks = _RICH if screen.can("✗✓•→·") else _ASCII
    _Page(screen.console, diagnosis, marks, verbose, source, tuple(clear), []).write()
    return screen.text()


@dataclass(frozen=True)
class _Page:
    console: Console
    diagnosis: Diagnosis
    marks: _Marks
    verbose: bool
    source: Source | None
    clear: tuple[str, ...]
    told: list[str]

    def write(self) -> None:
        alarms = self.diagnosis.alarms
        self.verdict()
        self.symptoms()
        if alarms:
            self.cause(alarms[0])
            if self.verbose:
                for suspect in alarms[1:]:
                    self.next_cause(suspect)
            else:
                self.brief("Other suspects", alarms[1:])
        elif self.clear:
            self.console.print()
            self.line(Text(f"{words.count(len(self.clear), 'check')} found nothing: {', '.join(self.clear)}", "dim"))
        self.other_findings()
        self.footer()

    def verdict(self) -> None:
        found = words.verdict(self.diagnosis)
        mark = {Tone.GOOD: self.marks.good, Tone.UNSURE: self.marks.unsure}.get(found.tone, self.marks.bad)
        self.console.print(Text(f"{mark} {found.text}", COLOURS[found.tone]))
        more = self.diagnosis.alarms[1:]
        beside = f" {self.marks.between} {words.count(len(more), 'other suspect')}" if more else ""
        self.line(Text(words.clean(self.diagnosis.program) + beside, "dim"))
        if not (self.diagnosis.trained or self.diagnosis.alarms):
            self.line(Text(words.WATCHED))

    def symptoms(self) -> None:
        if not self.diagnosis.symptoms:
            return
        self.heading("Symptoms")
        for symptom in self.diagnosis.symptoms:
            self.bullet(Text.assemble((symptom.id, "bold"), f": {words.clean(symptom.evidence)}"))
        self.gloss(*(s.evidence for s in self.diagnosis.symptoms))

    def next_cause(self, suspect: Suspect) -> None:
        self.console.print()
        colour = "bold red" if suspect.severity == Severity.ERROR else "bold yellow"
        self.console.print(Text(f"{suspect.rank}. {suspect.cause}", colour))
        self.cause(suspect)

    def cause(self, suspect: Suspect) -> None:
        self.why(suspect)
        self.rows(suspect)
        self.what_to_do(suspect)
        self.tried(suspect)

    def why(self, suspect: Suspect) -> None:
        status = words.STATUS[suspect.status]
        self.heading("Why", f"{status} {self.marks.between} {words.clean(suspect.check)} {suspect.code}")
        self.line(Text(words.message(suspect)))
        shown = suspect.evidence if self.verbose else suspect.evidence[:FACTS]
        for evidence in shown:
            self.bullet(Text(words.fact(evidence)))
        self.gloss(suspect.message, *(e.what for e in shown))
        hidden = len(suspect.evidence) - len(shown)
        if hidden:
            self.line(Text(f"and {words.count(hidden, 'more measured fact')}", "dim"))
        if suspect.also and self.verbose:
            self.line(Text(f"also found by {', '.join(map(words.clean, suspect.also))}", "dim"))

    def rows(self, suspect: Suspect) -> None:
        """Rows to look at by hand, the most doubtful first."""
        if not suspect.rows:
            return
        shown = suspect.rows if self.verbose else suspect.rows[:FACTS]
        self.heading("Rows to look at", "their labels are the most doubtful")
        grid = Table(box=None, pad_edge=False)
        for name in words.REVIEW:
            grid.add_column(name, header_style="dim")
        for row in shown:
            grid.add_row(*map(words.clean, words.review(row)))
        self.line(grid)
        if len(shown) < len(suspect.rows):
            self.line(Text(f"and {words.count(len(suspect.rows) - len(shown), 'more row')}", "dim"))

    def what_to_do(self, suspect: Suspect) -> None:
        place = words.where(suspect)
        fix = suspect.fix or Fix(CATALOGUE[suspect.cause].what_to_do)
        self.heading("What to do", place)
        self.line(Text(words.clean(fix.text)))
        if fix.diff:
            self.diff(fix.diff)
        else:
            self.quote(suspect)

    def diff(self, diff: str) -> None:
        lines = diff.rstrip("\n").splitlines()
        shown = lines if self.verbose else lines[:DIFF_LINES]
        for line in shown:
            code = Text("    " + words.clean(line.replace("\t", "    ")), _diff_style(line))
            # As it is, however long: a line that is folded cannot be copied, nor read as the change that it is.
            self.console.print(code, no_wrap=True, overflow="ignore", crop=False)
        if len(shown) < len(lines):
            self.line(Text(f"and {words.count(len(lines) - len(shown), 'more line')}", "dim"), indent=4)

    def quote(self, suspect: Suspect) -> None:
        """Show the guilty line where there is no diff that already does."""
        if self.source is None or suspect.location is None:
            return
        lines = self.source(suspect.location.file)
        if 1 <= suspect.location.line <= len(lines):
            text = words.clean(lines[suspect.location.line - 1].strip())
            self.line(Text.assemble((f"{suspect.location.line} | ", "dim"), text), indent=4)

    def tried(self, suspect: Suspect) -> None:
        trials = (suspect.trial,) if suspect.trial else ()
        if suspect is self.diagnosis.alarms[0]:
            owned = {f.trial for f in self.diagnosis.findings}
            trials += tuple(t for t in self.diagnosis.trials if t not in owned)
        if not trials:
            return
        self.heading("What was tried", "the same start weights, batches and seeds")
        for trial in trials:
            self.trial(trial)
        self.gloss(*(t.metric for t in trials), *(t.note for t in trials))

    def trial(self, trial: Trial) -> None:
        if trial.verdict == words.OBSERVED:
            seen = f"{words.clean(trial.change)}: {words.clean(trial.note)}"
            self.bullet(Text.assemble(seen, (words.pair(trial, self.marks.arrow), "dim")))
            return
        moved = words.moved(trial, self.marks.arrow)
        text = Text.assemble((words.clean(trial.change), "bold"), f": {moved}, {words.seconds(trial.seconds)}")
        text.append(f". {words.clean(trial.verdict).capitalize()}")
        if trial.note:
            text.append(f". {words.clean(trial.note)}", "dim")
        self.bullet(text)

    def brief(self, title: str, suspects: Sequence[Suspect]) -> None:
        if not suspects:
            return
        self.heading(title)
        shown = suspects if self.verbose else suspects[:OTHERS]
        said = {self.diagnosis.alarms[0].message} if self.diagnosis.alarms else set[str]()
        for suspect in shown:
            text = Text.assemble(
                (suspect.cause, "bold"),
                (f" {words.STATUS[suspect.status]}", STATUS_COLOURS[suspect.status]),
            )
            # One observation may suggest several causes; it is told once.
            if suspect.message in said:
                text.append(": the same evidence")
            else:
                place = words.where(suspect)
                text.append(f": {words.clean(suspect.message)}")
                text.append(f" ({place})" if place else "", "dim")
            said.add(suspect.message)
            self.bullet(text)
        if len(shown) < len(suspects):
            self.line(Text(f"and {len(suspects) - len(shown)} more", "dim"))
        self.gloss(*(s.message for s in shown))

    def gloss(self, *said: str) -> None:
        """Explain the word `skill` once, below the first lines that use it."""
        meaning = words.explained(*said)
        if meaning and meaning not in self.told:
            self.told.append(meaning)
            self.line(Text(meaning, "dim"))

    def other_findings(self) -> None:
        notes = tuple(f for f in self.diagnosis.findings if f.severity == Severity.NOTE)
        ruled_out = tuple(f for f in self.diagnosis.findings if f.status == Status.RULED_OUT and f not in notes)
        if self.verbose:
            self.brief("Ruled out", ruled_out)
            self.brief("Worth knowing", notes)
        elif ruled_out:
            names = ", ".join(f.cause for f in ruled_out)
            self.console.print()
            self.line(Text.assemble("Ruled out by a trial: ", names, style="dim"))
        if self.verbose and self.diagnosis.not_measured:
            self.heading("Not measured")
            for checks, why in words.gaps(self.diagnosis):
                self.bullet(Text.assemble(f"{words.clean(why)}: ", (words.clean(checks), "dim")))
        if self.diagnosis.notes:
            self.heading("Notes")
            for note in self.diagnosis.notes:
                self.bullet(Text(words.clean(note)))

    def footer(self) -> None:
        self.console.print()
        notes = sum(f.severity == Severity.NOTE for f in self.diagnosis.findings)
        gaps = len(self.diagnosis.not_measured) if self.diagnosis.trained else 0
        if (notes or gaps) and not self.verbose:
            said = [f"{words.count(notes, 'note')}"] * bool(notes)
            said += [f"{words.count(gaps, 'check')} not measured"] * bool(gaps)
            self.line(Text(f"{' and '.join(said)}: -v shows them", "dim"))
        took = self.diagnosis.seconds
        spent = [f"program {words.seconds(took.program)}", f"traindx {words.seconds(took.traindx)}"]
        if took.trials:
            spent.append(f"trials {words.seconds(took.trials)}")
        self.line(Text(", ".join(spent), "dim"))
        if self.diagnosis.alarms:
            self.line(Text(f"More: traindx explain {self.diagnosis.alarms[0].cause}", "dim"))

    def heading(self, title: str, beside: str = "") -> None:
        self.console.print()
        if len(title) + len(beside) + 2 <= self.console.width:
            self.console.print(Text.assemble((title, "bold"), (f"  {beside}" if beside else "", "dim")))
        else:
            self.console.print(Text(title, "bold"))
            self.line(Text(beside, "dim"))

    def line(self, text: RenderableType, indent: int = 2) -> None:
        self.console.print(Padding(text, (0, 0, 0, indent)))

    def bullet(self, text: RenderableType) -> None:
        row = Table.grid(padding=(0, 1, 0, 0))
        row.add_column(width=1)
        row.add_column(overflow="fold")
        row.add_row(Text(self.marks.bullet, "dim"), text)
        self.line(row)


def _diff_style(line: str) -> str:
    if line.startswith(("---", "+++")):
        return "bold"
    return {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
