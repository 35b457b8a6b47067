"""Offered: what can be started from Prefect's pages, each with its form: a campaign, or a comparison."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.control_room.comparison_form import comparison_order_of
from flows.control_room.form import order_of
from flows.control_room.shared_folders import SharedFolders
from flows.execution.comparison import ComparisonOrder, comparison_of
from flows.execution.execution import Work
from flows.execution.plan import Order, plan_of
from flows.recording.recorder import AnyOrder


@dataclass(frozen=True, slots=True)
class Offered:
    """How what a form asks for becomes a run."""

    order: type[AnyOrder]
    """What names the flow."""
    order_of: Callable[[Mapping[str, object], SharedFolders], AnyOrder]
    plan_of: Callable[[Any], Work[Any]]


OFFERED: Mapping[str, Offered] = {
    "campaign": Offered(Order, order_of, plan_of),
    "comparison": Offered(ComparisonOrder, comparison_order_of, comparison_of),
}
"""By the name of the flow."""
