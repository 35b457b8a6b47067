"""Indicators of harm: each kind by itself, ordinary life included; what an attack adds is a difference."""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.inputs.indicators.indicator import Indicator
from topologies.fields.title import Title

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        "delay_deaths": Indicator(
            unit="deaths",
            title=Title(fr="Décès dus aux délais", en="Deaths due to delays"),
            counted=(
                "deaths due to delays of emergency patients, by published curves, those of ordinary days included: "
                "the sum of the next four"
            ),
            read_first=True,
        ),
        "before_door_deaths": Indicator(
            unit="deaths",
            title=Title(fr="Décès : délais avant la porte", en="Deaths: delays before the door"),
            counted="time-critical patients, for want of an ambulance or of an answer, or on a longer journey",
        ),
        "after_door_deaths": Indicator(
            unit="deaths",
            title=Title(fr="Décès : délais après la porte", en="Deaths: delays after the door"),
            counted="time-critical patients, from the door of an emergency department until care",
        ),
        "diversion_deaths": Indicator(
            unit="deaths",
            title=Title(fr="Décès : infarctus réorientés", en="Deaths: infarctions diverted"),
            counted="patients with an infarction whose ambulance was diverted",
        ),
        "boarding_deaths": Indicator(
            unit="deaths",
            title=Title(fr="Décès : attente d’un lit aux urgences", en="Deaths: boarding"),
            counted="emergency patients who boarded for long",
        ),
        "intensive_care_deaths": Indicator(
            unit="deaths",
            title=Title(fr="Décès : refus en soins critiques", en="Deaths: critical care refused"),
            counted="critically ill patients for whom no bed was found in time",
        ),
        "calls_deaths": Indicator(
            unit="deaths",
            title=Title(fr="Décès : appels sans réponse", en="Deaths: calls unanswered"),
            counted="callers to the SAMUs whom nobody answered in the end",
        ),
        "paper_deaths": Indicator(
            unit="deaths",
            title=Title(fr="Décès : services sur papier", en="Deaths: wards on paper"),
            counted="patients on wards, by how much of these outages had taken",
        ),
        "waiting_deaths": Indicator(
            unit="deaths",
            title=Title(fr="Décès : soins programmés attendus", en="Deaths: planned care waited for"),
            counted="patients who wait for planned operations, chemotherapy and radiotherapy",
        ),
        "healthy_days_lost": Indicator(
            unit="days",
            title=Title(
                fr="Jours de vie en bonne santé perdus (AVC)", en="Healthy days lost to delays (stroke)"
            ),
            counted=(
                "healthy days of stroke patients lost to delays, by a published curve, ordinary days included"
            ),
            read_first=True,
        ),
    }
)
