"""Which weights the program evaluated: the trained ones, or others?"""

from __future__ import annotations

import math

from traindx.facts.evaluated import EvaluatedWeights, JudgedWeights, LeftOutModels
from traindx.facts.findings import NotMeasured
from traindx.facts.observation import CallFacts, Observation, Training
from traindx.probes.base import probe
from traindx.probes.measure.eval_loss import ended

JUDGING = ("evaluate", "predict")


def last_fit(training: Training) -> CallFacts | None:
    """The last call that trained."""
    return next((c for c in reversed(training.calls) if c.kind in ("fit", "train_on_batch")), None)


def first_step(training: Training) -> CallFacts | None:
    """Where a loop of the program's own began to train."""
    return next((c for c in training.calls if c.kind == "loop"), None)


def monitored(training: Training, epoch: int) -> tuple[str, float, float] | None:
    """(log name, value at the epoch, best value) of the validation loss, else the loss."""
    for name in ("val_loss", "loss"):
        values = training.curve.epochs.get(name, ())
        finite = [v for v in values if math.isfinite(v)]
        if finite and epoch < len(values):
            return name, values[epoch], min(finite)
    return None


LESS_IS_BETTER = ("loss", "error", "mse", "mae", "rmse", "mape", "msle", "crossentropy", "divergence", "false_")


def chosen(training: Training, epoch: int) -> bool:
    """Whether this epoch is the best of all by one of the logs: somebody may have picked it for that."""
    for name, values in training.curve.epochs.items():
        if epoch < len(values) and all(math.isfinite(v) for v in values):
            less = any(word in name for word in LESS_IS_BETTER)
            if values[epoch] == (min(values) if less else max(values)):
                return True
    return False


def own_state(training: Training, run: Observation) -> JudgedWeights | None:
    """The last judging call on the trained model itself, where it used older weights."""
    stamps, fit = training.stamps, last_fit(training)
    if stamps is None or fit is None or not stamps.calls or not stamps.epochs:
        return None
    order, seen = stamps.calls[-1]
    if order < fit.order or seen in (stamps.epochs[-1],):
        return None
    call = next((c for c in training.calls if c.order == order), None)
    where = call.location if call else None
    kind = call.kind if call else "evaluate"
    if seen == stamps.start:
        return JudgedWeights(kind, "start", location=where, trained_at=fit.location)
    if seen in stamps.epochs:
        return _of_epoch(training, seen, fit, call)
    return JudgedWeights(kind, "other", location=where, trained_at=fit.location)


def _of_epoch(training: Training, seen: str, fit: CallFacts, call: CallFacts | None) -> JudgedWeights:
    """Weights of an earlier epoch, with what it was worth."""
    epochs = training.stamps.epochs if training.stamps is not None else ()
    at = len(epochs) - 1 - epochs[::-1].index(seen)
    found = None if chosen(training, at) else monitored(training, at)
    name, value, best = found if found is not None else ("", None, None)
    kept = bool(fit.settings.get("restore_best_weights")) and training.curve.stopped_by is not None
    return JudgedWeights(call.kind if call else "evaluate", "epoch", at, name, value, best,
                         location=call.location if call else None, trained_at=fit.location, kept=kept)  # fmt: skip


def loaded(trained: Training, other: Training) -> JudgedWeights | None:
    """The last judging call on a model that was never trained itself and holds weights of an earlier epoch of this one."""
    a, b, fit = trained.stamps, other.stamps, last_fit(trained)
    if a is None or b is None or fit is None or other.curve.steps or not b.calls or a.shapes != b.shapes:
        return None
    order, seen = b.calls[-1]
    if order < fit.order or seen not in a.epochs or seen in (a.epochs[-1], a.end):
        return None
    return _of_epoch(trained, seen, fit, next((c for c in other.calls if c.order == order), None))


def stranger(trained: Training, other: Training, run: Observation) -> tuple[JudgedWeights, bool] | None:
    """The last judging call, after training, on a never trained model of the same architecture."""
    a, b, fit = trained.stamps, other.stamps, last_fit(trained) or first_step(trained)
    if a is None or b is None or fit is None or b.epochs or b.shared or not b.calls or a.shapes != b.shapes:
        return None
    if other.curve.steps or not (a.epochs or trained.kind == "loop"):
        return None
    order, seen = b.calls[-1]
    if order < fit.order or seen in a.epochs or seen == a.end:
        return None
    fresh = order in b.fresh or seen == a.start
    call = next((c for c in other.calls if c.order == order), None)
    data = {c.data for c in other.calls if c.kind in JUDGING}
    compared = any(c.order > fit.order and c.kind in JUDGING and c.data in data for c in trained.calls)
    mine, theirs = ended(trained, run), ended(other, run)
    made = JudgedWeights(
        call.kind if call else "evaluate", "fresh" if fresh else "other", skill=theirs.validation_skill,
        trained_skill=mine.validation_skill if mine.validation_skill is not None else mine.skill,
        location=call.location if call else None, trained_at=fit.location,
    )  # fmt: skip
    return made, compared


@probe
def evaluated_weights(training: Training, run: Observation) -> EvaluatedWeights | NotMeasured:
    """The weights of the last judging calls against those of the training."""
    if training.stamps is None or not (training.stamps.epochs or training.kind == "loop"):
        return NotMeasured("no training with epochs was seen")
    found: list[JudgedWeights] = []
    own, compared = own_state(training, run), False
    if own is not None:
        found.append(own)
    for other in run.trainings:
        if other.model.key != training.model.key:
            made, older = stranger(training, other, run), loaded(training, other)
            if older is not None:
                found.append(older)
            if made is not None:
                found.append(made[0])
                compared |= made[1]
    return EvaluatedWeights(tuple(found), compared)


@probe
def left_out_models(training: Training, run: Observation) -> LeftOutModels | NotMeasured:
    """Models called in training mode without ever changing; judged once, with the first training."""
    steps = sum(t.curve.steps for t in run.trainings) + sum(x.steps for x in run.loops)
    if run.trainings and training.model.key != run.trainings[0].model.key:
        return NotMeasured("judged with the first training")
    return LeftOutModels(run.untrained, steps)
