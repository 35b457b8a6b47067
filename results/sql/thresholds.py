"""Thresholds as a view, and whether a replication held them: what a verdict rests on.

They stand in the inputs of each campaign, in no table, and are written out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from results.analysis.compared.waits import WAITS
from results.sql.statements import View, ViewColumn, name, text
from results.store.reading import CAMPAIGN
from simulation.inputs.indicators.bounds import DEADLINES, HIGHEST_BOUNDS
from simulation.inputs.indicators.registry import INDICATORS

OF_CARE = tuple(each for each in HIGHEST_BOUNDS if each not in DEADLINES)
OF_SYSTEMS = tuple(each for each in HIGHEST_BOUNDS if each in DEADLINES)


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of a campaign, and the share of its crises that have to hold."""

    campaign: str
    target: float
    at_most: Mapping[str, float]

    @classmethod
    def of(cls, campaign: str, scenario: Mapping[str, Any]) -> "Limits":
        """Those of its scenario; of two on one indicator, the lower."""
        bounds: dict[str, float] = {}
        for each in scenario["thresholds"]:
            bounds[each["indicator"]] = min(each["at_most"], bounds.get(each["indicator"], each["at_most"]))
        return cls(campaign, scenario["held_share_target"], bounds)


def view_of_thresholds(every: Sequence[Limits]) -> View:
    """One row per campaign, one column for each indicator that a threshold may bound."""
    names = (CAMPAIGN.name, "target_share", *HIGHEST_BOUNDS)
    listed = ",\n    ".join(_row(each) for each in every)
    columns = {
        CAMPAIGN.name: ViewColumn("campaign", "identifier of the campaign"),
        "target_share": ViewColumn("target_share", "share of its crises that have to hold", "1"),
        **{
            each: ViewColumn(
                f"{name(each)}::double",
                "at most; null where no threshold bounds it: " + INDICATORS[each].counted,
                INDICATORS[each].unit,
            )
            for each in HIGHEST_BOUNDS
        },
    }
    return View(
        "thresholds",
        "one row per campaign, as of when these views were written: what its scenario allows; of care, what the "
        "attack may add, of response and systems, within how long",
        columns,
        f"(values\n    {listed}\n) as limits ({', '.join(map(name, names))})",
    )


def _row(limits: Limits) -> str:
    bounds = (str(limits.at_most[each]) if each in limits.at_most else "null" for each in HIGHEST_BOUNDS)
    return f"({text(limits.campaign)}, {limits.target}, {', '.join(bounds)})"


def care_held(asked: str, twin: str, limits: str) -> str:
    """Whether what the attack adds stayed within every threshold on care; null where there is none."""
    kept = {each: f"{asked}.{name(each)} - {twin}.{name(each)} <= {limits}.{name(each)}" for each in OF_CARE}
    return _held(kept, limits)


def systems_held(asked: str, run: str, limits: str) -> str:
    """Whether every deadline of response and systems was kept; one that falls after the horizon is."""
    return _held({each: f"not ({_late(each, asked, run, limits)})" for each in OF_SYSTEMS}, limits)


def _held(kept: Mapping[str, str], limits: str) -> str:
    every = " and ".join(
        f"({limits}.{name(each)} is null or coalesce({claim}, false))" for each, claim in kept.items()
    )
    bound = ", ".join(f"{limits}.{name(each)}" for each in kept)
    return f"case when coalesce({bound}) is not null then {every} end"


def _late(indicator: str, asked: str, run: str, limits: str) -> str:
    """Something was waited for, and lasted longer than the deadline, or as long where it was not over."""
    wait, value, bound = WAITS[indicator], f"{asked}.{name(indicator)}", f"{limits}.{name(indicator)}"
    since = f"{asked}.{name(wait.since)}" if wait.since else "0"
    concerned = f"{asked}.{name(wait.over)} is not null" if wait.over else f"{since} is not null"
    over = f"coalesce({asked}.{name(wait.over)}, false)" if wait.over else f"{value} is not null"
    lasted = f'coalesce({value}, {run}."horizon_h" - {since})'
    return f"{concerned} and case when {over} then {lasted} > {bound} else {lasted} >= {bound} end"
