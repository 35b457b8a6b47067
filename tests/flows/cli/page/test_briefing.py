"""The briefing says in twenty lines what the whole page says, in the same words."""

import re
from dataclasses import replace

import pytest

from flows.cli.briefing import HEADLINES, facts_of
from flows.cli.details import details_of
from flows.execution.plan import Plan
from results import Spread, Verdict
from results.presentation.wording import name_of
from tests.flows.cli.page.made_up import SIGN, briefing_in_lines, lines_of, page_of, run_with, share
from tests.flows.commands import plain


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
    (told,) = (line for line in briefing_in_lines(run) if line.startswith(word))
    assert re.split(" {2,}", told)[1:] == ["12 sur 150 : 8 %", "4,6 % à 13,5 %", "90 %"]
    undecided = "trop peu de réplications pour trancher" in "\n".join(briefing_in_lines(run))
    assert undecided == (verdict is Verdict.UNDECIDED)


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


def test_where_no_one_place_gives_way_first_that_is_said(plan: Plan) -> None:
    seldom = replace(SIGN, share=0.08)
    page = page_of(run_with(plan, Verdict.BREAKS, seldom))
    assert "tantôt ici, tantôt là ; le plus souvent CH de Saint-Denis." in page
    assert "tantôt" not in page_of(run_with(plan, Verdict.BREAKS, SIGN))


def test_the_next_steps_name_the_crisis_in_the_middle_and_no_posture_twice(plan: Plan) -> None:
    run = run_with(plan, Verdict.BREAKS, SIGN)
    assert f"tocsin show {plan.campaign.id} --details" in "\n".join(briefing_in_lines(run))
    text = page_of(run)
    assert f"tocsin timeline {plan.campaign.id} --replication 12 --gravest" in text
    assert "--posture prepared" in text
    prepared = replace(run, summary=replace(run.summary, posture="prepared"))
    assert "--posture prepared" not in page_of(prepared)


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
    to_copy = ("Résultats", "En Python", "À regarder ensuite", "Une page à montrer")
    assert all(line.startswith(to_copy) for line in wide)


def test_the_facts_hold_what_was_promised(plan: Plan) -> None:
    promised = (
        "campaign ordinary store region scenario posture seed replications new_replications went_off care "
    )
    promised += "systems added waits first_sign seconds replications_per_second indicators"
    facts = facts_of(run_with(plan, Verdict.BREAKS, SIGN))
    assert set(promised.split()) <= set(facts)


def test_those_who_lost_a_service_are_told_of_where_nobody_is_hit(plan: Plan) -> None:
    run = run_with(plan, Verdict.BREAKS, SIGN)
    nobody, many = (Spread(unit="1", median=0.0, one_in_ten=most, worst=most) for most in (0.0, 178.0))
    service, hit = "establishments_without_service", "establishments_impacted"
    for reach, told in (
        ({**run.summary.reach, service: many}, "Établissements touchés : 4 dans la crise médiane"),
        (
            {**run.summary.reach, service: many, hit: nobody},
            "privés d'un service partagé : 0 dans la crise médiane",
        ),
    ):
        text = "\n".join(briefing_in_lines(replace(run, summary=replace(run.summary, reach=reach))))
        assert told in text
        assert text.count("Établissements") == 1
