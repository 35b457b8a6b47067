"""The flow of an order: as which of our flows Prefect shows it."""

from typing import Any

from prefect import Flow

from flows.execution.comparison import ComparisonOrder
from flows.execution.plan import Order
from flows.recording.campaign_flow import campaign
from flows.recording.comparison_flow import comparison
from flows.recording.recorder import AnyOrder

FLOWS: dict[type[AnyOrder], Flow[Any, Any]] = {Order: campaign, ComparisonOrder: comparison}


def flow_of(order: AnyOrder) -> Flow[Any, Any]:
    """A campaign or a comparison."""
    return FLOWS[type(order)]
