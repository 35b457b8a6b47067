"""The briefing fits in twenty lines as wide as those of the documentation, whatever it has to tell.

Blank lines are not counted. The store is the one that commands take anyway.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.execution.plan import Plan
from results import Judgement, Share, Spread, Store, Summary, Verdict
from results.analysis.assumptions.sensitivity import Assumption, Explained, Group, Sensitivity
from results.presentation.assumptions.titles import load_titles
from results.presentation.language import of
from results.presentation.wording import SIGNS
from simulation.inputs.library import load_scenario, scenario_names
from simulation.inputs.scenarios.wave import Payload
from tests.flows.cli.page.made_up import SIGN, briefing_in_lines, run_with, share

LINES, COLUMNS = 20, 88
LONGEST_NAME = "CH Sud Seine-et-Marne site de Fontainebleau"
"""Of the emergency departments of Île-de-France."""
FAILURES = {Payload.OUTAGE, Payload.FAULTY_UPDATE}
NONE = Share(count=0, of=0, share=None, interval=None)


def sensitivity(*names: str) -> Sensitivity:
    """The verdict turns on these."""
    told = [
        Assumption(name=name, low=0.0, high=1.0, share=0.5, interval=(0.4, 0.6), rises=True) for name in names
    ]
    group = Group(draws=100, assumptions=240, level=0.24, told_apart=tuple(told))
    explained = {"care": Explained(crisis=group, ordinary=replace(group, told_apart=()))}
    return Sensitivity(campaign="c0", replications=200, crises=150, explained=explained)


def longest_assumptions() -> list[str]:
    """The three whose titles are longest in the language spoken."""
    titles = load_titles()
    return sorted(titles, key=lambda name: len(of(titles[name])))[-3:]


def judged(judgement: Judgement | None, verdict: Verdict) -> Judgement | None:
    given = NONE if verdict is Verdict.UNTESTED else share(150, 150)
    return judgement and replace(judgement, verdict=verdict, given=given)


def reach(summary: Summary, column: str) -> dict[str, Spread]:
    """Many in one column, none in the others."""
    nobody = Spread(unit="1", median=0.0, one_in_ten=0.0, worst=0.0)
    many = Spread(unit="1", median=123.0, one_in_ten=345.0, worst=400.0)
    return {name: many if name == column else nobody for name in summary.reach}


def shapes_of(summary: Summary) -> dict[str, Summary]:
    """What a campaign might come to."""

    def with_verdicts(verdict: Verdict) -> Summary:
        care, systems = (judged(one, verdict) for one in (summary.care, summary.systems))
        return replace(summary, care=care, systems=systems)

    first, unknown = summary.first_sign, sensitivity()
    assert first is not None
    hit = replace(summary, reach=reach(summary, "establishments_impacted"), turns_on=unknown)
    never = replace(with_verdicts(Verdict.UNTESTED), went_off=share(0, 200), first_sign=None)
    return {
        "the longest assumptions": replace(hit, turns_on=sensitivity(*longest_assumptions())),
        "shared services lost": replace(hit, reach=reach(summary, "establishments_without_service")),
        "nobody hit": replace(hit, reach=reach(summary, "none"), first_sign=None),
        "never goes off": never,
        "always holds": replace(with_verdicts(Verdict.HOLDS), first_sign=None, turns_on=unknown),
        "undecided": replace(with_verdicts(Verdict.UNDECIDED), turns_on=unknown),
        "no thresholds": replace(hit, care=None, systems=None, first_sign=None),
    } | {
        f"{sign}, {of_crises}": replace(hit, first_sign=replace(first, sign=sign, share=of_crises))
        for sign in SIGNS
        for of_crises in (0.1, 0.48)
    }


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("scenario", scenario_names())
def test_what_is_read_first_takes_twenty_lines(
    plan: Plan, scenario: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_LANG", language)
    asked = load_scenario(scenario)
    here = replace(
        plan,
        campaign=replace(plan.campaign, scenario=asked),
        store=Store(Path("store").absolute()),
        left_out=None,
    )
    run = run_with(here, Verdict.BREAKS, replace(SIGN, name=LONGEST_NAME))
    summary = replace(
        run.summary,
        attacks=bool(asked.waves),
        failure=bool(asked.waves) and {wave.payload for wave in asked.waves} <= FAILURES,
        all_went_off=share(60, 200) if len(asked.waves) > 1 else None,
    )
    for shape, said in shapes_of(summary).items():
        lines = [line for line in briefing_in_lines(replace(run, summary=said), COLUMNS) if line.strip()]
        assert len(lines) <= LINES, "\n".join([shape, *lines])
        assert max(map(len, lines)) <= COLUMNS, shape
