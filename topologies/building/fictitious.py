"""Fictitious names: what hospitals are called that do not exist, or whose names are kept secret."""

from collections.abc import Mapping

from topologies.region import Category

CALLED: Mapping[Category, str] = {
    Category.UNIVERSITY: "CHU",
    Category.GENERAL: "CH",
    Category.LOCAL: "Hôpital local",
    Category.PSYCHIATRIC: "CH psychiatrique",
    Category.MILITARY: "Hôpital d'instruction des armées",
    Category.CANCER: "Centre de lutte contre le cancer",
    Category.CLINIC: "Clinique",
    Category.REHABILITATION: "Centre de réadaptation",
    Category.PRIVATE_EMERGENCY: "Hôpital privé",
}
"""What stands before a number or a code."""
