"""The registry of indicators: the one list from which columns, thresholds, screens and docs take what they say.

Each is counted under its name in `simulation/outcome/indicators/`. Within a theme they stand in the order in which a
health agency reads them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.inputs.clock import HALF_A_YEAR_H
from simulation.inputs.indicators.indicator import Indicator, Theme
from topologies.fields.title import Title

DAY_H = 24
PERCENT = 0.01

THEMES: Mapping[Theme, Mapping[str, Indicator]] = MappingProxyType(
    {
        Theme.EMERGENCY: {
            "ed_occupancy_max": Indicator(
                unit="1",
                title=Title(
                    fr="Taux d’occupation à l’heure la plus chargée, en %",
                    en="Occupancy in the worst hour, in %",
                ),
                counted="patients present in all emergency departments over their boxes, in the worst hour",
                shown_per=PERCENT,
                read_first=True,
            ),
            "ed_waiting_max": Indicator(
                unit="patients",
                title=Title(
                    fr="Patients en attente à l’heure la plus chargée",
                    en="Patients waiting in the worst hour",
                ),
                counted="patients waiting in all emergency departments at the end of the worst hour",
                read_first=True,
            ),
            "ed_diversion_h": Indicator(
                unit="h",
                title=Title(
                    fr="Heures de délestage, tous services confondus",
                    en="Hours on diversion, all departments",
                ),
                counted="hours for which emergency departments were on diversion, summed over departments",
                read_first=True,
            ),
            "ed_visits": Indicator(
                unit="patients",
                title=Title(fr="Passages aux urgences", en="Emergency visits"),
                counted="visits to the emergency departments",
            ),
            "ed_visits_unmet": Indicator(
                unit="patients",
                title=Title(fr="Patients non pris en charge", en="Patients not taken into care"),
                counted="emergency patients who left without being seen, or were never taken into care",
                read_first=True,
            ),
            "ed_unmet_share": Indicator(
                unit="1",
                title=Title(
                    fr="Passages aux urgences non pris en charge, en %",
                    en="Emergency visits not taken into care, in %",
                ),
                counted="share of the emergency visits not taken into care",
                shown_per=PERCENT,
                at_most=1,
            ),
            "ed_visits_diverted": Indicator(
                unit="patients",
                title=Title(
                    fr="Patients réorientés vers un autre site", en="Patients sent on to another site"
                ),
                counted=(
                    "ambulances diverted to another department, and time-critical patients transferred; each "
                    "time counts"
                ),
            ),
            "ed_boarded_long": Indicator(
                unit="patients",
                title=Title(
                    fr="Patients restés longtemps aux urgences faute de lit",
                    en="Patients who boarded for long, waiting for a bed",
                ),
                counted="emergency patients who boarded for long, waiting in their box for a bed",
            ),
        },
        Theme.CRITICAL: {
            "icu_waiting_max": Indicator(
                unit="patients",
                title=Title(fr="Lits manquants à l’heure la plus chargée", en="Beds short in the worst hour"),
                counted=(
                    "critically ill patients still without a bed after the hour of their arrival, in the "
                    "worst hour"
                ),
                read_first=True,
            ),
            "icu_unmet_patient_h": Indicator(
                unit="patient-h",
                title=Title(fr="Journées de soins critiques sans lit", en="Critical-care days without a bed"),
                counted=(
                    "hours without a critical-care bed, summed over critically ill patients, after that of "
                    "their arrival"
                ),
                shown_per=DAY_H,
                read_first=True,
                at_most=1e8,
            ),
            "samu_calls_unanswered": Indicator(
                unit="calls",
                title=Title(
                    fr="Appels aux SAMU restés sans réponse", en="Calls to the SAMUs left unanswered"
                ),
                counted="calls to the SAMUs that nobody answered in time; on ordinary days one in eight",
                read_first=True,
            ),
            "time_critical_patients": Indicator(
                unit="patients",
                title=Title(fr="Urgences vitales", en="Time-critical patients"),
                counted=(
                    "emergency patients with a stroke, an infarction, a severe trauma or a cardiac arrest, "
                    "or in resuscitation"
                ),
            ),
            "time_critical_delay_min": Indicator(
                unit="min",
                title=Title(
                    fr="Délai de prise en charge des urgences vitales, en minutes",
                    en="Minutes until time-critical care",
                ),
                counted="mean time until the care of a time-critical patient, wait and added journey",
                read_first=True,
                at_most=1_440,
            ),
            "delay_deaths": Indicator(
                unit="deaths",
                title=Title(fr="Décès dus aux délais", en="Deaths due to delays"),
                counted="deaths due to delays, by published curves, those of ordinary days included",
                read_first=True,
            ),
            "healthy_days_lost": Indicator(
                unit="days",
                title=Title(
                    fr="Jours de vie en bonne santé perdus (AVC)", en="Healthy days lost to delays (stroke)"
                ),
                counted=(
                    "healthy days of stroke patients lost to delays, by a published curve, ordinary days "
                    "included"
                ),
                read_first=True,
            ),
        },
        Theme.PLANNED: {
            "surgeries_postponed": Indicator(
                unit="patients",
                title=Title(fr="Opérations reportées", en="Operations postponed"),
                counted="operations not done on the day for which they were planned",
                read_first=True,
                at_most=1e7,
            ),
            "surgeries_backlog": Indicator(
                unit="patients",
                title=Title(
                    fr="Opérations encore en attente à la fin", en="Operations still waiting at the end"
                ),
                counted="planned operations still waiting at the horizon",
            ),
            "backlog_recovery_h": Indicator(
                unit="h",
                title=Title(fr="Jours pour rattraper les reports", en="Days to clear the backlog"),
                counted=(
                    "from the first impact until operations and sessions put off were made up for; null when "
                    "not"
                ),
                shown_per=DAY_H,
                read_first=True,
            ),
        },
        Theme.ATTACK: {
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
            ),
            "first_impact_h": Indicator(
                unit="h",
                title=Title(
                    fr="Premier impact, en heures depuis le début", en="First impact, in hours from the start"
                ),
                counted="when the payload first went off",
            ),
            "regional_cell_h": Indicator(
                unit="h",
                title=Title(
                    fr="Ouverture de la cellule régionale de crise, en heures depuis le début",
                    en="Regional crisis cell open, in hours from the start",
                ),
                counted="when the regional crisis cell opened",
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
                at_most=HALF_A_YEAR_H,
            ),
            "responder_wait_max_h": Indicator(
                unit="h",
                title=Title(
                    fr="Plus longue attente d’une équipe d’intervention, en jours",
                    en="Longest wait for a team of responders, in days",
                ),
                counted="longest wait for a team of responders; one that never came counts up to the horizon",
                shown_per=DAY_H,
                at_most=HALF_A_YEAR_H,
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
            ),
            "restoration_h": Indicator(
                unit="h",
                title=Title(
                    fr="Jours pour retrouver 80 % de la capacité", en="Days to give back 80 % of the capacity"
                ),
                counted="from the first impact until 80 % of the capacity lost at worst was back",
                shown_per=DAY_H,
                read_first=True,
                at_most=HALF_A_YEAR_H,
            ),
        },
    }
)

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {name: each for theme in THEMES.values() for name, each in theme.items()}
)
"""The same by name alone."""
