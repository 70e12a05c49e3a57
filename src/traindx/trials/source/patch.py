"""A remedy's change as a unified diff of the user's own file, at the line where the thing was made."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traindx.facts.causes import Cause
from traindx.facts.diagnosis import Fix
from traindx.facts.findings import Location
from traindx.trials.source import calls, loops, scored, stacks
from traindx.trials.source.data import change_data
from traindx.trials.source.metrics import with_metric
from traindx.trials.source.names import epochs_by_name

if TYPE_CHECKING:
    from traindx.facts.diagnosis import Diagnosis, Suspect
    from traindx.facts.observation import Training
    from traindx.trials.shown import Shown

Change = tuple[str, str]
"""(what, value as Python source); `what` is `learning_rate`, `loss`, `activation:LAYER`, `inputs`, ..., or `source`: the whole file."""


@dataclass(frozen=True)
class Places:
    """Where the program made the things that a change may touch; `found`: where the finding lies that a diff is made for."""

    compile: Location | None = None
    optimizer: Location | None = None
    fit: Location | None = None
    layers: tuple[tuple[str, str, Location], ...] = ()
    loop: Location | None = None
    loss: Location | None = None
    found: Location | None = None
    program: Location | None = None


def places_of(training: Training | None, program: str | None = None) -> Places:
    """From what was recorded; `program`: the file that was started."""
    main = Location(program, 1) if program else None
    if training is None:
        return Places(program=main)
    fit = next((c.location for c in reversed(training.calls) if c.kind == "fit" and c.location), None)
    layers = [(x.name, x.kind, x.location) for x in training.model.layers if x.location is not None]
    known = {name for name, _, _ in layers}
    for output in training.model.outputs:
        if output.layer and output.layer not in known and output.location is not None:
            layers.append((output.layer, "", output.location))
    own = training.model.optimizer
    loop = next((c.location for c in training.calls if c.kind == "loop" and c.location), None)
    loss = next((x.location for x in training.model.losses if x.location), None) if training.kind == "loop" else None
    return Places(training.model.compile_location, own.location if own else None, fit, tuple(layers), loop, loss, None, main)


MOST_WAYS = 16


def diff_of(changes: tuple[tuple[str, ...], ...], places: Places, program: str) -> str | None:
    """The unified diff, or None where a change is not mechanical or its line is not found; paths are relative to the program's folder.

    A change of several pairs can be written in as many ways; the first that can be followed is taken.
    """
    ways = [list(zip(pairs[::2], pairs[1::2], strict=True)) for pairs in changes]
    found = (_diff(chosen, places, program) for chosen in islice(product(*ways), MOST_WAYS))
    return next((diff for diff in found if diff), None)


def _diff(changes: tuple[Change, ...], places: Places, program: str) -> str | None:
    texts: dict[str, str] = {}
    found = [(_where(what, places), what, value) for what, value in changes]
    if not all(where for where, _, _ in found):
        return None
    if _contradict(changes, places):
        return None
    added: dict[tuple[str, int], int] = {}
    for where, what, value in sorted(found, key=_from_the_end):
        assert where is not None
        moved = added.get((where.file, where.line), 0)
        try:
            before = texts.get(where.file) or Path(where.file).read_text(encoding="utf-8")
            after = apply_one(before, what, value, where.line + moved, places)
        except Exception:  # noqa: BLE001 - source that libcst cannot read gets no diff
            return None
        if after is None:
            return None
        texts[where.file] = after  # layers that a loop makes share their line: the second one's change is there already
        added[where.file, where.line] = moved + after.count("\n") - before.count("\n")
    return "".join(_unified(file, text, program) for file, text in texts.items()) or None


def _contradict(changes: tuple[Change, ...], places: Places) -> bool:
    """Whether layers that one call made, as in a loop, would get different values of one argument."""
    wanted: dict[tuple[str, str, int], set[str]] = {}
    for what, value in changes:
        kind, _, layer = what.partition(":")
        place = next((p for n, _, p in places.layers if layer and n == layer), None)
        if place is not None and kind not in _INSERT:
            wanted.setdefault((kind, place.file, place.line), set()).add(value)
    shared = [key for key, values in wanted.items() if len(values) > 1]
    return any(calls.count(Path(file).read_text(encoding="utf-8"), line) == 1 for _, file, line in shared)


def _from_the_end(change: tuple[Location | None, str, str]) -> tuple[int, bool]:
    """Lower lines first, and those that put new lines above theirs last: the lines of what is left stay as recorded."""
    where, what, _ = change
    return -(where.line if where is not None else 0), what.partition(":")[0] in _INSERT


_DATA = ("inputs", "targets", "rows", "held")
_INSERT = (*_DATA, "trainable", "before", "first")
_COMPILE = ("loss", "metric", "run_eagerly", "jit_compile", "trainable", "dtype")
_JUDGED = ("mode", "weights", "axis", "order")
_RATES = (Cause.LEARNING_RATE_TOO_HIGH, Cause.LEARNING_RATE_TOO_LOW)
"""A check names a rate of its own here; beside the diff stands the one that was tried."""
_SHOWN = ("confirmed", "helps")


def with_diffs(diagnosis: Diagnosis, shown: list[Shown], places: Places) -> Diagnosis:
    """The diagnosis with a diff at every suspect whose trial moved the symptom, exactly as it was tried."""
    by_trial = {(s.cause, s.change, s.verdict): s for s in shown if s.verdict in _SHOWN and s.patch}

    def fixed(suspect: Suspect) -> Suspect:
        trial = suspect.trial
        found = by_trial.get((suspect.cause, trial.change, trial.verdict)) if trial is not None else None
        here = replace(places, found=suspect.location)
        diff = diff_of(found.patch, here, diagnosis.program) if found is not None else None
        if diff is None:
            return suspect
        tried = f"Change: {trial.change}, as tried." if trial is not None else ""
        own = suspect.fix is not None and suspect.cause not in _RATES
        text = suspect.fix.text if own and suspect.fix is not None else tried
        return replace(suspect, fix=Fix(text, diff))

    return replace(diagnosis, findings=tuple(fixed(s) for s in diagnosis.findings))


def _unified(file: str, text: str, program: str) -> str:
    old = Path(file).read_text(encoding="utf-8")
    folder = Path(program).resolve().parent
    name = Path(file).resolve()
    shown = str(name.relative_to(folder)) if name.is_relative_to(folder) else str(name)
    lines = difflib.unified_diff(old.splitlines(True), text.splitlines(True), shown, shown)
    return "".join(x if x.endswith("\n") else x + "\n\\ No newline at end of file\n" for x in lines)


def _where(what: str, places: Places) -> Location | None:
    kind, _, layer = what.partition(":")
    if layer:
        return next((place for name, _, place in places.layers if name == layer), None)
    if kind == "source":
        return places.program
    if kind == "tape":
        return places.loop
    if kind in _JUDGED:
        return places.found
    if kind == "loss" and places.loss is not None:
        return places.loss
    if kind in _COMPILE:
        return places.compile
    if kind in ("learning_rate", "optimizer", "global_clipnorm"):
        return places.optimizer or places.compile
    return places.fit


def apply_one(text: str, what: str, value: str, line: int, places: Places) -> str | None:
    """The text with one change made."""
    kind, _, layer = what.partition(":")
    if kind == "source":  # the whole text, as it was run
        return value
    if layer:
        made = next((k for n, k, _ in places.layers if n == layer), "")
        return _layer(text, kind, value, line, made, _nth(layer, made, places))
    if kind in _DATA:
        return change_data(text, line, kind, value)
    if kind == "trainable":
        return stacks.all_trainable(text, line)
    if kind == "dtype":
        return stacks.in_dtype(text, value)
    if kind == "pipeline":
        return calls.change_calls(text, line, lambda n: n == "fit", lambda call: calls.with_method(call, value))
    if kind == "tape":
        return loops.in_tape(text, value)
    if kind in _JUDGED:
        return _judged(text, kind, value, line, places)
    if kind == "loss" and places.loss is not None:
        return loops.with_loss(text, line, value)
    if kind == "metric":
        return with_metric(text, line, value)
    if kind == "patience":
        return stacks.with_patience(text, value)
    if kind in ("learning_rate", "optimizer", "global_clipnorm"):
        return _optimizer(text, kind, value, line, places)
    if kind == "epochs" and (named := epochs_by_name(text, value)) is not None:
        return named
    function = "compile" if kind in _COMPILE else "fit"
    return calls.change_calls(text, line, lambda n: n == function, _setter(kind, value))


def _judged(text: str, kind: str, value: str, line: int, places: Places) -> str | None:
    """Changes of how the model is judged; `value`: the line of the prediction."""
    if kind == "mode":
        return scored.in_inference_mode(text, line)
    if kind == "weights":
        return scored.trained_weights(text, places.fit.line, line) if places.fit is not None else None
    return (scored.one_axis if kind == "axis" else scored.in_one_order)(text, int(value))


def _setter(name: str, value: str) -> Callable[[Any], Any]:
    return lambda call: calls.with_argument(call, name, value)


def _nth(layer: str, made: str, places: Places) -> tuple[int, int] | None:
    """Which of the layers of its kind that were made on its line this one is, and of how many."""
    where = next(place for n, _, place in places.layers if n == layer)
    alike = [n for n, k, place in places.layers if k == made and (place.file, place.line) == (where.file, where.line)]
    return (alike.index(layer), len(alike)) if made else None


def _layer(text: str, kind: str, value: str, line: int, made: str, nth: tuple[int, int] | None) -> str | None:
    """A layer's argument; where its activation stands alone (`Activation("relu")`), that one's; or layers before it."""
    if kind == "before":
        return stacks.before(text, line, made, value, nth)
    if kind == "first":
        return stacks.before(text, line, made, stacks.shape_first(text, line, value), nth, first=True)
    if made:
        return calls.change_calls(text, line, lambda n: n == made, _setter(kind, value), nth)
    return calls.change_calls(text, line, lambda n: n[:1].isupper(), _setter(kind, value))


def _optimizer(text: str, kind: str, value: str, line: int, places: Places) -> str | None:
    names = ("Adam", "AdamW", "SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl", "Lion", "Lamb", "Adafactor")
    if kind != "optimizer":
        changed = calls.change_calls(text, line, lambda n: n in names, _setter(kind, value))
        if changed is not None:
            return changed
    at = places.compile.line if places.compile is not None else line
    return _replace_named(text, kind, value, at)


def _replace_named(text: str, kind: str, value: str, line: int) -> str | None:
    """`compile(optimizer="adam")` becomes an optimizer object with the argument."""
    import libcst as cst

    known = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop", "adagrad": "Adagrad", "adadelta": "Adadelta",
             "adamw": "AdamW", "nadam": "Nadam", "adamax": "Adamax", "ftrl": "Ftrl", "lion": "Lion"}  # fmt: skip
    keras = calls.keras_name(text)
    prefix = f"{keras}.optimizers." if keras else None
    done: list[bool] = []

    def change(call: Any) -> Any:
        at = calls.argument(call, "optimizer")
        given = call.args[at].value if at is not None else None
        if kind == "optimizer":
            code = f"{prefix}{value}" if prefix else None
        else:
            name = known.get(given.evaluated_value.lower()) if isinstance(given, cst.SimpleString) else None
            name = "RMSprop" if given is None else name
            code = f"{prefix}{name}({kind}={value})" if prefix and name else None
        if code is None:
            return call
        done.append(True)
        return calls.with_argument(call, "optimizer", code)

    changed = calls.change_calls(text, line, lambda n: n == "compile", change)
    return changed if done else None
