"""Causes in computing: memory, speed, number formats."""

from traindx.facts.catalogue.entry import Entry
from traindx.facts.causes import Cause

ENTRIES = {
    Cause.OUT_OF_MEMORY: Entry(
        "out of memory",
        "The device or the machine has no memory left.",
        "Activations of one batch, optimizer state and data must all fit. Activations grow with the batch size.",
        "Halve the batch size, use mixed precision, accumulate gradients, or stream the data with tf.data.",
        "None: the run cannot go on.",
    ),
    Cause.INPUT_BOUND: Entry(
        "slow input",
        "Most of a step's time goes into waiting for data.",
        "The device is idle while rows are read and prepared.",
        "In tf.data: map with num_parallel_calls, cache, batch, and prefetch(AUTOTUNE). Use several workers for a "
        "PyDataset.",
        "The run is short, or the data come from a slow source that cannot be cached.",
    ),
    Cause.IDLE_ACCELERATOR: Entry(
        "an idle accelerator",
        "There is an accelerator, and the model hardly uses it.",
        "The steps are too small, run eagerly, or wait for Python between them.",
        "Raise the batch size and steps_per_execution, and remove run_eagerly and Python work in each step.",
        "The model is so small that the processor is as fast.",
    ),
    Cause.NUMERICAL_OVERFLOW: Entry(
        "numerical overflow",
        "A number grew beyond what its type can hold.",
        "float16 ends at 65504; exp(89) is too large for float32. The infinity turns to NaN one operation later.",
        "Keep outputs and losses in float32, use from_logits=True in place of log(softmax), and add a small number "
        "inside logarithms and roots.",
        "Dynamic loss scaling skips single steps on purpose.",
    ),
    Cause.LOW_PRECISION_UNDERFLOW: Entry(
        "gradients lost in low precision",
        "Gradients are smaller than float16 can hold and become zero.",
        "Weights whose gradient is zero do not learn.",
        "Use the mixed_float16 policy, which scales the loss, or bfloat16; wrap your own optimizer in "
        "LossScaleOptimizer.",
        "The gradients that vanish belong to weights that have converged.",
    ),
}
