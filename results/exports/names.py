"""Names of the tables that can be exported of a campaign."""

from enum import StrEnum
from typing import Final


class TableName(StrEnum):
    """A table."""

    VERDICT = "verdict"
    ADDED = "added"
    WAITS = "waits"
    DEPARTMENTS = "departments"
    INDICATORS = "indicators"
    HOURS_BANDS = "hours_bands"


USUAL: Final = tuple(name for name in TableName if name is not TableName.HOURS_BANDS)
"""Of a workbook where none is asked for: curves have tens of thousands of rows."""
