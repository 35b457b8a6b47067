"""What are an indicator and a verdict called, for a person who prepares a region?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from results import Indicator, Summary, Verdict
from results.presentation.language import _, later
from results.presentation.numbers import between, decimals_for, number, share

HOURS_A_DAY: Final = 24
ORDINARY: Final = "ordinary-month"
"""The scenario without an attack, with which the others are compared."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What an indicator is called, its unit with it; `divide` takes the unit of the data to that of people."""

    name: str
    divide: float = 1

    def written(self, value: float, spread: float) -> str:
        """A value of the indicator, as precise as the spread allows."""
        return number(value / self.divide, decimals_for(abs(spread) / self.divide))


THEMES: Final[Mapping[str, Mapping[str, Wording]]] = {
    later("Emergency departments"): {
        "ed_occupancy_max": Wording(later("Occupancy in the worst hour, in %"), 0.01),
        "ed_waiting_max": Wording(later("Patients waiting in the worst hour")),
        "ed_diversion_h": Wording(later("Hours on diversion, all departments")),
        "ed_visits_unmet": Wording(later("Patients not taken into care")),
        "ed_unmet_share": Wording(later("Emergency visits not taken into care, in %"), 0.01),
        "ed_visits_diverted": Wording(later("Patients sent on to another site")),
        "ed_boarded_long": Wording(later("Patients who waited long in their box for a bed")),
    },
    later("Critical care and time-critical patients"): {
        "icu_waiting_max": Wording(later("Beds short in the worst hour")),
        "icu_unmet_patient_h": Wording(later("Critical-care days without a bed"), HOURS_A_DAY),
        "samu_calls_unanswered": Wording(later("Calls to the SAMUs left unanswered")),
        "time_critical_delay_min": Wording(later("Minutes until time-critical care")),
        "delay_deaths": Wording(later("Deaths due to delays")),
        "healthy_days_lost": Wording(later("Healthy days lost to delays (stroke)")),
    },
    later("Planned care"): {
        "surgeries_postponed": Wording(later("Operations postponed")),
        "surgeries_backlog": Wording(later("Operations still waiting at the end")),
        "backlog_recovery_h": Wording(later("Days to clear the backlog"), HOURS_A_DAY),
    },
    later("Attack and return to normal"): {
        "establishments_impacted": Wording(later("Establishments hit")),
        "regional_cell_delay_h": Wording(later("Hours from the attack to the regional crisis cell")),
        "responder_wait_max_h": Wording(later("Longest wait for a team of responders, in days"), HOURS_A_DAY),
        "bed_days_lost": Wording(later("Bed-days lost")),
        "restoration_h": Wording(later("Days to give back 80 % of the capacity"), HOURS_A_DAY),
    },
}
"""What is told of a campaign, in the order in which a health agency reads it."""

WORDINGS: Final[Mapping[str, Wording]] = {
    key: wording for theme in THEMES.values() for key, wording in theme.items()
}

READ_FIRST: Final = frozenset(
    {
        "ed_occupancy_max",
        "ed_waiting_max",
        "ed_diversion_h",
        "ed_visits_unmet",
        "icu_waiting_max",
        "icu_unmet_patient_h",
        "samu_calls_unanswered",
        "time_critical_delay_min",
        "delay_deaths",
        "healthy_days_lost",
        "surgeries_postponed",
        "backlog_recovery_h",
        "restoration_h",
    }
)
"""What matters most: who is not cared for in time, what that costs, and until when."""


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
    """What the numbers leave out, or count besides."""
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
