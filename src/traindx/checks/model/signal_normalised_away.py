"""M303."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Outcome
from traindx.facts.steps import Normalisation


@check("M303", Severity.ERROR, suggests=(Cause.NORMALIZATION_LAYERS,))
def signal_normalised_away(
    norm: Normalisation, outcome: Outcome | None, *, lost: float = 0.15
) -> Finding | NotMeasured | None:
    """A normalisation of each row, as the first layer, takes away what the targets depend on.

    ## Why training fails
    LayerNormalization divides each row by its own spread and takes its own mean away. Where the targets depend on how
    large a row is as a whole (a total, a price level, a brightness), that is gone before the first weight.

    ## How it is measured
    Share of the targets' variance that a linear model explains out of fold: from the inputs, and from the inputs after
    the same normalisation. And the skill that the network reached.

    ## What to do
    Normalise columns instead of rows: `Normalization` adapted on the training rows, or BatchNormalization.

    ## Thresholds
    - `lost`: 15 % of the variance; far above the standard error of such a share on 1500 rows (below 0.03). The network
      must also stay that far below the linear model on raw inputs.
    """
    if norm.raw is None or norm.normalised is None:
        return None
    if outcome is None or outcome.skill is None:
        return NotMeasured("the skill on training rows is not known")
    held = outcome.validation_skill if outcome.validation_skill is not None else outcome.skill
    if norm.raw - norm.normalised <= lost or norm.raw - min(held, outcome.skill) <= lost:
        return None
    return Finding(
        message=f"{norm.layer} ({norm.kind}) takes the signal away: a linear model explains {norm.raw:.0%} of the targets "
        f"from the inputs, {max(0.0, norm.normalised):.0%} from what {norm.layer} leaves of them",
        strength=0.9, layer=norm.layer, location=norm.location,
        evidence=(Evidence("explained from the inputs", norm.raw),
                  Evidence("explained after the normalisation", norm.normalised, norm.raw - lost),
                  Evidence("skill of the network", held, norm.raw - lost)),
        fix="Normalise columns, not rows: layers.Normalization adapted on the training rows, or BatchNormalization.",
    )  # fmt: skip


_AWAY = Normalisation("layer_normalization", "LayerNormalization", 0.0, 1.0, False, 0.99, 0.4)
signal_normalised_away.fires_on(_AWAY, Outcome(skill=0.45, validation_skill=0.4))
signal_normalised_away.silent_on(_AWAY, Outcome(skill=0.97, validation_skill=0.96))
signal_normalised_away.silent_on(
    Normalisation("layer_normalization", "LayerNormalization", 0.0, 1.0, False, 0.5, 0.5), Outcome(skill=0.2)
)
