"""The verb `scenarios`: the attacks and failures that can be replayed, and what one holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

import simulation
import topologies
from flows.cli.commands.options import Json, Lang, NameOrFile
from flows.cli.listing import Kind, list_or_show, show_items, show_sources
from flows.terminal import console
from results.presentation.choices import are_named, points_found_in_words, points_in_words
from results.presentation.language import _, named, of
from results.presentation.names import PAYLOADS, REACTIONS
from results.presentation.numbers import instant, number, share
from simulation import Campaign
from simulation.inputs.digests import plain
from simulation.inputs.scenarios.chosen import Aim
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Wave
from topologies import Region
from topologies.building.called import names_of

InRegion = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar=_("NAME|FOLDER"),
        help=_("A region, to see which of its establishments and services the scenario chooses."),
    ),
]


def scenarios(
    name: NameOrFile = None, *, region: InRegion = None, json: Json = False, lang: Lang = None
) -> None:
    """The scenarios are listed, or one is shown."""
    list_or_show(SCENARIOS if region is None else _in_region(region), name, json)


def _in_region(name: str) -> Kind[Scenario]:
    """The same verb, which tells what each choice comes to in a region."""
    region = topologies.load(name)
    return replace(SCENARIOS, show=partial(_show, region=region), facts=partial(_facts_of, region=region))


def _facts_of(scenario: Scenario, region: Region | None = None) -> dict[str, object]:
    """The scenario in full, but for its event, which has a verb of its own."""
    event = scenario.event.name if scenario.event else None
    facts = {**scenario.model_dump(mode="json", exclude={"event"}), "event": event}
    if region is None:
        return facts
    return {**facts, "region": region.name, "aims": plain(_aims_in(region, scenario))}


def _aims_in(region: Region, scenario: Scenario) -> Mapping[str, Aim]:
    """What is chosen in a region that the scenario fits."""
    posture = simulation.load_posture("baseline")
    campaign = Campaign(region=region, scenario=scenario.in_region(region), posture=posture, seed=1)
    simulation.check(campaign)
    return campaign.aims


def _points_of(scenario: Scenario, region: Region | None) -> dict[str, list[str]]:
    """The entry points of each wave, with what is chosen where a region is given."""
    if region is not None:
        aims = _aims_in(region, scenario)
        return {
            wave.name: points_found_in_words(wave.entry_points, aims[wave.name], region)
            for wave in scenario.waves
        }
    given = (point for wave in scenario.waves for point in wave.entry_points if isinstance(point, str))
    called = names_of(given)
    return {wave.name: points_in_words(wave.entry_points, called) for wave in scenario.waves}


def _show(scenario: Scenario, region: Region | None = None) -> None:
    """The story, the clock, and what it takes to hold."""
    say, points = console.facts().print, _points_of(scenario, region)
    say(of(scenario.title), style="bold")
    say(of(scenario.story))
    say(_("What it tests: {text}").format(text=of(scenario.tests)))
    say()
    say(
        _("From {start}, for {days} {days:day|days}").format(
            start=instant(scenario.start, 0), days=number(scenario.horizon_h / 24)
        )
    )
    _show_event(scenario, region)
    for wave in scenario.waves:
        _show_wave(scenario, wave, points[wave.name])
    say()
    target = share(scenario.held_share_target)
    say(
        _("Objectives, each to be kept in at least {target} of the crises in which it goes off:").format(
            target=target
        )
    )
    show_items(of(threshold.reason) for threshold in scenario.thresholds)
    say()
    show_sources(scenario.sources)


def _show_event(scenario: Scenario, region: Region | None) -> None:
    """The event during the attack, and where to read more about it."""
    if scenario.event is None:
        return
    sentence = _("Event: {event} (in full: tocsin events {name})")
    if region is not None and scenario.event.is_elsewhere(region):
        sentence = _("The event {name} has nothing in {region}: run without it")
    gaps = {"event": of(scenario.event.title), "name": scenario.event.name}
    console.facts().print(sentence.format(**gaps, region=named(region.title) if region else ""))


def _show_wave(scenario: Scenario, wave: Wave, points: Sequence[str]) -> None:
    """Who is attacked, how, and when the payload goes off."""
    say = console.facts().print
    say()
    say(_("{wave}: {payload}").format(wave=of(wave.title), payload=_(PAYLOADS[wave.payload])), style="bold")
    if are_named(wave.entry_points):
        say("  " + _("Entry points: {points}").format(points=", ".join(points)))
    else:
        say("  " + _("Entry points:"))
        show_items(points)
    if wave.after is not None:
        (before,) = (other for other in scenario.waves if other.name == wave.after.wave)
        template = _('Begins {hours} h after "{wave}" has gone off')
        say("  " + template.format(hours=number(wave.after.delay_h), wave=of(before.title)))
    elif wave.begins is not None:
        begins = instant(scenario.start, scenario.hours_of(wave.begins))
        say("  " + _("Begins on {instant}").format(instant=begins))
    if wave.lasts_h is not None:
        say("  " + _("Lasts about {hours} h").format(hours=number(wave.lasts_h.value)))
    for sentence in _when(scenario, wave):
        say("  " + sentence)
    if wave.reacts is not None:
        template = _("When the attackers see that they are looked for: {reaction} ({why})")
        say("  " + template.format(reaction=_(REACTIONS[wave.reaction]), why=of(wave.reacts.why)))


def _when(scenario: Scenario, wave: Wave) -> Iterator[str]:
    """What sets the payload off, one sentence each."""
    detonation = wave.detonation
    if detonation is None:
        return
    if detonation.at is not None:
        at = instant(scenario.start, scenario.hours_of(detonation.at))
        yield _("The payload goes off on {instant}").format(instant=at)
    if detonation.after_h is not None:
        hours = number(detonation.after_h.value)
        yield _("The payload goes off about {hours} h after the first foothold").format(hours=hours)
    if detonation.sites is not None:
        sites = number(detonation.sites)
        yield _(
            "The payload goes off once {sites} {sites:establishment is|establishments are} under control"
        ).format(sites=sites)
    if detonation.target is not None:
        (target,) = points_in_words([detonation.target], names_of([str(detonation.target)]))
        yield _("The payload goes off once {target} is under control").format(target=target)
    if detonation.arrival:
        yield _("The payload goes off in each establishment as soon as it is entered")


SCENARIOS = Kind(
    plural="scenarios",
    names=simulation.scenario_names,
    load=simulation.load_scenario,
    facts=_facts_of,
    show=_show,
)
