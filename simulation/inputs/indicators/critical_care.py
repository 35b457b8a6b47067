"""Indicators of critical care, of time-critical patients, and of the harm of delays."""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.inputs.indicators.indicator import DAY_H, PERCENT, Indicator
from topologies.fields.title import Title

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
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
        "critical_patients_moved": Indicator(
            unit="patients",
            title=Title(
                fr="Patients de soins critiques évacués vers un autre hôpital",
                en="Critical-care patients moved to another hospital",
            ),
            counted="patients moved out of a critical-care bed because their unit was emptied by decision",
        ),
        "samu_calls_unanswered": Indicator(
            unit="calls",
            title=Title(fr="Appels aux SAMU restés sans réponse", en="Calls to the SAMUs left unanswered"),
            counted=(
                "callers to the SAMUs whom nobody answered, however often they rang; who hangs up or calls by "
                "mistake is left out"
            ),
            read_first=True,
        ),
        "samu_calls_taken_by_others": Indicator(
            unit="calls",
            title=Title(fr="Appels pris par un autre SAMU", en="Calls taken by another SAMU"),
            counted="calls to a SAMU that outages had struck, answered by a neighbour",
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
            counted=(
                "mean time from when a time-critical patient should have reached the first site until care: "
                "wait, longer journeys, and what outages add"
            ),
            read_first=True,
            at_most=1_440,
        ),
        "time_critical_journey_min": Indicator(
            unit="min",
            title=Title(
                fr="Trajet des urgences vitales depuis le domicile, en minutes",
                en="Journey of time-critical patients from home, in minutes",
            ),
            counted=(
                "mean journey of time-critical patients from home to the site for which they set out, to which "
                "time_critical_delay_min adds; null where nobody says where people live"
            ),
        ),
        "time_critical_beyond_30_share": Indicator(
            unit="1",
            title=Title(
                fr="Urgences vitales prises en charge plus de 30 minutes après leur départ, en %",
                en="Time-critical patients taken into care more than 30 minutes after leaving home, in %",
            ),
            counted=(
                "share of the time-critical patients taken into care for whom journey and delay came to more "
                "than 30 minutes"
            ),
            shown_per=PERCENT,
        ),
        "time_critical_beyond_45_share": Indicator(
            unit="1",
            title=Title(
                fr="Urgences vitales prises en charge plus de 45 minutes après leur départ, en %",
                en="Time-critical patients taken into care more than 45 minutes after leaving home, in %",
            ),
            counted=(
                "share of the time-critical patients taken into care for whom journey and delay came to more "
                "than 45 minutes"
            ),
            shown_per=PERCENT,
        ),
    }
)
