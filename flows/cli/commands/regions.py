"""The verb `regions`: the health regions there are, what one holds, and how that is known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import topologies
from flows.cli.commands.options import Json, Lang, NameOrFolder
from flows.cli.listing import Kind, list_or_show, show_items, show_sources
from flows.terminal import console
from results.analysis.single_points import customers_of
from results.presentation.language import _, named, of
from results.presentation.names import BASES, CATEGORIES, LINKS, TRUSTS
from results.presentation.numbers import number, share
from results.presentation.regions.season_peaks import away_from, guests_of, peaks_told
from results.presentation.regions.stream_capacity import capacities_of, ordinary_wards
from topologies import Basis, Region
from topologies.building.folders.outlines import Outline, outline_of
from topologies.building.folders.provenance import Columns, columns
from topologies.region import ServiceKind, Trust

if TYPE_CHECKING:
    from simulation.care.capacity.wards import Wards
    from simulation.care.homes.access import Access

MOST_SERVICES = 10
"""Shared services that a screen shows."""
WIDEST_MAP = 80


def regions(name: NameOrFolder = None, *, json: Json = False, lang: Lang = None) -> None:
    """The regions are listed, or one is shown."""
    list_or_show(REGIONS, name, json)


def _facts_of(region: Region) -> dict[str, object]:
    """What a region holds and can take, in numbers, and what its columns are worth."""
    wards = ordinary_wards(region)
    return _numbers(region) | {
        "fields": [each.model_dump(mode="json") for each in _columns(region)],
        "care": {stream.value: asdict(one) for stream, one in capacities_of(wards).items()} if wards else {},
        "access": {code: asdict(one) for code, one in _access_of(wards).items()} if wards else {},
    }


def _numbers(region: Region) -> dict[str, object]:
    """What a region holds, in numbers."""
    places = region.establishments.values()
    return {
        "name": region.name,
        "title": region.title,
        "establishments": len(places),
        "emergency_sites": sum(place.has_emergency for place in places),
        "categories": dict(sorted(Counter(place.category.value for place in places).items())),
        "ghts": sorted({place.ght for place in places if place.ght}),
        "services": len(region.services),
        "venues": len(region.venues),
        "communes": len(region.communes),
        "population": sum(commune.population for commune in region.communes.values()),
        "seasons": {
            name: asdict(peak) if peak else None
            for name, peak in (("guests", guests_of(region)), ("away", away_from(region)))
        },
        "serves": {service: len(some) for service, some in customers_of(region).items()},
        "links": _links(region),
        "trust": _trust(region),
        "basis": dict(sorted(Counter(place.basis.value for place in places).items())),
        "beds": sum(place.beds for place in places),
        "ed_visits_per_year": sum(place.ed_visits_per_year or 0 for place in places),
        "sources": sorted({place.source for place in places}),
    }


def _links(region: Region) -> dict[str, dict[str, int]]:
    """How many links of each kind, by how they are known."""
    counts: dict[str, dict[str, int]] = {}
    for (kind, basis), count in sorted(Counter((link.kind, link.basis) for link in region.links).items()):
        counts.setdefault(kind.value, {})[basis.value] = count
    return counts


def _trust(region: Region) -> dict[str, int]:
    """How many directories have what behind them."""
    return dict(sorted((trust.value, count) for trust, count in _behind_directories(region).items()))


def _behind_directories(region: Region) -> Counter[Trust]:
    return Counter(
        service.trust
        for service in region.services.values()
        if service.trust and service.kind is ServiceKind.DIRECTORY
    )


def _brief(outline: Outline) -> dict[str, object]:
    """What a built-in region holds, for the list."""
    return {name: value for name, value in asdict(outline).items() if name != "left_out"}


def _line(outline: Outline) -> str:
    gaps = {"establishments": number(outline.establishments), "sites": number(outline.emergency_sites)}
    holds = _(
        "{establishments} {establishments:establishment|establishments}, {sites} of them with emergencies"
    ).format(**gaps)
    return f"{named(outline.title)}, {holds}"


def _show(region: Region) -> None:
    """What the region holds, each number with its basis."""
    say = console.facts().print
    places = region.establishments.values()
    say(named(region.title), style="bold")
    _show_counts(_("Establishments"), Counter(_(CATEGORIES[place.category]) for place in places))
    _show_counts(_("How they are known"), Counter(_(BASES[place.basis]) for place in places))
    beds: Counter[str] = Counter()
    for place in places:
        beds[_(BASES[place.beds_basis])] += place.beds
    _show_counts(_("Beds"), beds)
    if wards := ordinary_wards(region):
        _show_care(wards)
        _show_access(wards)
        for sentence in peaks_told(region):
            say(sentence)
    _show_counts(
        _("Links"),
        Counter(f"{_(LINKS[link.kind])} ({_(BASES[link.basis])})" for link in region.links),
    )
    if directories := _behind_directories(region):
        counts = Counter({_(TRUSTS[trust]): count for trust, count in directories.items()})
        _show_counts(_("Directories, by what stands behind them"), counts)
    say()
    ghts = sorted({place.ght for place in places if place.ght})
    say(
        _("{count} {count:GHT or group|GHTs and groups}: {names}").format(
            count=number(len(ghts)), names=", ".join(map(named, ghts))
        )
    )
    gaps = {"services": number(len(region.services)), "venues": number(len(region.venues))}
    say(
        _("{services} shared {services:service|services}, {venues} event {venues:venue|venues}").format(
            **gaps
        )
    )
    _show_services(region)
    _show_map(region)
    show_sources(sorted({place.source for place in places}))
    _show_columns(region)


def _show_services(region: Region) -> None:
    """The shared services that serve most, and where to read what their failure costs."""
    from flows.terminal.sheet import Sheet

    serves = {service: len(some) for service, some in customers_of(region).items()}
    ordered = sorted(serves, key=lambda service: (-serves[service], service))
    if not ordered:
        return
    table = Sheet()
    table.add_column(_("Those that serve most (all of them: --json)"))
    table.add_column(_("Serves"), justify="right")
    for service in ordered[:MOST_SERVICES]:
        table.add_row(f"  {named(region.services[service].name)}", number(serves[service]))
    say = console.facts().print
    say(table)
    say(_("tocsin topology failures says what the failure of each costs."))


def _show_map(region: Region) -> None:
    """Where people live, and where emergency sites and venues lie."""
    from flows.terminal.region_map import SITE, VENUE, drawn

    say = console.facts().print
    drawing = drawn(region, min(console.facts().width, WIDEST_MAP))
    say()
    for line in drawing.lines:
        say(line)
    legend = _("{site} emergency site (a digit: so many), {venue} venue")
    say(legend.format(site=SITE, venue=VENUE))
    if drawing.many_people:
        dots = _("Dots: people, eight of them from {people} {people:inhabitant|inhabitants}")
        say(dots.format(people=number(drawing.many_people)))
    if drawing.sites_elsewhere:
        elsewhere = _("Emergency sites elsewhere, not drawn: {count}")
        say(elsewhere.format(count=number(drawing.sites_elsewhere)))
    say()


def _columns(region: Region) -> Sequence[Columns]:
    """How the columns are known of a region that is built in or made of such; one's own says so of each row."""
    return columns() if set(region.parts) & set(topologies.names()) else ()


