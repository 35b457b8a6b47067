"""Choices in words: by which rules a wave chooses its entry points, and what they come to in a region."""

from collections.abc import Mapping, Sequence
from typing import Final

from results.presentation.language import _, later, named
from results.presentation.numbers import number
from simulation.inputs.scenarios.choice import Among, Choice, Point
from simulation.inputs.scenarios.chosen import Aim, Found
from topologies.region import Region

LARGEST: Final[Mapping[Among, str]] = {
    Among.EMERGENCY: later("{n:the hospital|the {n} hospitals} with most emergency visits"),
    Among.PUBLIC: later("{n:the public hospital|the {n} public hospitals} with most emergency visits"),
    Among.PRIVATE: later("{n:the private hospital|the {n} private hospitals} with most emergency visits"),
    Among.GHT: later("the largest hospital of {n:the largest GHT|each of the {n} largest GHTs}"),
    Among.GHT_SUPPORT: later("the support establishment of {n:the largest GHT|each of the {n} largest GHTs}"),
    Among.DIRECTORY: later("{n:the directory|the {n} directories} whose members see most emergency patients"),
    Among.HOST: later("{n:the host|the {n} hosts} whose customers see most emergency patients"),
    Among.VENDOR: later("{n:the vendor|the {n} vendors} whose customers see most emergency patients"),
    Among.PLATFORM: later("{n:the platform|the {n} platforms} whose members see most emergency patients"),
    Among.SAMU: later("{n:the SAMU|the {n} SAMUs} whose hospitals see most emergency patients"),
    Among.LABORATORY: later(
        "{n:the laboratory|the {n} laboratories} whose customers see most emergency patients"
    ),
}
NEAREST: Final = later(
    "{n:the hospital|the {n} hospitals} nearest to the venues of the event, the largest crowds first"
)
DRAWN: Final[Mapping[Among, str]] = {
    Among.EMERGENCY: later("{n:one hospital|{n} hospitals} with emergencies"),
    Among.PUBLIC: later("{n:one public hospital|{n} public hospitals} with emergencies"),
    Among.PRIVATE: later("{n:one private hospital|{n} private hospitals} with emergencies"),
    Among.GHT: later("the largest hospital of {n:one GHT|each of {n} GHTs}"),
    Among.GHT_SUPPORT: later("the support establishment of {n:one GHT|each of {n} GHTs}"),
    Among.DIRECTORY: later("{n:one directory|{n} directories}"),
    Among.HOST: later("{n:one host|{n} hosts}"),
    Among.VENDOR: later("{n:one vendor|{n} vendors}"),
    Among.PLATFORM: later("{n:one platform|{n} platforms}"),
    Among.SAMU: later("{n:one SAMU|{n} SAMUs}"),
    Among.LABORATORY: later("{n:one laboratory|{n} laboratories}"),
}


def rule_in_words(choice: Choice) -> str:
    """How a choice is made.

    >>> rule_in_words(Choice(largest=Among.GHT, count=3))
    'le plus grand hôpital de chacun des 3 plus grands GHT'
    """
    n = number(choice.count)
    if choice.largest:
        return _(LARGEST[choice.largest]).format(n=n)
    if choice.drawn:
        return _("drawn anew in each replication: {chosen}").format(chosen=_(DRAWN[choice.drawn]).format(n=n))
    return _(NEAREST).format(n=n)


def points_in_words(points: Sequence[Point], called: Mapping[str, str]) -> list[str]:
    """The entry points of a wave, wherever it is run: those that it names, and the rules for the others."""
    return [node_in_words(one, called) if isinstance(one, str) else rule_in_words(one) for one in points]


def points_found_in_words(points: Sequence[Point], aim: Aim, region: Region) -> list[str]:
    """The same, with what they come to in a region."""
    called = names_in(region)
    return [_found_in_words(one, found, called) for one, found in zip(points, aim.entry_points, strict=True)]


def are_named(points: Sequence[Point]) -> bool:
    """None of them is chosen."""
    return all(isinstance(one, str) for one in points)


def node_in_words(node: str, called: Mapping[str, str]) -> str:
    """An establishment or a service by its name and its identifier, by the latter alone where nobody knows it."""
    return f"{named(called[node])} ({node})" if node in called else node


def names_in(region: Region) -> dict[str, str]:
    """What a region calls its establishments and services."""
    sites = {site.finess: site.name for site in region.establishments.values()}
    return sites | {service.id: service.name for service in region.services.values()}


def _found_in_words(point: Point, found: Found, called: Mapping[str, str]) -> str:
    nodes = ", ".join(node_in_words(node, called) for node in found.nodes)
    if isinstance(point, str):
        return nodes
    gaps = {"rule": rule_in_words(point), "points": nodes, "number": number(len(found.nodes))}
    if not found.nodes:
        return _("{rule}: none in this region").format(**gaps)
    if len(found.nodes) < point.count:
        return _("{rule}: {points}, for want of others").format(**gaps)
    return _("{rule}, among {number}").format(**gaps) if found.drawn else _("{rule}: {points}").format(**gaps)
