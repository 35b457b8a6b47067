"""What scenarios are there, and what does one hold?"""

from collections.abc import Sequence

from flows import console
from flows.commands.options import Json, Lang, Name
from flows.figures import instant, number, share
from flows.language import _, of
from simulation.scenario import Scenario


def scenarios(name: Name = None, *, json: Json = False, lang: Lang = None) -> None:
    """Tell the scenarios, or one of them."""
    import simulation

    if name is None:
        known = [simulation.load_scenario(each) for each in simulation.scenario_names()]
        console.give({"scenarios": [_named(each) for each in known]}) if json else _tell_all(known)
    else:
        scenario = simulation.load_scenario(name)
        console.give(scenario.model_dump(mode="json")) if json else _tell(scenario)


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
    say()
    say(
        _("From {start}, for {days} days").format(
            start=instant(scenario.start, 0), days=number(scenario.horizon_h / 24)
        )
    )
    if scenario.attack is not None:
        after_h = (scenario.attack.detonation - scenario.start).total_seconds() / 3600
        say(_("The payload goes off on {instant}").format(instant=instant(scenario.start, after_h)))
        say(_("Entry points: {points}").format(points=", ".join(_names_of(scenario.attack.entry_points))))
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


def _names_of(nodes: Sequence[str]) -> list[str]:
    """Establishments and services as the built-in regions call them, else by their identifiers."""
    import topologies

    called: dict[str, str] = {}
    for region in map(topologies.load, topologies.names()):
        called |= {site.finess: site.name for site in region.establishments.values()}
        called |= {service.id: service.name for service in region.services.values()}
    return [f"{called[node]} ({node})" if node in called else node for node in nodes]
