"""E119."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import EvaluatedWeights, JudgedWeights
from traindx.facts.findings import Evidence, Finding, Severity


@check("E119", Severity.ERROR, suggests=(Cause.WRONG_WEIGHTS_EVALUATED, Cause.EARLY_STOPPING_TOO_SOON))
def wrong_weights_evaluated(
    weights: EvaluatedWeights, *, behind: float = 1.5, works: float = 0.4, fails: float = 0.1
) -> Finding | None:
    """The weights that were judged are not those that were trained.

    ## Why training fails
    Training went well, but a fresh model, the weights from before training or an early checkpoint was evaluated.

    ## How it is measured
    Fingerprints of the weights at the start, after each epoch and at each call of `evaluate` and `predict`. The last
    judging call after training is set beside them: another model of the same architecture that was never trained, the
    start weights, or an epoch that was far from the best. An epoch that is the best by any log is as it should be; so is a model that
    is compared with the trained one on the same rows.

    ## What to do
    Evaluate the model that was trained (return it from the function that builds it), or load the best checkpoint.

    ## Thresholds
    - `behind`: monitored loss of the evaluated epoch over the best epoch's.
    - `works`, `fails`: skill of the trained and of the evaluated model, where nothing else tells them apart.
    """
    for one in weights.judged:
        found = _start(one) or _early(one, behind) or _stranger(one, weights.also_trained, works, fails)
        if found is not None:
            return found
    return None


def _made(one: JudgedWeights, message: str, strength: float, evidence: tuple[Evidence, ...]) -> Finding:
    """Where early stopping put the weights back, it looks the wrong way: it stopped too soon and kept the worst epoch."""
    where = f" (trained at line {one.trained_at.line})" if one.trained_at is not None else ""
    return Finding(
        message=message + where,
        strength=strength,
        evidence=evidence,
        location=one.location,
        suggests=(Cause.EARLY_STOPPING_TOO_SOON, Cause.WRONG_WEIGHTS_EVALUATED) if one.kept else (Cause.WRONG_WEIGHTS_EVALUATED,),
        fix="Give EarlyStopping mode='min' for a loss (or leave mode out)." if one.kept
        else "Evaluate the model that was trained, or load its best checkpoint before.",
    )


def _start(one: JudgedWeights) -> Finding | None:
    if one.state != "start":
        return None
    return _made(
        one,
        f"{one.kind} used the weights from before training",
        0.96,
        (Evidence("weights at the call", "as before the first step", "as trained"),),
    )


def _early(one: JudgedWeights, behind: float) -> Finding | None:
    if one.state != "epoch" or one.value is None or one.best is None or one.epoch is None:
        return None
    if one.best <= 0 or one.value < behind * one.best:
        return None
    return _made(
        one,
        f"{one.kind} used the weights of epoch {one.epoch + 1}, whose {one.monitor} {one.value:.4g} is far "
        f"above the best {one.best:.4g}",
        0.85,
        (Evidence(f"{one.monitor} of that epoch", one.value, behind * one.best),),
    )


def _stranger(one: JudgedWeights, compared: bool, works: float, fails: float) -> Finding | None:
    if one.state not in ("fresh", "other") or (one.trained_skill is None and one.state == "other"):
        return None
    if compared:
        return None
    good = one.trained_skill is not None and one.trained_skill > works
    poor = one.skill is not None and one.skill < fails
    if one.state == "fresh":
        evidence = [Evidence("weights at the call", "as initialised, all biases 0", "as trained")]
        if one.skill is not None:
            evidence.append(Evidence("skill of the evaluated model", one.skill, one.trained_skill))
        return (
            _made(
                one,
                f"{one.kind} ran on a new model of the same architecture that was never trained",
                0.97,
                tuple(evidence),
            )
            if poor or one.skill is None
            else None
        )
    if good and poor:
        return _made(
            one,
            f"{one.kind} ran on a model of the same architecture with other weights than were trained",
            0.8,
            (Evidence("skill of the evaluated model", one.skill, one.trained_skill),),
        )
    return None


wrong_weights_evaluated.fires_on(
    EvaluatedWeights((JudgedWeights("evaluate", "fresh", skill=-0.05, trained_skill=0.9),))
)
wrong_weights_evaluated.fires_on(EvaluatedWeights((JudgedWeights("evaluate", "start"),)))
wrong_weights_evaluated.fires_on(EvaluatedWeights((JudgedWeights("predict", "epoch", 0, "val_loss", 0.9, 0.2),)))
wrong_weights_evaluated.fires_on(EvaluatedWeights((JudgedWeights("predict", "epoch", 0, "val_loss", 2.0, 0.3, kept=True),)))
wrong_weights_evaluated.silent_on(EvaluatedWeights())
wrong_weights_evaluated.silent_on(EvaluatedWeights((JudgedWeights("predict", "epoch", 7, "val_loss", 0.21, 0.2),)))
