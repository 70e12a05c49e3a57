"""Which labels to look at by hand: ranked by confident learning (cleanlab) where it is installed, else by own means."""

from __future__ import annotations

import numpy as np

from traindx.facts.findings import RowToReview
from traindx.facts.observation import Split

MOST = 20


def doubtful(loo: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, str]:
    """Rows whose label is doubtful, the most doubtful first, and who ranked them.

    `loo` (n, k) are predictions of a model that was not fitted on the row itself, `codes` (n,) the labels. With the
    extra `labels` the rows are those of confident learning (Northcutt, Jiang and Chuang 2021, `cleanlab`); without it,
    those that the model contradicts, by how far it prefers its own answer to the label.
    """
    confident = _confident(loo, codes)
    if confident is not None:
        return confident[:MOST], "cleanlab"
    wrong = np.flatnonzero(loo.argmax(1) != codes)
    preferred = loo[wrong].max(1) - loo[wrong, codes[wrong]]
    return wrong[np.argsort(-preferred, kind="stable")][:MOST], "leave-one-out"


def _confident(loo: np.ndarray, codes: np.ndarray) -> np.ndarray | None:
    try:
        from cleanlab.filter import find_label_issues
    except ImportError:
        return None
    shares = np.clip(loo, 1e-3, None)
    shares /= shares.sum(1, keepdims=True)
    try:
        return np.asarray(find_label_issues(codes, shares, return_indices_ranked_by="normalized_margin", n_jobs=1), int)
    except ValueError:  # a class without rows, say
        return None


def review(split: Split, rows: np.ndarray, given: list[str], said: list[str], sure: np.ndarray) -> tuple[RowToReview, ...]:
    """Sampled rows `rows` (k,) with their labels, what a model says instead and how sure it is (k,), by source position."""
    places = split.rows[rows] if split.rows is not None else rows
    return tuple(
        RowToReview("train", int(place), label, other, float(np.clip(share, 0, 1)))
        for place, label, other, share in zip(places, given, said, sure, strict=True)
    )
