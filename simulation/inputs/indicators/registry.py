"""The registry of indicators: the one list from which columns, thresholds, screens and docs take what they say.

A theme's indicators are in its own file, in the order in which a health agency reads them. Each is counted under its
name in `simulation/outcome/indicators/`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from simulation.inputs.indicators import attack, critical_care, emergency, harm, planned_care
from simulation.inputs.indicators.indicator import Indicator, Theme

THEMES: Mapping[Theme, Mapping[str, Indicator]] = MappingProxyType(
    {
        Theme.EMERGENCY: emergency.INDICATORS,
        Theme.CRITICAL: critical_care.INDICATORS,
        Theme.HARM: harm.INDICATORS,
        Theme.PLANNED: planned_care.INDICATORS,
        Theme.ATTACK: attack.INDICATORS,
    }
)

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {name: each for theme in THEMES.values() for name, each in theme.items()}
)
"""The same by name alone."""
