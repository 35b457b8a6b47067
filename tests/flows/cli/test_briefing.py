from dataclasses import replace

import pytest
from rich.console import Console

from flows.cli.briefing import Run, briefing_of, facts_of
from flows.execution.plan import Plan
from results import Department, Distribution, FirstBroken, Summary, ThresholdResult, Verdict
from results.presentation.wording import name_of
from simulation.inputs.indicators.registry import INDICATORS
from tests.flows.commands import plain
from tests.flows.runs import plan_with


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A campaign, of which nothing is run."""
    return plan_with(tmp_path_factory.mktemp("briefing"), replications=200, workers=2)


@pytest.fixture(autouse=True)
def in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_LANG", "fr")


def run_with(
    plan: Plan,
    verdict: Verdict,
    first_broken: FirstBroken | None,
    departments: tuple[Department, ...] = (),
) -> Run:
    indicator = Distribution(
        unit="h",
        observed=200,
        missing=0,
        mean=1234.5,
        mean_ci=(1200.0, 1269.0),
        p05=800.0,
        p50=1200.0,
        p95=2000.0,
    )
    scenario = plan.campaign.scenario
    summary = Summary(
        campaign=plan.campaign.id,
        region=plan.campaign.region.name,
        scenario=scenario.name,
        posture=plan.campaign.posture.name,
        seed=5,
        replications=200,
        held=12,
        held_share=0.06,
        held_share_ci=(0.035, 0.102),
        target=scenario.held_share_target,
        verdict=verdict,
        thresholds=tuple(
            ThresholdResult(
                indicator=each.indicator, at_most=each.at_most, held_share=0.5, held_share_ci=(0.4, 0.6)
            )
            for each in scenario.thresholds
        ),
        indicators=dict.fromkeys(INDICATORS, indicator),
        first_broken=first_broken,
        departments=departments,
    )
    return Run(plan=plan, summary=summary, new_replications=200, seconds=42.0)


def lines_of(run: Run, columns: int) -> list[str]:
    console = Console(width=columns, highlight=False, markup=False)
    with console.capture() as captured:
        console.print(briefing_of(run), crop=False)
    return plain(captured.get()).splitlines()


BROKEN = FirstBroken(
    finess="930000328",
    name="CH de Saint-Denis",
    indicator="icu_unmet_patient_h",
    replications=90,
    breaking_share=0.48,
    median_h=140.0,
)


@pytest.mark.parametrize(
    ("verdict", "word"), [(Verdict.HOLDS, "TIENT"), (Verdict.BREAKS, "CÈDE"), (Verdict.UNDECIDED, "INDÉCIS")]
)
def test_the_verdict_comes_first_in_plain_words(plan: Plan, verdict: Verdict, word: str) -> None:
    text = lines_of(run_with(plan, verdict, BROKEN), 100)
    said = text[text.index(word) + 1 :]
    assert said[0] == "La région a tenu dans 12 réplications (crises simulées) sur 200, soit 6 %."
    assert said[1] == "Avec 95 % de confiance, la part véritable est de 3,5 % à 10,2 %."
    assert "90 %" in said[2]


def test_where_it_broke_is_told_with_a_name_and_a_date(plan: Plan) -> None:
    text = "\n".join(lines_of(run_with(plan, Verdict.BREAKS, BROKEN), 100))
    assert "CH de Saint-Denis" in text
    assert "samedi 27 juillet 2024 à 4 h 00" in text


def department(code: str, delay_min: float, beyond_30: float) -> Department:
    return Department(
        department=code,
        ed_visits=1_000.0,
        ed_unmet_share=0.01,
        ed_journey_min=17.0,
        ed_added_min=0.2,
        ed_beyond_30_share=0.1,
        time_critical_journey_min=12.0,
        time_critical_delay_min=delay_min,
        time_critical_beyond_30_share=beyond_30,
        time_critical_beyond_45_share=0.01,
    )


def test_the_departments_that_fare_worst_are_named_where_there_are_several(plan: Plan) -> None:
    two = (department("75", 4.25, 0.05), department("77", 1.0, 0.2))
    text = "\n".join(lines_of(run_with(plan, Verdict.HOLDS, None, two), 200))
    assert "attendent le plus : 75, 4,2 min après le trajet" in text
    assert "départ du domicile : 77, 20 % d'entre elles" in text
    alone = "\n".join(lines_of(run_with(plan, Verdict.HOLDS, None, two[:1]), 200))
    assert "départ du domicile" not in alone


def test_nothing_is_said_of_a_breach_when_there_was_none(plan: Plan) -> None:
    assert "cède d'abord" not in "\n".join(lines_of(run_with(plan, Verdict.HOLDS, None), 100))


def test_days_of_restoration_say_whom_they_leave_out(plan: Plan) -> None:
    run = run_with(plan, Verdict.BREAKS, None)
    assert "n'est pas retrouvée" not in "\n".join(lines_of(run, 120))
    restored = replace(run.summary.indicators["restoration_h"], observed=50)
    hit = replace(restored, observed=200)
    indicators = {**run.summary.indicators, "restoration_h": restored, "first_impact_h": hit}
    partly = replace(run, summary=replace(run.summary, indicators=indicators))
    assert "Dans 75 % des réplications touchées, cette capacité n'est pas retrouvée" in "\n".join(
        lines_of(partly, 120)
    )


def test_a_backlog_that_is_not_cleared_is_said_and_deaths_are_compared_with_an_ordinary_month(
    plan: Plan,
) -> None:
    run = run_with(plan, Verdict.BREAKS, None)
    cleared = replace(run.summary.indicators["backlog_recovery_h"], observed=180)
    indicators = {**run.summary.indicators, "backlog_recovery_h": cleared}
    partly = replace(run, summary=replace(run.summary, indicators=indicators))
    said = "\n".join(lines_of(partly, 200))
    assert "Dans 10 % des réplications touchées, les reports ne sont pas rattrapés" in said
    assert "comparez avec le scénario ordinary-month" in said
    ordinary = replace(run, summary=replace(run.summary, scenario="ordinary-month"))
    assert "comparez" not in "\n".join(lines_of(ordinary, 200))


def test_what_matters_most_is_told_and_nothing_else(plan: Plan) -> None:
    text = lines_of(run_with(plan, Verdict.BREAKS, None), 200)
    told = {key for key in INDICATORS if any(line.startswith(f"  {plain(name_of(key))}  ") for line in text)}
    assert told == {name for name, indicator in INDICATORS.items() if indicator.read_first}
    assert len(told) == 13


@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal_but_those_to_copy(plan: Plan, columns: int) -> None:
    text = lines_of(run_with(plan, Verdict.BREAKS, BROKEN), columns)
    wide = [line for line in text if len(line) > columns]
    assert all(line.startswith(("Résultats", "En Python")) for line in wide)


def test_the_facts_hold_what_was_promised(plan: Plan) -> None:
    promised = "campaign store region scenario posture seed replications new_replications held_share "
    promised += "held_share_ci seconds replications_per_second indicators"
    facts = facts_of(run_with(plan, Verdict.BREAKS, BROKEN))
    assert set(promised.split()) <= set(facts)
