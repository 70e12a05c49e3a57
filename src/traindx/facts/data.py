"""What the values of inputs and targets look like, before any model: scale, tails, missing cells, constants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from traindx.facts.measurement import Measurement, add, largest

if TYPE_CHECKING:
    from traindx.facts.outcome import Outcome


@dataclass(frozen=True)
class Cell:
    """Where a value stands: split, `inputs` or `targets`, the column's name, how many rows have it, the first few."""

    role: str
    part: str
    column: str
    count: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reach(Measurement):
    """What a cheap model (ridge, linear or radial) attains on the training rows, and what the network does.

    All skills are 1 - squared error / variance of the coded targets (class indicators or numbers): 1 is perfect, 0 a
    constant. `cheap` is leave-one-out on `rows` training rows; `chance` and `spread` the mean and standard deviation
    of it over shuffled targets; `network` and `held_out` are the network's own skill on training and held-out rows.
    """

    rows: int
    task: str
    cheap: float
    chance: float
    spread: float
    model: str = "linear"
    network: float | None = None
    held_out: float | None = None
    columns: int = 0

    @property
    def margin(self) -> float:
        """What the network may lack before it counts as behind: a tenth of the variance, or 3 standard deviations."""
        return max(0.1, 3 * self.spread)

    @property
    def behind(self) -> float | None:
        """How much more of the variance the cheap model explains on unseen rows than the network on its own."""
        return None if self.network is None else self.cheap - self.network

    @property
    def learnable(self) -> bool:
        """Whether a cheap model sees a relation between inputs and targets beyond shuffled targets (5 sigma)."""
        return self.cheap - self.chance > max(0.02, 5 * self.spread)


def hurt(reach: Reach | None, outcome: Outcome | None) -> bool | None:
    """Whether the run failed to learn what can be learnt; None when nothing says so or otherwise."""
    if outcome is not None and outcome.non_finite:
        return True
    if reach is not None and not reach.learnable:
        return False
    if reach is not None and reach.behind is not None:
        return reach.behind > reach.margin
    if outcome is not None and outcome.skill is not None:
        return outcome.skill < 0.05
    return None


@dataclass(frozen=True)
class InputScale(Measurement):
    """Size of the training inputs. `rms` root mean squares (about 0) and `std` standard deviations per column:
    smallest and largest among columns that vary; `offset` the largest |mean| / std; `handled_by` the kind of the
    model's own scaling or lookup layer; `layer` the affine one (`Rescaling`, `Normalization`) behind which all columns
    together have the size given here."""

    rows: int
    columns: int
    rms: tuple[float, float]
    std: tuple[float, float]
    largest_column: str = ""
    smallest_column: str = ""
    offset: float = 0.0
    handled_by: str | None = None
    layer: str = ""


@dataclass(frozen=True)
class InputTails(Measurement):
    """Columns in which the largest hundredth of the rows hold most of the variance.

    `columns` are their names and `share` the median variance share of those rows (a normal column: 0.085). `raw` and
    `tamed` are the leave-one-out skills of the same linear model on the columns as they are and through a signed
    logarithm; `spread` their standard deviation under shuffled targets; `network` as in `Reach`; `kernel`:
    skill of the better of a linear and a radial model through the logarithm.
    """

    rows: int
    columns: tuple[str, ...]
    share: float
    raw: float | None = None
    tamed: float | None = None
    spread: float = 0.0
    network: float | None = None
    kernel: float | None = None


@dataclass(frozen=True)
class TargetScale(Measurement):
    """Mean and standard deviation of numeric training targets, and the loss that judges them."""

    rows: int
    mean: float
    std: float
    loss: str = ""


@dataclass(frozen=True)
class NonFiniteCells(Measurement):
    """NaN and infinite cells in the sampled rows. `rows` sampled, `nan` and `inf` cells, where they stand."""

    rows: Annotated[int, add]
    nan: Annotated[int, add] = 0
    inf: Annotated[int, add] = 0
    cells: Annotated[tuple[Cell, ...], add] = ()
    whole_columns: Annotated[int, largest] = 0


@dataclass(frozen=True)
class ConstantInputs(Measurement):
    """Columns of the training inputs that never vary. `whole` names inputs of which no column varies; `held` the split
    of whose `held_rows` sampled rows no column varies, while training's do."""

    rows: int
    columns: int
    constant: int
    inputs: int = 1
    whole: tuple[str, ...] = ()
    value: float | None = None
    blind: tuple[str, ...] = ()
    held: str | None = None
    held_rows: int = 0


@dataclass(frozen=True)
class ConstantTargets(Measurement):
    """Whether the training targets vary at all. `distinct` values among `rows`; `placeholder` says why they need not."""

    rows: int
    distinct: int
    value: float | None = None
    spread: float = 0.0
    placeholder: str | None = None
