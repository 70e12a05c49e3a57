"""Symptoms: what the user sees, and what is behind it most often."""

from traindx.facts.catalogue.entry import SymptomEntry
from traindx.facts.causes import Cause, SymptomId

SYMPTOMS = {
    SymptomId.ZERO_ACCURACY: SymptomEntry(
        "Accuracy is zero",
        "Accuracy stays at zero, or far below what guessing would give.",
        (
            Cause.METRIC_MISMATCH,
            Cause.LABEL_ENCODING_MISMATCH,
            Cause.LABEL_RANGE,
            Cause.OUTPUT_UNITS,
            Cause.LOSS_MISMATCH,
            Cause.MISSING_CLASSES,
            Cause.ORDERED_DATA,
        ),
    ),
    SymptomId.ZERO_PRECISION_RECALL: SymptomEntry(
        "Precision and recall are zero",
        "No row of the positive class is found.",
        (
            Cause.CLASS_IMBALANCE,
            Cause.METRIC_MISMATCH,
            Cause.OUTPUT_ACTIVATION,
            Cause.LABEL_ENCODING_MISMATCH,
            Cause.MISSING_CLASSES,
        ),
    ),
    SymptomId.CONSTANT_PREDICTIONS: SymptomEntry(
        "Every prediction is the same",
        "The model gives the same answer, often zero, for every row.",
        (
            Cause.OUTPUT_ACTIVATION,
            Cause.CLASS_IMBALANCE,
            Cause.DEAD_UNITS,
            Cause.UNSCALED_INPUTS,
            Cause.LOSS_SHAPE_BROADCAST,
            Cause.LEARNING_RATE_TOO_HIGH,
        ),
    ),
    SymptomId.ZERO_VALIDATION_LOSS: SymptomEntry(
        "The validation loss is zero",
        "The validation loss is zero, or impossibly small.",
        (
            Cause.OUTPUT_ACTIVATION,
            Cause.CONSTANT_TARGETS,
            Cause.EMPTY_ONE_HOT_ROWS,
            Cause.CONSTANT_LOSS,
            Cause.SPLIT_OVERLAP,
            Cause.TARGET_LEAKAGE,
        ),
    ),
    SymptomId.NAN_LOSS: SymptomEntry(
        "The loss is NaN",
        "The loss becomes NaN or infinite.",
        (
            Cause.NON_FINITE_DATA,
            Cause.LEARNING_RATE_TOO_HIGH,
            Cause.UNSCALED_INPUTS,
            Cause.LABEL_RANGE,
            Cause.NUMERICAL_OVERFLOW,
            Cause.EXPLODING_GRADIENTS,
        ),
    ),
    SymptomId.FLAT_LOSS: SymptomEntry(
        "The loss does not fall",
        "The loss stays where it began: nothing is learned.",
        (
            Cause.UNSCALED_INPUTS,
            Cause.LEARNING_RATE_TOO_LOW,
            Cause.LEARNING_RATE_TOO_HIGH,
            Cause.OUTPUT_ACTIVATION,
            Cause.WEIGHT_INITIALIZATION,
            Cause.VANISHING_GRADIENTS,
            Cause.MISALIGNED_LABELS,
            Cause.FROZEN_LAYERS,
        ),
    ),
    SymptomId.DIVERGING_LOSS: SymptomEntry(
        "The loss grows",
        "The loss rises or jumps in place of falling.",
        (
            Cause.LEARNING_RATE_TOO_HIGH,
            Cause.UNSCALED_INPUTS,
            Cause.UNSCALED_TARGETS,
            Cause.EXPLODING_GRADIENTS,
            Cause.LABEL_RANGE,
        ),
    ),
    SymptomId.GENERALISATION_GAP: SymptomEntry(
        "Good in training, bad in validation",
        "The model is much worse on the validation split than on the training split.",
        (
            Cause.OVERFITTING,
            Cause.PREPROCESSING_MISMATCH,
            Cause.SPLIT_DRIFT,
            Cause.TRAIN_INFERENCE_GAP,
            Cause.LABEL_ENCODING_MISMATCH,
            Cause.TOO_LITTLE_DATA,
        ),
    ),
    SymptomId.CRASH: SymptomEntry(
        "The program raised an exception",
        "The run ended with an error.",
        (Cause.API_MISUSE, Cause.OUTPUT_UNITS, Cause.LOSS_MISMATCH, Cause.LABEL_RANGE, Cause.OUT_OF_MEMORY),
    ),
    SymptomId.SLOW: SymptomEntry(
        "Training is slow",
        "Each step takes much longer than the model needs.",
        (Cause.INPUT_BOUND, Cause.IDLE_ACCELERATOR, Cause.BATCH_SIZE, Cause.STRAGGLER),
    ),
    SymptomId.HANG: SymptomEntry(
        "The run stands still",
        "No step ends any more.",
        (Cause.HANG, Cause.UNEVEN_SHARDS, Cause.INPUT_BOUND),
    ),
}
