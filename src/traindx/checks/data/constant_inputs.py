"""D105."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data import ConstantInputs
from traindx.facts.findings import Evidence, Finding, Severity


@check("D105", Severity.ERROR, suggests=(Cause.CONSTANT_INPUTS, Cause.CONSTANT_TARGETS))
def constant_inputs(inputs: ConstantInputs, *, least_rows: int = 10) -> Finding | None:
    """Every row of an input holds the same values.

    ## Why training fails
    A model can only answer differently for rows that differ: with constant inputs it learns the mean of the targets.

    ## How it is measured
    Columns with one value over all sampled training rows. Only an input without any varying column is a fault; single
    constant columns (border pixels, rare categories) are usual and harmless. Likewise held-out rows that are all the same,
    where training rows differ: what is measured on them says nothing. A column constant in training that varies
    in held-out rows is a note: its weights are never trained.

    ## What to do
    Look at the step before the model: a cast to integers after scaling, a division that underflows, a slice that
    takes the same row, a generator that yields one batch for ever.

    ## Thresholds
    - `least_rows`: rows that must agree; with two or three rows agreement is chance.
    """
    if inputs.rows < least_rows:
        return None
    if inputs.whole and inputs.value is not None and not math.isfinite(inputs.value):
        return None  # cells that are no numbers: `non-finite-data` says it
    if inputs.whole:
        everything = len(inputs.whole) == inputs.inputs
        value = "" if inputs.value is None else f" (first value {inputs.value:g})"
        which = "the inputs" if everything else f"input {', '.join(inputs.whole)}"
        return Finding(
            message=f"{which} never vary: all {inputs.columns if everything else ''} columns are constant over "
            f"{inputs.rows} sampled rows{value}".replace("  ", " "),
            strength=0.99 if everything else 0.7, suggests=(Cause.CONSTANT_INPUTS,),
            evidence=(Evidence("constant columns", inputs.constant, inputs.columns), Evidence("rows", inputs.rows)),
            severity=None if everything else Severity.WARNING,
            fix="Print the array that enters fit; look for an integer cast after scaling or a repeated row.",
        )
    if inputs.held is not None and inputs.held_rows >= least_rows:
        return Finding(
            message=f"all {inputs.held_rows} sampled {inputs.held} rows are the same, training rows are not: scores on them say nothing",
            strength=0.97, suggests=(Cause.CONSTANT_INPUTS, Cause.CONSTANT_TARGETS),
            evidence=(Evidence("columns that vary in held-out rows", 0, 1), Evidence("rows", inputs.held_rows, least_rows)),
            fix=f"Print the {inputs.held} rows where they are made; look for a buffer that is never filled.",
        )  # fmt: skip
    if inputs.blind:
        return Finding(
            message=f"{len(inputs.blind)} column(s) are constant in training but vary in held-out rows: "
            + ", ".join(inputs.blind[:5]),
            strength=0.3, suggests=(Cause.CONSTANT_INPUTS,),
            evidence=(Evidence("columns constant in training only", len(inputs.blind), 0),),
            column=inputs.blind[0],
            severity=Severity.NOTE,
        )
    return None


constant_inputs.silent_on(ConstantInputs(500, 2, 2, 1, ("0",), float("nan")))
constant_inputs.fires_on(ConstantInputs(500, 784, 784, 1, ("0",), 0.0))
constant_inputs.silent_on(ConstantInputs(500, 784, 120))
constant_inputs.fires_on(ConstantInputs(500, 784, 120, held="validation", held_rows=64))
