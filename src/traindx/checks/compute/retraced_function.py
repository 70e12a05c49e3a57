"""C105."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.compute import Retraces, TracedFunction
from traindx.facts.findings import Evidence, Finding, Severity

BLAME = {"compile": "its model is compiled anew each time", "new-model": "its model is made anew of the same layers each time"}
FIXES = {
    "python": "pass it as a tensor (tf.constant(value)): each Python number or string is a new graph",
    "shape": "give the function an input_signature with None for the axis that changes, or pad to a few fixed shapes",
    "dtype": "cast it to one type before the call",
    "object": "make the object once, outside the loop: each new one is a new graph",
    "compile": "compile the model once, before the loop: compile() throws its compiled steps away. A rate can be set with "
    "model.optimizer.learning_rate = ..., or by a schedule",
    "new-model": "make the model once, before the loop, and keep it: a new model of the same layers has no compiled steps",
    "new-function": "decorate the function once, outside of the loop: every tf.function(...) begins without traces",
}


@check("C105", Severity.WARNING, suggests=(Cause.IDLE_ACCELERATOR,))
def retraced_function(found: Retraces, *, times: int = 5, share: float = 0.3, seconds: float = 1.0) -> Finding | None:
    """A `tf.function`, or a step of Keras, is traced again and again instead of being run.

    ## Why training fails
    TensorFlow makes a new graph for every new Python value, shape or type that a `tf.function` is called with. Tracing
    runs the whole Python code and costs a thousand steps' time; each graph stays in memory.

    ## How it is measured
    The number of graphs of each function that the program calls, before and after each call; the time of the calls that
    made one, without the first, against all calls; and which argument differed between them. A function that is
    decorated anew each time counts as one function; where each of them is called 20 times or more, as for the folds of a
    cross-validation, the graphs of its first call and of one other shape do not count. The steps of `fit`,
    `evaluate`, `predict` and the like count by the line that calls them, without the graphs that every step needs (the
    first one, the one for a shorter last batch): what is left are new graphs after `compile`, for new models of old
    weights, and, under XLA (jit_compile), for each new shape.

    ## What to do
    Pass numbers as tensors, give an `input_signature` with None where a shape changes, decorate, build and compile once.

    ## Thresholds
    - `times`: TensorFlow's own warning comes after 5 retraces.
    - `share`: 30 % of the time in that function: below, retracing is not what makes it slow.
    - `seconds`: one second in all, see `steps-run-eagerly`.
    """
    worst = max(found.functions, key=lambda f: f.seconds)
    whole = worst.seconds + worst.others
    if worst.traces - 1 < times or worst.seconds <= seconds or worst.seconds <= share * whole:
        return None
    blame = BLAME.get(worst.why, "it is decorated anew each time")
    blame = f"argument '{worst.argument}' is {', '.join(worst.values[:3])} …" if worst.argument else blame
    fix = FIXES.get(worst.why, "call it with tensors of one shape and type")
    return Finding(
        message=f"{worst.name} was traced {worst.traces} times in {worst.calls} calls, {worst.seconds:.1f} s of {whole:.1f} s: {blame}",
        strength=min(0.95, 0.5 + worst.seconds / whole / 2), location=worst.location,
        evidence=(Evidence("traces after the first", worst.traces - 1, times),
                  Evidence("share of the function's time spent tracing again", worst.seconds / whole, share),
                  Evidence("seconds spent tracing again", worst.seconds, seconds),
                  Evidence("argument that differs", worst.argument or "the function itself")),
        fix=f"{worst.name}: " + (f"'{worst.argument}': " if worst.argument else "") + fix + ".",
    )  # fmt: skip


_MANY = TracedFunction("step", 200, 200, 30.0, 0.0, "i", ("0", "1", "2"), "python")
retraced_function.fires_on(Retraces((_MANY,)))
retraced_function.fires_on(Retraces((TracedFunction("step", 40, 40, 9.0, 0.0, why="new-function"),)))
retraced_function.fires_on(Retraces((TracedFunction("the training step of fit", 80, 40, 9.0, 0.2, why="compile"),)))
retraced_function.silent_on(Retraces((TracedFunction("step", 2000, 3, 1.2, 20.0, "x", ("(32, 4)", "(7, 4)"), "shape"),)))
retraced_function.silent_on(Retraces((TracedFunction("step", 2000, 9, 2.0, 60.0, "x", ("(32, 4)", "(7, 4)"), "shape"),)))
