"""`traindx explain NAME`: what a cause, a symptom or a check is, as Markdown that reads well as plain text."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Protocol

from traindx.facts.catalogue import CATALOGUE, SYMPTOMS
from traindx.facts.causes import Cause, SymptomId
from traindx.reporters.alarms import false_alarms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from traindx.facts.findings import Severity


class Documented(Protocol):
    """What an explanation needs of a check."""

    name: str
    code: str
    severity: Severity
    suggests: tuple[Cause, ...]
    thresholds: dict[str, Any]

    @property
    def page(self) -> str:
        """The check's docstring."""
        ...


class UnknownNameError(LookupError):
    """No cause, symptom or check has this name; the message names the nearest one."""


def explain(name: str, checks: Iterable[Documented]) -> str:
    """The page of the cause, symptom or check `name` (a check also by its code).

    Raises:
        UnknownNameError: nothing is called so.
    """
    checks = tuple(checks)
    word = name.strip().lower().replace("_", "-")
    pages = [cause_page(Cause(word), checks)] if word in set(Cause) else []
    pages += [symptom_page(SymptomId(word))] if word in set(SymptomId) else []
    if pages:  # `hang` is both
        return "\n".join(pages)
    for check in checks:
        if word in (check.name, check.code.lower()):
            return check_page(check)
    known = [*Cause, *SymptomId, *(c.name for c in checks), *(c.code.lower() for c in checks)]
    near = get_close_matches(word, known, n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else " `traindx explain` lists all names."
    raise UnknownNameError(f"Nothing is called {name!r}.{hint}")


def cause_page(cause: Cause, checks: Iterable[Documented]) -> str:
    """What a cause is, why it hurts, what to do, and which checks look for it."""
    entry = CATALOGUE[cause]
    lines = [f"# {cause}", "", sentence(entry.title), "", entry.summary, ""]
    lines += ["## Why training fails", "", entry.why, "", "## What to do", "", entry.what_to_do, ""]
    lines += ["## When it is no problem", "", entry.no_problem, ""]
    found_by = [c for c in checks if cause in c.suggests]
    if found_by:
        lines += ["## How it is measured", ""]
        lines += [f"- {c.name} ({c.code}): {title(c)}" for c in found_by]
        lines.append("")
    seen = [symptom for symptom, entry in SYMPTOMS.items() if cause in entry.causes]
    if seen:
        lines += ["## Where it is seen", "", *(f"- {symptom}" for symptom in seen), ""]
    return "\n".join(lines)


def symptom_page(symptom: SymptomId) -> str:
    """What a symptom is and what is usually behind it."""
    entry = SYMPTOMS[symptom]
    lines = [f"# {symptom}", "", f"{entry.title}. {entry.summary}", "", "## Usual causes, likeliest first", ""]
    lines += [f"- {cause}: {CATALOGUE[cause].summary}" for cause in entry.causes]
    return "\n".join([*lines, ""])


def check_page(check: Documented) -> str:
    """A check's docstring with its code, severity, causes and defaults."""
    _, _, body = check.page.partition("\n")
    lines = [f"# {check.name}", "", f"{title(check)}", "", f"- code: {check.code}", f"- severity: {check.severity}"]
    lines.append(f"- suggests: {', '.join(check.suggests)}")
    lines += [f"- {name} = {default}" for name, default in check.thresholds.items()]
    return "\n".join([*lines, "", body.strip(), "", false_alarms(check.name), ""])


def names(checks: Iterable[Documented]) -> str:
    """All names that `explain` knows, with one line each."""
    lines = ["# Causes", "", *(f"- {cause}: {CATALOGUE[cause].summary}" for cause in Cause), ""]
    lines += ["# Symptoms", "", *(f"- {symptom}: {SYMPTOMS[symptom].summary}" for symptom in SymptomId), ""]
    lines += ["# Checks", "", *(f"- {c.name} ({c.code}): {title(c)}" for c in checks)]
    return "\n".join([*lines, ""])


def title(check: Documented) -> str:
    """The first line of a check's docstring."""
    return check.page.partition("\n")[0].strip()


def sentence(text: str) -> str:
    """The text with a capital first letter and a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "."
