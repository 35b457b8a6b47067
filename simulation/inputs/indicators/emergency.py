"""Indicators of emergency departments."""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.inputs.indicators.indicator import PERCENT, Indicator
from topologies.fields.title import Title

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
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
        "ed_no_ambulances_h": Indicator(
            unit="h",
            title=Title(
                fr="Heures sans ambulances par décision, tous services confondus",
                en="Hours without ambulances by decision, all departments",
            ),
            counted=(
                "hours for which emergency departments took no ambulances by decision, but who came by "
                "themselves, summed over departments"
            ),
        ),
        "ed_closed_h": Indicator(
            unit="h",
            title=Title(
                fr="Heures de fermeture par décision, tous services confondus",
                en="Hours closed by decision, all departments",
            ),
            counted="hours for which emergency departments were closed to all by decision, summed over departments",
        ),
        "ed_visits": Indicator(
            unit="patients",
            title=Title(fr="Passages aux urgences", en="Emergency visits"),
            counted="visits to the emergency departments",
        ),
        "ed_visits_unmet": Indicator(
            unit="patients",
            title=Title(
                fr="Patients non pris en charge aux urgences", en="Emergency patients not taken into care"
            ),
            counted="emergency patients who left without being seen, or were never taken into care",
            read_first=True,
        ),
        "ed_left_unseen": Indicator(
            unit="patients",
            title=Title(fr="Patients partis sans avoir été vus", en="Patients who left without being seen"),
            counted="emergency patients whose patience ended, whether they went to another department or to none",
        ),
        "ed_ambulances_late": Indicator(
            unit="patients",
            title=Title(
                fr="Patients sans ambulance disponible", en="Patients for whom no ambulance was free"
            ),
            counted="patients whose ambulance came later, all of the department being out or kept at a door",
        ),
        "ed_ambulances_late_min": Indicator(
            unit="min",
            title=Title(fr="Minutes d’attente d’une ambulance", en="Minutes of waiting for an ambulance"),
            counted="minutes by which these ambulances came later, in all",
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
                fr="Patients envoyés vers un autre hôpital", en="Emergency patients sent to another hospital"
            ),
            counted=(
                "ambulances diverted, patients who moved on and patients transferred, as the next three; each "
                "time counts"
            ),
        ),
        "ed_ambulances_diverted": Indicator(
            unit="patients",
            title=Title(fr="Ambulances réorientées (délestage)", en="Ambulances diverted"),
            counted="ambulances that emergency departments on diversion sent on to another; each time counts",
        ),
        "ed_moved_on": Indicator(
            unit="patients",
            title=Title(
                fr="Patients partis d’eux-mêmes vers d’autres urgences",
                en="Patients who went on by themselves to another department",
            ),
            counted=(
                "emergency patients who went on by themselves to another department, theirs being closed to "
                "them or shunned; each time counts"
            ),
        ),
        "ed_stayed_away": Indicator(
            unit="patients",
            title=Title(
                fr="Patients qui ont renoncé à se rendre aux urgences",
                en="Patients who stayed away from emergency departments",
            ),
            counted=(
                "those of the patients not taken into care who went to no department, theirs being closed to "
                "them or shunned"
            ),
        ),
        "ed_patients_transferred": Indicator(
            unit="patients",
            title=Title(
                fr="Urgences vitales transférées vers un autre hôpital",
                en="Time-critical patients transferred to another hospital",
            ),
            counted=(
                "time-critical patients whom emergency departments without a free place transferred to another "
                "hospital; each time counts"
            ),
        ),
        "ed_journey_min": Indicator(
            unit="min",
            title=Title(
                fr="Trajet du domicile aux urgences, en minutes",
                en="Journey from home to the emergency department, in minutes",
            ),
            counted=(
                "mean journey of emergency patients from home, with what diversions and transfers added; null "
                "where nobody says where people live"
            ),
        ),
        "ed_beyond_30_share": Indicator(
            unit="1",
            title=Title(
                fr="Patients des urgences à plus de 30 minutes de trajet, en %",
                en="Emergency patients with a journey of more than 30 minutes, in %",
            ),
            counted="share of the emergency patients whose journey, so counted, took more than 30 minutes",
            shown_per=PERCENT,
        ),
        "ed_beyond_45_share": Indicator(
            unit="1",
            title=Title(
                fr="Patients des urgences à plus de 45 minutes de trajet, en %",
                en="Emergency patients with a journey of more than 45 minutes, in %",
            ),
            counted="share of the emergency patients whose journey, so counted, took more than 45 minutes",
            shown_per=PERCENT,
        ),
        "ed_boarded_long": Indicator(
            unit="patients",
            title=Title(
                fr="Patients restés longtemps aux urgences faute de lit",
                en="Patients who boarded for long, waiting for a bed",
            ),
            counted="emergency patients who boarded for long, waiting in their box for a bed",
        ),
    }
)
