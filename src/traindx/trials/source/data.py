"""Changes of the data as source: lines before `fit`, and the expressions that `fit`, `evaluate` and `predict` are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from traindx.trials.source.site import Site, site_of

Edit = Callable[[Site, str], bool | None]
"""Makes the change with what follows the name of the way; False where this program does not let it be written."""


def change_data(text: str, line: int, what: str, value: str) -> str | None:
    """The text with the data of the `fit` call on this line changed; None where that cannot be done mechanically.

    `value` is a way of `what` (`inputs`, `targets`, `rows`, `held`), and after a colon what it needs to know.
    """
    way, _, known = value.partition(":")
    edit = WAYS.get((what, way))
    site = site_of(text, line) if edit is not None else None
    if edit is None or site is None or edit(site, known) is False:
        return None
    return site.written()


# ---- inputs ---------------------------------------------------------------------------------------------------------


def _standardise(site: Site, axis: str) -> None:
    """`axis` as NumPy takes it; a `+` after it where some columns do not vary."""
    x, over = site.code(site.x), f"axis={axis.rstrip('+')}" if axis != "None" else ""
    spread = f"{x}.std({over})" + (f" + ({x}.std({over}) == 0)" if axis.endswith("+") else "")
    site.lines.append(f"traindx_mean, traindx_spread = {x}.mean({over}), {spread}")
    site.rebind(site.inputs, "(@ - traindx_mean) / traindx_spread")


def _log1p(site: Site, axis: str) -> None:
    np = site.np
    tamed = f"{np}.sign(@) * {np}.log1p(abs(@))"
    x, over = tamed.replace("@", site.code(site.x)), f"axis={axis.rstrip('+')}" if axis != "None" else ""
    site.lines.append(f"traindx_log = {x}")
    spread = f"traindx_log.std({over})" + (f" + (traindx_log.std({over}) == 0)" if axis.endswith("+") else "")
    site.lines.append(f"traindx_mean, traindx_spread = traindx_log.mean({over}), {spread}")
    site.rebind(site.inputs, f"({tamed} - traindx_mean) / traindx_spread")


def _fill(site: Site, _: str) -> None:
    np, x = site.np, site.code(site.x)
    site.lines.append(f"traindx_mean = {np}.nan_to_num({np}.nanmean({np}.where({np}.isfinite({x}), {x}, {np}.nan), axis=0))")
    site.rebind(site.inputs, f"{np}.where({np}.isfinite(@), @, traindx_mean)")


def _mute(site: Site, columns: str) -> None:
    np = site.np
    site.lines.append(f"traindx_mean = {site.code(site.x)}.mean(axis=0)  # stands for columns {columns}, which are taken out")
    site.rebind(site.inputs, f"{np}.where({np}.isin({np}.arange(@.shape[1]), [{columns}]), traindx_mean, @)")


def _reshape(site: Site, template: str) -> None:
    for node in site.inputs:
        site.wrap(node, template.replace("np.", f"{site.np}."))


# ---- targets --------------------------------------------------------------------------------------------------------


def _shape(site: Site, shape: str) -> None:
    for node in site.targets:
        site.wrap(node, f"{site.np}.reshape(@, {shape})")


def _one_hot(site: Site, classes: str) -> None:
    for node in site.targets:
        site.wrap(node, f"{site.np}.eye({classes})[{site.np}.reshape(@, -1).astype(int)]")


def _from_0(site: Site, _: str) -> None:
    site.lines.append(f"traindx_classes = {site.np}.unique({site.code(site.y)})")
    site.rebind(site.targets, f"{site.np}.searchsorted(traindx_classes, @)")


def _fill_empty(site: Site, known: str) -> None:
    """`known`: the class number of empty rows, and how many classes there are."""
    number, classes = known.split(":")
    np = site.np
    site.rebind(site.targets, f"{np}.where({np}.any(@, axis=1, keepdims=True), @, {np}.eye({classes})[{number}])")


def _scale_targets(site: Site, ends: str) -> None:
    """To mean 0 and spread 1, or into the range between two `ends`; predictions are turned back."""
    y = site.code(site.y)
    centre, scale = f"{y}.mean(axis=0)", f"{y}.std(axis=0)"
    if ends:
        low, high = map(float, ends.split(":"))
        scale = f"({y}.max(axis=0) - {y}.min(axis=0)) / {high - low:g}"
        centre = f"{y}.min(axis=0)" + ("" if low == 0 else f" - {low:g} * {scale}")
    site.lines.append(f"traindx_centre, traindx_scale = {centre}, {scale}")
    for node in site.targets:
        site.wrap(node, "(@ - traindx_centre) / traindx_scale")
    for use in site.later:
        if use.predicts:
            site.wrap(use.call, "(@ * traindx_scale + traindx_centre)")


# ---- rows -----------------------------------------------------------------------------------------------------------


def _weighted(site: Site) -> bool:
    return any(a.keyword is not None and a.keyword.value == "sample_weight" for a in site.call.args)


def _finite(site: Site, of: str) -> bool | None:
    """Training rows whose cells are all finite; `of`: `x`, `y` or `xy`."""
    if _weighted(site):
        return False
    np = site.np
    parts = [f"{np}.isfinite({site.code(n)}).reshape(len({site.code(n)}), -1).all(axis=1)"
             for n, name in ((site.x, "x"), (site.y, "y")) if name in of]  # fmt: skip
    site.lines.append(f"traindx_good = {' & '.join(parts)}")
    for node in (site.x, site.y):
        site.wrap(node, "@[traindx_good]")
    return None


def _some_class(site: Site, _: str) -> bool | None:
    """Training rows whose one-hot row is not empty."""
    if _weighted(site):
        return False
    site.lines.append(f"traindx_good = {site.np}.any({site.code(site.y)}, axis=1)")
    for node in (site.x, site.y):
        site.wrap(node, "@[traindx_good]")
    return None


def _not_held(site: Site, _: str) -> bool | None:
    """Training rows that are not among the validation rows."""
    if _weighted(site) or site.held_x is None:
        return False
    np = site.np
    site.lines.append(f"traindx_held = {{row.tobytes() for row in {np}.asarray({site.code(site.held_x)})}}")
    site.lines.append(f"traindx_good = [row.tobytes() not in traindx_held for row in {np}.asarray({site.code(site.x)})]")
    for node in (site.x, site.y):
        site.wrap(node, "@[traindx_good]")
    return None


def _split_again(site: Site, _: str) -> bool | None:
    """All rows in one random order before they are split."""
    if _weighted(site):
        return False
    np, order = site.np, "traindx_order"
    draw = f"{order} = {np}.random.default_rng(0).permutation"
    if site.held_x is None:
        site.lines.append(f"{draw}(len({site.code(site.x)}))")
        for node in (site.x, site.y):
            site.wrap(node, f"{np}.asarray(@)[{order}]")
        return None
    x, y = site.base(site.x), site.base(site.y)
    if x and y and x != y and (x, y) == (site.base(site.held_x), site.base(site.held_y)) and not site.name(site.x):
        site.lines += [f"{draw}(len({x}))", f"{x}, {y} = {np}.asarray({x})[{order}], {np}.asarray({y})[{order}]"]
        return None
    first = site.code(site.x)
    site.lines.append(f"{draw}(len({first}) + len({site.code(site.held_x)}))")
    for part, train, held in (("x", site.x, site.held_x), ("y", site.y, site.held_y)):
        names = [site.name(node) or f"traindx_{part}{end}" for node, end in ((train, ""), (held, "_held"))]
        both = f"{np}.concatenate([{site.code(train)}, {site.code(held)}])[{order}]"
        site.lines.append(f"{', '.join(names)} = {np}.split({both}, [len({site.code(train)})])")
        text = site.code(held)
        for node in (train, held, *(n for u in site.later for n in (u.x, u.y) if n is not None and site.code(n) == text)):
            if not site.name(node):
                site.wrap(node, names[0] if node is train else names[1])
    return None


# ---- held-out rows alone --------------------------------------------------------------------------------------------


def _held(site: Site, role: str) -> list[tuple[Any, Any]]:
    """(inputs, targets or None) of the validation rows, or of the rows that are first seen after training."""
    if role == "validation":
        text = site.code(site.held_x) if site.held_x is not None else None
        again = [(u.x, u.y) for u in site.later if text is not None and site.code(u.x) == text]
        return [(site.held_x, site.held_y), *again] if text is not None else []
    known = {site.code(n) for n in (site.x, site.held_x) if n is not None}
    return [(u.x, u.y) for u in site.later if site.code(u.x) not in known]


def _like_training(site: Site, known: str) -> bool | None:
    """`known`: the split, then the way, of `_ways` or as code with `@` for the rows."""
    role, way = known.split(":", 1)
    nodes = [x for x, _ in _held(site, role)]
    if not nodes or any(site.name(n) is not None and site.name(n) == site.base(site.x) for n in nodes):
        return False
    ways = _ways(site.np, site.code(site.x))
    setup, template = ways.get(way, ("", way))
    if setup:
        site.lines.append(setup)
    site.rebind(nodes, template.replace("np.", f"{site.np}."), slices=False)
    return None


def _ways(np: str, x: str) -> dict[str, tuple[str, str]]:
    mean, low = "traindx_mean, traindx_spread", "traindx_low, traindx_high"
    return {
        "columns": (f"{mean} = {x}.mean(axis=0), {x}.std(axis=0)",
                    "(@ - @.mean(axis=0)) / (@.std(axis=0) + (@.std(axis=0) == 0)) * traindx_spread + traindx_mean"),
        "moments": (f"{mean} = {x}.mean(), {x}.std()", "(@ - @.mean()) / @.std() * traindx_spread + traindx_mean"),
        "ranges": (f"{low} = {x}.min(), {x}.max()",
                   "(@ - @.min()) / (@.max() - @.min()) * (traindx_high - traindx_low) + traindx_low"),
        "clipped": (f"{low}, traindx_middle = {x}.min(axis=0), {x}.max(axis=0), {np}.median({x}, axis=0)",
                    "np.where((@ < traindx_low - 0.25 * (traindx_high - traindx_low))"
                    " | (@ > traindx_high + 0.25 * (traindx_high - traindx_low)), traindx_middle, @)"),
        "turned": (f"traindx_most = {x}.max()", "traindx_most - @"),
    }  # fmt: skip


def _unseen(site: Site, role: str) -> bool | None:
    """Held-out rows that training never saw."""
    pairs = [(x, y) for x, y in _held(site, role) if y is not None]
    if not pairs:
        return False
    np = site.np
    site.lines.append(f"traindx_seen = {{row.tobytes() for row in {np}.asarray({site.code(site.x)})}}")
    keeps: dict[str, str] = {}
    for x, y in pairs:
        text, names = site.code(x), (site.name(x), site.name(y))
        if text not in keeps:
            keep = keeps[text] = f"traindx_fresh{len(keeps) or ''}"
            site.lines.append(f"{keep} = [row.tobytes() not in traindx_seen for row in {np}.asarray({text})]")
            if all(names):
                site.lines.append(f"{names[0]}, {names[1]} = {names[0]}[{keep}], {names[1]}[{keep}]")
        for node in (x, y) if not all(names) else ():
            site.wrap(node, f"@[{keeps[text]}]")
    return None


def _rename(site: Site, known: str) -> bool | None:
    """`known`: the split, then for each class number of its labels the training rows' number."""
    role, names = known.split(":", 1)
    nodes = [y for _, y in _held(site, role) if y is not None]
    if not nodes:
        return False
    site.rebind(nodes, f"{site.np}.array([{names}])[{site.np}.asarray(@).astype(int)]", slices=False)
    return None


def _exchange(site: Site, known: str) -> bool | None:
    """`known`: the split, then for each class of the training rows the one-hot column of these labels."""
    role, columns = known.split(":", 1)
    nodes = [y for _, y in _held(site, role) if y is not None]
    if not nodes:
        return False
    site.rebind(nodes, f"{site.np}.asarray(@)[:, [{columns}]]", slices=False)
    return None


WAYS: dict[tuple[str, str], Edit] = {
    ("inputs", "standardise"): _standardise, ("inputs", "log1p"): _log1p, ("inputs", "fill"): _fill, ("inputs", "mute"): _mute,
    ("inputs", "as"): _reshape, ("targets", "shape"): _shape, ("targets", "one-hot"): _one_hot, ("targets", "from-0"): _from_0,
    ("targets", "fill"): _fill_empty, ("targets", "standardise"): _scale_targets, ("rows", "finite"): _finite,
    ("rows", "some-class"): _some_class, ("rows", "not-held"): _not_held, ("rows", "split-again"): _split_again,
    ("held", "like"): _like_training, ("held", "unseen"): _unseen, ("held", "rename"): _rename, ("held", "exchange"): _exchange,
}  # fmt: skip
