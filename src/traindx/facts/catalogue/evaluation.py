"""Causes in how the run is judged."""

from traindx.facts.catalogue.entry import Entry
from traindx.facts.causes import Cause

ENTRIES = {
    Cause.CONSTANT_LOSS: Entry(
        "a loss that does not depend on the predictions",
        "The loss gives the same value whatever the model predicts.",
        "A loss that does not change has no gradient, so nothing is learned.",
        "Compute the loss by hand for a right and for a wrong prediction: they must differ. Look for a softmax over "
        "one unit, an argmax, or a masked batch.",
        "One of several losses is a placeholder with weight 0.",
    ),
    Cause.LOSS_SHAPE_BROADCAST: Entry(
        "shapes that broadcast in the loss",
        "Targets of shape (n,) and predictions of shape (n, 1) are stretched to (n, n).",
        "Each prediction is then compared with every target, and the best answer is the mean for all rows.",
        "Give both the same shape: y[:, None], or squeeze the predictions.",
        "The broadcast is meant, as for a loss over all pairs.",
    ),
    Cause.METRIC_MISMATCH: Entry(
        "a metric that cannot measure this output",
        "The metric, or its threshold, does not fit the output and the labels.",
        "Accuracy on real numbers is zero for a perfect model, and a threshold of 0.5 means nothing for logits.",
        "Numbers: mae. Logits: BinaryAccuracy(threshold=0.0). One-hot labels: categorical_accuracy. Integer labels: "
        "sparse_categorical_accuracy.",
        "Nobody decides by this metric.",
    ),
    Cause.BROKEN_METRIC: Entry(
        "a metric that computes something else",
        "A metric of the program's own differs from what its name says.",
        "Decisions, early stopping and checkpoints follow a number that is wrong.",
        "Compare it with scikit-learn on a hundred rows. Ratios must be computed from sums over the epoch, not "
        "averaged over batches.",
        "The metric differs by definition and is named accordingly.",
    ),
    Cause.MISALIGNED_PREDICTIONS: Entry(
        "predictions compared with other rows' labels",
        "Predictions and labels stand in different orders when they are compared.",
        "A shuffled generator gives rows in another order than the labels beside it. The score drops to chance.",
        "Set shuffle=False for prediction, or collect labels and predictions in the same loop.",
        "Only totals are compared, where the order does not matter.",
    ),
    Cause.TRAIN_INFERENCE_GAP: Entry(
        "a model that behaves differently in inference",
        "On the same rows the loss is different in training and in inference mode.",
        "Dropout, batch statistics and augmentation work in training only. Statistics not yet settled make inference "
        "worse.",
        "Train longer or lower the momentum of batch normalisation, and pass training= on in your own layers.",
        "With dropout and augmentation the training loss is a little higher than the validation loss.",
    ),
    Cause.WRONG_WEIGHTS_EVALUATED: Entry(
        "the wrong weights evaluated",
        "The weights that were judged are not those that were trained.",
        "A fresh or reloaded model, or an older checkpoint, is judged in place of the trained one.",
        "Load the best checkpoint before evaluating, and check that building the model anew does not reset it.",
        "The first evaluation is a baseline before training.",
    ),
}
