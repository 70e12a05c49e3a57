"""The catalogue of causes: the joint between checks (suggest), diagnosis (ranks) and trials (test)."""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """What a cause or a check is about; its first letter begins the check's code, but `W` for distributed."""

    DATA = "data"
    MODEL = "model"
    TRAINING = "training"
    EVALUATION = "evaluation"
    COMPUTE = "compute"
    DISTRIBUTED = "distributed"
    CODE = "code"


class Cause(StrEnum):
    """A root cause, named as people name it; the value is what reports print and `traindx explain` takes."""

    # data
    UNSCALED_INPUTS = "unscaled-inputs"
    HEAVY_TAILED_INPUTS = "heavy-tailed-inputs"
    UNSCALED_TARGETS = "unscaled-targets"
    NON_FINITE_DATA = "non-finite-data"
    CONSTANT_INPUTS = "constant-inputs"
    UNINFORMATIVE_FEATURES = "uninformative-features"
    CONSTANT_TARGETS = "constant-targets"
    EMPTY_ONE_HOT_ROWS = "empty-one-hot-rows"
    MISSING_CLASSES = "missing-classes"
    CLASS_IMBALANCE = "class-imbalance"
    LABEL_NOISE = "label-noise"
    LABEL_ENCODING_MISMATCH = "label-encoding-mismatch"
    PREPROCESSING_MISMATCH = "preprocessing-mismatch"
    SPLIT_DRIFT = "split-drift"
    SPLIT_OVERLAP = "split-overlap"
    GROUP_LEAKAGE = "group-leakage"
    TIME_LEAKAGE = "time-leakage"
    TARGET_LEAKAGE = "target-leakage"
    MISALIGNED_LABELS = "misaligned-labels"
    ORDERED_DATA = "ordered-data"
    TOO_LITTLE_DATA = "too-little-data"
    # model
    OUTPUT_ACTIVATION = "output-activation"
    OUTPUT_UNITS = "output-units"
    LOSS_MISMATCH = "loss-mismatch"
    LABEL_RANGE = "label-range"
    MISSING_NONLINEARITY = "missing-nonlinearity"
    SATURATING_ACTIVATIONS = "saturating-activations"
    WEIGHT_INITIALIZATION = "weight-initialization"
    VANISHING_GRADIENTS = "vanishing-gradients"
    EXPLODING_GRADIENTS = "exploding-gradients"
    DEAD_UNITS = "dead-units"
    TOO_SMALL_MODEL = "too-small-model"
    TOO_LARGE_MODEL = "too-large-model"
    FROZEN_LAYERS = "frozen-layers"
    DISCONNECTED_LAYERS = "disconnected-layers"
    NORMALIZATION_LAYERS = "normalization-layers"
    WRONG_ARCHITECTURE = "wrong-architecture"
    # training
    LEARNING_RATE_TOO_HIGH = "learning-rate-too-high"
    LEARNING_RATE_TOO_LOW = "learning-rate-too-low"
    OPTIMIZER_UNSUITED = "optimizer-unsuited"
    BATCH_SIZE = "batch-size"
    TOO_FEW_EPOCHS = "too-few-epochs"
    OVERFITTING = "overfitting"
    UNDERFITTING = "underfitting"
    REGULARIZATION_TOO_STRONG = "regularization-too-strong"
    EARLY_STOPPING_TOO_SOON = "early-stopping-too-soon"
    # evaluation
    CONSTANT_LOSS = "constant-loss"
    LOSS_SHAPE_BROADCAST = "loss-shape-broadcast"
    METRIC_MISMATCH = "metric-mismatch"
    BROKEN_METRIC = "broken-metric"
    MISALIGNED_PREDICTIONS = "misaligned-predictions"
    TRAIN_INFERENCE_GAP = "train-inference-gap"
    WRONG_WEIGHTS_EVALUATED = "wrong-weights-evaluated"
    # compute
    OUT_OF_MEMORY = "out-of-memory"
    INPUT_BOUND = "input-bound"
    IDLE_ACCELERATOR = "idle-accelerator"
    NUMERICAL_OVERFLOW = "numerical-overflow"
    LOW_PRECISION_UNDERFLOW = "low-precision-underflow"
    # distributed
    REPLICA_DIVERGENCE = "replica-divergence"
    SHARD_OVERLAP = "shard-overlap"
    UNEVEN_SHARDS = "uneven-shards"
    LOSS_SCALING = "loss-scaling"
    UNSYNCED_NORMALIZATION = "unsynced-normalization"
    LOCAL_METRICS = "local-metrics"
    STRAGGLER = "straggler"
    HANG = "hang"
    # code
    API_MISUSE = "api-misuse"

    @property
    def subject(self) -> Subject:
        """The part of DESIGN's catalogue that this cause stands in."""
        order = list(Cause)
        at = order.index(self)
        return next(subject for first, subject in reversed(_FIRST) if order.index(first) <= at)


_FIRST = (
    (Cause.UNSCALED_INPUTS, Subject.DATA),
    (Cause.OUTPUT_ACTIVATION, Subject.MODEL),
    (Cause.LEARNING_RATE_TOO_HIGH, Subject.TRAINING),
    (Cause.CONSTANT_LOSS, Subject.EVALUATION),
    (Cause.OUT_OF_MEMORY, Subject.COMPUTE),
    (Cause.REPLICA_DIVERGENCE, Subject.DISTRIBUTED),
    (Cause.API_MISUSE, Subject.CODE),
)


class SymptomId(StrEnum):
    """What the user sees."""

    ZERO_ACCURACY = "zero-accuracy"
    ZERO_PRECISION_RECALL = "zero-precision-recall"
    CONSTANT_PREDICTIONS = "constant-predictions"
    ZERO_VALIDATION_LOSS = "zero-validation-loss"
    NAN_LOSS = "nan-loss"
    FLAT_LOSS = "flat-loss"
    DIVERGING_LOSS = "diverging-loss"
    GENERALISATION_GAP = "generalisation-gap"
    CRASH = "crash"
    SLOW = "slow"
    HANG = "hang"
