"""M109."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Targets
from traindx.facts.training import Head


@check("M109", Severity.WARNING, suggests=(Cause.OUTPUT_ACTIVATION,))
def one_of_many_outputs(head: Head, targets: Targets, *, several: float = 0.1) -> Finding | NotApplicable | None:
    """Several labels of a row are true at once, but the outputs of a row add up to 1.

    ## Why training fails
    Softmax makes the labels compete: at most one output of a row can pass 0.5, and two true labels can have no more
    than 0.5 each. Recall stays low however long the training. Binary cross-entropy then cannot reach zero.

    ## How it is measured
    Mean number of true labels a row in the training targets (0 and 1, several columns), and the share of training rows
    whose outputs add up to 1 within 0.001, under a loss that judges each output by itself. A categorical loss over
    several labels is left alone: there the outputs rank the labels, which is common practice.

    ## What to do
    End with sigmoid, one unit per label, and keep binary cross-entropy.

    ## Thresholds
    - `several`: a tenth of a further label a row: that share of the true labels at least cannot pass 0.5. Fewer may be
      errors of labelling.
    """
    if targets.kind != "multi-hot" or head.loss not in ("bce", "bce_focal") or targets.units < 2:
        return NotApplicable("no row has several labels under a binary loss")
    true = targets.mean * targets.units
    if head.sum_one < 0.99 or true < 1 + several:
        return None
    return Finding(
        message=f"rows have {true:.2g} true labels on average, but the {head.activation} outputs of a row add up to 1: only one "
        "can pass 0.5",
        strength=0.9, layer=head.layer, location=head.location,
        evidence=(Evidence("true labels a row", true, 1 + several),
                  Evidence("share of rows whose outputs add up to 1", head.sum_one, 0.99)),
        fix="End with sigmoid (one unit per label) and binary cross-entropy.",
    )  # fmt: skip


def _head(loss: str, sums: float) -> Head:
    return Head("softmax", 5, loss, loss, False, 0, 1, 0, 0, 0, 0, 0, 0.1, sums, None, "out", None, None, 0, 1)


_TAGS = Targets("multi-hot", "multi-label", 5, 2, 0, 1, mean=0.5)
one_of_many_outputs.fires_on(_head("bce", 1.0), _TAGS)
one_of_many_outputs.silent_on(_head("bce", 0.1), _TAGS)
one_of_many_outputs.silent_on(_head("cce", 1.0), _TAGS)
