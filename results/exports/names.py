"""Names of the tables that can be exported."""

from enum import StrEnum
from typing import Final


class TableName(StrEnum):
    """A table of a campaign, or of a comparison."""

    VERDICT = "verdict"
    ADDED = "added"
    WAITS = "waits"
    DEPARTMENTS = "departments"
    INDICATORS = "indicators"
    HOURS_BANDS = "hours_bands"
    STANDING = "standing"
    DIFFERENCES = "differences"


OF_CAMPAIGN: Final = (
    TableName.VERDICT,
    TableName.ADDED,
    TableName.WAITS,
    TableName.DEPARTMENTS,
    TableName.INDICATORS,
)
"""Of a workbook where none is asked for: curves have tens of thousands of rows."""
OF_COMPARISON: Final = (TableName.STANDING, TableName.ADDED, TableName.DIFFERENCES)
