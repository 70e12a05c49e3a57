"""M102."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Targets
from traindx.facts.training import Head


@check("M102", Severity.ERROR, suggests=(Cause.OUTPUT_UNITS, Cause.LABEL_RANGE))
def class_numbers_beyond_output_units(head: Head, targets: Targets) -> Finding | NotApplicable | None:
    """A class number is not below the number of output units.

    ## Why training fails
    Sparse categorical cross-entropy picks the output with the class' number. A number outside the outputs has none:
    on a CPU TensorFlow stops with an error, on a GPU or in a compiled step the loss is NaN.

    ## How it is measured
    Greatest and least class number of the training targets against the width of the output layer, and whether they are
    whole numbers at all (labels that were divided by 255 with the pixels are not).

    ## What to do
    Number the classes from 0 and give the output layer one unit per class.

    ## Thresholds
    None: the limit is the number of output units.
    """
    if head.loss != "scce" or targets.kind not in ("classes", "binary", "continuous", "constant") or not head.units:
        return NotApplicable("the targets are no class numbers for a sparse loss")
    if not targets.whole_numbers and targets.kind == "continuous":
        return Finding(
            message=f"a sparse loss takes whole class numbers, but the targets are fractions from {targets.minimum:.3g} to "
            f"{targets.maximum:.3g}: what is behind the point is cut off",
            strength=0.95, evidence=(Evidence("greatest target", targets.maximum, head.units - 1),),
            layer=head.layer, location=head.compile_location or head.location, suggests=(Cause.LABEL_RANGE, Cause.LOSS_MISMATCH),
            fix="Do not scale the labels; give the loss whole class numbers from 0.",
        )  # fmt: skip
    if targets.minimum >= 0 and targets.maximum < head.units:
        return None
    wrong = targets.maximum if targets.maximum >= head.units else targets.minimum
    return Finding(
        message=f"class number {wrong:g} has no output: the output layer has {head.units} units, numbered 0 to {head.units - 1}",
        strength=0.95, evidence=(Evidence("greatest class number", targets.maximum, head.units - 1),),
        layer=head.layer, location=head.location,
        suggests=(Cause.OUTPUT_UNITS, Cause.LABEL_RANGE) if head.units == 1 or targets.minimum >= 0 else (Cause.LABEL_RANGE,),
        fix=f"Number the classes from 0 and give the output layer {targets.classes or int(targets.maximum) + 1} units.",
    )  # fmt: skip


def _head(units: int) -> Head:
    return Head("softmax", units, "scce", "", False, 0, 1, 0, 0, 0, 0, 0, 0.1, 1.0, None, "out", None, None, 0, 1)


class_numbers_beyond_output_units.fires_on(_head(3), Targets("classes", "multi-class", 1, 3, 1, 3, whole_numbers=True))
class_numbers_beyond_output_units.silent_on(_head(3), Targets("classes", "multi-class", 1, 3, 0, 2, whole_numbers=True))
class_numbers_beyond_output_units.fires_on(_head(10), Targets("continuous", "multi-class", 1, 0, 0, 0.035))
