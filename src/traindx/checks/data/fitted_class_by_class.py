"""D135."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import FitsOfOneClass
from traindx.facts.findings import Evidence, Finding, Severity


@check("D135", Severity.ERROR, suggests=(Cause.ORDERED_DATA,))
def fitted_class_by_class(fits: FitsOfOneClass, *, least: float = 10.0) -> Finding | None:
    """`fit` is called once for each class, on rows of that class alone.

    ## Why training fails
    While only one class is shown, the loss is least when the model always answers that class: each call undoes what the
    calls before it taught (catastrophic interference, McCloskey and Cohen 1989). What stays is the last class.

    ## How it is measured
    The targets that each call of `fit` on this model was given: all the same within a call, others from call to call.

    ## What to do
    Put the rows of all classes together, shuffle them, and call `fit` once. Where they do not fit into memory, let a
    `tf.data.Dataset` sample from the files of all classes (`Dataset.sample_from_datasets`).

    ## Thresholds
    - `least`: updates a call on average. Adversarial training alternates calls of one kind of row too, by a few steps
      each; ten steps with Adam at its default rate move a bias by a hundredth, hundreds of them make it the answer.
    """
    if fits.classes < 2 or fits.steps < least:
        return None
    return Finding(
        message=f"each of {fits.fits} calls of fit was given rows of one class alone, {fits.classes} classes one after another, "
        f"for {fits.steps:.0f} updates a call",
        strength=0.95,
        evidence=(Evidence("classes, each fitted alone", fits.classes, 2), Evidence("updates a call", fits.steps, least)),
        fix="Put the rows of all classes together, shuffle them, and call fit once.",
    )


fitted_class_by_class.fires_on(FitsOfOneClass(20, 5, 44.0))
fitted_class_by_class.silent_on(FitsOfOneClass(2, 1, 44.0))
fitted_class_by_class.silent_on(FitsOfOneClass(400, 2, 1.0))
