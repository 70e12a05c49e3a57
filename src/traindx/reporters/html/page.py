"""The whole page: head, verdict, causes, pictures, and what could not be measured."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from traindx.facts.diagnosis import Diagnosis, Status
from traindx.facts.findings import Severity
from traindx.facts.pictures import Pictures
from traindx.reporters import words
from traindx.reporters.html import cause, gallery
from traindx.reporters.html.markup import Html, join, tag

GAPS = 300


def to_html(diagnosis: Diagnosis, pictures: Pictures | None = None) -> str:
    """One file with everything in it; at most 2 MB whatever the run's size."""
    header, *sections = _glossed([_header(diagnosis), *_sections(diagnosis, pictures or Pictures())])
    title = f"traindx: {words.verdict(diagnosis).text}"
    return document(title, header, tag("main", *sections, id="main"), _footer(diagnosis))


def _glossed(parts: list[Html]) -> list[Html]:
    """Explain the word `skill` once, at the end of the first part that uses it."""
    for place, part in enumerate(parts):
        meaning = words.explained(part)
        if meaning:
            body, close, end = part.rpartition("</")
            return [*parts[:place], join(Html(body), tag("p", meaning, class_="hint"), Html(close + end)), *parts[place + 1 :]]
    return parts


def document(title: str, *body: Html) -> str:
    """A whole HTML file around a body that holds an element with id `main`."""
    style, script = _asset("style.css"), _asset("script.js")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Html(style)),
    )
    skip = tag("a", "To the diagnosis", href="#main", class_="skip")
    page = tag("body", skip, *body, tag("script", Html(script)))
    return "<!doctype html>\n" + tag("html", head, page, lang="en") + "\n"


def _asset(name: str) -> str:
    return files("traindx.reporters.html").joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Only our own style and script may act; should escaping ever fail, the browser still refuses."""
    allowed = [f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in (style, script)]
    return f"default-src 'none'; img-src data:; style-src {allowed[0]}; script-src {allowed[1]}"


def _header(diagnosis: Diagnosis) -> Html:
    found = words.verdict(diagnosis)
    alarms = diagnosis.alarms
    lead = [tag("p", tag("code", diagnosis.program), class_="program"), tag("h1", found.text)]
    if alarms:
        first = alarms[0]
        place = words.where(first)
        proven = "Confirmed by a trial. " if first.status == Status.CONFIRMED else ""
        said = proven + words.message(first)
        lead.append(tag("p", said, tag("code", place, class_="place") if place else ""))
    elif not diagnosis.trained:
        lead.append(tag("p", words.WATCHED))
    elif found.tone == words.Tone.GOOD:
        lead.append(tag("p", "No check raised an alarm, and nothing in the run looks like a symptom."))
    symptoms = [tag("li", tag("strong", s.id), f" {s.evidence}") for s in diagnosis.symptoms]
    chips = tag("ul", *symptoms, class_="symptoms", aria_label="Symptoms") if symptoms else ""
    return tag("header", *lead, chips, class_=f"verdict {found.tone}")


def _sections(diagnosis: Diagnosis, pictures: Pictures) -> list[Html]:
    parts = [cause.section(suspect, place) for place, suspect in enumerate(diagnosis.alarms)]
    parts += gallery.sections(pictures)
    ruled_out = [f for f in diagnosis.findings if f.status == Status.RULED_OUT and f.severity != Severity.NOTE]
    notes = [f for f in diagnosis.findings if f.severity == Severity.NOTE]
    parts += [cause.brief("Ruled out by a trial", "ruled-out", ruled_out)] if ruled_out else []
    parts += [cause.brief("Worth knowing", "worth-knowing", notes)] if notes else []
    owned = {f.trial for f in diagnosis.findings}
    others = [t for t in diagnosis.trials if t not in owned]
    parts += [cause.trials(others)] if others else []
    parts += [_not_measured(diagnosis)] if diagnosis.not_measured and diagnosis.trained else []
    parts += [_notes(diagnosis)] if diagnosis.notes else []
    return parts


def _not_measured(diagnosis: Diagnosis) -> Html:
    gaps = [tag("li", tag("strong", why), f": {checks}") for checks, why in words.gaps(diagnosis)[:GAPS]]
    said = f"{words.count(len(diagnosis.not_measured), 'check')} could not be answered"
    opened = tag("details", tag("summary", said), tag("ul", *gaps))
    return tag("section", tag("h2", "Not measured"), opened, id="not-measured")


def _notes(diagnosis: Diagnosis) -> Html:
    return tag("section", tag("h2", "Notes"), tag("ul", *(tag("li", n) for n in diagnosis.notes[:GAPS])), id="notes")


def _footer(diagnosis: Diagnosis) -> Html:
    took = diagnosis.seconds
    spent = f"Program {words.seconds(took.program)}, traindx {words.seconds(took.traindx)}"
    spent += f", trials {words.seconds(took.trials)}" if took.trials else ""
    run = join(" · recorded run ", tag("code", diagnosis.run)) if diagnosis.run else ""
    return tag("footer", tag("p", f"{spent} · exit status {diagnosis.exit}", run))
