from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from flows.cli.briefing import Run, briefing_of, facts_of
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
from results.analysis.track_record import TrackRecord, track_record_of
from results.analysis.witnesses import Witnesses
from results.presentation.wording import name_of
from simulation.inputs.indicators.bounds import DEADLINES
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
) -> Run:
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
        seed=5,
        replications=200,
        parameters="central",
        attacks=True,
        failure=False,
        target=scenario.held_share_target,
        went_off=share(150, 200),
        reach={name: Spread(unit="1", median=4.0, one_in_ten=29.0, worst=46.0) for name in REACH},
        care=judgement(verdict, care),
        systems=judgement(Verdict.BREAKS, systems),
        added=dict.fromkeys(OF_CARE, ADDED),
        waits=dict.fromkeys(WAITS, WAITED),
        turns_on=None,
        track_record=RECORD,
        first_sign=first_sign,
        indicators=dict.fromkeys(OF_CARE, indicator),
        departments=departments,
    )
    return Run(plan=plan, summary=summary, new_replications=200, new_ordinary=0, seconds=42.0)


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


def lines_of(run: Run, columns: int) -> list[str]:
    console = Console(width=columns, highlight=False, markup=False)
    with console.capture() as captured:
        console.print(briefing_of(run), crop=False)
    return plain(captured.get()).splitlines()


def page_of(run: Run) -> str:
    return "\n".join(lines_of(run, 200))


SIGN = FirstSign(
    finess="930000328",
    name="CH de Saint-Denis",
    sign="ed_shut_h",
    replications=90,
    share=0.48,
    median_h=140.0,
)


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (Verdict.HOLDS, "LES SOINS TIENNENT"),
        (Verdict.BREAKS, "LES SOINS CÈDENT"),
        (Verdict.UNDECIDED, "SOINS : INDÉCIS"),
    ],
)
def test_the_verdict_on_care_says_what_it_rests_on_in_plain_words(
    plan: Plan, verdict: Verdict, word: str
) -> None:
    text = lines_of(run_with(plan, verdict, SIGN), 200)
    given, over_all, asked = text[text.index(word) + 1 :][:3]
    assert "dans 12 des 150 crises où elle s'est déclenchée, soit 8 %" in given
    assert over_all.endswith("y compris celles où rien ne s'est déclenché : 31 %.")
    assert "90 %" in asked


def test_the_page_tells_in_this_order_whether_it_went_off_then_care_systems_and_what_the_attack_adds(
    plan: Plan,
) -> None:
    page = page_of(run_with(plan, Verdict.BREAKS, SIGN))
    told = [
        "L'attaque s'est déclenchée dans 150 réplications (crises simulées) sur 200, soit 75 %.",
        "Établissements touchés : 4 dans la crise médiane, 29 ou davantage dans une crise sur dix.",
        "LES SOINS CÈDENT",
        "RÉPONSE ET SYSTÈMES : TROP TARD",
        "sans elle",
        "Combien de temps il faut",
        "Là où les soins cèdent d'abord, le plus souvent : CH de Saint-Denis",
        "Respect de chaque seuil",
        "À regarder ensuite",
    ]
    places = [page.index(sentence) for sentence in told]
    assert places == sorted(places)


def test_a_failure_is_not_called_an_attack(plan: Plan) -> None:
    run = run_with(plan, Verdict.BREAKS, SIGN)
    page = page_of(replace(run, summary=replace(run.summary, failure=True)))
    assert "La panne est survenue dans 150 réplications sur 200, soit 75 %." in page
    assert "attaque ajoute" not in page


def test_a_scenario_that_never_goes_off_says_so(plan: Plan) -> None:
    run = run_with(plan, Verdict.UNTESTED, None)
    never = replace(run, summary=replace(run.summary, went_off=share(0, 200)))
    assert "ne s'est déclenchée dans aucune des 200 réplications" in page_of(never)


