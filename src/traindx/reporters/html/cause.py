"""One cause on the page: why it is blamed, what to do, what was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from traindx.facts.catalogue import CATALOGUE
from traindx.facts.diagnosis import Fix, Suspect, Trial
from traindx.reporters import words
from traindx.reporters.html.figures.figure import table
from traindx.reporters.html.figures.trial import trial as trial_figure
from traindx.reporters.html.markup import Html, join, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from traindx.facts.findings import Evidence

EVIDENCE, DIFF_LINES = 40, 200


def section(suspect: Suspect, place: int) -> Html:
    """The first cause stands open; the others open on demand."""
    entry = CATALOGUE[suspect.cause]
    title = f"{suspect.rank}. {entry.title[:1].upper()}{entry.title[1:]}"
    heading = tag("h2", title, " ", tag("code", suspect.cause))
    badges = tag(
        "p",
        tag("span", suspect.severity, class_=f"badge {suspect.severity}"),
        tag("span", words.STATUS[suspect.status], class_="badge"),
        tag("span", f"{suspect.check} {suspect.code}", class_="badge"),
        class_="badges",
    )
    # The verdict at the top of the page says the first message already.
    message = tag("p", words.message(suspect)) if place else Html("")
    left = join(message, _evidence(suspect.evidence), _also(suspect), _rows(suspect), _what_to_do(suspect))
    right = trial_figure(suspect.trial) if suspect.trial else Html("")
    harmless = tag("p", tag("strong", "When it is no problem: "), entry.no_problem)
    about = tag("details", tag("summary", "What this cause is"), tag("p", entry.summary), tag("p", entry.why), harmless)
    body = join(tag("div", tag("div", left), right, class_="columns" if suspect.trial else None), about)
    anchor = f"cause-{suspect.cause}"
    if place == 0:
        return tag("section", heading, badges, body, id=anchor, class_=f"cause {suspect.severity}")
    folded = tag("details", tag("summary", heading), badges, body)
    return tag("section", folded, id=anchor, class_=f"cause {suspect.severity}")


def brief(title: str, anchor: str, suspects: Sequence[Suspect]) -> Html:
    """Findings that ask for no action, one line each, with their trials on demand."""
    items: list[Html] = []
    for suspect in suspects:
        said = join(tag("strong", suspect.cause), f": {suspect.message}")
        tried = tag("p", f"Tried {suspect.trial.change}: {words.moved(suspect.trial)}.") if suspect.trial else Html("")
        items.append(tag("li", said, tried))
    return tag("section", tag("h2", title), tag("ul", *items), id=anchor)


def trials(tried: Sequence[Trial]) -> Html:
    """Experiments that belong to no finding."""
    drawn = tag("div", *map(trial_figure, tried[:12]), class_="gallery")
    return tag("section", tag("h2", "Also tried"), drawn, id="trials")


def _evidence(evidence: Sequence[Evidence]) -> Html:
    if not evidence:
        return Html("")
    head = ("measured", "value", "limit", "step")
    rows = [(e.what, words.number(e.value), words.number(e.limit), e.step) for e in evidence[:EVIDENCE]]
    used = [i for i in range(4) if i < 2 or any(row[i] not in (None, "") for row in rows)]
    shown = table([head[i] for i in used], [[row[i] for i in used] for row in rows])
    return tag("div", shown, class_="scroll evidence", tabindex="0", role="region", aria_label="What was measured")


def _rows(suspect: Suspect) -> Html:
    """Rows to look at by hand; the gallery below shows the first of them."""
    if not suspect.rows:
        return Html("")
    shown = table(words.REVIEW, [words.review(row) for row in suspect.rows])
    drawn = tag("div", shown, class_="scroll evidence", tabindex="0", role="region", aria_label="Rows to look at")
    return join(tag("h3", "Rows to look at"), drawn)


def _also(suspect: Suspect) -> Html:
    return tag("p", f"Also found by {', '.join(suspect.also[:20])}.", class_="hint") if suspect.also else Html("")


def _what_to_do(suspect: Suspect) -> Html:
    place = words.where(suspect)
    heading = tag("h3", "What to do", " ", tag("code", place, class_="place") if place else "")
    fix = suspect.fix or Fix(CATALOGUE[suspect.cause].what_to_do)
    return join(heading, tag("p", fix.text), _diff(fix.diff) if fix.diff else Html(""))


def _diff(diff: str) -> Html:
    lines = diff.rstrip("\n").splitlines()
    body = [tag("span", line.expandtabs(4)[:400], class_=_kind(line)) for line in lines[:DIFF_LINES]]
    if len(lines) > DIFF_LINES:
        body.append(tag("span", words.count(len(lines) - DIFF_LINES, "more line")))
    return tag("pre", tag("code", *body), class_="diff", tabindex="0", role="region", aria_label="The change as a diff")


def _kind(line: str) -> str | None:
    if line.startswith(("---", "+++")):
        return "file"
    return {"+": "added", "-": "removed", "@": "hunk"}.get(line[:1])
