"""What one split has to do with another: transforms, label codes, drift, rows and groups in common."""

from __future__ import annotations

from dataclasses import dataclass

from traindx.facts.measurement import Measurement


@dataclass(frozen=True)
class Transform:
    """How a held-out split differs from the training split. `kind` names the map, `text` says it with its numbers.

    `before` and `after` are the mean distance of the columns' distributions (Kolmogorov-Smirnov, in units of its
    standard deviation) as they are and once the map is undone; 1 is what two samples of one population give.
    """

    kind: str
    text: str
    role: str
    before: float
    after: float
    factor: float | None = None
    offset: float | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class SplitTransforms(Measurement):
    """Transforms found between the training split and others; `rows` compared, `compared` maps tried.

    `cut`: Keras cut the validation rows off the end of the training arrays; `scored`: skill of what the program scored of
    its predictions on rows without labels known to Keras, None where it scored none.
    """

    rows: int
    columns: int
    compared: int
    found: tuple[Transform, ...] = ()
    cut: bool = False
    scored: float | None = None


@dataclass(frozen=True)
class LabelCodes(Measurement):
    """Whether another naming of the labels makes a held-out split agree with the training split.

    `agree` and `renamed` are the accuracies of a cheap model fitted on training rows, as the labels are and after
    `mapping` (training label, held-out label), which is found on one half of the rows and judged on the other;
    `expected` its leave-one-out accuracy; `p` of a sign test; `shares` the total variation distance of the label shares
    as they are and `shares_renamed` after the mapping; `kappas` the agreement beyond what shares alone give, on unseen
    training rows, on held-out rows as they are, and after the mapping.
    """

    rows: int
    role: str
    classes: int
    expected: float
    agree: float
    renamed: float
    mapping: tuple[tuple[str, str], ...] = ()
    p: float = 1.0
    majority: float = 0.0
    shares: float = 0.0
    shares_renamed: float = 0.0
    kappas: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class TargetShift(Measurement):
    """Numeric targets of a held-out split against the training split: factor and offset that undo the difference.

    `agree` and `renamed` are the skill of a cheap model of the training rows, as the targets are and with the difference
    undone; `expected` its skill on unseen training rows.
    """

    rows: int
    role: str
    factor: float
    offset: float
    before: float
    after: float
    agree: float
    renamed: float
    expected: float = 0.0


@dataclass(frozen=True)
class SplitDrift(Measurement):
    """How far a held-out split is from the training split.

    `auc` of a cheap model that tells the splits apart, on unseen rows, and `chance` its largest value over shuffled
    splits; `labels` total variation distance of the class shares (or KS distance of numbers), `label_chance` its
    1-in-1000 value for samples of that size; `drop` of the network's skill from training to held-out rows (of numbers:
    what it explains within the held-out rows, where that is less). `beyond`: share of the held-out rows that lie beyond
    training's least and greatest value of `beyond_column`; `labels_beyond` the same of numeric targets.
    """

    rows: int
    role: str
    auc: float
    chance: float
    labels: float | None = None
    label_chance: float = 0.0
    drop: float | None = None
    column: str = ""
    beyond_column: str = ""
    beyond: float = 0.0
    labels_beyond: float = 0.0


@dataclass(frozen=True)
class RowOverlap(Measurement):
    """Held-out rows that stand in the training split too.

    `shared` of `rows` held-out rows; `repeats` the share of training rows that have an equal one within training;
    `distinct` the share of different rows in training; `oversampled` (class, share of its held-out rows that stand in
    training) against `natural` for the other classes. A random split of the same rows would share `expected` of the
    held-out rows; `leaked` is the share that must have been copied across to explain the rest, `z` its standard
    deviations, `all_apart` the chance that a random split parts every group of equal rows, where this one did (else 1).
    `telling`: of the pairs of sampled rows that agree in half of their columns, the share that agree in all (1: rows that
    agree are copies; less where columns have few values), measured where over half of the rows are shared, over
    `different` rows.
    """

    role: str
    rows: int
    shared: int
    training_rows: int
    repeats: float
    distinct: float
    labelled: bool = False
    same_label: float | None = None
    oversampled: tuple[str, float] | None = None
    natural: float = 0.0
    first: tuple[int, ...] = ()
    undone: str = ""
    expected: float = 0.0
    leaked: float = 0.0
    z: float = 0.0
    all_apart: float = 1.0
    telling: float = 0.0
    different: int = 0


@dataclass(frozen=True)
class NearCopies(Measurement):
    """Held-out rows with an almost equal, but not an equal, training row.

    `near` of `rows` sampled held-out rows lie closer to a training row than `closeness` of the distance to neighbour
    16; `sampled` is the share of different training rows that were looked at. `beyond_own` is their share above that of
    training rows with such a copy (or an equal row) in training, `z` its standard deviations; `beyond_smooth` the
    largest share above what a smooth density of the local dimension has. `same_label` is the share with the label of
    their nearest row; `between` of `between_rows` held-out rows of `between_class` lie on a line between two training
    rows of their class (SMOTE), `between_chance` the share in the other classes; `exact` have an equal training row.
    """

    role: str
    rows: int
    near: int
    sampled: float
    beyond_own: float
    z: float
    closeness: float
    beyond_smooth: float
    same_label: float | None = None
    between: int = 0
    between_rows: int = 0
    between_class: str = ""
    between_chance: float = 0.0
    exact: int = 0
    first: tuple[int, ...] = ()


@dataclass(frozen=True)
class SharedGroups(Measurement):
    """An id-like column whose values stand on both sides. `values` ids in training, `shared` share of held-out rows
    whose id is trained on; `alike` how much of the label (or input) variance the id explains, beyond chance. `lost`, for groups
    found by clustering: how much more often the nearest row of another group is wrong about the label than the nearest row
    at all, in units of what chance is wrong."""

    role: str
    column: str
    values: int
    rows_each: float
    shared: float
    alike: float
    chance: float
    lost: float | None = None


@dataclass(frozen=True)
class SharedWindows(Measurement):
    """Windows cut from one series: share of held-out windows whose neighbour, one step on, stands in training.

    `border` is what a split at one point in time gives; `sampled` the share of training rows that were looked at; `own` the
    share of training rows that another training row continues: windows of one series nearly all, other rows by chance.
    """

    role: str
    rows: int
    shared: float
    border: float
    sampled: float
    length: int
    own: float = 0.0


@dataclass(frozen=True)
class TimeOrder(Measurement):
    """A time-like column: share of training rows later than the first held-out row, and the reach of both splits."""

    role: str
    column: str
    after: float
    train: tuple[float, float]
    held_out: tuple[float, float]
    named: bool = False
    dependent: float = 0.0


@dataclass(frozen=True)
class FractionColumn(Measurement):
    """A column whose values, from 0 at its least to 1 at its greatest, are fractions of small numbers, as the means of a
    few yes-or-no targets are. On the held-out rows: `none` rows at 0 and `all` at 1, of which `wrong` have the other
    target; `slope` of the targets against the fractions between; `positive`: share of positive training targets."""

    role: str
    column: str
    fractions: float
    denominators: int
    none: int
    all: int
    wrong: int
    slope: float
    positive: float


@dataclass(frozen=True)
class TargetMean(Measurement):
    """An input column whose every value is the mean of the targets of the rows that hold it, up to a scale and an offset.

    `values` distinct ones; `both` and `alone`: share of the variance of these means that the column leaves unexplained, over
    training and held-out rows together and over training rows alone.
    """

    role: str
    column: str
    rows: int
    values: int
    both: float
    alone: float
