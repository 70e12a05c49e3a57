"""Everything seen of several workers: the one object that the recorder tells what the program does."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

import numpy as np

from traindx.facts.workers import Exchange, Share, WorkersSeen
from traindx.probes.bounded import Distinct
from traindx.probes.callsite import callsite, user_frames
from traindx.probes.rowhash import row_hashes
from traindx.probes.workers.distributed import Averages
from traindx.probes.workers.federated import Federated
from traindx.probes.workers.pieces import Piece, Pieces
from traindx.probes.workers.process import OwnWork
from traindx.probes.workers.replicas import SideBySide
from traindx.probes.workers.rows import Rows, hashes_of, unread
from traindx.probes.workers.samples import sample
from traindx.probes.workers.scope import MAX_FRAMES, parts, row_arrays, whole_numbers
from traindx.probes.workers.strategies import Strategies
from traindx.probes.workers.streams import Streams
from traindx.probes.workers.values import Values
from traindx.probes.workers.within import Within

MAX_LOG = 1 << 20
MAX_MODELS = 64
SCOPES = 3
"""How often the program's variables are searched for the arrays that rows came from."""


class Ledger:
    """Follows gradients, updates, weights, iterators and figures; spends at most 0.5 s and 4 % of the time."""

    def __init__(self) -> None:
        self.pieces, self.replicas, self.federated = Pieces(), SideBySide(), Federated()
        self.streams, self.values = Streams(), Values()
        self.local = threading.local()
        self.lock = threading.Lock()
        self.clock = 0
        self.born = time.monotonic()
        self.spent = 0.0
        self.sources: dict[str, np.ndarray] = {}
        self.parts: dict[str, list[np.ndarray]] = {}
        self.searched: dict[tuple[int, ...], int] = {}
        self.held_out = Distinct()
        self.log: dict[int, list[np.ndarray]] = {}
        self.logged = 0
        self.batches: dict[int, Rows] = {}
        self.sites: dict[int, Any] = {}
        self.work: dict[int, int] = {}
        self.own, self.averages, self.strategies = OwnWork(), Averages(), Strategies()
        self.within = Within()
        if self.own.place is not None:
            self.values.held = self.own.held

    @property
    def affords(self) -> bool:
        """Whether there is time left for hashes and samples."""
        return self.spent < 0.5 + 0.04 * (time.monotonic() - self.born)

    # ---- training ---------------------------------------------------------------------------------------------

    def gradient(self, model: Any, x: Any, gradients: list[Any]) -> None:
        """A gradient of `model` was computed on the rows `x`, in this thread."""
        ended = time.perf_counter()
        hashes, n = self._rows(x)
        with self.lock:
            frames = user_frames(MAX_FRAMES)
            self._search(frames, x)
            self.replicas.trains(model, hashes, n, x, callsite)
            self.federated.trains(model, hashes, n, callsite)
            self.work[threading.get_ident()] = self.work.get(threading.get_ident(), 0) + 1
            wanted = self.pieces.looks and self.affords
            self.pieces.add(Piece(
                id(model), self.replicas.shapes_of(model), threading.get_ident(), ended, None, whole_numbers(frames), hashes, n,
                sample(gradients) if wanted else None, callsite(),
            ))  # fmt: skip
        self.spent += time.perf_counter() - ended

    def applied(self, model: Any, gradients: list[Any]) -> None:
        """An optimizer stepped; `model` owns the variables, None where no model does."""
        began = time.perf_counter()
        self.clock += 1
        with self.lock:
            vector = sample(gradients) if self.pieces.looks and self.affords else None
            self.pieces.apply(vector)
            if model is not None:
                self.replicas.applied(model, vector)
        self.spent += time.perf_counter() - began

    def trains(self, model: Any, x: Any, kind: str) -> None:
        """`fit`, `train_on_batch` or a compiled step of the program is about to train `model` on `x`."""
        began = time.perf_counter()
        self.clock += 1
        hashes, n = self._rows(x)
        with self.lock:
            self._search(user_frames(MAX_FRAMES), x)
            self.replicas.trains(model, hashes, n, x if kind != "fit" else None, callsite)
            self.federated.trains(model, hashes, n, callsite)
            if kind == "train_on_batch" and hashes is not None and (id(model) in self.batches or len(self.batches) < MAX_MODELS):
                self.batches.setdefault(id(model), Rows()).add(hashes, n)
                self.sites.setdefault(id(model), callsite())
                if self.logged < MAX_LOG:
                    self.logged += len(hashes)
                    self.log.setdefault(id(model), []).append(hashes)
        self.spent += time.perf_counter() - began

    def pipeline(self, dataset: Any) -> None:
        """A tf.data pipeline is trained on: what array it begins with."""
        if self.own.place is not None and self.own.source is None:
            self.own.source = self.streams.source(dataset)

    def reads_itself(self, given: list[Any]) -> None:
        """A training function of this worker is given these: pipelines among them are read within it."""
        for value in given if self.own.place is not None else ():
            like = self.within.given(value)
            if like is not None:
                self._search(user_frames(MAX_FRAMES), like)

    def _rows(self, x: Any) -> tuple[np.ndarray | None, int]:
        first = x[0] if isinstance(x, list | tuple) and len(x) else x
        shape = getattr(first, "shape", ())
        n = int(shape[0]) if len(shape) and shape[0] is not None else 0
        return (hashes_of(x) if self.affords else None), n

    def _search(self, frames: list[Any], x: Any) -> None:
        """Look for the arrays in scope that rows like these come from: at the first steps of each shape."""
        shape = tuple(getattr(x, "shape", ()))
        if len(shape) < 2 or self.searched.get(shape[1:], 0) >= SCOPES or not self.affords:
            return
        self.searched[shape[1:]] = self.searched.get(shape[1:], 0) + 1
        for name, array in row_arrays(frames, shape[1:], int(shape[0])).items():
            if name not in self.sources:
                self.sources[name] = row_hashes((array,))
        for name, source in list(self.sources.items()):
            for part, hashed in parts(frames, shape[1:], source).items():
                self.parts.setdefault(f"{part} of {name}", hashed)

    # ---- the rest ---------------------------------------------------------------------------------------------

    def weights_set(self, model: Any, weights: list[Any]) -> None:
        """`model.set_weights` is about to run."""
        with self.lock:
            self.federated.sets(model, weights)

    def weights_got(self, model: Any, weights: list[Any]) -> None:
        """`model.get_weights` returned."""
        with self.lock:
            self.federated.gets(model, weights)

    def read(self, iterator: Any, batch: Any) -> None:
        """The program took a batch from a tf.data iterator."""
        began = time.perf_counter()
        first = batch[0] if isinstance(batch, tuple | list) else batch
        hashes, n = self._rows(first)
        with self.lock:
            self.streams.read(iterator, hashes, n, callsite)
        self.spent += time.perf_counter() - began

    def apart(self, strategy: Any, values: Any) -> None:
        """The program took apart what the replicas of a strategy gave."""
        if isinstance(values, tuple):
            self.values.replicas(values, callsite)

    def runs(self, strategy: Any, function: Any, args: Any = (), kwargs: Any = None, options: Any = None) -> None:
        """`strategy.run` begins: the rows of its first argument, over all replicas."""
        first = next(iter(args or (kwargs or {}).values()), None)
        first = first[0] if isinstance(first, tuple | list) and first else first
        parts = getattr(first, "values", None) if type(first).__name__ == "PerReplica" else None
        self.values.replica_rows = sum(int(p.shape[0] or 0) for p in parts or () if len(p.shape))

    def judged(self, model: Any, x: Any, results: dict[str, float] | None, site: Any) -> None:
        """`evaluate` or `predict` ran on rows in memory."""
        self.own.judging(model)
        hashes, _ = self._rows(x)
        if hashes is None:
            return
        if self.held_out.at_most < MAX_LOG:
            self.held_out.add(hashes)
        if results:
            self.values.evaluated(model, results, hashes, site, self.clock)

    # ---- facts ------------------------------------------------------------------------------------------------

    def facts(self) -> WorkersSeen:
        """What was seen, with nothing of the program held any more."""
        made = [*self.pieces.exchanges(), *self.streams.exchanges()]
        joined = self.federated.exchange()
        made += [joined] if joined is not None else []
        made += self._sharded_batches()
        exchanges = tuple(self._covered(exchange, rows) for exchange, rows in made)
        self.own.rows = self.within.rows(self.own.steps)
        if self.own.rows is not None and self.own.source is None:
            holding = [h for h in self.sources.values() if np.isin(self.own.rows, h).mean() > 0.98]
            self.own.source = min(holding, key=len, default=None)
        own = self.own.facts(self.values.figures())
        return WorkersSeen(self.replicas.facts(), exchanges, self.values.facts(), process=own)

    def _covered(self, exchange: Exchange, rows: list[Rows]) -> Exchange:
        """The exchange with what of its source was never read."""
        consumed = Distinct(np.concatenate([np.zeros(0, np.uint64), *(r.seen.values for r in rows)]))
        sources = {**self.sources, **{f"tf.data {k}": v for k, v in self.streams.sources.items()}}
        if not all(r.whole for r in rows):
            return exchange
        source, missing = unread(consumed, sources, self.held_out)
        drawn = sum(r.drawn for r in rows)
        return replace(exchange, source=source, unseen=missing, passes=drawn / source if source else 0.0)

    def _sharded_batches(self) -> list[tuple[Exchange, list[Rows]]]:
        """Batches put together of shards that stand in the program's scope: how often each shard was read."""
        found = []
        for key, rows in self.batches.items():
            if rows.batches < 5 or not rows.whole:
                continue
            drawn, times = np.unique(np.concatenate(self.log[key]), return_counts=True)
            for shards in self.parts.values():
                inside = [np.isin(drawn, s) for s in shards]
                if sum(int(i.sum()) for i in inside) < 0.98 * len(drawn) or len(shards) < 3:
                    continue
                shares = tuple(
                    Share(f"shard {k}", int(i.sum()), int(times[i].sum())) for k, i in enumerate(inside)
                )  # fmt: skip
                made = Exchange(
                    "batches", shares, rows.batches, twice=rows.doubled / rows.batches, shards=len(shards),
                    idle_shards=sum(not s.rows for s in shares), location=self.sites.get(key),
                )  # fmt: skip
                found.append((made, [rows]))
                break
        return found
