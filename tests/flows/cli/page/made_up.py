"""Runs made up for the tests of what a planner reads, and their lines."""

import numpy as np
from rich.console import Console, RenderableType

from flows.cli.briefing import Shown, Took, briefing_of
from flows.cli.details import details_of
from flows.execution.plan import Plan
from results import (
    Added,
    Department,
    Distribution,
    FirstSign,
    Judgement,
    Share,
    Spread,
    Summary,
    ThresholdResult,
    Verdict,
    Waited,
)
from results.analysis.compared.added import OF_CARE, REACH
from results.analysis.compared.verdicts import share_of
from results.analysis.compared.waits import WAITS
from results.analysis.track_record import TrackRecord
from results.analysis.witnesses import Witnesses
from simulation.inputs.indicators.bounds import DEADLINES
from tests.flows.commands import plain


def share(count: int, of: int) -> Share:
    everywhere = np.arange(of) < of
    return share_of(np.arange(of) < count, everywhere, Witnesses.of(of, 1, 1))


def judgement(verdict: Verdict, thresholds: tuple[ThresholdResult, ...]) -> Judgement:
    return Judgement(verdict=verdict, given=share(12, 150), over_all=share(62, 200), thresholds=thresholds)


def run_with(
    plan: Plan,
    verdict: Verdict,
    first_sign: FirstSign | None,
    departments: tuple[Department, ...] = (),
) -> Shown:
    scenario = plan.campaign.scenario
    results = [
        ThresholdResult(
            indicator=each.indicator,
            at_most=each.at_most,
            reason=each.reason,
            given=share(75, 150),
            over_all=share(125, 200),
            not_due=0,
        )
        for each in scenario.thresholds
    ]
    systems = tuple(each for each in results if each.indicator in DEADLINES)
    care = tuple(each for each in results if each not in systems)
    indicator = Distribution(
        unit="1",
        observed=200,
        missing=0,
        mean=1234.5,
        mean_ci=(1200.0, 1269.0),
        p05=800.0,
        p50=1200.0,
        p95=2000.0,
    )
    summary = Summary(
        campaign=plan.campaign.id,
        ordinary=plan.ordinary.id,
        region=plan.campaign.region.name,
        scenario=scenario.name,
        posture=plan.campaign.posture.name,
        start=scenario.start,
        horizon_h=scenario.horizon_h,
        seed=5,
        replications=200,
        parameters="central",
        attacks=True,
        failure=False,
        target=scenario.held_share_target,
        went_off=share(150, 200),
        all_went_off=None,
        reach={name: Spread(unit="1", median=4.0, one_in_ten=29.0, worst=46.0) for name in REACH},
        care=judgement(verdict, care),
        systems=judgement(Verdict.BREAKS, systems),
        added=dict.fromkeys(OF_CARE, ADDED),
        median_replication=12,
        worst_replication=7,
        waits=dict.fromkeys(WAITS, WAITED),
        turns_on=None,
        track_record=RECORD,
        first_sign=first_sign,
        indicators=dict.fromkeys(OF_CARE, indicator),
        departments=departments,
    )
    took = Took(replications=200, ordinary=0, seconds=42.0)
    return Shown(campaign=plan.campaign, store=plan.store, summary=summary, left_out=plan.left_out, took=took)


RECORD = TrackRecord(
    model="7", digest="0", incidents=11, figures=59, hits=52, hits_half=29, better=40, skill=0.29, missed=()
)
ADDED = Added(
    unit="1",
    median=312.0,
    one_in_ten=2000.0,
    worst=5000.0,
    mean=600.0,
    mean_ci=(500.0, 700.0),
    ordinary=1234.5,
    chance_share=None,
)
WAITED = Waited(
    unit="h",
    concerned=120,
    over=70,
    median=480.0,
    nine_in_ten=None,
    restricted_mean=500.0,
    restricted_to=620.0,
    deadline=504.0,
    beyond_share=0.42,
)


def lines_of(shown: RenderableType, columns: int) -> list[str]:
    console = Console(width=columns, highlight=False, markup=False)
    with console.capture() as captured:
        console.print(shown, crop=False)
    return plain(captured.get()).splitlines()


def page_of(run: Shown) -> str:
    return "\n".join(lines_of(details_of(run), 200))


def briefing_in_lines(run: Shown, columns: int = 200) -> list[str]:
    return lines_of(briefing_of(run), columns)


SIGN = FirstSign(
    finess="930000328",
    name="CH de Saint-Denis",
    sign="ed_shut_h",
    replications=90,
    share=0.48,
    median_h=140.0,
)
