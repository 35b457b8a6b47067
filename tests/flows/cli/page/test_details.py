"""The details: each thing is told once, in plain words."""

from dataclasses import replace

from flows.cli.details import details_of
from flows.execution.plan import Plan
from results import Department, Verdict
from results.analysis.track_record import track_record_of
from results.presentation.tabled import AddedRow, added_row, caveats
from results.presentation.wording import name_of
from simulation.inputs.indicators.registry import INDICATORS
from tests.flows.cli.page.made_up import ADDED, SIGN, WAITED, lines_of, page_of, run_with
from tests.flows.commands import plain


def test_what_is_hardly_added_is_not_told_to_tenths_of_a_patient_nor_as_less_than_nothing(plan: Plan) -> None:
    added = replace(ADDED, ordinary=58.2, median=-0.3, one_in_ten=49.4, worst=226.0)
    assert added_row("delay_deaths", added) == AddedRow(
        "Décès dus aux délais", "58", "0", "+\u00a049", "+\u00a0226"
    )
    few = replace(ADDED, ordinary=5.26, median=-0.71, one_in_ten=4.7, worst=14.6)
    row = added_row("time_critical_delay_min", few)
    assert (row.ordinary, row.median, row.worst) == ("5,3", "−\u00a00,7", "+\u00a014,6")


def test_a_bed_that_an_operation_leaves_is_not_told_as_a_gain(plan: Plan) -> None:
    less = replace(ADDED, ordinary=58.2, median=-5.4, one_in_ten=-1.6, worst=2.2)
    row = added_row("delay_deaths", less)
    assert (row.median, row.one_in_ten, row.worst) == ("pas plus", "pas plus", "+\u00a02")
    run = run_with(plan, Verdict.BREAKS, SIGN)
    owed = "L’attaque n’y fait rien gagner"
    told = replace(run.summary, added={**run.summary.added, "delay_deaths": less})
    assert any(owed in sentence for sentence in caveats(told))
    assert not any(owed in sentence for sentence in caveats(run.summary))


def test_a_failure_is_not_called_an_attack(plan: Plan) -> None:
    run = run_with(plan, Verdict.BREAKS, SIGN)
    page = page_of(replace(run, summary=replace(run.summary, failure=True)))
    assert "La panne est survenue dans 150 réplications sur 200, soit 75 %." in page
    assert "elle a échoué" not in page
    assert "attaque ajoute" not in page


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
    assert "attendent le plus : 75 Paris, 4,2 min après le trajet" in text
    assert "départ du domicile : 77 Seine-et-Marne, 20 % d'entre elles" in text
    assert "départ du domicile" not in page_of(run_with(plan, Verdict.HOLDS, None, two[:1]))


def test_how_the_model_did_is_told_of_the_version_that_ran(plan: Plan) -> None:
    run = run_with(plan, Verdict.BREAKS, SIGN)
    assert (
        "52 chiffres publiés sur 59 sont dans l'intervalle qui devrait en contenir neuf sur dix"
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
    page = lines_of(details_of(replace(run, summary=replace(run.summary, waits=waits))), 200)
    (told,) = (line for line in page if line.startswith("Jours pour retrouver"))
    return " ".join(told.removeprefix("Jours pour retrouver 80 % de la capacité").split())


def test_nothing_lost_never_back_and_back_late_are_told_in_different_words(plan: Plan) -> None:
    assert row(plan) == "120 20,0 42 % à plus de 21"
    assert row(plan, median=None) == "120 pas avant la fin 42 % à plus de 21"
    assert row(plan, median=None, over=0, beyond_share=1.0) == "120 jamais avant la fin 100 % à plus de 21"
    assert row(plan, concerned=0) == "0 rien n'a été perdu"


def test_what_matters_most_is_told_and_nothing_else(plan: Plan) -> None:
    text = lines_of(details_of(run_with(plan, Verdict.BREAKS, None)), 200)
    told = {
        key for key in INDICATORS if any(line.strip().startswith(f"{plain(name_of(key))}  ") for line in text)
    }
    read_first = {name for name, indicator in INDICATORS.items() if indicator.read_first}
    assert told == read_first | {"responder_wait_max_h", "regional_cell_delay_h"}
    assert len(told) == 16
