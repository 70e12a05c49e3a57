"""D106."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import Relation
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Outcome
from traindx.facts.training import LostSignal, Progress, Structure


@check("D106", Severity.WARNING, suggests=(Cause.UNINFORMATIVE_FEATURES, Cause.MISALIGNED_LABELS))
def uninformative_features(
    relation: Relation, outcome: Outcome | None, lost: LostSignal | None, structure: Structure | None, progress: Progress | None,
    *, least_rows: int = 100, held_out_skill: float = 0.02, together: float = 3.0, memorised: float = 0.1,
    chance: float = 3.84, settled: float = 0.05, bag_rows: int = 300
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
    - Between three and five standard deviations only a skill below `held_out_skill` counts as none, beside `bag_rows` held-out
      rows that the network does not predict: 20 shuffles tell their own spread to a sixth.
    - `least_rows`: with fewer, a relation that explains a tenth of the variance is not told from chance.
    - `together`: greatest eigenvalue of the inputs' correlations over that of independent columns (Marchenko and Pastur
      1967). Three times (columns of rare counts reach two): the columns hang together as measured things do, in no order
      of time; labels unrelated to anything in them are then rather those of other rows, and that is named first.
    - `memorised`: of identifiers and tokens under an Embedding a cheap model sees how often each stands in a row, not
      their order; a network that fits its training rows by more than a tenth and no others shows that there is nothing in
      them. Else it is said with doubt, where the loss has settled (`settled`: it fell by less than 5 % in the last quarter)
      and `bag_rows` rows showed no word that tells a label.
    - `held_out_skill`: share of the held-out variance that the network may explain and still count as chance; of few rows
      `chance` / rows, the 95 % quantile of a squared correlation of nothing (chi-squared with one degree of freedom).
    """
    if lost is not None and lost.before > 5 * held_out_skill:
        return None  # inside the network a linear model reads the labels
    traces = relation.skill < held_out_skill and relation.held_out_rows >= bag_rows
    if relation.learnable or relation.skill - relation.chance > (5 if traces else 3) * relation.spread:
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
    if held > max(held_out_skill, chance / max(1, relation.held_out_rows)):
        return None
    unread = structure is not None and structure.first_layer == "Embedding" and (relation.network or 0.0) < memorised
    done = progress is not None and progress.late_drop is not None and progress.late_drop <= settled
    if unread and (not done or relation.rows < bag_rows):
        return NotMeasured("the inputs are identifiers or tokens, of which the network learned nothing either")
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
        strength=0.4 if blind else 0.45 if unread else 0.85,
        evidence=seen,
        suggests=(Cause.MISALIGNED_LABELS, Cause.UNINFORMATIVE_FEATURES)
        if relation.linked > together and not (relation.input_order or 0.0) > 6
        else (Cause.UNINFORMATIVE_FEATURES, Cause.MISALIGNED_LABELS),
        severity=Severity.NOTE if blind else None,
        fix="Check that labels and rows belong together and that the informative columns are among the inputs.",
    )


uninformative_features.fires_on(Relation(500, "classes", -0.01, -0.01, 0.01, 0.9, -0.3, 200), None, None, None, None)
uninformative_features.silent_on(
    Relation(500, "numbers", 0.0, -0.01, 0.01, 0.0, -0.3, 200), None, None,
    Structure(0, 0, False, 0, 9, 9, 0, False, None, "Embedding"), None,
)  # fmt: skip
uninformative_features.silent_on(Relation(500, "classes", 0.3, -0.01, 0.01, 0.9, 0.3, 200), None, None, None, None)
uninformative_features.silent_on(Relation(500, "classes", 0.0, -0.01, 0.01, 0.9, 0.5, 200), None, None, None, None)
