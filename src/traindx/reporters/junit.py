"""The diagnosis as JUnit XML, for CI systems that show test results: one test case per finding or symptom."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from traindx.facts.catalogue import CATALOGUE
from traindx.facts.findings import Severity
from traindx.reporters import words

if TYPE_CHECKING:
    from traindx.facts.diagnosis import Diagnosis, Suspect


def to_junit(diagnosis: Diagnosis) -> str:
    """A test suite in which errors fail, checks that could not be answered are skipped, and the rest passes."""
    cases = [_finding(f) for f in diagnosis.alarms]
    if not cases:
        cases.append(_verdict(diagnosis))
    cases += [_skipped(gap.check, gap.why) for gap in diagnosis.not_measured]
    failures = sum(case.find("failure") is not None for case in cases)
    took = diagnosis.seconds
    suite = ElementTree.Element(
        "testsuite",
        name=f"traindx {words.clean(diagnosis.program)}",
        tests=str(len(cases)),
        failures=str(failures),
        errors="0",
        skipped=str(len(diagnosis.not_measured)),
        time=f"{took.traindx + took.trials:.3f}",
    )
    suite.extend(cases)
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites, " ")
    return ElementTree.tostring(suites, "unicode", xml_declaration=True) + "\n"


def _finding(suspect: Suspect) -> ElementTree.Element:
    case = ElementTree.Element("testcase", classname=f"traindx.{suspect.cause.subject}", name=suspect.cause.value)
    if suspect.location is not None:
        case.set("file", words.clean(suspect.location.file))
        case.set("line", str(suspect.location.line))
    text = _text(suspect)
    if suspect.severity == Severity.ERROR:
        failure = ElementTree.SubElement(case, "failure", type=suspect.severity.value, message=words.message(suspect))
        failure.text = text
    else:
        ElementTree.SubElement(case, "system-out").text = text
    return case


def _text(suspect: Suspect) -> str:
    lines = [CATALOGUE[suspect.cause].summary, words.message(suspect), words.where(suspect)]
    lines += [words.fact(e) for e in suspect.evidence]
    if suspect.trial is not None:
        lines.append(f"Tried {words.clean(suspect.trial.change)}: {words.moved(suspect.trial)}")
    if suspect.fix is not None:
        lines.append(f"What to do: {words.clean(suspect.fix.text)}")
    return "\n".join(line for line in lines if line)


def _verdict(diagnosis: Diagnosis) -> ElementTree.Element:
    case = ElementTree.Element("testcase", classname="traindx", name="verdict")
    said = words.verdict(diagnosis)
    if said.tone == words.Tone.UNSURE:
        failure = ElementTree.SubElement(case, "failure", type="symptom", message=said.text)
        failure.text = "\n".join(f"{s.id}: {words.clean(s.evidence)}" for s in diagnosis.symptoms)
    return case


def _skipped(name: str, why: str) -> ElementTree.Element:
    case = ElementTree.Element("testcase", classname="traindx.not_measured", name=words.clean(name))
    ElementTree.SubElement(case, "skipped", message=words.clean(why))
    return case
