"""The briefing says in some thirty lines what the whole page says, in the same words."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.cli.briefing import HEADLINES, briefing_of, facts_of
from flows.cli.details import details_of
from flows.execution.plan import Plan
from results import Spread, Store, Verdict
from results.analysis.assumptions.sensitivity import Explained, Group, Sensitivity
from results.presentation.wording import name_of
from tests.flows.cli.page.made_up import SIGN, briefing_in_lines, lines_of, page_of, run_with, share
from tests.flows.commands import plain

GROUP = Group(draws=100, assumptions=240, level=0.24, told_apart=())
NOTHING_STANDS_OUT = Sensitivity(
    campaign="c0", replications=200, crises=150, explained={"care": Explained(crisis=GROUP, ordinary=GROUP)}
)
NOBODY = Spread(unit="1", median=0.0, one_in_ten=0.0, worst=0.0)


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
    run = run_with(plan, verdict, SIGN)
    text = lines_of(details_of(run), 200)
    given, asked, over_all = text[text.index(word) + 1 :][:3]
    assert "dans 12 des 150 crises où elle s'est déclenchée, soit 8 %" in given
    assert over_all.endswith("y compris celles où rien ne s'est déclenché : 31 %.")
    assert "90 %" in asked
    (told,) = (line for line in lines_of(briefing_of(run), 1000) if line.startswith(word))
    assert told.startswith(f"{word}. {given} {asked}")
    assert "soit 31 %" not in told
    assert ("Seuil le moins souvent tenu (50 %)" in told) == (verdict is not Verdict.HOLDS)


TOLD = (
    "L'attaque s'est déclenchée dans 150 simulations sur 200, soit 75 %.",
    "Établissements touchés : 4 dans la crise médiane, 29 ou davantage dans une crise sur dix.",
    "LES SOINS CÈDENT",
    "RÉPONSE ET SYSTÈMES : TROP TARD",
    "sans elle",
    "Là où les soins cèdent d'abord, le plus souvent : CH de Saint-Denis",
    "chiffres publiés",
    "À regarder ensuite",
)


def test_the_briefing_and_the_page_tell_the_same_in_the_same_order_and_words(plan: Plan) -> None:
    run = run_with(plan, Verdict.BREAKS, SIGN)
    page = page_of(run)
    for text, told in (
        ("\n".join(briefing_in_lines(run)), TOLD),
        (page, (*TOLD[:5], "Combien de temps il faut", TOLD[5], "Respect de chaque seuil", *TOLD[6:])),
    ):
        places = [text.index(sentence) for sentence in told]
        assert places == sorted(places)
    titles = [plain(name_of(name)) for name in HEADLINES]
    assert all(any(line.startswith(title) for line in briefing_in_lines(run)) for title in titles)
    assert all(f"  {title}  " in page for title in titles)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_read_first_takes_a_third_of_the_page(
    plan: Plan, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In lines as wide as those of the documentation, blank ones apart."""
    monkeypatch.setenv("TOCSIN_LANG", language)
    run = run_with(replace(plan, store=Store(Path("store").absolute())), Verdict.BREAKS, SIGN)
    reach = {**run.summary.reach, "establishments_without_service": NOBODY}
    run = replace(run, summary=replace(run.summary, turns_on=NOTHING_STANDS_OUT, reach=reach))
    assert sum(map(bool, briefing_in_lines(run, 88))) <= 30


def test_where_no_one_place_gives_way_first_that_is_said(plan: Plan) -> None:
    seldom = replace(SIGN, share=0.08)
    page = page_of(run_with(plan, Verdict.BREAKS, seldom))
    assert "tantôt ici, tantôt là ; le plus souvent CH de Saint-Denis." in page
    assert "tantôt" not in page_of(run_with(plan, Verdict.BREAKS, SIGN))


def test_the_next_steps_name_the_crisis_in_the_middle_and_no_posture_twice(plan: Plan) -> None:
    run = run_with(plan, Verdict.BREAKS, SIGN)
    text = "\n".join(briefing_in_lines(run, 1000))
    assert f"tocsin timeline {plan.campaign.id} --replication 12 --gravest --store" in text
    assert "--posture prepared" in text
    prepared = replace(run, summary=replace(run.summary, posture="prepared"))
    assert "--posture prepared" not in "\n".join(briefing_in_lines(prepared, 1000))


def test_a_scenario_that_never_goes_off_says_so(plan: Plan) -> None:
    run = run_with(plan, Verdict.UNTESTED, None)
    never = replace(run, summary=replace(run.summary, went_off=share(0, 200)))
    assert "ne s'est déclenchée dans aucune des 200 simulations" in page_of(never)
    assert "ne s'est déclenchée dans aucune des 200 simulations" in "\n".join(briefing_in_lines(never))


def test_of_several_waves_it_is_said_how_often_each_went_off(plan: Plan) -> None:
    run = run_with(plan, Verdict.BREAKS, SIGN)
    assert "Toutes ses vagues" not in page_of(run)
    several = replace(run, summary=replace(run.summary, all_went_off=share(60, 200)))
    told = "Toutes ses vagues se sont déclenchées dans 60 simulations sur 200, soit 30 %."
    assert told in page_of(several)


@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal_but_those_to_copy(plan: Plan, columns: int) -> None:
    run = run_with(plan, Verdict.BREAKS, SIGN)
    text = [*briefing_in_lines(run, columns), *lines_of(details_of(run), columns)]
    wide = [line for line in text if len(line) > columns]
    assert all(line.startswith(("Résultats", "En Python")) for line in wide)


def test_the_facts_hold_what_was_promised(plan: Plan) -> None:
    promised = (
        "campaign ordinary store region scenario posture seed replications new_replications went_off care "
    )
    promised += "systems added waits first_sign seconds replications_per_second indicators"
    facts = facts_of(run_with(plan, Verdict.BREAKS, SIGN))
    assert set(promised.split()) <= set(facts)
