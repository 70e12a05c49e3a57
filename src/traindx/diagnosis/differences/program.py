"""What differs in the program: model, optimizer, loss, calls, versions."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from traindx.facts.comparison import Difference, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from traindx.facts.findings import Location
    from traindx.facts.observation import CallFacts, LayerFacts, LossFacts, MetricFacts, ModelFacts

LAYER = (
    *("activation", "units", "kernel_initializer", "bias_initializer", "trainable", "shape_out"),
    *("l1", "l2", "rate", "momentum", "dtype"),
)
OPTIMIZER = (*("kind", "learning_rate", "schedule", "momentum", "epsilon", "clipping", "weight_decay", "loss_scale"),)
MODEL = ("parameters", "trainable_parameters", "jit_compile", "run_eagerly", "steps_per_execution", "dtype_policy")
TRAINING_CALLS = ("fit", "train_on_batch", "loop")


def model_differences(good: ModelFacts, bad: ModelFacts) -> Iterator[Difference]:
    """Layers, outputs, losses, metrics, optimizer and settings."""
    yield from _layers(good.layers, bad.layers)
    yield from _fields("optimizer", good.optimizer, bad.optimizer, OPTIMIZER, _place(bad.optimizer))
    was, now = (", ".join(_loss(loss) for loss in model.losses) or None for model in (good, bad))
    if was != now:
        yield Difference(Part.PROGRAM, "loss", was, now, bad.compile_location)
    was, now = (", ".join(sorted(_metric(m) for m in model.metrics)) or None for model in (good, bad))
    if was != now:
        yield Difference(Part.PROGRAM, "metrics", was, now, bad.compile_location)
    yield from _fields("model", good, bad, MODEL, bad.build_location)


def call_differences(good: Sequence[CallFacts], bad: Sequence[CallFacts]) -> Iterator[Difference]:
    """The settings of the calls that trained."""
    ours = [[c for c in calls if c.kind in TRAINING_CALLS] for calls in (good, bad)]
    if len(ours[0]) != len(ours[1]):
        yield Difference(Part.PROGRAM, "number of training calls", len(ours[0]), len(ours[1]))
    for a, b in zip(*ours, strict=False):
        for name in dict.fromkeys([*a.settings, *b.settings]):
            was, now = _plain(a.settings.get(name)), _plain(b.settings.get(name))
            if was != now:
                yield Difference(Part.PROGRAM, f"{b.kind} {name}", was, now, b.location)


def version_differences(good: Mapping[str, str], bad: Mapping[str, str]) -> Iterator[Difference]:
    """Versions of Python, Keras and the rest."""
    for name in dict.fromkeys([*good, *bad]):
        if good.get(name) != bad.get(name):
            yield Difference(Part.PROGRAM, f"version of {name}", good.get(name), bad.get(name))


def _layers(good: Sequence[LayerFacts], bad: Sequence[LayerFacts]) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, [a.kind for a in good], [b.kind for b in bad], autojunk=False)
    for _, i, i_end, j, j_end in matcher.get_opcodes():
        for a, b in zip_longest(good[i:i_end], bad[j:j_end]):
            known = b or a
            if a is None or b is None or a.kind != b.kind:
                name = known.name if known else ""
                yield Difference(Part.PROGRAM, f"layer {name}", _describe(a), _describe(b), _place(b))
            else:
                # Another number of units is another shape: said once.
                names = [n for n in LAYER if n != "shape_out" or a.units == b.units]
                yield from _fields(f"layer {b.name}", a, b, names, b.location)


def _fields(what: str, good: Any, bad: Any, names: Sequence[str], location: Location | None) -> Iterator[Difference]:
    for name in names:
        was, now = (_plain(getattr(facts, name, None)) for facts in (good, bad))
        if was != now:
            yield Difference(Part.PROGRAM, f"{what} {name.replace('_', ' ')}", was, now, location)


def _describe(layer: LayerFacts | None) -> str | None:
    if layer is None:
        return None
    facts = (layer.kind, f"{layer.units} units" if layer.units else "", layer.activation or "")
    return ", ".join(fact for fact in facts if fact)


def _loss(loss: LossFacts) -> str:
    return (
        loss.name + (" from logits" if loss.from_logits else "") + (f" x {loss.weight:g}" if loss.weight != 1 else "")
    )


def _metric(metric: MetricFacts) -> str:
    return metric.name + (f" at {metric.threshold:g}" if metric.threshold is not None else "")


def _place(facts: Any) -> Location | None:
    return getattr(facts, "location", None)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, float | int | str) else str(value)
