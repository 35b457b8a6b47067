"""Units of the dataset, in words."""

from collections.abc import Mapping
from typing import Final

from results.presentation.language import _, later
from simulation.inputs.indicators.indicator import DAY_H, PERCENT, Indicator

UNITS: Final[Mapping[str, str]] = {
    "1": later("share"),
    "GHTs": "GHT",
    "bed-days": later("bed-days"),
    "beds": later("beds"),
    "calls": later("calls"),
    "days": later("days"),
    "deaths": later("deaths"),
    "degrees": later("degrees"),
    "establishments": later("establishments"),
    "h": "h",
    "min": "min",
    "operations": later("operations"),
    "patient-h": later("patient-hours"),
    "patients": later("patients"),
    "sessions": later("sessions"),
    "waves": later("waves"),
    "unit of the measure": later("unit of the measure"),
    "unit of the parameter": later("unit of the parameter"),
}


SHOWN: Final[Mapping[tuple[str, float], str]] = {
    ("1", PERCENT): "%",
    ("h", DAY_H): later("days"),
    ("patient-h", DAY_H): later("patient-days"),
}
"""Where people read another unit than the dataset holds."""


def unit_shown(indicator: Indicator) -> str:
    """The unit in which people read an indicator, as its title has it."""
    other = SHOWN.get((indicator.unit, indicator.shown_per))
    return unit_in_words(indicator.unit) if other is None else _(other)


def unit_in_words(unit: str | None) -> str:
    """A unit of the dataset as a reader says it; nothing for what has none."""
    return _(UNITS[unit]) if unit is not None else ""
