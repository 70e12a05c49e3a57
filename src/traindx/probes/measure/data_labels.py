"""Probes of the labels: classes per split, empty rows, rare classes, noise, contradictions, order."""

from __future__ import annotations

import numpy as np

from traindx.facts.data_labels import (
    ClassCounts,
    Conflicts,
    FitsOfOneClass,
    LabelNoise,
    LabelOrder,
    OneHotRows,
    RareClass,
)
from traindx.facts.findings import NotApplicable, NotMeasured, RowToReview
from traindx.facts.observation import Observation, Training
from traindx.facts.skill import threshold
from traindx.probes.base import probe
from traindx.probes.measure.data_learn import learn
from traindx.probes.measure.data_network import cheap, probabilities, usable
from traindx.probes.measure.data_review import doubtful, review
from traindx.probes.measure.data_view import View, flat, view_of
from traindx.probes.measure.threshold import hard_calls
from traindx.probes.measure.weighting import weighed_up
from traindx.probes.rowhash import row_hashes


def all_codes(view: View, role: str) -> np.ndarray | None:
    """Class codes of the whole split where the recorder kept all labels, else of the sampled rows; -1 for none."""
    sheet = view.sheets.get(role)
    if sheet is None or sheet.target is None or sheet.target.codes is None:
        return None
    labels = sheet.split.labels
    if labels is None or not len(labels):
        return sheet.target.codes
    target = view.target(np.asarray(labels))
    return None if target is None else target.codes


@probe
def one_hot_rows(training: Training, run: Observation) -> OneHotRows | NotMeasured | NotApplicable:
    """Rows of a one-hot target block in which no class is set."""
    loss = training.model.losses[0].kind if training.model.losses else ""
    split = training.splits.get("train")
    if split is None or not split.y:
        return NotMeasured("no training targets in the sample")
    y = flat(np.asarray(split.labels if split.labels is not None and len(split.labels) else split.y[0]))
    if y.shape[1] < 2 or y.dtype.kind not in "biuf" or not np.isin(y, (0, 1)).all():
        return NotApplicable("training targets are not one-hot rows")
    sums = y.sum(1)
    exclusive = loss in ("cce", "kld", "categorical_hinge") or bool((sums <= 1).all() and (sums == 1).mean() > 0.5)
    if not exclusive or (loss in ("mse", "mae", "bce") and (sums == 0).mean() > 0.5):
        return NotApplicable("several classes may hold at once")
    empty = np.flatnonzero(sums == 0)
    return OneHotRows(len(y), len(empty), y.shape[1], loss, tuple(int(i) for i in empty[:5]))


@probe
def class_counts(training: Training, run: Observation) -> ClassCounts | NotMeasured | NotApplicable:
    """Rows per class in every split."""
    view = view_of(training)
    if view.task != "classes":
        return NotApplicable("targets are not classes")
    counts: dict[str, tuple[tuple[str, int], ...]] = {}
    for role in ("train", "validation", "test"):
        codes = all_codes(view, role)
        if codes is not None:
            names = [str(v) for v in view.class_values]
            tally = np.bincount(codes[codes >= 0], minlength=len(names))
            counts[role] = tuple((names[k], int(c)) for k, c in enumerate(tally) if c)
    if "train" not in counts:
        return NotMeasured("no training labels")
    tail = any((call.settings.get("validation_split") or 0) for call in training.calls if call.kind == "fit")
    codes = all_codes(view, "train")
    ordered = codes is not None and len(codes) > 20 and bool((np.diff(codes) >= 0).mean() > 0.999)
    return ClassCounts(counts["train"], counts.get("validation", ()), counts.get("test", ()), bool(tail), ordered)


@probe
def rare_class(training: Training, run: Observation) -> RareClass | NotMeasured | NotApplicable:
    """Recall of the rarest classes: the network's, and that of a cheap model with equal class weights."""
    view = view_of(training)
    if view.task != "classes":
        return NotApplicable("targets are not classes")
    codes = all_codes(view, "train")
    found = cheap(view)
    if codes is None or found is None:
        return NotMeasured("no labelled training rows that vary")
    role = next((r for r in ("validation", "test", "train") if probabilities(view, r) is not None), None)
    if role is None:
        return NotMeasured("no predictions of the network on the sample")
    predicted, target = probabilities(view, role), view.sheets[role].target
    assert predicted is not None
    assert target is not None
    assert target.codes is not None
    seen = view.sheets[role].covered
    predicted, judged_codes = predicted[seen], target.codes[seen]
    k = len(target.names)
    share = np.bincount(codes[codes >= 0], minlength=k) / max(1, (codes >= 0).sum())
    present = share > 0
    rare = present & (share < 0.5 / present.sum())
    judged = np.isin(judged_codes, np.flatnonzero(rare))
    if not rare.any() or not judged.any():
        return RareClass(len(codes), k, (), float(share[present].min()), 0, 1.0, 1.0, 0.0, 0.0, role=role)
    mine = _recalls(np.nan_to_num(predicted).argmax(1), judged_codes, k)
    said = hard_calls(training, run) if k == 2 else None
    if said is not None:  # the program's own threshold counts, not 0.5
        mine = _recalls(said[0].astype(int), said[1].astype(int), k)
    cheap_recalls = _balanced(view, k)
    few = min(int((codes == c).sum()) for c in np.flatnonzero(rare))
    if role != "train" and few < 30:  # too few rows to learn the class from: can it be told at all?
        cheap_recalls = max(cheap_recalls, _balanced(view, k, role), key=lambda r: _mean(r, present))
    return RareClass(
        len(codes),
        int(present.sum()),
        tuple(target.names[i] for i in np.flatnonzero(rare)),
        float(share[rare].sum()),
        int(judged.sum()),
        _mean(mine, rare),
        _mean(mine, present & ~rare),
        _mean(cheap_recalls, rare),
        _mean(cheap_recalls, present & ~rare),
        weighed_up(view, training, rare),
        role,
        worst=_worst(mine, rare, judged_codes),
        own=said is not None,
        chosen=said is not None and not np.array_equal(said[0], said[2] > threshold(training.model)),
    )


