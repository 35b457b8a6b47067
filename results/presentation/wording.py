"""Wording: an indicator and a verdict in the words of a person who prepares a region."""

from dataclasses import dataclass
from typing import Final

from results import Distribution, Summary, Verdict
from results.presentation.language import _, of
from results.presentation.numbers import between, decimals_for, number, share
from simulation.inputs.indicators.indicator import Indicator
from simulation.inputs.indicators.registry import INDICATORS

ORDINARY: Final = "ordinary-month"
"""The scenario without an attack, with which the others are compared."""


def verdict_word(summary: Summary) -> str:
    """The verdict in a word."""
    words = {Verdict.HOLDS: _("Holds"), Verdict.BREAKS: _("Breaks"), Verdict.UNDECIDED: _("Undecided")}
    return words[summary.verdict]


def verdict_sentences(summary: Summary) -> list[str]:
    """The verdict in plain words: how often the region held, how sure that is, and what follows."""
    gaps = {
        "held": number(summary.held),
        "replications": number(summary.replications),
        "share": share(summary.held_share),
        "interval": between(*map(share, summary.held_share_ci)),
        "target": share(summary.target),
    }
    follows = {
        Verdict.HOLDS: _("The scenario asks for at least {target}: the region holds."),
        Verdict.BREAKS: _("The scenario asks for at least {target}: the region breaks."),
        Verdict.UNDECIDED: _(
            "The scenario asks for at least {target}: too few replications to tell, run more."
        ),
    }
    return [
        _(
            "The region held in {held} of {replications} "
            "{replications:replication (simulated crisis)|replications (simulated crises)}: {share}."
        ).format(**gaps),
        _("With 95 % confidence, the true share is {interval}.").format(**gaps),
        follows[summary.verdict].format(**gaps),
    ]


def caveats(summary: Summary) -> list[str]:
    """What the numbers leave out, and what they include that one might not expect."""
    templates = {
        "restoration_h": _(
            "In {share} of the replications hit, that capacity is not back at the end: no days are counted."
        ),
        "backlog_recovery_h": _(
            "In {share} of the replications hit, the backlog is not cleared at the end: no days are counted."
        ),
    }
    hit = summary.indicators["first_impact_h"].observed
    done = {key: summary.indicators[key].observed for key in templates}
    sentences = [
        template.format(share=share((hit - done[key]) / hit))
        for key, template in templates.items()
        if hit > done[key]
    ]
    if summary.scenario != ORDINARY:
        of_ordinary_days = _(
            "Unanswered calls, deaths and healthy days count those of ordinary days too: compare with the scenario "
            "{ordinary}. The range of deaths and days includes what is not known of the harm of a minute."
        )
        sentences.append(of_ordinary_days.format(ordinary=ORDINARY))
    return sentences


def name_of(indicator: str) -> str:
    """The indicator's title, in the language spoken."""
    return of(INDICATORS[indicator].title)


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator over a campaign, in words."""

    name: str
    mean: str
    margin: str
    usual: str


def row_of(name: str, distribution: Distribution) -> Row:
    """Its mean with the margin at 95 %, and the range that holds nine replications in ten."""
    mean, p05, p95 = distribution.mean, distribution.p05, distribution.p95
    if mean is None or p05 is None or p95 is None:
        return Row(name_of(name), _("did not occur"), "", "")
    indicator, width = INDICATORS[name], p95 - p05
    margin = distribution.mean_ci[1] - mean if distribution.mean_ci else 0.0
    return Row(
        name=name_of(name),
        mean=_written(indicator, mean, margin or width),
        margin=f"± {_written(indicator, margin, margin)}" if margin else "",
        usual=between(_written(indicator, p05, 3 * width), _written(indicator, p95, 3 * width)),
    )


def _written(indicator: Indicator, value: float, spread: float) -> str:
    """A value of the indicator in the unit of screens, as precise as the spread allows."""
    return number(value / indicator.shown_per, decimals_for(abs(spread) / indicator.shown_per))
