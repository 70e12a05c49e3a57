"""`traindx explain`: every name has a page, an unknown one the nearest name."""

from dataclasses import dataclass, field

import pytest

from traindx.facts.catalogue import CATALOGUE, SYMPTOMS
from traindx.facts.causes import Cause, SymptomId
from traindx.facts.findings import Severity
from traindx.reporters.explain import UnknownNameError, explain, names


@dataclass
class FakeCheck:
    """As much of a check as an explanation needs."""

    name: str = "gradient-burst"
    code: str = "T301"
    severity: Severity = Severity.ERROR
    suggests: tuple[Cause, ...] = (Cause.EXPLODING_GRADIENTS,)
    thresholds: dict = field(default_factory=lambda: {"burst": 20.0})
    page: str = "Gradients burst far above their own usual size.\n\n## Thresholds\n- `burst`: times the median."


CHECKS = (FakeCheck(),)


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_is_explained(cause):
    entry = CATALOGUE[cause]
    page = explain(cause, CHECKS)
    assert page.startswith(f"# {cause}\n")
    assert entry.why in page
    assert entry.what_to_do in page
    assert not entry.title.endswith(".")
    assert all(text.endswith((".", ":")) for text in (entry.summary, entry.why, entry.what_to_do, entry.no_problem))


@pytest.mark.parametrize("symptom", SymptomId)
def test_every_symptom_is_explained(symptom):
    page = explain(symptom, CHECKS)
    assert all(cause in page for cause in SYMPTOMS[symptom].causes)


@pytest.mark.parametrize("name", ["gradient-burst", "T301", "t301", "gradient_burst"])
def test_a_check_by_name_or_code(name):
    page = explain(name, CHECKS)
    assert "burst = 20.0" in page
    assert "## Thresholds" in page


def test_a_cause_names_its_checks():
    assert "gradient-burst (T301)" in explain("exploding-gradients", CHECKS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("unscaled-input", "unscaled-inputs"), ("gradient-bursts", "gradient-burst"), ("nan", "nan-loss")],
)
def test_an_unknown_name_gets_the_nearest(typed, meant):
    with pytest.raises(UnknownNameError, match=meant):
        explain(typed, CHECKS)


def test_all_names():
    listed = names(CHECKS)
    assert all(cause in listed for cause in Cause)
