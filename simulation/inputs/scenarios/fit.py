"""Do a scenario and a posture fit a region? The region must have all that they name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path

from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from topologies.errors import BadInput, Finding, Message, nearest_names
from topologies.reading.complaints import Place
from topologies.reading.documents import places_in
from topologies.reading.files import MOST_FINDINGS
from topologies.region import Region


def check_fit(
    region: Region,
    scenario: Scenario,
    posture: Posture,
    *,
    scenario_file: Path | None = None,
    posture_file: Path | None = None,
) -> None:
    """`BadInput` with all that they name and the region does not have.

    A finding tells the line in the file where there is one; what was made in a program is told by its name.
    """
    sites = list(region.establishments)
    findings = chain(
        _strangers(_named_by(scenario), [*sites, *region.services], region, _told(scenario, scenario_file)),
        _strangers(_set_apart_by(posture), sites, region, _told(posture, posture_file)),
    )
    if found := list(islice(findings, MOST_FINDINGS)):
        raise BadInput(Message("the scenario or the posture does not fit the region"), found)


def _named_by(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """The nodes that a scenario names, each with its field."""
    for number, wave in enumerate(scenario.waves):
        for rank, point in enumerate(wave.entry_points):
            yield ("waves", number, "entry_points", rank), point
        if wave.detonation and wave.detonation.target:
            yield ("waves", number, "detonation", "target"), wave.detonation.target


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


def _told(document: Scenario | Posture, file: Path | None) -> Callable[[Place], str]:
    """How a field of the document is told."""
    return places_in(file) if file else partial(_field_of, document.name)


def _field_of(name: str, place: Place) -> str:
    return f"{name}, {'.'.join(map(str, place))}"
