"""D106."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import Relation
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Outcome


@check("D106", Severity.WARNING, suggests=(Cause.UNINFORMATIVE_FEATURES, Cause.MISALIGNED_LABELS))
def uninformative_features(
    relation: Relation, outcome: Outcome | None, *, least_rows: int = 100, held_out_skill: float = 0.02
) -> Finding | NotMeasured | None:
    """The inputs say nothing about the labels.

    ## Why training fails
    There is nothing to learn: training accuracy rises only by memorising rows, and unseen rows stay at chance.

    ## How it is measured
    Ridge regression, linear and with radial kernels (which also see circles, spirals and checkerboards), leave-one-out
    on up to 600 training rows, against the same models on 20 shuffles of the labels, the best of all models taken each
    time. It fires only when that is no better than shuffled labels and the network's own held-out predictions are no
    better than a constant: either alone would show that a relation exists. Without held-out predictions it cannot say.

    ## What to do
    Check that labels belong to these rows (joins, file order), that the column which carries the signal is among the
    inputs, and that labels are not random placeholders.

    ## Thresholds
    - `least_rows`: with fewer, a relation that explains a tenth of the variance is not told from chance.
    - `held_out_skill`: share of the held-out variance that the network may explain and still count as chance.
    """
    if relation.learnable or relation.skill - relation.chance > 3 * relation.spread:
        return None
    if relation.rows < least_rows:
        return NotMeasured(f"only {relation.rows} labelled training rows in the sample")
    if relation.shifted is not None or (
        relation.elsewhere is not None
        and relation.seen(relation.elsewhere, relation.elsewhere_chance, relation.elsewhere_spread)
    ):
        return None  # misaligned labels say it better
    held = relation.held_out
    if held is None and outcome is not None:
        held = outcome.validation_skill
    if held is None:
        return NotMeasured("no predictions on held-out rows, which might show a relation that cheap models miss")
    if held > held_out_skill:
        return None
    blind = relation.task == "numbers" and relation.input_order is not None and relation.input_order > 6
    seen = (
        Evidence(
            "skill of a cheap model above shuffled labels, in standard deviations",
            (relation.skill - relation.chance) / relation.spread,
            5,
        ),
        Evidence("network's skill on held-out rows", held, held_out_skill),
        Evidence("training rows examined", relation.rows),
    )
    return Finding(
        message="neither a cheap model nor the network predicts unseen labels better than chance: the inputs say "
        "nothing about them",
        strength=0.4 if blind else 0.85,
        evidence=seen,
        suggests=(Cause.UNINFORMATIVE_FEATURES, Cause.MISALIGNED_LABELS),
        severity=Severity.NOTE if blind else None,
        fix="Check that labels and rows belong together and that the informative columns are among the inputs.",
    )


uninformative_features.fires_on(Relation(500, "classes", -0.01, -0.01, 0.01, 0.9, -0.3, 200), None)
uninformative_features.silent_on(Relation(500, "classes", 0.3, -0.01, 0.01, 0.9, 0.3, 200), None)
uninformative_features.silent_on(Relation(500, "classes", 0.0, -0.01, 0.01, 0.9, 0.5, 200), None)
