"""Library: Vega, Vega-Lite and Vega-Embed as one script, and how the language spoken writes numbers and days."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any, Final, Literal

from results.presentation.language import Language, spoken

LOCALES: Final[Mapping[Language, Literal["fr-FR", "en-GB"]]] = {"fr": "fr-FR", "en": "en-GB"}
SHOWN: Final = "window.vegaEmbed = vegaEmbed;"


@cache
def begin() -> Future[str]:
    """The library is being put together: that takes seconds, outside Python's lock, while a store is read."""
    import vl_convert

    return ThreadPoolExecutor(1).submit(vl_convert.javascript_bundle, SHOWN)


def script() -> str:
    """All that draws the charts, in a few hundred kilobytes."""
    return begin().result()


def locale() -> dict[str, Any]:
    """What Vega-Embed takes for the language spoken."""
    import vl_convert

    name = LOCALES[spoken()]
    return {
        "formatLocale": vl_convert.get_format_locale(name),
        "timeFormatLocale": vl_convert.get_time_format_locale(name),
    }
