"""Breaches: an event of Prefect's for each threshold that holds less often than the scenario asks, for automations."""

from collections.abc import Iterator
from typing import Final

from prefect.events import emit_event

from results import Summary

BREACHED: Final = "tocsin.threshold.breached"
"""The name of the event; docs/operating.md tells its fields, which others rely on."""


def emit_breaches(summary: Summary) -> None:
    """Prefect knows of every threshold of the campaign whose share is under the limit."""
    for breach in breaches_of(summary):
        emit_event(
            BREACHED,
            resource={
                "prefect.resource.id": f"tocsin.campaign.{summary.campaign}",
                "prefect.resource.name": summary.campaign,
                "tocsin.region": summary.region,
                "tocsin.scenario": summary.scenario,
                "tocsin.posture": summary.posture,
                "tocsin.indicator": str(breach["indicator"]),
            },
            payload=breach,
        )


def breaches_of(summary: Summary) -> Iterator[dict[str, object]]:
    """The thresholds that held in a smaller share of the crises than the scenario asks."""
    for verdict, judgement in (("care", summary.care), ("systems", summary.systems)):
        for threshold in judgement.thresholds if judgement else ():
            if threshold.given.share is not None and threshold.given.share < summary.target:
                yield {
                    "verdict": verdict,
                    "indicator": threshold.indicator,
                    "at_most": threshold.at_most,
                    "held_share": threshold.given.share,
                    "limit": summary.target,
                    "crises": threshold.given.of,
                }
