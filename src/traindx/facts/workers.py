"""What several workers did: models side by side, work that is combined, local values, waits. Also of one process that
plays several workers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.measurement import Measurement


@dataclass(frozen=True)
class Replicas:
    """Models (or variables) of one architecture that are trained in turns: replicas, if they are meant to be one model.

    Gaps are the greatest relative L2 distance of trainable weights between two of them: `start_gap` before training,
    `gaps` (round, gap) when the first of them is trained again, `end_gap` at the end. `same_gradients`: share of looks
    at which all were given the very same gradients (None: not seen). `shared_rows`: greatest share of one's training
    rows that another trained on too. `statistics_gap`: greatest difference of
    a moving mean between replicas, in the moving standard deviation, in `statistics_layer`. `disagreement`: root mean
    square difference of two replicas' outputs on the same rows over the outputs' spread. `declared`: they are
    the workers of one cluster (TF_CONFIG), each a process of its own.
    """

    count: int
    rounds: int = 0
    start_gap: float = 0.0
    gaps: tuple[tuple[int, float], ...] = ()
    end_gap: float = 0.0
    same_gradients: float | None = None
    shared_rows: float | None = None
    statistics_gap: float | None = None
    statistics_layer: str | None = None
    disagreement: float | None = None
    variable: str = ""
    names: tuple[str, ...] = ()
    location: Location | None = None
    declared: bool = False

    @property
    def apart(self) -> float:
        """The least gap at any look after the first; 0 where the replicas met again."""
        return min((g for _, g in self.gaps[1:]), default=self.end_gap)


@dataclass(frozen=True)
class Share:
    """One worker's part: distinct `rows` it read, rows `drawn` in all, its `weight` in the combination (None: not seen),
    median `seconds` busy per step before the exchange, and in which share of steps it was the `last`."""

    name: str
    rows: int = 0
    drawn: int = 0
    weight: float | None = None
    seconds: float | None = None
    last: float = 0.0
    phase: str = ""


@dataclass(frozen=True)
class Exchange:
    """Work of several workers that one update combines.

    `kind`: `gradients` (several tape gradients, then an optimizer), `weights` (trainings from the same weights, then new
    weights), `batches` (several tf.data iterators, or shards, that feed one step), `workers` (processes of a cluster).
    `overlap`: greatest share of one worker's rows that another reads too. `source`: rows of the array that the training
    rows came from, `unseen` those never read (held-out rows aside), `passes` how often each row was read on average if all
    were. `twice`: share of steps in which a row came more than once. `idle_shards`: shards in the program's scope of which
    no row was read, of `shards`. `in_step`: share of draws at which two workers read the same row at the same time.
    `step_seconds`: median time of one step. `threads`: the workers ran in threads.
    """

    kind: str
    workers: tuple[Share, ...]
    steps: int = 0
    overlap: float = 0.0
    source: int = 0
    unseen: int = 0
    passes: float = 0.0
    twice: float = 0.0
    shards: int = 0
    idle_shards: int = 0
    residual: float | None = None
    in_step: float = 0.0
    step_seconds: float | None = None
    threads: bool = False
    location: Location | None = None


@dataclass(frozen=True)
class LocalValue:
    """One figure computed by each worker on its own rows: `values` and `rows` per worker, `pooled` over all rows.

    `printed`: which workers' values the program printed (positions), `how` the figure was taken.
    """

    name: str
    values: tuple[float, ...]
    rows: tuple[int, ...]
    pooled: float
    printed: tuple[int, ...] = ()
    how: str = ""
    location: Location | None = None


@dataclass(frozen=True)
class Strategy(Measurement):
    """A `tf.distribute` strategy that a model was built in: its class, its number of replicas, rows per replica and step.

    `unsynchronised`: layers that normalise over a replica's own rows while training. `asked`: the global batch size that
    the program divides its losses by (`tf.nn.compute_average_loss`; None: not given), at the line `asked_at`.
    """

    kind: str
    replicas: int
    rows: int | None = None
    unsynchronised: tuple[str, ...] = ()
    location: Location | None = None
    asked: int | None = None
    asked_at: Location | None = None


@dataclass(frozen=True)
class Scope(Measurement):
    """What of a model's training stands in the scope of a strategy that the program made, and what does not.

    `strategy` of `replicas`, made at `location`. `outside` of the model's `weights` variables are not the strategy's,
    `first` of them is named. `model_at`, `optimizer_at`: where these were made if that was outside, else None;
    `optimizer_inside`: None without an optimizer. `iterations` that the optimizer counted in `steps` steps. `schedule`:
    class of its learning rate schedule. `used`: some model of the program was built in the scope. `several`: the
    strategy spans processes.
    """

    strategy: str
    replicas: int
    weights: int = 0
    outside: int = 0
    first: str = ""
    optimizer_inside: bool | None = None
    iterations: int | None = None
    steps: int = 0
    schedule: str | None = None
    used: bool = False
    several: bool = False
    location: Location | None = None
    model_at: Location | None = None
    optimizer_at: Location | None = None


@dataclass(frozen=True)
class Waiter:
    """A thread that stood still: what it waited in (`call`), for how long, and where in the program."""

    thread: str
    call: str
    seconds: float
    location: Location | None = None
    frames: tuple[Location, ...] = ()


@dataclass(frozen=True)
class Waits(Measurement):
    """Threads that waited until the program ended or gave up, and threads that had left before.

    `gone`: (thread, seconds before the end when it was last seen, steps of work it did). `steps` of work per worker.
    `ended`: the program itself ended (by the exception `error`, if any) rather than the watchdog reporting in its midst.
    """

    waiting: tuple[Waiter, ...] = ()
    gone: tuple[tuple[str, float], ...] = ()
    work: tuple[tuple[str, int], ...] = ()
    error: str = ""
    ended: bool = True
    phase: str = ""
    worker: str = ""


@dataclass(frozen=True)
class Figure:
    """One number that a worker computed over `rows` rows at a line of the program, and whether it printed it.

    `weights`: sample of the trainable weights (k,) of the model that was judged, as they were then (None: not seen);
    `fresh`: they were as initialised, every bias exactly zero.
    """

    name: str
    value: float
    rows: int
    printed: bool
    location: Location | None = None
    hashes: np.ndarray | None = None
    weights: np.ndarray | None = None
    fresh: bool = False


@dataclass(frozen=True)
class Judged:
    """One figure that every worker of a cluster computed at the same line, each on rows of its own.

    `values`, `rows` per worker; `gaps`: relative L2 distance of its weights from the first worker's at that moment;
    `fresh`: which workers (positions) held weights as initialised; `trained_gap`: the greatest distance between two
    workers at the last step of training that all logs hold (None: nothing was trained).
    """

    name: str
    workers: tuple[str, ...]
    values: tuple[float, ...]
    rows: tuple[int, ...]
    gaps: tuple[float, ...]
    fresh: tuple[int, ...] = ()
    trained_gap: float | None = None
    location: Location | None = None


@dataclass(frozen=True)
class Process:
    """One worker of a cluster, as its own process saw itself.

    `index` of `count` workers (TF_CONFIG). `trace`: (step, sample of trainable weights) at some steps. `outside`: median
    seconds per step between two synchronous steps (reading data, the program's own code), `inside` within them. `source`:
    row hashes of the array that its tf.data pipeline begins with. `strategy`: class name, None without one. `rows`: hashes
    (n,) of the rows that its compiled step read by itself, in order, from reading the pipeline again after the run.
    """

    name: str
    index: int
    count: int
    steps: int = 0
    trace: tuple[tuple[int, np.ndarray], ...] = ()
    outside: float | None = None
    inside: float | None = None
    source: np.ndarray | None = None
    figures: tuple[Figure, ...] = ()
    strategy: str | None = None
    ended: str = ""
    location: Location | None = None
    rows: np.ndarray | None = None


@dataclass(frozen=True)
class WorkersSeen:
    """All that was seen of several workers in one run."""

    replicas: tuple[Replicas, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    values: tuple[LocalValue, ...] = ()
    waits: Waits | None = None
    process: Process | None = None
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True)
class ReplicaGroups(Measurement):
    """All groups of models that took turns."""

    all: tuple[Replicas, ...] = ()


@dataclass(frozen=True)
class Exchanges(Measurement):
    """All kinds of combined work."""

    all: tuple[Exchange, ...] = ()


@dataclass(frozen=True)
class LocalValues(Measurement):
    """All figures that several workers computed, each on rows of its own."""

    all: tuple[LocalValue, ...] = ()


@dataclass(frozen=True)
class JudgedByWorkers(Measurement):
    """All figures that the workers of a cluster computed with the weights that each held."""

    all: tuple[Judged, ...] = ()
