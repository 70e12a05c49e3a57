"""E106."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import GradientReach
from traindx.facts.findings import Evidence, Finding, Severity


@check("E106", Severity.ERROR, suggests=(Cause.DISCONNECTED_LAYERS,))
def disconnected_weights(reach: GradientReach, *, change: float = 1e-6, most: int = 6) -> Finding | None:
    """Trainable weights get no gradient from the loss.

    ## Why training fails
    What lies behind an operation without derivative (argmax, rounding, a cast to whole numbers, NumPy,
    `stop_gradient`) is never trained, and a layer whose output nobody uses cannot help.

    ## How it is measured
    One backward pass of the loss, or of the program's own `train_step`, on training rows. Weights without gradient
    that also never moved in the training are changed at random: where the outputs change, the model needs them but
    cannot train them; where nothing changes, their layer's output is not used. Of several inputs
    each is exchanged among rows: one that moves neither outputs nor loss is not connected. Weights that only feed an output
    without a loss are a note.

    ## What to do
    Replace the operation by one with a derivative, keep tensors tensors between layers, use the layer's output, or
    freeze it on purpose (`trainable = False`).

    ## Thresholds
    - `change`: relative change of the outputs that counts; float32 rounding is below it.
    - `most`: layers named in the message.
    """
    named = ", ".join(reach.needed[:most] or reach.unused[:most] or reach.other_output[:most])
    if reach.needed and reach.change > change:
        return Finding(
            message=f"the output depends on {named}, but no gradient of the loss reaches these weights",
            strength=0.96 if reach.reached else 0.9,
            evidence=(
                Evidence("layers that the output needs and no gradient reaches", len(reach.needed), 0),
                Evidence("share of the trainable parameters without gradient", reach.needed_share, 0.0),
                Evidence("relative change of the outputs when these weights change", reach.change, change),
            ),
            layer=reach.needed[0],
            location=reach.location,
            fix="Replace what cuts the gradient between these layers and the loss: argmax, rounding, a cast, .numpy().",
        )
    if reach.unused:
        return Finding(
            message=f"{named}: trained weights that change nothing in the output; the layer's output is not used",
            strength=0.8,
            evidence=(Evidence("trainable layers without any effect on the output", len(reach.unused), 0),),
            layer=reach.unused[0],
            location=reach.location,
            severity=Severity.WARNING,
            fix="Use the layer's output in the model, or remove the layer.",
        )
    if reach.deaf_inputs:
        which = ", ".join(str(i + 1) for i in reach.deaf_inputs)
        return Finding(
            message=f"input {which} of the model changes nothing in its output: what follows this input is not connected",
            strength=0.85,
            evidence=(Evidence("inputs without any effect on outputs and loss", len(reach.deaf_inputs), 0),),
            location=reach.location,
            severity=Severity.WARNING,
            fix="Connect this input's branch to the output, or remove the input.",
        )
    if reach.other_output:
        return Finding(
            message=f"{named}: feed an output without a loss and stay as initialised",
            strength=0.4,
            evidence=(Evidence("trainable layers that only feed outputs without a loss", len(reach.other_output), 0),),
            layer=reach.other_output[0],
            location=reach.location,
            severity=Severity.NOTE,
            fix="Give this output a loss, or remove it.",
        )
    return None


disconnected_weights.fires_on(GradientReach(needed=("dense", "dense_1"), needed_share=0.9, reached=2, change=0.4))
disconnected_weights.fires_on(GradientReach(unused=("branch",), reached=6))
disconnected_weights.fires_on(GradientReach(reached=4, deaf_inputs=(1,)))
disconnected_weights.silent_on(GradientReach(reached=8))
