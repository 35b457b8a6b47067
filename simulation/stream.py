"""What do patients come for?"""

from enum import StrEnum


class Stream(StrEnum):
    """A kind of care."""

    CRITICAL_CARE = "critical_care"
    EMERGENCY = "emergency"
    SURGERY = "surgery"