def test_ordinary_life_says_what_it_is_and_shows_no_difference(plan: Plan) -> None:
    run = run_with(plan, Verdict.HOLDS, None)
    page = page_of(replace(run, summary=replace(run.summary, attacks=False)))
    assert "Personne n'attaque" in page
    assert "Ce que l'attaque ajoute" not in page
    assert "TROP TARD" not in page


def test_where_care_gave_way_is_told_with_what_happened_and_a_date(plan: Plan) -> None:
    page = page_of(run_with(plan, Verdict.BREAKS, SIGN))
    assert "Ses urgences n'acceptent plus d'ambulances, ou ferment, sur décision" in page
    assert "samedi 27 juillet 2024 à 4 h 00" in page


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
    text = page_of(run_with(plan, Verdict.HOLDS, None, two))
    assert "attendent le plus : 75, 4,2 min après le trajet" in text
    assert "départ du domicile : 77, 20 % d'entre elles" in text
    assert "départ du domicile" not in page_of(run_with(plan, Verdict.HOLDS, None, two[:1]))


def test_how_the_model_did_is_told_of_the_version_that_ran(plan: Plan) -> None:
    run = run_with(plan, Verdict.BREAKS, SIGN)
    assert (
        "sur 59 chiffres publiés, 52 sont dans l'intervalle qui devrait en contenir neuf sur dix"
        in page_of(run)
    )
    assert "chiffres publiés" not in page_of(replace(run, summary=replace(run.summary, track_record=None)))
    assert track_record_of("no version") is None


def test_nothing_is_said_of_a_first_sign_when_there_was_none(plan: Plan) -> None:
    assert "cèdent d'abord" not in page_of(run_with(plan, Verdict.HOLDS, None))


def row(plan: Plan, **changed: object) -> str:
    """What is said of the capacity that comes back."""
    run = run_with(plan, Verdict.BREAKS, None)
    waited = replace(WAITED, **changed)  # type: ignore[arg-type]
    waits = {**run.summary.waits, "restoration_h": waited}
    page = lines_of(replace(run, summary=replace(run.summary, waits=waits)), 200)
    (told,) = (line for line in page if line.startswith("Jours pour retrouver"))
    return " ".join(told.removeprefix("Jours pour retrouver 80 % de la capacité").split())


def test_nothing_lost_never_back_and_back_late_are_told_in_different_words(plan: Plan) -> None:
    assert row(plan) == "120 20,0 42 % à plus de 21"
    assert row(plan, median=None) == "120 pas avant la fin 42 % à plus de 21"
    assert row(plan, median=None, over=0, beyond_share=1.0) == "120 jamais avant la fin 100 % à plus de 21"
    assert row(plan, concerned=0) == "0 rien n'a été perdu"


def test_what_matters_most_is_told_and_nothing_else(plan: Plan) -> None:
    text = lines_of(run_with(plan, Verdict.BREAKS, None), 200)
    told = {
        key for key in INDICATORS if any(line.strip().startswith(f"{plain(name_of(key))}  ") for line in text)
    }
    read_first = {name for name, indicator in INDICATORS.items() if indicator.read_first}
    assert told == read_first | {"responder_wait_max_h", "regional_cell_delay_h"}
    assert len(told) == 16


@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal_but_those_to_copy(plan: Plan, columns: int) -> None:
    text = lines_of(run_with(plan, Verdict.BREAKS, SIGN), columns)
    wide = [line for line in text if len(line) > columns]
    assert all(line.startswith(("Résultats", "En Python")) for line in wide)


def test_the_facts_hold_what_was_promised(plan: Plan) -> None:
    promised = (
        "campaign ordinary store region scenario posture seed replications new_replications went_off care "
    )
    promised += "systems added waits first_sign seconds replications_per_second indicators"
    facts = facts_of(run_with(plan, Verdict.BREAKS, SIGN))
    assert set(promised.split()) <= set(facts)
