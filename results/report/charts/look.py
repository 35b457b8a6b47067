"""Look: the colours and the size that all charts share."""

from collections.abc import Mapping
from typing import Any, Final

INK: Final = "#1f2933"
TINTS: Final = {"ordinary": "#52606d", "asked": "#b42318", "avoided": "#1b6e45"}
"""Grey, red and green, which differ in lightness too."""
FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
AXES: Final = {
    "labelColor": "#3e4c59",
    "labelFontSize": 11,
    "labelFont": FONT,
    "gridColor": "#e4e7eb",
    "domainColor": "#9aa5b1",
    "tickColor": "#9aa5b1",
    "tickCount": 5,
}


def fitted(drawn: Mapping[str, Any]) -> Mapping[str, Any]:
    """The specification of a chart that is as wide as its place on the page."""
    return {
        "width": "container",
        "height": 180,
        "background": "transparent",
        **drawn,
    }
