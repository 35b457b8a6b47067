"""What are an indicator and a verdict called, for a person who prepares a region?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flows.figures import between, decimals_for, number, share
from flows.language import _, later
from results import Indicator, Summary, Verdict

HOURS_A_DAY: Final = 24


@dataclass(frozen=True, slots=True)
class Wording:
    """What an indicator is called, its unit with it; `divide` takes the unit of the data to that of people."""

    name: str
    divide: float = 1

    def written(self, value: float, spread: float) -> str:
        """A value of the indicator, as precise as the spread allows."""
        return number(value / self.divide, decimals_for(abs(spread) / self.divide))


WORDINGS: Final[Mapping[str, Wording]] = {
    "ed_visits_unmet": Wording(later("Emergency patients not taken into care")),
    "ed_unmet_share": Wording(later("Emergency visits not taken into care, in %"), 0.01),
    "time_critical_delay_min": Wording(later("Minutes lost by a time-critical patient")),
    "icu_unmet_patient_h": Wording(later("Critical-care days without a bed"), HOURS_A_DAY),
    "surgeries_postponed": Wording(later("Operations postponed")),
    "restoration_h": Wording(later("Days to give back 80 % of the capacity"), HOURS_A_DAY),
    "responder_wait_max_h": Wording(later("Longest wait for a team of responders, in days"), HOURS_A_DAY),
    "regional_cell_delay_h": Wording(later("Hours from the attack to the regional crisis cell")),
    "bed_days_lost": Wording(later("Bed-days lost")),
    "establishments_impacted": Wording(later("Establishments hit")),
    "ed_visits_diverted": Wording(later("Emergency patients sent on to another site")),
}

FIVE: Final = (
    "ed_visits_unmet",
    "time_critical_delay_min",
    "icu_unmet_patient_h",
    "surgeries_postponed",
    "restoration_h",
)
"""The numbers that matter: who is not cared for in time, and for how long."""


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
        _("The region held in {held} of {replications} replications (simulated crises): {share}.").format(
            **gaps
        ),
        _("With 95 % confidence, the true share is {interval}.").format(**gaps),
        follows[summary.verdict].format(**gaps),
    ]


def not_back_sentence(summary: Summary) -> list[str]:
    """What the days of restoration leave out: the replications at whose horizon the capacity was not back."""
    hit, back = summary.indicators["first_impact_h"].observed, summary.indicators["restoration_h"].observed
    if hit <= back:
        return []
    sentence = _(
        "In {share} of the replications hit, that capacity is not back at the end: no days are counted."
    )
    return [sentence.format(share=share((hit - back) / hit))]


def name_of(indicator: str) -> str:
    """The indicator's name for people."""
    return _(WORDINGS[indicator].name)


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator over a campaign, in words."""

    name: str
    mean: str
    margin: str
    usual: str


def row_of(key: str, indicator: Indicator) -> Row:
    """Its mean with the margin at 95 %, and the range in which nine replications of ten lie."""
    wording = WORDINGS[key]
    if indicator.mean is None or indicator.p05 is None or indicator.p95 is None:
        return Row(_(wording.name), _("did not occur"), "", "")
    margin = indicator.mean_ci[1] - indicator.mean if indicator.mean_ci else 0.0
    width = indicator.p95 - indicator.p05
    return Row(
        name=_(wording.name),
        mean=wording.written(indicator.mean, margin or width),
        margin=f"± {wording.written(margin, margin)}" if margin else "",
        usual=between(wording.written(indicator.p05, 3 * width), wording.written(indicator.p95, 3 * width)),
    )
