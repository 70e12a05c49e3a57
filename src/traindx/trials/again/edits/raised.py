"""A program that raised: names and arguments as the installed libraries have them, and data that Keras can read.

Sources of the tables: the release notes and migration guides of TensorFlow 2, Keras 3 and NumPy 1.24 and 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from traindx.facts.causes import Cause
from traindx.trials.again.rewrites import Source, rewrites
from traindx.trials.source.calls import called
from traindx.trials.source.site import site_of

MOVED = {
    "train.GradientDescentOptimizer": "keras.optimizers.SGD", "train.AdamOptimizer": "keras.optimizers.Adam",
    "train.RMSPropOptimizer": "keras.optimizers.RMSprop", "train.AdagradOptimizer": "keras.optimizers.Adagrad",
    "train.MomentumOptimizer": "keras.optimizers.SGD", "log": "math.log", "random_normal": "random.normal",
    "random_uniform": "random.uniform", "truncated_normal": "random.truncated_normal", "set_random_seed": "random.set_seed",
    "count_nonzero": "math.count_nonzero", "is_nan": "math.is_nan", "is_inf": "math.is_inf", "matrix_inverse": "linalg.inv",
    "diag": "linalg.diag", "div": "divide", "mod": "math.floormod", "ceil": "math.ceil", "erf": "math.erf", "lgamma": "math.lgamma",
    "nn.softmax_cross_entropy_with_logits_v2": "nn.softmax_cross_entropy_with_logits", "segment_sum": "math.segment_sum",
    "unsorted_segment_sum": "math.unsorted_segment_sum", "rsqrt": "math.rsqrt", "log1p": "math.log1p", "cumsum": "math.cumsum",
    "float": "float64", "int": "int64", "bool": "bool_", "object": "object_", "float_": "float64", "Inf": "inf", "infty": "inf",
    "NaN": "nan", "NAN": "nan", "in1d": "isin", "product": "prod", "row_stack": "vstack", "trapz": "trapezoid", "alltrue": "all",
    "sometrue": "any", "cumproduct": "cumprod", "utils.np_utils.to_categorical": "utils.to_categorical",
    "layers.CuDNNLSTM": "layers.LSTM", "layers.CuDNNGRU": "layers.GRU", "optimizers.adam": "optimizers.Adam",
    "optimizers.sgd": "optimizers.SGD", "optimizers.rmsprop": "optimizers.RMSprop", "layers.AtrousConvolution2D": "layers.Conv2D",
    "fit_generator": "fit", "evaluate_generator": "evaluate", "predict_generator": "predict", "predict_proba": "predict",
    "iteritems": "items",
}  # fmt: skip
"""Old path below its library, or method, and what it is called now."""
RENAMED = {
    "lr": "learning_rate", "nb_epoch": "epochs", "epoch": "epochs", "init": "kernel_initializer", "border_mode": "padding",
    "output_dim": "units", "W_regularizer": "kernel_regularizer", "subsample": "strides", "nb_filter": "filters", "metric": "metrics",
    "validation_set": "validation_data", "callback": "callbacks", "batch_input_shape": "batch_shape", "input_length": None,
    "decay": None, "show_accuracy": None, "use_multiprocessing": None, "workers": None, "max_queue_size": None, "period": None,
    "sparse": "sparse_output", "learning_rate": "lr", "samples_per_epoch": "steps_per_epoch",
}  # fmt: skip
"""Arguments that were renamed; None: taken out without a successor."""


@rewrites(Cause.API_MISUSE)
def names_of_today(source: Source) -> Iterator[tuple[str, str]]:
    """Attributes and arguments that are no more."""
    import libcst as cst

    said = source.error.message if source.error is not None else ""
    lost = re.search(r"has no attribute '(\w+)'|cannot import name '(\w+)'|`np\.(\w+)` was removed", said)
    name = next((g for g in lost.groups() if g), "") if lost else ""
    swaps: dict[Any, str] = {}
    for node in source.all(cst.Attribute):
        for old, new in MOVED.items():
            code = source.code(node)
            if name in old.split(".") and code.endswith("." + old) and "." not in code[: -len(old) - 1]:
                swaps[node] = f"{code[: -len(old)]}{new}"
    if swaps:
        yield f"{name} by its name of today", source.written(swaps)
    if name in ("predict_classes",):
        calls = [c for c in source.all(cst.Call) if called(c) == name and isinstance(c.func, cst.Attribute)]
        cut = '({} > 0.5).astype("int32")' if (source.units or 2) == 1 else "{}.argmax(axis=-1)"
        yield "classes from predict", source.written({c: cut.format(source.code(c).replace(name, "predict")) for c in calls})
    yield from _arguments(source, said)
    yield from _keys(source, said)


def _arguments(source: Source, said: str) -> Iterator[tuple[str, str]]:
    import libcst as cst

    told = re.search(
        r"unexpected keyword argument[s]?:? '?\"?(\w+)|not recognized: \{'(\w+)'|[Uu]nrecognized keyword arguments.*?'(\w+)'", said
    )
    old = next((g for g in told.groups() if g), "") if told else ""
    if old not in RENAMED:
        return
    new, swaps = RENAMED[old], {}
    for call in source.all(cst.Call):
        if any(a.keyword is not None and a.keyword.value == old for a in call.args):
            words = []
            for a in call.args:
                plain = a.with_changes(comma=cst.MaybeSentinel.DEFAULT)
                if a.keyword is None or a.keyword.value != old:
                    words.append(source.code(plain).strip())
                elif new is not None:
                    words.append(f"{new}={source.code(a.value)}")
            swaps[call] = f"{source.code(call.func)}({', '.join(words)})"
    if swaps:
        yield f"{old} taken out" if new is None else f"{new} in the place of {old}", source.written(swaps)


def _keys(source: Source, said: str) -> Iterator[tuple[str, str]]:
    """The name of a metric in the history."""
    import libcst as cst

    if source.error is None or source.error.type != "KeyError":
        return
    key = said.strip("'\" ")
    other = {"acc": "accuracy", "val_acc": "val_accuracy", "accuracy": "acc", "val_accuracy": "val_acc"}.get(key)
    texts = [n for n in source.all(cst.SimpleString) if n.evaluated_value == key]
    if other and texts:
        yield f"the metric called {other} in the history", source.written(dict.fromkeys(texts, repr(other)))


@rewrites(Cause.API_MISUSE)
def weights_by_keyword(source: Source) -> Iterator[tuple[str, str]]:
    """`add_weight("name", shape)` as `add_weight(name="name", shape=shape)`."""
    import libcst as cst

    swaps = {}
    for call in source.all(cst.Call):
        if called(call) == "add_weight" and call.args and call.args[0].keyword is None and isinstance(call.args[0].value, cst.SimpleString):
            names = iter(("name", "shape", "dtype"))
            words = []
            for a in call.args:
                plain = source.code(a.with_changes(comma=cst.MaybeSentinel.DEFAULT)).strip()
                words.append(plain if a.keyword is not None else f"{next(names)}={plain}")
            swaps[call] = f"{source.code(call.func)}({', '.join(words)})"
    if swaps:
        yield "weights added with name and shape by keyword", source.written(swaps)


@rewrites(Cause.API_MISUSE)
def file_endings(source: Source) -> Iterator[tuple[str, str]]:
    """Files of models and weights with the ending that Keras 3 asks for."""
    import libcst as cst

    said = source.error.message if source.error is not None else ""
    asked = re.search(r"must end in `(\.[\w.]+)`", said)
    ending = asked.group(1) if asked else ".keras" if "Invalid filepath extension" in said else ""
    if not ending:
        return
    swaps = {}
    for text in source.all(cst.SimpleString, cst.FormattedString):
        value = text.evaluated_value if isinstance(text, cst.SimpleString) else source.code(text).lstrip("f").strip("'\"")
        if isinstance(value, str) and value and (value in said or re.search(r"\.(h5|hdf5|ckpt|tf|keras|weights\.h5)$", value)):
            bare = re.sub(r"(\.weights)?\.(h5|hdf5|ckpt|tf|keras)$", "", value)
            swaps[text] = ("f" if isinstance(text, cst.FormattedString) else "") + repr(bare + ending)
    if swaps:
        yield f"files that end in {ending}", source.written(swaps)


@rewrites(Cause.API_MISUSE)
def symbolic(source: Source) -> Iterator[tuple[str, str]]:
    """A TensorFlow function on a symbolic Keras tensor, inside a `Lambda` layer."""
    import libcst as cst

    said, where = (source.error.message, source.error.location) if source.error is not None else ("", None)
    if "KerasTensor" not in said or where is None:
        return
    for call in source.all(cst.Call):
        head = source.code(call.func)
        if head.startswith("tf.") and not head.startswith("tf.keras.") and source.covers(call, where.line) and call.args:
            rest = "".join(", " + source.code(a.with_changes(comma=cst.MaybeSentinel.DEFAULT)).strip() for a in call.args[1:])
            first = source.code(call.args[0].value)
            keras = "tf.keras" if "import keras" not in source.text else "keras"
            yield f"{head} in a Lambda layer", source.written({call: f"{keras}.layers.Lambda(lambda t: {head}(t{rest}))({first})"})


@rewrites(Cause.API_MISUSE)
def numbers(source: Source) -> Iterator[tuple[str, str]]:
    """Data that `fit` is given as arrays of numbers: cells of text one column a word, words as class numbers."""
    import libcst as cst

    said = source.error.message if source.error is not None else ""
    if not re.search(r"object|[Uu]nrecognized data type|data adapter|convert|could not|Cast string|list", said):
        return
    line = next((source.line(c) for c in source.all(cst.Call) if called(c) == "fit" and len(c.args) > 1), None)
    if line is None:
        return
    for what, wraps_x, wraps_y in (
        ("inputs and targets as arrays of numbers", '{np}.asarray(@, dtype="float32")', "{np}.asarray(@)"),
        ("cells of text as one column a word", 'pd.get_dummies(pd.DataFrame(@).infer_objects(), dtype="float32").to_numpy()', ""),
        ("words of the targets as class numbers", "", "{np}.unique(@, return_inverse=True)[1]"),
    ):
        site = site_of(source.text, line)
        if site is None or ("get_dummies" in wraps_x and site.held_x is not None):
            continue
        np = site.np
        if "pd." in wraps_x and "import pandas as pd" not in source.text:
            site.lines.append("import pandas as pd")
        if wraps_x:
            site.rebind(site.inputs, wraps_x.format(np=np))
        if wraps_y:
            site.rebind(site.targets, wraps_y.format(np=np))
        yield what, site.written()
