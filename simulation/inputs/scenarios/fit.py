"""The fit of a scenario and a posture: the region has all that they name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice

from simulation.inputs.campaign import Campaign
from simulation.inputs.parameters.responder_levels import Task
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from topologies.errors import BadInput, Finding, Message, nearest_names
from topologies.reading.files import MOST_FINDINGS
from topologies.reading.positions import Place
from topologies.region import Region

Where = Callable[[Place], str]
"""Says where in a document something stands."""

NO_FIT = Message("the scenario or the posture does not fit the region")


def check_fit(
    campaign: Campaign, *, scenario_at: Where | None = None, posture_at: Where | None = None
) -> None:
    """`BadInput` with all that they name and the region does not have; each by its document's name if not otherwise."""
    region, scenario, posture = campaign.region, campaign.scenario, campaign.posture
    scenario_at = scenario_at or partial(_field_of, scenario.name)
    posture_at = posture_at or partial(_field_of, posture.name)
    sites = list(region.establishments)
    findings = chain(
        _strangers(_named_by(scenario), [*sites, *region.services], region, scenario_at),
        _strangers(_set_apart_by(posture), sites, region, posture_at),
        _unknown_levels(campaign, posture_at),
        _nobody_leads(campaign, posture_at),
    )
    if found := list(islice(findings, MOST_FINDINGS)):
        raise BadInput(NO_FIT, found)


def check_aims(campaign: Campaign, scenario_at: Where | None = None) -> None:
    """`BadInput` unless each wave finds an entry point in the region; the event is known to fit."""
    if found := [*_without_any(campaign, scenario_at or partial(_field_of, campaign.scenario.name))]:
        raise BadInput(NO_FIT, found)


def _named_by(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """The nodes that a scenario names, each with its field."""
    for number, wave in enumerate(scenario.waves):
        for rank, point in enumerate(wave.entry_points):
            if isinstance(point, str):
                yield ("waves", number, "entry_points", rank), point
        if wave.detonation and isinstance(wave.detonation.target, str):
            yield ("waves", number, "detonation", "target"), wave.detonation.target


def _without_any(campaign: Campaign, where: Where) -> Iterator[Finding]:
    """What a wave chooses of which the region has nothing."""
    for number, wave in enumerate(campaign.scenario.waves):
        aim, missing = campaign.aims[wave.name], dict[Place, str]()
        if not any(found.nodes for found in aim.entry_points):
            missing["entry_points",] = ", ".join(map(str, wave.entry_points))
        if wave.detonation and wave.detonation.target and not aim.target:
            missing["detonation", "target"] = str(wave.detonation.target)
        for field, choices in missing.items():
            yield Finding(
                where=where(("waves", number, *field)),
                problem=Message(
                    "{region} has nothing for {choices}",
                    {"region": campaign.region.name, "choices": choices},
                ),
                remedy=Message("name a node of the region, choose by another rule, or take another scenario"),
            )


def _set_apart_by(posture: Posture) -> Iterator[tuple[Place, str]]:
    """The establishments to which a posture gives levels of their own, each with its field."""
    for finess in posture.establishments:
        yield ("establishments", finess), finess


def _strangers(
    named: Iterable[tuple[Place, str]], known: Sequence[str], region: Region, where: Callable[[Place], str]
) -> Iterator[Finding]:
    """What is named and not known."""
    for place, node in named:
        if node not in known:
            nearest = nearest_names(node, known)
            yield Finding(
                where=where(place),
                problem=Message("{node} is not in {region}", {"node": node, "region": region.name}),
                remedy=Message("use {nearest}, or add it to the region", {"nearest": nearest}),
            )


def _unknown_levels(campaign: Campaign, where: Where) -> Iterator[Finding]:
    """Teams of a level of responders that the parameters do not know."""
    known = list(campaign.parameters.responder_levels.levels)
    for level in campaign.posture.responders.teams:
        if level not in known:
            yield Finding(
                where=where(("responders", "teams", level)),
                problem=Message("{level} is no level of responders", {"level": level}),
                remedy=Message("use {nearest}", {"nearest": nearest_names(level, known)}),
            )


def _nobody_leads(campaign: Campaign, where: Where) -> Iterator[Finding]:
    """No team that can lead an investigation: nobody would ever be restored."""
    levels, teams = campaign.parameters.responder_levels.levels, campaign.posture.responders.teams
    leading = [name for name, level in levels.items() if level.task is Task.LEAD]
    if not any(name in teams and round(teams[name].value) for name in leading):
        yield Finding(
            where=where(("responders", "teams")),
            problem=Message("no team can lead an investigation, and nobody would ever be restored"),
            remedy=Message("give at least one team of {levels}", {"levels": ", ".join(leading)}),
        )


def _field_of(name: str, place: Place) -> str:
    return f"{name}, {'.'.join(map(str, place))}"
