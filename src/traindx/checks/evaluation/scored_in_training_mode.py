"""E125."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ModeGap, ScoredCall, Scores
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity


@check("E125", Severity.ERROR, suggests=(Cause.TRAIN_INFERENCE_GAP,))
def scored_in_training_mode(scores: Scores, gap: ModeGap | None, *, worse: float = 0.05) -> Finding | NotMeasured | None:
    """The model was called in training mode for the predictions that are scored, and does worse in that mode.

    ## Why training fails
    It does not. With `training=True` dropout drops and noise is added while the model is judged, and batch
    normalisation uses the statistics of the rows judged: the score is that of a crippled model.

    ## How it is measured
    The program called the model with `training=True` outside of any gradient tape, and scored what came out or gave it
    rows that are not trained on and are never predicted otherwise (five calls on the same rows are Monte Carlo
    dropout); training rows are predicted with the last weights in both modes,
    also in batches as small as those that are judged: of a single row batch normalisation leaves nothing.

    ## What to do
    Score `model(x, training=False)` or `model.predict(x)`.

    ## Thresholds
    - `worse`: skill lost in training mode; below it lies what dropout costs by chance on a few hundred rows. Of classes,
      accuracy lost beyond two standard errors of that many rows counts too: a rank may hardly move where answers do.
    """
    call = next((c for c in scores.calls if c.training), None)
    site = (call.predicted_at or call.location) if call is not None else scores.in_training_mode
    if call is None and site is None:
        return None
    if gap is None or gap.training is None or gap.inference is None:
        return NotMeasured("the skill in both modes is missing")
    there, here, what = gap.training, gap.inference, "skill"
    if gap.loud is not None and gap.loud_inference is not None and gap.loud_inference - gap.loud > here - there:
        there, here = gap.loud, gap.loud_inference
    lost = here - there
    if lost < worse:
        if not _answers_lost(gap):
            return None
        there, here, what = gap.training_accuracy or 0.0, gap.inference_accuracy or 0.0, "accuracy"
    return Finding(
        message=f"rows are judged with training=True, where the {what} is {there:.2f}; in inference "
        f"mode it is {here:.2f} on the same rows",
        strength=min(0.97, 0.8 + lost),
        evidence=(
            Evidence(f"{what} in training mode ({gap.rows} training rows)", there, here - worse),
            Evidence(f"{what} in inference mode, same rows", here),
        ),
        location=site,
        fix="Call the model with training=False, or use predict, when it is scored.",
    )


def _answers_lost(gap: ModeGap) -> bool:
    """Whether accuracy falls by more than two standard errors, that of an accuracy measured on the rows there are."""
    right = gap.inference_accuracy
    if right is None or gap.training_accuracy is None or not gap.rows:
        return False
    return right - gap.training_accuracy > 2 * (max(right * (1 - right), 1 / gap.rows) / gap.rows) ** 0.5


_CALL = ScoredCall("accuracy_score", 400, 0.7, training=True)
scored_in_training_mode.fires_on(Scores((_CALL,)), ModeGap(rows=256, training=0.4, inference=0.9))
scored_in_training_mode.silent_on(Scores((_CALL,)), ModeGap(rows=256, training=0.89, inference=0.9))
scored_in_training_mode.silent_on(Scores((ScoredCall("accuracy_score", 400, 0.7),)), ModeGap(rows=256, training=0.4, inference=0.9))
scored_in_training_mode.fires_on(
    Scores((_CALL,)), ModeGap(rows=256, training=0.95, inference=0.98, training_accuracy=0.92, inference_accuracy=0.957)
)
