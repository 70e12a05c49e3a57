"""Local trainings that start from the same weights, and the weights that were made of their ends: averaging by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.workers import Exchange, Share
from traindx.probes.workers.rows import Rows, overlap
from traindx.probes.workers.samples import combination, sample

MAX_EPISODES = 1024


@dataclass
class Episode:
    """One training between two `set_weights` of the program."""

    start: np.ndarray | None
    rows: Rows = field(default_factory=Rows)
    end: np.ndarray | None = None
    site: Location | None = None


class Federated:
    """Follows `get_weights` and `set_weights` of the program's models."""

    def __init__(self) -> None:
        self.open: dict[int, Episode] = {}
        self.episodes: list[Episode] = []

    def sets(self, model: Any, weights: list[Any]) -> None:
        """The program is about to give `model` these weights."""
        before = self.open.get(id(model))
        if before is not None and before.rows.drawn and before.end is None:
            before.end = sample(model.weights)
        if before is not None and not before.rows.drawn:  # never trained since: a target network, say
            self.episodes = [e for e in self.episodes if e is not before]
        if len(self.episodes) < MAX_EPISODES:
            made = self.open[id(model)] = Episode(sample(list(weights)))
            self.episodes.append(made)

    def trains(self, model: Any, hashes: np.ndarray | None, n: int, site: Any) -> None:
        """`model` is trained on these rows."""
        episode = self.open.get(id(model))
        if episode is not None:
            episode.site = episode.site or site()
            episode.rows.add(hashes, n)

    def gets(self, model: Any, weights: list[Any]) -> None:
        """The program took the weights of `model`."""
        episode = self.open.get(id(model))
        if episode is not None and episode.rows.drawn:
            episode.end = sample(list(weights))

    def exchange(self) -> tuple[Exchange, list[Rows]] | None:
        """Rounds of trainings from the same weights, with what the next round's weights were made of."""
        rounds: list[list[Episode]] = []
        for episode in self.episodes:
            if episode.start is None or not episode.rows.drawn:
                continue
            if rounds and np.array_equal(rounds[-1][0].start, episode.start):  # type: ignore[arg-type]
                rounds[-1].append(episode)
            else:
                rounds.append([episode])
        sizes = Counter(len(r) for r in rounds if len(r) >= 2)
        if not sizes:
            return None
        n = sizes.most_common(1)[0][0]
        found: list[np.ndarray] = []
        for now, then in pairwise(rounds):
            start, after = now[0].start, then[0].start
            ends = [e.end for e in now if e.end is not None]
            if len(now) != n or len(ends) != n or start is None or after is None:
                continue
            answer = combination([e - start for e in ends], after - start)
            if answer is not None and answer[1] < 0.05:
                found.append(answer[0])
        if not found:
            return None
        weights = np.median(found, axis=0)
        whole = [r for r in rounds if len(r) == n]
        rows = [_joined([r[k].rows for r in whole]) for k in range(n)]
        shares = tuple(Share(f"client {k}", len(rows[k].seen), rows[k].drawn, float(weights[k])) for k in range(n))
        made = Exchange("weights", shares, len(whole), overlap(rows), location=whole[-1][0].site)
        return made, rows


def _joined(parts: list[Rows]) -> Rows:
    made = Rows()
    for part in parts:
        made.seen.add(part.seen.values)
        made.drawn += part.drawn
        made.batches += part.batches
        made.whole = made.whole and part.whole
    return made
