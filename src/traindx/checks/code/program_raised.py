"""A101."""

from __future__ import annotations

import re

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.training import Crash

C = Cause
MISSING = ("FileNotFoundError", "NotADirectoryError", "IsADirectoryError", "PermissionError", "ModuleNotFoundError")
"""What ends a program before anything of its training can be at fault."""
PATTERNS: tuple[tuple[str, tuple[Cause, ...], str], ...] = (
    (r"OOM when allocating|out of memory|MemoryError|RESOURCE_EXHAUSTED|Unable to allocate", (C.OUT_OF_MEMORY,),
     "The allocation is larger than the memory there is: fewer units, smaller images or a smaller batch."),
    (r"label value of (-?\d+) which is outside the valid range|Received a label value", (C.LABEL_RANGE, C.OUTPUT_UNITS, C.API_MISUSE),
     "A class number has no output: number the classes from 0 and give the output layer one unit per class."),
    (r"sparse_categorical_crossentropy.*(rank|ndim|shape)|`labels\.shape` must equal|logits and labels must have the same first dimension",
     (C.LOSS_MISMATCH, C.API_MISUSE), "One-hot targets need categorical_crossentropy; class numbers need the sparse loss."),
    (r"target\.shape=.*output\.shape=|Arguments `target` and `output` must have the same (shape|rank)|must have the same rank \(ndim\)",
     (C.API_MISUSE, C.WRONG_ARCHITECTURE, C.OUTPUT_UNITS), "The model's output has another shape than the targets: mend the last layers (Flatten, units)."),  # noqa: E501
    (r"Shapes? .* (and|vs\.?) .* (are )?incompatible", (C.API_MISUSE, C.OUTPUT_UNITS, C.LOSS_MISMATCH),
     "Give the output layer the targets' width, or choose the loss for this kind of target."),
    (r"expected (min_)?ndim=|expected axis|incompatible with the layer|expected shape=",
     (C.API_MISUSE, C.WRONG_ARCHITECTURE), "Reshape the inputs to what the first layer wants (rows, steps, features) or (rows, height, width, channels)."),  # noqa: E501
    (r"Computed output size would be (zero or )?negative|negative dimension", (C.API_MISUSE, C.WRONG_ARCHITECTURE),
     "Pooling or 'valid' convolutions shrink the picture to nothing: check the channel axis (last), use padding='same'."),
    (r"[Uu]nrecognized data type|Failed to (convert|find data adapter)|Invalid dtype: object|Unsupported object type",
     (C.API_MISUSE,), "Pass NumPy arrays of numbers (np.asarray(x, dtype='float32')), not lists or objects."),
    (r"No gradients provided for any variable", (C.DISCONNECTED_LAYERS, C.CONSTANT_LOSS, C.API_MISUSE),
     "The loss does not depend on the weights: look for numpy, argmax, round or casts to integers between them."),
    (r"Unknown variable|optimizer .* can only be called for the variables", (C.API_MISUSE,),
     "One optimizer object serves one model: make a new optimizer for each."),
    (r"AssertionError.*_distributed_tf_update_step|with strategy\.scope|colocate_vars_with|different tf\.distribute\.Strategy objects",
     (C.API_MISUSE,),
     "A variable was made outside the strategy: create model, optimizer and metrics in `with strategy.scope():`."),
    (r"fn_with_cond", (C.API_MISUSE,),
     "Variables are made in the first call of a compiled step under a strategy: build model and optimizer before, in its scope "
     "(optimizer.build(model.trainable_variables))."),
    (r"Attempt to convert a value \(PerReplica", (C.API_MISUSE,),
     "Keras 3 cannot `fit` under MultiWorkerMirroredStrategy with several workers: write the loop yourself (strategy.run in a "
     "tf.function), or train with one process and MirroredStrategy."),
    (r"You must call `?compile", (C.API_MISUSE,), "Call model.compile(...) before training."),
)  # fmt: skip
"""Message of Keras or TensorFlow, the causes it stands for, what to do. Source: the messages of Keras 3 and TensorFlow 2."""


@check("A101", Severity.ERROR, suggests=(Cause.API_MISUSE,))
def program_raised(crash: Crash) -> Finding | NotApplicable | None:
    """The program ended with an exception.

    ## Why training fails
    It never ran to its end: Keras or TensorFlow refused what the program asked for.

    ## How it is measured
    The exception's type and message and the innermost line of the program itself. Messages that Keras and TensorFlow
    raise for known mistakes are explained; any other exception is shown as it is. A file or a module that is not there,
    asked for outside of Keras, is no cause of this kind.

    ## What to do
    Mend the line shown.

    ## Thresholds
    None.
    """
    if crash.type in MISSING and not crash.in_keras:
        return NotApplicable(f"{crash.type} outside of Keras: something that the program needs is not there")
    causes, fix = _explain(crash)
    headline = next((line for line in crash.message.splitlines() if line.strip()), crash.type).strip()
    return Finding(
        message=f"{crash.type}: {headline[:200]}", strength=0.95 if fix else 0.8, location=crash.location, suggests=causes,
        evidence=(Evidence("exception", crash.type),) + ((Evidence("raised in", crash.call),) if crash.call else ()), fix=fix,
    )  # fmt: skip


def _explain(crash: Crash) -> tuple[tuple[Cause, ...], str | None]:
    text = f"{crash.type}: {crash.message}"
    for pattern, causes, fix in PATTERNS:
        if re.search(pattern, text, re.IGNORECASE | re.DOTALL):
            return causes, fix
    return (Cause.API_MISUSE,), None


program_raised.silent_on(Crash("FileNotFoundError", "No such file or directory: 'train.npz'", None, None, False))
program_raised.fires_on(Crash("AssertionError", "in user code: optimizer.py, _distributed_tf_update_step", None, "fit", True))
program_raised.fires_on(Crash("ValueError", "Unrecognized data type: x=[1, 2]", None, "fit", True))
program_raised.fires_on(Crash("ResourceExhaustedError", "OOM when allocating tensor with shape[6,1]", None, "fit", True))
program_raised.fires_on(Crash("ValueError", "Attempt to convert a value (PerReplica:{ 0: <tf.Tensor", None, "fit", True))
