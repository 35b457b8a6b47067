"""The verb `scenarios`: the attacks and failures that can be replayed, and what one holds."""

from collections.abc import Iterator, Sequence

import simulation
import topologies
from flows.cli.commands.options import Json, Lang, NameOrFile
from flows.cli.listing import Kind, list_or_show, show_items, show_sources
from flows.terminal import console
from results.presentation.language import _, named, of
from results.presentation.names import PAYLOADS
from results.presentation.numbers import instant, number, share
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Wave


def scenarios(name: NameOrFile = None, *, json: Json = False, lang: Lang = None) -> None:
    """The scenarios are listed, or one is shown."""
    list_or_show(SCENARIOS, name, json)


def _facts_of(scenario: Scenario) -> dict[str, object]:
    """The scenario in full, but for its event, which has a verb of its own."""
    event = scenario.event.name if scenario.event else None
    return {**scenario.model_dump(mode="json", exclude={"event"}), "event": event}


def _show(scenario: Scenario) -> None:
    """The story, the clock, and what it takes to hold."""
    say = console.facts().print
    say(of(scenario.title), style="bold")
    say(of(scenario.story))
    say(_("What it tests: {text}").format(text=of(scenario.tests)))
    say()
    say(
        _("From {start}, for {days} {days:day|days}").format(
            start=instant(scenario.start, 0), days=number(scenario.horizon_h / 24)
        )
    )
    _show_event(scenario)
    for wave in scenario.waves:
        _show_wave(scenario, wave)
    say()
    target = share(scenario.held_share_target)
    say(
        _("The region holds when all of this is true in at least {target} of replications:").format(
            target=target
        )
    )
    show_items(of(threshold.reason) for threshold in scenario.thresholds)
    say()
    show_sources(scenario.sources)


def _show_event(scenario: Scenario) -> None:
    """The event during the attack, and where to read more about it."""
    if scenario.event is not None:
        sentence = _("Event: {event} (in full: tocsin events {name})")
        console.facts().print(sentence.format(event=of(scenario.event.title), name=scenario.event.name))


def _show_wave(scenario: Scenario, wave: Wave) -> None:
    """Who is attacked, how, and when the payload goes off."""
    say = console.facts().print
    say()
    say(_("{wave}: {payload}").format(wave=wave.name, payload=_(PAYLOADS[wave.payload])), style="bold")
    say("  " + _("Entry points: {points}").format(points=", ".join(_names_of(wave.entry_points))))
    if wave.after is not None:
        template = _("Begins {hours} h after {wave} has gone off")
        say("  " + template.format(hours=number(wave.after.delay_h), wave=wave.after.wave))
    elif wave.begins is not None:
        begins = instant(scenario.start, scenario.hours_of(wave.begins))
        say("  " + _("Begins on {instant}").format(instant=begins))
    if wave.lasts_h is not None:
        say("  " + _("Lasts about {hours} h").format(hours=number(wave.lasts_h.value)))
    for sentence in _when(scenario, wave):
        say("  " + sentence)


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
        target = ", ".join(_names_of([detonation.target]))
        yield _("The payload goes off once {target} is under control").format(target=target)
    if detonation.detected:
        yield _("The payload goes off when the attackers see that they are noticed")
    if detonation.arrival:
        yield _("The payload goes off in each establishment as soon as it is entered")


def _names_of(nodes: Sequence[str]) -> list[str]:
    """Establishments and services as the built-in regions call them, else by their identifiers."""
    called: dict[str, str] = {}
    for region in map(topologies.load, topologies.names()):
        called |= {site.finess: site.name for site in region.establishments.values()}
        called |= {service.id: service.name for service in region.services.values()}
    return [f"{named(called[node])} ({node})" if node in called else node for node in nodes]


SCENARIOS = Kind(
    plural="scenarios",
    names=simulation.scenario_names,
    load=simulation.load_scenario,
    facts=_facts_of,
    show=_show,
)
