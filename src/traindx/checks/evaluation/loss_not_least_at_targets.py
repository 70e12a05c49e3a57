"""E104."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import LossOnTrial
from traindx.facts.evaluation import LossTrial, OutputTrial, StepTrial
from traindx.facts.findings import Evidence, Finding, Severity

CROSS_ENTROPIES = ("bce", "cce", "scce", "bce_focal", "cce_focal")


@check("E104", Severity.ERROR, suggests=(Cause.LOSS_MISMATCH,))
def loss_not_least_at_targets(
    loss: LossOnTrial, *, floor: float = 0.25, margin: float = 0.05, learned: float = 0.3, rising: float = 0.3
) -> Finding | None:
    """The loss is not least where the predictions equal the targets.

    ## Why training fails
    The optimizer goes where the loss is least. Where that is not at the targets, a falling loss does not mean better
    predictions.

    ## How it is measured
    The loss is called on predictions equal to the targets (several readings: probabilities, signs, logits, as far as
    the output's activation can give them), on the contrary, on the best constant and on the present predictions. Three
    faults are told apart: *turned round* (the contrary of the targets costs least), *out of reach* (the loss expects
    numbers that the output's activation cannot give, such as logits from a softmax, and most of it can never be
    removed), *content with nothing* (predictions that say nothing about the targets, so that exchanging them among
    rows costs nothing, cost less than the targets themselves). Of a hand-written step only the first is looked for: its
    gradient by the outputs, in a twin of the step, points to the targets while the model is no better than a constant.

    ## What to do
    Turned round: change the sign. Out of reach: match loss and output (`from_logits=True` with no activation, or
    probabilities with `from_logits=False`; hinge with tanh or no activation and labels -1/1). Content with nothing: use
    a loss made for these targets (mse or mae for numbers, cross-entropy for classes).

    ## Thresholds
    - `floor`: share of a constant's loss that the best reachable prediction still costs; label smoothing and clipped
      logarithms cost under 0.1.
    - `margin`: what is no difference, as a share of the losses compared.
    - `learned`: skill from which on the loss evidently works.
    - `rising`: cosine between the gradient and the way to the targets; every loss that is least at the targets and has
      no other hollow has one below 0, and rounding or a loss on other terms gives small ones.
    """
    trials = loss.of("training")
    if not trials and loss.step is not None and len(loss.step.outputs) == 1:
        return _uphill(loss, loss.step.outputs[0], rising)
    if len(trials) != 1 or not loss.compiled or not trials[0].gradient:
        return None
    trial = trials[0]
    if trial.perfect is None or trial.constant is None or trial.value is None:
        return None
    deaf = trial.targets_moved is not None and trial.targets_moved <= 1e-6 * trial.scale
    unpaired = trial.paired is not None and trial.paired <= 1e-6 * trial.scale
    if deaf or unpaired or trial.ignored_rows > 0.3 or trial.ignored_columns > 0:
        return None  # loss-ignores-targets, loss-shape-broadcast and loss-ignores-rows say more
    return _turned(loss, trial, margin) or _unreachable(loss, trial, floor) or _content(loss, trial, margin, learned)


def _turned(loss: LossOnTrial, t: LossTrial, margin: float) -> Finding | None:
    if t.opposite is None or t.perfect is None or t.constant is None or len(t.towards) < 3:
        return None
    small = margin * abs(t.perfect - t.opposite)
    rises = all(b >= a for a, b in zip(t.towards, t.towards[1:], strict=False))
    if not (t.opposite < t.constant - small and t.constant < t.perfect - small and rises):
        return None
    if t.opposite >= 0 and not loss.accuracy_fails:  # a distance that is to be small where labels are 1 is no fault
        return None
    if loss.skill is not None and loss.skill > 0.1:
        return None
    return Finding(
        message=f"the loss is turned round: {t.perfect:.4g} for perfect predictions, {t.opposite:.4g} for the contrary",
        strength=0.95,
        evidence=(
            Evidence("loss of perfect predictions", t.perfect, t.constant),
            Evidence("loss of the contrary", t.opposite, t.constant),
            Evidence("loss on the way from the predictions to the targets", t.towards[-1], t.towards[0]),
        ),
        location=loss.location,
        fix="Change the sign of the loss (minimise the error or 1 - score, not the score).",
    )


def _uphill(loss: LossOnTrial, output: OutputTrial, rising: float) -> Finding | None:
    if output.rising is None or output.rising < rising or loss.skill is None or loss.skill > 0.1 or loss.inverted:
        return None
    return Finding(
        message="the loss of the step is turned round: it rises on the way from the predictions to the targets",
        strength=0.9,
        evidence=(
            Evidence("cosine between the gradient and the way to the targets", output.rising, rising),
            Evidence("skill of the model", loss.skill, 0.1),
        ),
        location=loss.location,
        fix="Change the sign of the loss (minimise the error or 1 - score, not the score).",
    )


def _unreachable(loss: LossOnTrial, t: LossTrial, floor: float) -> Finding | None:
    if t.boundless is None or t.perfect is None or t.constant is None or loss.head not in ("softmax", "sigmoid"):
        return None
    if (t.hidden_logits and t.kind in CROSS_ENTROPIES) or loss.task not in ("binary", "multi-class", "multi-label"):
        return None
    least = max(t.boundless, 0.0)  # below 0 such a loss has no least value; what counts is that it could vanish
    room = t.constant - least
    if t.perfect <= 0 or room <= 1e-6 * t.scale or (t.perfect - least) / room < floor:
        return None
    share = (t.perfect - least) / room
    return Finding(
        message=f"the loss expects other numbers than {loss.head} gives: perfect predictions cost {t.perfect:.4g}, "
        f"{share:.0%} of what a constant costs",
        strength=0.93,
        evidence=(
            Evidence(f"least loss that {loss.head} can reach", t.perfect, t.boundless),
            Evidence("share of the constant's loss that stays", share, floor),
        ),
        location=loss.location,
        suggests=(Cause.LOSS_MISMATCH, Cause.OUTPUT_ACTIVATION),
        fix=f"Give the loss logits (a linear output in place of {loss.head}), or use a loss made for probabilities.",
    )


def _content(loss: LossOnTrial, t: LossTrial, margin: float, learned: float) -> Finding | None:
    if t.exchanged is None or t.perfect is None or t.value is None or loss.skill is None or loss.skill > learned:
        return None
    small = margin * max(abs(t.perfect), abs(t.constant or 0.0))
    if not (t.value < t.perfect - small and t.exchanged <= t.value + 0.02 * (t.perfect - t.value)) or loss.steps < 1:
        return None
    if loss.task not in ("regression", "binary", "multi-class"):
        return None
    return Finding(
        message=f"predictions that say nothing cost {t.value:.4g}, the targets themselves {t.perfect:.4g}: the loss "
        "does not measure the distance to the targets",
        strength=0.93,
        evidence=(
            Evidence("loss of the present predictions", t.value, t.perfect),
            Evidence("the same with predictions exchanged among rows", t.exchanged, t.value),
        ),
        location=loss.location,
        fix="Use a loss made for these targets: mse or mae for numbers, cross-entropy for classes.",
    )


_CE = LossTrial(gradient=1.0, value=1.6, perfect=1.46, boundless=0.0, constant=2.3, opposite=2.5, scale=2.5)
loss_not_least_at_targets.fires_on(LossOnTrial((_CE,), head="softmax", task="multi-class", skill=0.8))
loss_not_least_at_targets.fires_on(
    LossOnTrial(
        (LossTrial(gradient=1.0, value=0.0, exchanged=0.0, perfect=0.3, constant=0.35, scale=0.4),),
        task="regression",
        skill=-3.0,
        steps=100,
    )
)
loss_not_least_at_targets.fires_on(
    LossOnTrial(
        (
            LossTrial(
                gradient=1.0,
                value=-5.0,
                perfect=0.0,
                constant=-1.0,
                opposite=-4.0,
                scale=5.0,
                towards=(-5.0, -3.0, -1.5, -0.5, 0.0),
            ),
        ),
        task="regression",
        skill=-8.0,
    )
)
loss_not_least_at_targets.silent_on(
    LossOnTrial(
        (LossTrial(gradient=1.0, value=0.2, perfect=0.0, boundless=0.0, constant=0.7, opposite=9.0),),
        head="softmax",
        task="multi-class",
        skill=0.9,
    )
)
loss_not_least_at_targets.fires_on(LossOnTrial(step=StepTrial(outputs=(OutputTrial(rising=0.98),)), skill=-4.0))
loss_not_least_at_targets.silent_on(LossOnTrial(step=StepTrial(outputs=(OutputTrial(rising=-0.9),)), skill=-4.0))
