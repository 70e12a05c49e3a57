"""D124."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import Relation
from traindx.facts.findings import Evidence, Finding, Severity


@check("D124", Severity.ERROR, suggests=(Cause.MISALIGNED_LABELS, Cause.UNINFORMATIVE_FEATURES))
def misaligned_labels(
    relation: Relation, *, least_rows: int = 60, order: float = 6.0, back: float = 3.0, unlearnt: float = 0.5
) -> Finding | None:
    """Rows and labels were shuffled or cut apart: each row carries another row's label.

    ## Why training fails
    The labels are right, but of other rows; what the model memorises holds for no unseen row.

    ## How it is measured
    A cheap model finds no relation in the training rows as they stand (see `uninformative-features`), and one of:
    a relation within held-out rows; a relation once the labels are moved by one to three rows; labels whose order
    shows structure (neighbouring labels are alike beyond chance) while the inputs' order shows none, so that only one
    of the two was shuffled. Where a model of the held-out rows agrees with the training labels beyond chance, these are
    noisy or of rare classes, not taken apart from their rows. Columns that all rise with one another, by steps that have
    nothing in common, were each sorted on their own: real rows never do that.

    ## What to do
    Shuffle inputs and labels with one permutation, sort file lists before pairing them, join on a key.

    ## Thresholds
    - `least_rows`: fewer rows show no relation reliably.
    - `order`: standard deviations of the likeness of neighbouring labels over 12 distances; chance stays below 4.
    - `back`: standard deviations of the agreement of a model of held-out rows with training labels; 1 in 700 by chance.
    - `unlearnt`: skill from which sorted columns are no fault: counters rise together, and tell slow targets.
    """
    if relation.together and relation.skill < unlearnt and relation.rows >= least_rows:
        return Finding(
            message=f"all {relation.together} columns of many values rise together from row to row, by unrelated steps: each "
            "column was sorted on its own, and no row belongs to its label any more",
            strength=0.95,
            evidence=(Evidence("columns that rise together", relation.together), Evidence("rows", relation.rows)),
            suggests=(Cause.MISALIGNED_LABELS, Cause.UNINFORMATIVE_FEATURES),
            fix="Sort whole rows (x[np.argsort(x[:, 0])], with the labels), not each column: np.sort(x, axis=0) mixes rows.",
        )
    if relation.learnable or relation.rows < least_rows:
        return None
    if relation.held_out is not None and relation.held_out > 0.1:
        return None
    nothing = Evidence("skill of a cheap model on the rows as they stand", relation.skill, 0.02)
    if relation.shifted is not None:
        return Finding(
            message=f"labels are {abs(relation.shift)} row(s) off: moved, a cheap model explains {relation.shifted:.0%} "
            "of them, as they stand nothing",
            strength=0.95,
            evidence=(nothing, Evidence("skill with labels moved", relation.shifted, 0.05)),
            suggests=(Cause.MISALIGNED_LABELS,),
            fix="Pair rows and labels again: a header, a dropped row or a window offset moved one of them.",
        )
    if (
        relation.elsewhere is not None
        and relation.seen(relation.elsewhere, relation.elsewhere_chance, relation.elsewhere_spread)
        and relation.elsewhere > 0.1
        and (relation.back is None or relation.back < back)
    ):
        return Finding(
            message=f"held-out rows explain {relation.elsewhere:.0%} of their labels, training rows nothing: the "
            "training labels were taken apart from their rows",
            strength=0.95,
            evidence=(nothing, Evidence("skill within held-out rows", relation.elsewhere, 0.1)),
            suggests=(Cause.MISALIGNED_LABELS,),
            fix="Shuffle training inputs and labels with the same permutation.",
        )
    ordered = relation.label_order is not None and relation.label_order > order
    if ordered and relation.input_order is not None and relation.input_order < order:
        return Finding(
            message="the labels stand in an order of their own, the inputs in none, and they are unrelated: one of "
            "them was shuffled without the other",
            strength=0.9,
            evidence=(
                nothing,
                Evidence("likeness of neighbouring labels, in standard deviations", relation.label_order, order),
                Evidence("likeness of neighbouring inputs", relation.input_order, order),
            ),
            suggests=(Cause.MISALIGNED_LABELS,),
            fix="Shuffle inputs and labels together (sklearn.utils.shuffle(x, y) or one permutation for both).",
        )
    return None


misaligned_labels.fires_on(Relation(500, "classes", 0.0, -0.01, 0.01, elsewhere=0.6, elsewhere_spread=0.01))
misaligned_labels.fires_on(Relation(500, "classes", 0.0, -0.01, 0.01, label_order=15.0, input_order=1.0))
misaligned_labels.fires_on(Relation(500, "classes", 0.1, -0.01, 0.01, together=12))
misaligned_labels.silent_on(Relation(500, "classes", 0.0, -0.01, 0.01, elsewhere=0.6, elsewhere_spread=0.01, back=9.0))
misaligned_labels.silent_on(Relation(500, "classes", 0.6, -0.01, 0.01))
misaligned_labels.silent_on(Relation(500, "classes", 0.0, -0.01, 0.01, label_order=1.0, input_order=1.0))
