"""The diagnosis as SARIF 2.1.0, for code scanning: one result per finding, one rule per cause."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from traindx import __version__
from traindx.facts.catalogue import CATALOGUE
from traindx.facts.diagnosis import Diagnosis, Status, Suspect
from traindx.reporters import words

if TYPE_CHECKING:
    from traindx.facts.causes import Cause

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(diagnosis: Diagnosis) -> dict[str, Any]:
    """The findings as a SARIF log; those that a trial ruled out are left out."""
    findings = [f for f in diagnosis.findings if f.status != Status.RULED_OUT]
    causes = list(dict.fromkeys(f.cause for f in findings))
    driver = {"name": "traindx", "version": __version__, "rules": [_rule(cause) for cause in causes]}
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(diagnosis)],
        "results": [_result(f, causes.index(f.cause), diagnosis.program) for f in findings],
        "columnKind": "utf16CodeUnits",
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(cause: Cause) -> dict[str, Any]:
    entry = CATALOGUE[cause]
    return {
        "id": cause.value,
        "name": "".join(part.capitalize() for part in cause.value.split("-")),
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.summary},
        "help": {"text": f"{entry.why}\n\n{entry.what_to_do}"},
        "properties": {"tags": [cause.subject.value]},
    }


def _invocation(diagnosis: Diagnosis) -> dict[str, Any]:
    said = [*diagnosis.notes, *(f"{gap.check} was not measured: {gap.why}" for gap in diagnosis.not_measured)]
    # The exit status is the program's; whether traindx itself did its work is another question.
    return {
        "executionSuccessful": True,
        "commandLine": words.clean(diagnosis.program),
        "toolExecutionNotifications": [{"level": "note", "message": {"text": words.clean(text)}} for text in said],
    }


def _result(suspect: Suspect, rule: int, program: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": suspect.cause.value,
        "ruleIndex": rule,
        "level": suspect.severity.value,
        "message": {"text": _message(suspect)},
        "locations": [_location(suspect, program)],
        "rank": round(100 * suspect.confidence, 1),
        "partialFingerprints": {"traindx/1": f"{suspect.cause}:{suspect.check}:{words.where(suspect)}"},
        "properties": {"status": suspect.status.value, "check": suspect.check, "code": suspect.code},
    }
    return result


def _message(suspect: Suspect) -> str:
    parts = [words.message(suspect), *(words.fact(e) for e in suspect.evidence)]
    if suspect.trial is not None:
        parts.append(f"Tried {words.clean(suspect.trial.change)}: {words.moved(suspect.trial)}")
    if suspect.fix is not None:
        parts.append(f"What to do: {words.clean(suspect.fix.text)}")
    return "\n".join(parts)


def _location(suspect: Suspect, program: str) -> dict[str, Any]:
    """Code scanning shows only results with a file: without a line of their own they stand at the program's first."""
    file, line = (suspect.location.file, suspect.location.line) if suspect.location else (program, 1)
    place: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": {"startLine": max(1, line)}}
    }
    names = [(suspect.layer, "object"), (suspect.column, "variable")]
    logical = [{"name": words.clean(name), "kind": kind} for name, kind in names if name]
    return {**place, "logicalLocations": logical} if logical else place


def _uri(file: str) -> str:
    path = words.near(file).replace(os.sep, "/")
    return ("file://" if path.startswith("/") else "") + quote(path, errors="replace")
