"""Indicators of the attack, of the response, and of the return to normal."""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.inputs.clock import EIGHTEEN_MONTHS_H
from simulation.inputs.indicators.indicator import DAY_H, PERCENT, Indicator, Wait
from topologies.fields.title import Title

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        "establishments_compromised": Indicator(
            unit="establishments",
            title=Title(fr="Établissements compromis", en="Establishments compromised"),
            counted="establishments where the attacker gained a foothold",
        ),
        "establishments_impacted": Indicator(
            unit="establishments",
            title=Title(fr="Établissements touchés", en="Establishments hit"),
            counted="establishments whose systems the payload hit",
        ),
        "establishments_isolated": Indicator(
            unit="establishments",
            title=Title(fr="Établissements isolés", en="Establishments isolated"),
            counted="establishments that cut their links, hit or not",
        ),
        "establishments_without_service": Indicator(
            unit="establishments",
            title=Title(
                fr="Établissements privés d’un service partagé",
                en="Establishments that lost a shared service",
            ),
            counted="establishments that lost a shared service on which they depend",
        ),
        "ghts_impacted": Indicator(
            unit="GHTs",
            title=Title(fr="GHT et groupes touchés", en="GHTs and groups hit"),
            counted="GHTs and groups with at least one establishment impacted",
        ),
        "first_detection_h": Indicator(
            unit="h",
            title=Title(
                fr="Première détection, en heures depuis le début",
                en="First detection, in hours from the start",
            ),
            counted="when an establishment first noticed the attack",
            wait=Wait(),
        ),
        "went_off_h": Indicator(
            unit="h",
            title=Title(
                fr="Déclenchement de l’attaque, en heures depuis le début",
                en="The attack went off, in hours from the start",
            ),
            counted=(
                "when a payload first went off, a strike began, or those who only steal published; null in a "
                "replication in which nothing went off"
            ),
            wait=Wait(),
        ),
        "waves_gone_off": Indicator(
            unit="waves",
            title=Title(fr="Vagues d’attaque déclenchées", en="Waves of the attack that went off"),
            counted="waves of the scenario that went off: a payload, a strike, or what those published who only steal",
        ),
        "first_impact_h": Indicator(
            unit="h",
            title=Title(
                fr="Premier impact, en heures depuis le début", en="First impact, in hours from the start"
            ),
            counted="when the payload first went off",
            wait=Wait(),
        ),
        "regional_cell_h": Indicator(
            unit="h",
            title=Title(
                fr="Ouverture de la cellule régionale de crise, en heures depuis le début",
                en="Regional crisis cell open, in hours from the start",
            ),
            counted="when the regional crisis cell opened",
            wait=Wait(),
        ),
        "regional_cell_delay_h": Indicator(
            unit="h",
            title=Title(
                fr="Heures entre l’attaque et la cellule régionale de crise",
                en="Hours from the attack to the regional crisis cell",
            ),
            counted=(
                "from the first impact until the regional crisis cell opened; negative when it was open "
                "before"
            ),
            at_most=EIGHTEEN_MONTHS_H,
            is_delay=True,
            wait=Wait(since="first_impact_h"),
        ),
        "responder_wait_max_h": Indicator(
            unit="h",
            title=Title(
                fr="Plus longue attente d’une équipe d’intervention, en jours",
                en="Longest wait for a team of responders, in days",
            ),
            counted=(
                "longest wait for a team of responders; one that never came counts up to the horizon, and "
                "responders_came is then false"
            ),
            shown_per=DAY_H,
            at_most=EIGHTEEN_MONTHS_H,
            is_delay=True,
            wait=Wait(over="responders_came"),
        ),
        "responders_came": Indicator(
            unit="1",
            title=Title(
                fr="Toutes les équipes d’intervention demandées sont venues, en %",
                en="All teams of responders that were asked for came, in %",
            ),
            counted="every team of responders that was asked for came by the horizon; null where none was asked for",
            shown_per=PERCENT,
        ),
        "bed_days_lost": Indicator(
            unit="bed-days",
            title=Title(fr="Journées-lits perdues", en="Bed-days lost"),
            counted="beds times the share of capacity lost, over the days for which it was lost",
        ),
        "restored_80_h": Indicator(
            unit="h",
            title=Title(
                fr="Retour à 80 % de la capacité, en jours depuis le début",
                en="80 % of the capacity back, in days from the start",
            ),
            counted="hour from which 80 % of the capacity lost at worst was back",
            shown_per=DAY_H,
            wait=Wait(over="capacity_back"),
        ),
        "capacity_back": Indicator(
            unit="1",
            title=Title(
                fr="80 % de la capacité perdue retrouvée à la fin, en %",
                en="80 % of the capacity lost is back at the end, in %",
            ),
            counted="80 % of the capacity lost at worst was back at the horizon; null where none was lost",
            shown_per=PERCENT,
        ),
        "restoration_h": Indicator(
            unit="h",
            title=Title(
                fr="Jours pour retrouver 80 % de la capacité", en="Days to give back 80 % of the capacity"
            ),
            counted=(
                "from the first impact until 80 % of the capacity lost at worst was back; null where it was not, or "
                "none was lost"
            ),
            shown_per=DAY_H,
            read_first=True,
            at_most=EIGHTEEN_MONTHS_H,
            is_delay=True,
            wait=Wait(since="first_impact_h", over="capacity_back"),
        ),
    }
)
