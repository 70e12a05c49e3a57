"""C108."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.compute import Accelerators, AcceleratorUse
from traindx.facts.findings import Evidence, Finding, Severity


@check("C108", Severity.WARNING, suggests=(Cause.IDLE_ACCELERATOR,))
def unused_accelerator(use: AcceleratorUse, *, seconds: float = 60.0, busy: float = 0.1, readings: int = 20) -> Finding | None:
    """The machine has a graphics card, and the training does not use it.

    ## Why training fails
    A TensorFlow without CUDA, a driver that does not fit, or weights placed on the processor: everything runs there,
    often ten times slower, and nothing says so.

    ## How it is measured
    The cards that the driver shows, the cards that TensorFlow sees, the device that the model's weights lie on, and,
    with pynvml, the card's utilisation at most five times a second. A card hidden on purpose
    (`CUDA_VISIBLE_DEVICES` empty or -1) does not count.

    ## What to do
    Install `tensorflow[and-cuda]`, check `tf.config.list_physical_devices("GPU")`, take `with tf.device("CPU")` out.
    A card that idles needs larger batches, compiled steps or faster input.

    ## Thresholds
    - `seconds`: trainings under a minute are no slower on the processor: starting the card takes seconds.
    - `busy`: a utilisation below 10 % (a share of time in which any kernel ran) is a note: small models are like that.
    - `readings`: from 20 readings on.
    """
    found = use.found
    if found.hidden or use.seconds < seconds:
        return None
    card = found.cards[0] if found.cards else "a graphics card"
    rows = (Evidence("cards that the driver shows", len(found.cards)), Evidence("cards that TensorFlow sees", found.visible),
            Evidence("the weights lie on", found.weights_on), Evidence("seconds of training", use.seconds, seconds))  # fmt: skip
    if not found.visible:
        why = "cannot open it" if found.gpu_build else "is built without CUDA"
        fix = "Check the driver and its version." if found.gpu_build else "Install tensorflow[and-cuda]."
        return Finding(f"the machine has {card}, and this TensorFlow {why}", 0.8, rows, use.location, fix=fix)
    if found.weights_on and "GPU" not in found.weights_on:
        return Finding(f"TensorFlow sees {card}, and the weights lie on {found.weights_on}", 0.85, rows, use.location,
                       fix='Take tf.device("CPU") out, or build the model inside tf.device("GPU").')  # fmt: skip
    if found.utilisation is not None and found.samples >= readings and found.utilisation < busy:
        rows = (*rows, Evidence("mean utilisation of the card", found.utilisation, busy))
        return Finding(f"{card} was busy {found.utilisation:.0%} of the time", 0.4, rows, use.location, severity=Severity.NOTE,
                       fix="Raise the batch size, compile the step, or speed up the input.")  # fmt: skip
    return None


unused_accelerator.fires_on(AcceleratorUse(Accelerators(("NVIDIA A100",), 0, False, "CPU:0"), 600.0))
unused_accelerator.fires_on(AcceleratorUse(Accelerators(("NVIDIA A100",), 1, True, "CPU:0"), 600.0))
unused_accelerator.silent_on(AcceleratorUse(Accelerators(("NVIDIA A100",), 1, True, "GPU:0", 0.7, 100), 600.0))
unused_accelerator.silent_on(AcceleratorUse(Accelerators(("NVIDIA A100",), 0, True, "CPU:0", hidden=True), 600.0))
unused_accelerator.silent_on(AcceleratorUse(Accelerators(("NVIDIA A100",), 0, False, "CPU:0"), 5.0))