def _recalls(guess: np.ndarray, codes: np.ndarray, k: int) -> np.ndarray:
    return np.array([(guess[codes == c] == c).mean() if (codes == c).any() else np.nan for c in range(k)])


def _worst(recalls: np.ndarray, rare: np.ndarray, codes: np.ndarray, least: int = 10) -> float:
    known = [recalls[c] for c in np.flatnonzero(rare) if (codes == c).sum() >= least]
    return float(min(known, default=1.0))


def _mean(values: np.ndarray, where: np.ndarray) -> float:
    chosen = values[where & np.isfinite(values)]
    return float(chosen.mean()) if len(chosen) else 0.0


def _balanced(view: View, k: int, role: str = "train") -> np.ndarray:
    """Leave-one-out recalls of the cheap model on rows of a split drawn so that rare classes are not outnumbered."""
    rows = usable(view, role, 10**9)
    codes = view.sheets[role].target.codes[rows]  # type: ignore[union-attr,index]
    most = max(20, 600 // max(2, len(np.unique(codes))))
    rng = np.random.default_rng(0)
    chosen = np.concatenate([rng.permutation(np.flatnonzero(codes == c))[:most] for c in np.unique(codes)])
    coded = (codes[chosen][:, None] == np.arange(k)[None]).astype(float)
    weight = 1 / np.maximum(coded.sum(0), 1)
    found = learn(view.features(role)[rows[chosen]], coded, 0)
    if found is None:
        return np.full(k, np.nan)
    scores = (
        found.loo * (weight / weight[coded.sum(0) > 0].max())[None] if len(np.unique(coded.sum(0))) > 1 else found.loo
    )
    scores = np.where(coded.sum(0)[None] > 0, scores, -np.inf)
    return _recalls(scores.argmax(1), codes[chosen], k)


@probe
def label_noise(training: Training, run: Observation) -> LabelNoise | NotMeasured | NotApplicable:
    """How often the labels contradict a cheap model that is sure of itself."""
    view = view_of(training)
    if view.task != "classes":
        return NotApplicable("targets are not classes")
    found = cheap(view)
    if found is None or len(found.x) < 150:
        return NotMeasured("fewer than 150 labelled training rows in the sample")
    rows = usable(view, "train")
    codes = view.sheets["train"].target.codes[rows]  # type: ignore[union-attr,index]
    guess = found.loo.argmax(1)
    ranked = np.sort(found.loo, axis=1)
    margin = ranked[:, -1] - ranked[:, -2] if ranked.shape[1] > 1 else ranked[:, -1]
    wrong = guess != codes
    order = np.argsort(-margin)
    core, middle = order[: max(30, int(0.2 * len(rows)))], order[int(0.3 * len(rows)) : int(0.6 * len(rows))]
    sure_wrong = core[wrong[core]]
    k = len(view.class_values)
    other, other_rows = None, 0
    for held in ("validation", "test"):
        at = usable(view, held) if held in view.sheets else np.zeros(0, int)
        if len(at) >= 50:
            other_codes = view.sheets[held].target.codes[at]  # type: ignore[union-attr,index]
            missed = float((found.predict(view.features(held)[at]).argmax(1) != other_codes).mean())
            if other is None or missed < other:
                other, other_rows = missed, len(at)
    return LabelNoise(
        len(rows),
        k,
        float(wrong.mean()),
        float(wrong[core].mean()),
        len(core),
        _scatter(guess[sure_wrong], codes[sure_wrong], k),
        float(wrong[middle].mean()),
        other,
        other_rows,
        *_to_review(view, rows, found.loo, other),
    )


def _to_review(view: View, rows: np.ndarray, loo: np.ndarray, held_out: float | None) -> tuple[tuple[RowToReview, ...], str]:
    """Training rows whose label is doubtful, where enough are: a twentieth of the rows, or many more than are held out."""
    codes = view.sheets["train"].target.codes[rows]  # type: ignore[union-attr,index]
    errors = float((loo.argmax(1) != codes).mean())
    if errors < 0.05 and not (held_out is not None and errors - held_out > 0.1):
        return (), ""
    found, by = doubtful(loo, codes)
    names = [str(v) for v in view.class_values]
    said = loo[found].argmax(1)
    given = [names[c] for c in codes[found]]
    return review(view.sheets["train"].split, rows[found], given, [names[c] for c in said], loo[found, said]), by


def _scatter(guess: np.ndarray, given: np.ndarray, k: int) -> float:
    """How evenly given labels of contradicted rows spread over the classes that they are not: entropy in [0, 1]."""
    if k <= 2 or len(guess) < 5:
        return 1.0
    offset = np.bincount((given - guess) % k, minlength=k)[1:].astype(float)
    pairs = np.unique(guess * k + given, return_counts=True)[1]
    p = pairs / pairs.sum()
    ceiling = np.log(min(len(guess), k * (k - 1)))
    spread = float(-(p * np.log(p)).sum() / ceiling) if ceiling > 0 else 1.0
    return min(spread, 1.0) if offset.sum() else 1.0


@probe
def conflicts(training: Training, run: Observation) -> Conflicts | NotMeasured | NotApplicable:
    """Training rows with equal inputs and unequal labels."""
    view = view_of(training)
    if view.task != "classes" or "train" not in view.sheets or view.sheets["train"].target is None:
        return NotApplicable("training targets are not classes")
    codes, hashes = all_codes(view, "train"), view.sheets["train"].split.hashes
    if hashes is None or codes is None or len(hashes) != len(codes):
        codes = view.sheets["train"].target.codes
        hashes = row_hashes(view.sheets["train"].split.x)
    assert codes is not None
    groups = np.unique(hashes, return_inverse=True)[1]
    size = np.bincount(groups)
    repeated = np.flatnonzero(size[groups] > 1)
    contradicting = _contradicting(groups[repeated], codes[repeated])
    mixed = np.random.default_rng(0).permutation(codes[repeated])
    return Conflicts(
        len(codes),
        len(repeated),
        int(contradicting.sum()),
        float(_contradicting(groups[repeated], mixed).sum()),
        tuple(int(i) for i in repeated[contradicting][:10]),
        len(size) / max(1, len(codes)),
    )


def _contradicting(groups: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Which rows do not carry the most frequent label of their group."""
    if not len(groups):
        return np.zeros(0, bool)
    group = np.unique(groups, return_inverse=True)[1]
    pair, which, counts = np.unique(group * (codes.max() + 2) + codes + 1, return_inverse=True, return_counts=True)
    most = np.zeros(group.max() + 1, int)
    np.maximum.at(most, pair // (codes.max() + 2), counts)
    usual = np.full(group.max() + 1, -1)
    at = np.flatnonzero(counts == most[pair // (codes.max() + 2)])
    usual[pair[at] // (codes.max() + 2)] = at
    return which != usual[group]


@probe
def label_order(training: Training, run: Observation) -> LabelOrder | NotMeasured | NotApplicable:
    """How much of the labels' variance stands between consecutive batches of rows, in the order of training."""
    view = view_of(training)
    if view.task not in ("classes", "numbers") or "train" not in view.sheets or not view.splits["train"].y:
        return NotApplicable("targets are neither classes nor numbers")
    split = view.splits["train"]
    ordered = split.labels is not None and len(split.labels) > 0
    target = view.target(np.asarray(split.labels if ordered else split.y[0]))
    contiguous = split.rows is None or bool((np.diff(split.rows) == 1).all())
    if target is None or not (ordered or contiguous):
        return NotMeasured("the order of the training labels is unknown")
    coded = target.coded[np.isfinite(target.coded).all(1)]
    batch = training.curve.batch_size or 32
    whole = len(coded) // batch
    if whole < 4:
        return NotMeasured("fewer than 4 batches of labels")
    centred = coded - coded.mean(0)
    means = centred[: whole * batch].reshape(whole, batch, -1).mean(1)
    total = float((centred**2).sum(1).mean())
    alike = float((means**2).sum(1).mean()) / total if total > 0 else 0.0
    fits = [call for call in training.calls if call.kind == "fit"]
    if not training.calls:
        return NotApplicable("nothing was trained")
    shuffled = (
        split.source in ("numpy", "pandas", "tensor", "arrays")
        and all(call.settings.get("shuffle", True) not in (False, "False") for call in fits)
        and bool(fits)
    )
    runs = 1 + int((np.abs(np.diff(coded, axis=0)).sum(1) > 0).sum())
    return LabelOrder(len(coded), batch, alike, 1 / batch, shuffled, view.task, runs)


@probe
def fits_of_one_class(training: Training, run: Observation) -> FitsOfOneClass | NotApplicable:
    """Whether one `fit` after another was given one class after another."""
    fits = [c for c in training.calls if c.kind == "fit"]
    found = [c.settings.get("only_target") for c in fits]
    if len(fits) < 2 or any(f is None for f in found):
        return NotApplicable("no `fit` after another with targets of a single class each")
    return FitsOfOneClass(len(fits), len(set(found)), training.curve.steps / len(fits))
