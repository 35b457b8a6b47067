"""Looks: at which sizes a campaign that runs until its verdict is precise is looked at, and whether it then is.

The sizes are fixed before anything runs, each twice the one before: whether a campaign stops depends on its first
replications alone, not on workers, chunks, or what its store holds. What a rule that stops early does to an interval of
95 % is in decision 0092.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import results
from flows.execution.plan import BadNumber, Plan
from results import Share
from results.analysis.compared.verdicts import of_care
from topologies.errors import InputError, Message


class NothingToNarrow(InputError):
    """A scenario has no verdict on care whose interval could be waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How precise a verdict is to be."""

    half_width: float
    """Of the 95 % interval of the share of crises in which care held."""
    most: int
    """Replications at which it stops in any case."""

    def check(self, plan: Plan) -> None:
        """`InputError` where it cannot be had of this campaign."""
        if self.most < plan.replications:
            raise BadNumber(
                Message(
                    "--at-most is {most}, fewer than the {least} of -n; raise it, or ask for fewer",
                    {"most": self.most, "least": plan.replications},
                )
            )
        scenario = plan.campaign.scenario
        if not of_care([{"indicator": each.indicator} for each in scenario.thresholds]):
            raise NothingToNarrow(
                Message(
                    "{scenario} sets no threshold on care, so that no verdict on it gets more precise; leave out "
                    "--precision",
                    {"scenario": scenario.name},
                )
            )

    def sizes(self, least: int) -> Iterator[int]:
        """The sizes of the looks: the least, twice that and so on, and the most at last.

        >>> list(Wanted(half_width=0.02, most=1000).sizes(200))
        [200, 400, 800, 1000]
        """
        size = least
        while size < self.most:
            yield size
            size *= 2
        yield self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is seen of a campaign after so many replications."""

    replications: int
    care: Share

    @property
    def half_width(self) -> float | None:
        """Of the interval; `None` where nothing has gone off yet."""
        if self.care.interval is None:
            return None
        low, high = self.care.interval
        return (high - low) / 2

    def is_within(self, half_width: float) -> bool:
        """It is as precise as that."""
        return self.half_width is not None and self.half_width <= half_width


def look_at(plan: Plan) -> Look:
    """A look at a campaign whose replications are in the store."""
    care = results.care_after(plan.store, plan.campaign.id, plan.replications)
    return Look(replications=plan.replications, care=care)
