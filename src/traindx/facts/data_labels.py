"""What the labels look like: classes, order, noise, and whether the inputs say anything about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from traindx.facts.findings import Location, RowToReview
from traindx.facts.measurement import Measurement, add, add_counts


@dataclass(frozen=True)
class OneHotRows(Measurement):
    """One-hot training targets: `empty` of `rows` rows have no class set; `first` some of their positions."""

    rows: Annotated[int, add]
    empty: Annotated[int, add]
    classes: int
    loss: str = ""
    first: Annotated[tuple[int, ...], add] = ()
    role: str = "train"


@dataclass(frozen=True)
class ClassCounts(Measurement):
    """Rows per class and split: (class name, rows), classes without rows left out."""

    train: Annotated[tuple[tuple[str, int], ...], add_counts]
    validation: Annotated[tuple[tuple[str, int], ...], add_counts] = ()
    test: Annotated[tuple[tuple[str, int], ...], add_counts] = ()
    tail_split: bool = False
    sorted_labels: bool = False

    def held_out(self) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """(role, counts) of the splits that are not trained on and have rows."""
        return tuple((r, c) for r, c in (("validation", self.validation), ("test", self.test)) if c)


@dataclass(frozen=True)
class PaddedApart(Measurement):
    """Sequences whose targets are padded at the other end: of `rows` padded rows, the share `apart`; `steps` of a row."""

    rows: int
    apart: float
    steps: int
    front: str


@dataclass(frozen=True)
class TurnedTargets(Measurement):
    """Target pictures against input pictures: of `rows` rows those, `clear`, where one of `ways` turnings is clearly the
    best; `straight`: the share of these for which it is none, `other`, `other_share`: the most frequent other one.
    `followed`: share of rows whose prediction lies on the target as it stands, of held-out rows that are turned as well or
    else of training rows; None where held-out targets stand straight, or nothing was predicted."""

    rows: int
    clear: int
    ways: int
    straight: float
    other: str
    other_share: float
    followed: float | None = None


@dataclass(frozen=True)
class RareClass(Measurement):
    """How the rarest classes fare. `share` of the training rows; recalls on held-out (else training) rows.

    `recall` is the network's mean recall of the rare classes, `others` of the rest; `cheap` the recall that a cheap
    model with equal class weights attains on the same classes, leave-one-out, and `cheap_others` on the rest (of training
    rows; of held-out rows where that is more and training has under 30 rows of a class); `worst`
    the network's recall of the rare class (of 10 judged rows or more) that it finds least; `weighted`: weights make
    up for the imbalance; `own`: the program chose the threshold itself.
    """

    rows: int
    classes: int
    names: tuple[str, ...]
    share: float
    judged: int
    recall: float
    others: float
    cheap: float
    cheap_others: float
    weighted: bool = False
    role: str = "validation"
    worst: float = 1.0
    own: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class LabelNoise(Measurement):
    """Labels against a cheap model's leave-one-out opinion.

    `errors` disagreement over all rows; `core` among the surest fifth, `middle` among ranks 30 to 60 %; `scatter` in [0, 1] how
    evenly the wrong labels of sure rows spread over the other classes (normalised entropy; 1 for two classes);
    `held_out` the least disagreement of the same model on a held-out split; `review` the rows to look at, ranked `by`
    cleanlab or by the model itself (leave-one-out).
    """

    rows: int
    classes: int
    errors: float
    core: float
    core_rows: int
    scatter: float
    middle: float
    held_out: float | None = None
    held_out_rows: int = 0
    review: tuple[RowToReview, ...] = ()
    by: str = ""


@dataclass(frozen=True)
class TargetNoise(Measurement):
    """How far a cheap model fitted on training rows is from numeric targets: median absolute error, leave-one-out on the
    `rows` training rows and on `held_out_rows` held-out rows, and its skill on both; `review` the training rows that it
    misses by most."""

    rows: int
    error: float
    skill: float
    held_out_rows: int
    held_out_error: float
    held_out_skill: float
    review: tuple[RowToReview, ...] = ()


@dataclass(frozen=True)
class Conflicts(Measurement):
    """Equal inputs with different labels: `repeated` rows share their inputs with another row, `conflicting` of them do
    not carry the most frequent label of their equals; `chance` counts the same with those rows' labels shuffled."""

    rows: int
    repeated: int
    conflicting: int
    chance: float
    first: tuple[int, ...] = ()
    distinct_share: float = 1.0