def _show_columns(region: Region) -> None:
    """Which columns are published, derived and assumed."""
    known: dict[tuple[str, Basis], list[str]] = {}
    for each in _columns(region):
        known.setdefault((each.file, each.basis), []).extend(each.columns)
    if not known:
        return
    say = console.facts().print
    say(_("What the columns of the built-in regions are worth (docs/regions.md says how they are known):"))
    show_items(
        _("{file}: {columns} ({basis})").format(file=file, columns=", ".join(names), basis=_(BASES[basis]))
        for (file, basis), names in known.items()
    )


def _access_of(wards: "Wards") -> "dict[str, Access]":
    from simulation.care.homes.access import access_of  # needs the compiler, for which a list need not wait

    return access_of(wards.homes)


def _show_access(wards: "Wards") -> None:
    """How often the people of each department go to an emergency site, how far it is, and how far to give birth."""
    from flows.terminal.sheet import Sheet

    by_department = _access_of(wards)
    if not by_department:
        return
    table = Sheet()
    table.add_column(_("Access to emergency departments and maternities"))
    for heading in (
        _("Inhabitants"),
        _("Visits per 100 and year"),
        _("Mean journey"),
        _("Journeys over 30 min"),
        _("Live over 30 min away"),
        _("Journey to give birth"),
    ):
        table.add_column(heading, justify="right")
    for department, one in by_department.items():
        table.add_row(
            f"  {department}",
            number(one.people),
            number(one.visits_per_100 or 0.0),
            _("{minutes} min").format(minutes=number(one.journey_min or 0.0)),
            share(one.beyond_30_share or 0.0),
            share(one.nearest_beyond_30_share or 0.0),
            _("{minutes} min").format(minutes=number(one.birth_journey_min or 0.0)),
        )
    say = console.facts().print
    say()
    say(table)
    say(_("Worked out from populations and journeys by a gravity rule; each site has its own visits."))
    if without := sum(one.without_a_way for one in by_department.values()):
        say(
            _("No road joins {people} {people:inhabitant|inhabitants} to a site: declare journeys.").format(
                people=number(without)
            )
        )


def _show_care(wards: "Wards") -> None:
    """The capacity of each stream of care in the model."""
    from flows.terminal.sheet import Sheet

    table = Sheet()
    table.add_column(_("Care on an ordinary day"))
    table.add_column(_("Sites"), justify="right")
    table.add_column(_("Capacity"))
    for stream, capacity in capacities_of(wards).items():
        table.add_row(f"  {of(stream.label)}", number(capacity.sites), capacity.written())
    say = console.facts().print
    say()
    say(table)
    say(_("Worked out from published beds and visits: docs/parameters.md says how."))


def _show_counts(title: str, counts: Counter[str]) -> None:
    say = console.facts().print
    say()
    say(_("{title}: {count}").format(title=title, count=number(counts.total())))
    for name, count in counts.most_common():
        say(f"  {number(count):>8}  {name.format(count=number(count))}")


REGIONS = Kind(
    plural="regions",
    names=topologies.names,
    load=topologies.load,
    listed=outline_of,
    line=_line,
    brief=_brief,
    facts=_facts_of,
    show=_show,
)
