"""Indicators of planned care."""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.inputs.indicators.indicator import DAY_H, PERCENT, Indicator, Wait
from topologies.fields.title import Title

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        "surgeries_postponed": Indicator(
            unit="patients",
            title=Title(fr="Opérations reportées", en="Operations postponed"),
            counted="operations planned for a day beyond those done in it, each counted once",
            read_first=True,
            at_most=1e7,
        ),
        "surgeries_backlog": Indicator(
            unit="patients",
            title=Title(fr="Opérations encore en attente à la fin", en="Operations still waiting at the end"),
            counted="planned operations still waiting at the horizon",
        ),
        "stays_postponed": Indicator(
            unit="patients",
            title=Title(fr="Hospitalisations programmées reportées", en="Planned stays put off"),
            counted=(
                "patients who were to come for a planned stay in medicine and waited at home: it was put off by "
                "decision, or others were before them whose stay had been"
            ),
            read_first=True,
        ),
        "imaging_backlog": Indicator(
            unit="patients",
            title=Title(fr="Examens d’imagerie en attente à la fin", en="Images still waited for at the end"),
            counted="images asked for, emergency patients apart, and not made at the horizon",
        ),
        "imaging_overdue": Indicator(
            unit="patients",
            title=Title(fr="Examens d’imagerie en retard à la fin", en="Images overdue at the end"),
            counted="images among these that should have been made more than `imaging_overdue_days` ago",
        ),
        "backlog_recovery_h": Indicator(
            unit="h",
            title=Title(fr="Jours pour rattraper les reports", en="Days to clear the backlog"),
            counted=(
                "from the first impact until operations and sessions put off were made up for; null where they were "
                "not, or none were put off"
            ),
            shown_per=DAY_H,
            read_first=True,
            wait=Wait(since="first_impact_h", over="backlog_cleared"),
        ),
        "backlog_cleared": Indicator(
            unit="1",
            title=Title(fr="Reports rattrapés à la fin, en %", en="The backlog is cleared at the end, in %"),
            counted=(
                "after the first impact, operations and sessions put off were made up for by the horizon; null where "
                "no more waited than on ordinary days"
            ),
            shown_per=PERCENT,
        ),
    }
)