@dataclass(frozen=True)
class Relation(Measurement):
    """Whether training rows and their labels belong together.

    `skill`, `chance`, `spread` as in `Reach` (training rows). `elsewhere` the skill of the same model within held-out
    rows, and its standard deviation; `shift` and `shifted` the best other alignment (labels moved by so many rows)
    and its skill; `linked` how far the inputs' columns hang together (about 1 for independent noise); `label_order` and
    `input_order` z-values of the similarity of neighbouring rows (source order). `together`: columns that all rise with
    one another by steps that have nothing in common (0: not all of them do). `back`: standard deviations by which a model
    of the held-out rows agrees with the training labels beyond chance.
    """

    rows: int
    task: str
    skill: float
    chance: float
    spread: float
    network: float | None = None
    held_out: float | None = None
    held_out_rows: int = 0
    elsewhere: float | None = None
    elsewhere_chance: float = 0.0
    elsewhere_spread: float = 0.0
    shift: int = 0
    shifted: float | None = None
    label_order: float | None = None
    input_order: float | None = None
    linked: float = 0.0
    together: int = 0
    back: float | None = None

    def seen(self, skill: float, chance: float, spread: float) -> bool:
        """Whether a skill is above shuffled labels: 5 standard deviations and 2 % of the variance."""
        return skill - chance > max(0.02, 5 * spread)

    @property
    def learnable(self) -> bool:
        """Whether the training rows hold a relation that a cheap model sees."""
        return self.seen(self.skill, self.chance, self.spread)


@dataclass(frozen=True)
class NoiseColumns(Measurement):
    """Columns that say nothing about the label nor about any other column.

    `noise` of `columns`; `gain` of the cheap model's leave-one-out skill without them, in units of variance.
    """

    rows: int
    columns: int
    noise: int
    limit: float
    skill: float
    gain: float
    spread: float
    network: float | None = None
    held_out: float | None = None
    first: tuple[str, ...] = ()


@dataclass(frozen=True)
class SingleColumn(Measurement):
    """The one column that says most about the label, alone, against all other columns together.

    Errors are shares of the variance left unexplained (1 - skill), leave-one-out. `earlier`: rows stand in time order,
    and the column is the target of an earlier row (the last known value), not of its own. `elsewhere`: what the relation
    of the training rows leaves unexplained of the held-out labels, where there are any and the column is there.
    `classes`: the labels are classes, not numbers.
    """

    rows: int
    columns: int
    name: str
    alone: float
    others: float
    spread: float = 0.0
    exact: bool = False
    earlier: bool = False
    elsewhere: float | None = None
    classes: bool = False


@dataclass(frozen=True)
class SummedColumns(Measurement):
    """How the target is a sum of columns. `names`: the first of the `parts` that least squares needs; `left`: share of the
    variance left over; `others`: skill of the `rest`, the columns that vary and are not needed, by themselves."""

    rows: int
    columns: int
    names: tuple[str, ...]
    parts: int
    left: float
    rest: int
    others: float


@dataclass(frozen=True)
class FutureColumn(Measurement):
    """A column that is a fixed sum of the target at its own and later rows. `weights`: (row offset, weight)."""

    rows: int
    name: str
    weights: tuple[tuple[int, float], ...]
    explained: float
    by_past: float
    columns: int = 0


@dataclass(frozen=True)
class LabelOrder(Measurement):
    """How far the labels that stand together in one training batch are alike.

    `alike` is the share of the label variance between batches; `chance` what shuffling gives; `shuffled` whether
    Keras shuffles the rows before training.
    """

    rows: int
    batch: int
    alike: float
    chance: float
    shuffled: bool
    task: str = "classes"
    runs: int = 0


@dataclass(frozen=True)
class FitsOfOneClass(Measurement):
    """Calls of `fit` on one model, each with rows of a single class: `fits` of them, `classes` different ones, `steps` updates
    a call on average."""

    fits: int
    classes: int
    steps: float


@dataclass(frozen=True)
class OneSidedLabels(Measurement):
    """Rows of which a cheap model of the held-out rows says for sure that they are of class `name`: `rows` of training;
    the share that bears its label, `expected` among held-out rows (leave-one-out) and `kept` among training rows;
    `others`: the most that another class lacks. `share` of the class in training, `held_share` held out."""

    role: str
    name: str
    rows: int
    expected: float
    kept: float
    others: float
    share: float
    held_share: float


@dataclass(frozen=True)
class DataNeed(Measurement):
    """Whether more rows would help: leave-one-out skill of a cheap model on all sampled rows and on half of them."""

    total: int
    rows: int
    skill: float
    half: float
    spread: float
    network: float | None = None
    held_out: float | None = None
    held_out_rows: int = 0


@dataclass(frozen=True)
class RowsOfMany(Measurement):
    """Few training rows beside many held-out ones. Skill of a cheap model on the same unseen rows, taught with the
    `distinct` training rows (`own`), with as many held-out rows (`few`), and with `taught` held-out rows (`many`);
    `network`, `network_held_out`: that of the network on its training rows and on the held-out ones."""

    distinct: int
    held_out_rows: int
    taught: int
    own: float
    few: float
    many: float
    network: float | None = None
    network_held_out: float | None = None
    location: Location | None = None
