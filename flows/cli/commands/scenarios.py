"""What scenarios are there, and what does one hold?"""

from collections.abc import Iterator, Sequence

from flows.cli.commands.options import Json, Lang, Name
from flows.terminal import console
from results.presentation.language import _, later, of
from results.presentation.numbers import instant, number, share
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Payload, Wave

PAYLOADS = {
    Payload.RANSOMWARE: later("ransomware"),
    Payload.WIPER: later("destruction (wiper)"),
    Payload.THEFT: later("theft and publication of data"),
    Payload.DENIAL: later("denial of service"),
    Payload.OUTAGE: later("outage of a supplier"),
    Payload.FAULTY_UPDATE: later("faulty update"),
}


def scenarios(name: Name = None, *, json: Json = False, lang: Lang = None) -> None:
    """Tell the scenarios, or one of them."""
    import simulation

    if name is None:
        known = [simulation.load_scenario(each) for each in simulation.scenario_names()]
        console.give({"scenarios": [_named(each) for each in known]}) if json else _tell_all(known)
    else:
        scenario = simulation.load_scenario(name)
        console.give(facts_of(scenario)) if json else _tell(scenario)


def facts_of(scenario: Scenario) -> dict[str, object]:
    """The scenario in full, but for its event, which has a verb of its own."""
    event = scenario.event.name if scenario.event else None
    return {**scenario.model_dump(mode="json", exclude={"event"}), "event": event}


def _named(scenario: Scenario) -> dict[str, object]:
    return {"name": scenario.name, "title": scenario.title.model_dump()}


def _tell_all(scenarios: list[Scenario]) -> None:
    for scenario in scenarios:
        console.facts().print(f"{scenario.name}  {of(scenario.title)}", soft_wrap=True)


def _tell(scenario: Scenario) -> None:
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
    _tell_event(scenario)
    for wave in scenario.waves:
        _tell_wave(scenario, wave)
    say()
    target = share(scenario.held_share_target)
    say(
        _("The region holds when all of this is true in at least {target} of replications:").format(
            target=target
        )
    )
    for threshold in scenario.thresholds:
        say(f"  · {of(threshold.reason)}")
    say()
    say(_("Sources: {sources}").format(sources="; ".join(scenario.sources)))


def _tell_event(scenario: Scenario) -> None:
    """Who gathers meanwhile, and where to read more of it."""
    if scenario.event is not None:
        told = _("Event: {event} (tocsin events {name} tells it in full)")
        console.facts().print(told.format(event=of(scenario.event.title), name=scenario.event.name))


def _tell_wave(scenario: Scenario, wave: Wave) -> None:
    """Who is hit, how, and when it goes off."""
    say = console.facts().print
    say()
    say(f"{wave.name}: {_(PAYLOADS[wave.payload])}", style="bold")
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
    """What sets the payload off, in so many sentences."""
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
        yield _("The payload goes off when the attacker sees that he is noticed")
    if detonation.arrival:
        yield _("The payload goes off in each place as soon as it is entered")


def _names_of(nodes: Sequence[str]) -> list[str]:
    """Establishments and services as the built-in regions call them, else by their identifiers."""
    import topologies

    called: dict[str, str] = {}
    for region in map(topologies.load, topologies.names()):
        called |= {site.finess: site.name for site in region.establishments.values()}
        called |= {service.id: service.name for service in region.services.values()}
    return [f"{called[node]} ({node})" if node in called else node for node in nodes]
