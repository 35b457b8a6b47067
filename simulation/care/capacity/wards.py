"""The wards of a region, made once per campaign.

A ward is one stream of care at one site (or the calls to one SAMU). It has places (boxes, beds, theatres; of sessions,
patients per hour), direct admissions to expect, and wards of the same site to which it passes patients on.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.basins import Basins, basins_of
from simulation.care.capacity.length_of_stay import Stays, stays_of
from simulation.care.capacity.network import OfSite
from simulation.care.capacity.reinforcement import reinforced
from simulation.care.capacity.staffing.discharge import until_ready
from simulation.care.capacity.staffing.emergency import visits_of_all
from simulation.care.capacity.staffing.ordinary_day import OrdinaryDay
from simulation.care.capacity.staffing.staffed_wards import staffed_wards
from simulation.care.capacity.swings import factors_of, swings_of
from simulation.care.capacity.tabulation import Circumstances, table_of
from simulation.care.capacity.ward_table import NO_WARD, WardNumber, WardTable
from simulation.care.demand.absences import without
from simulation.care.demand.crowds import Casualty, Crowd, Hourly, nobody
from simulation.care.demand.followed import Followed
from simulation.care.homes.catchments import planned_of
from simulation.care.homes.guests import Guests, Origins, entrance, guests_of
from simulation.care.homes.home_table import HomeNumber
from simulation.care.homes.homes import Homes, homes_of
from simulation.care.homes.session_homes import SessionHomes, session_homes_of
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import EMERGENCY, STREAMS, Stream
from topologies.building.assumptions import Assumptions, assumptions
from topologies.region import Region


@dataclass(frozen=True, slots=True)
class Casualties:
    """Many people hurt at once who are brought to one emergency department."""

    name: str
    """Venue and destination: the name of their random stream."""
    ward: WardNumber
    at_h: float
    """By the clock of care."""
    people: int
    critical: int
    """How many of these are critically hurt."""
    home: HomeNumber


@dataclass(frozen=True, kw_only=True)
class Wards:
    """All wards of a region in the order (territory, stream, FINESS number)."""

    finess: tuple[str, ...]
    """The site of each ward; of a SAMU, the service."""
    stream: tuple[Stream, ...]
    of_site: OfSite
    groups: tuple[tuple[str, str], ...]
    """The (territory, stream) pairs, in order."""
    group_starts: NDArray[np.intp]
    """The first ward of each group, of shape (groups,)."""
    table: WardTable
    stays: Mapping[str, Stays]
    """By class of stays; of beds, with the wait for the round of discharges."""
    visits: Mapping[WardNumber, NDArray[np.float64]]
    """Patients, and calls to a SAMU, that the event adds, by ward; arrays of shape (hours,)."""
    casualties: tuple[Casualties, ...]
    homes: Homes
    sessions: SessionHomes
    followed: Followed
    """The hours of the scenario whose patients are followed."""

    @cached_property
    def basins(self) -> Basins:
        """The wards that have to be simulated together."""
        return basins_of(self.table, [(one.ward, one.home) for one in self.casualties])

    @property
    def hours(self) -> int:
        """Hours that are followed: all of the horizon, unless it is long."""
        return int(self.table.arrival_profile.shape[1])

    def of(self, *streams: Stream) -> NDArray[np.bool_]:
        """Which wards are of these streams, of shape (wards,)."""
        wanted = np.array([stream in streams for stream in STREAMS])
        return np.asarray(wanted[self.table.stream], np.bool_)

    @cached_property
    def emergency_departments(self) -> NDArray[np.intp]:
        """The wards that are emergency departments, of shape (emergency departments,)."""
        return np.flatnonzero(self.table.emergency_number != NO_WARD)

    def emergencies_of(self, finess: str) -> list[WardNumber]:
        """The emergency departments of a site."""
        of_site = self.of_site.get(finess, {})
        return [of_site[stream] for stream in EMERGENCY if stream in of_site]

    @property
    def expected(self) -> NDArray[np.float64]:
        """New patients to expect, besides those passed on, of shape (hours, wards)."""
        expected = self.ordinary
        for ward, visits in self.visits.items():
            expected[:, ward] += visits
        return expected

    @property
    def ordinary(self) -> NDArray[np.float64]:
        """Those of them whom no event adds."""
        season = self.table.season
        in_season = np.repeat(season.factor, np.diff(season.begins), axis=0)
        return self.table.hourly * self.table.arrival_profile[self.table.stream].T * in_season


def wards_of(
    region: Region,
    scenario: Scenario,
    parameters: Parameters,
    crowd: Crowd | None = None,
    assumed: Assumptions | None = None,
) -> Wards:
    """The wards of a region over a scenario's followed hours, with the crowd of its event if there is one.

    Journeys from homes are reckoned by the assumptions that come with the program unless others are given.
    """
    crowd = crowd or nobody(scenario)
    stays = stays_of(parameters)
    visits = visits_of_all(region, parameters)
    homes = homes_of(region, visits, scenario, assumed or assumptions(), parameters)
    # Staff follow the seasons; who is away while an event lasts is told beside who is on leave.
    followed = Followed.of(scenario)
    swings = swings_of(factors_of(region, homes, visits, parameters), followed.lasts_h(homes.spells.begins))
    homes = replace(homes, spells=without(homes.spells, crowd.absent))
    factors = factors_of(region, homes, visits, parameters)
    wards = sorted(
        staffed_wards(OrdinaryDay(region, scenario, parameters, stays, swings)),
        key=lambda ward: (ward.territory, ward.stream, ward.finess),
    )
    of_site: dict[str, dict[Stream, WardNumber]] = {}
    for number, ward in enumerate(wards):
        of_site.setdefault(ward.finess, {})[ward.stream] = WardNumber(number)
    pairs = [(ward.territory, str(ward.stream)) for ward in wards]
    groups = tuple(sorted(set(pairs)))
    homes = homes.numbered([of_site[one.finess][one.stream] for one in visits])
    homes = replace(homes, planned=planned_of(region, homes.roads, wards, parameters))
    guests = guests_of(crowd, homes.communes, [*homes.catchments.values()], of_site)
    hurt = _hurt(crowd, of_site)
    at = Circumstances(
        region=region,
        scenario=scenario,
        parameters=parameters,
        crowd=crowd,
        homes=homes,
        factors=factors,
        guests=guests.origins,
        hurt=_origins_of(hurt, homes),
    )
    table = table_of(at, wards, of_site, until_ready(stays, parameters))
    with_calls = _with_calls(guests, table, parameters)
    return Wards(
        finess=tuple(ward.finess for ward in wards),
        stream=tuple(ward.stream for ward in wards),
        of_site=of_site,
        groups=groups,
        group_starts=np.array([bisect_left(pairs, group) for group in groups], dtype=np.intp),
        table=reinforced(table, with_calls, parameters),
        stays=stays,
        visits=with_calls,
        casualties=_casualties_of(hurt, len(table.homes.commune), followed),
        homes=homes,
        sessions=session_homes_of(homes, len(wards)),
        followed=followed,
    )


def _with_calls(guests: Guests, table: WardTable, p: Parameters) -> dict[WardNumber, Hourly]:
    """The event's patients, and at the SAMU of each site as many calls as for other patients."""
    visits = dict(guests.visits)
    for ward, hourly in guests.visits.items():
        samu = WardNumber(int(table.samu[ward]))
        if samu != NO_WARD:
            visits[samu] = visits.get(samu, 0.0) + p.samu.samu_calls_per_visit.value * hourly
    return visits


_Hurt = tuple[Casualty, str, WardNumber]
"""Many hurt at once, one of the sites to which they are brought, and its entrance."""


def _hurt(crowd: Crowd, of_site: OfSite) -> list[_Hurt]:
    return [
        (one, finess, ward)
        for one in crowd.casualties
        for finess, people in sorted(one.people.items())
        if people and (ward := entrance(of_site, finess)) is not None
    ]


def _origins_of(hurt: Sequence[_Hurt], homes: Homes) -> Origins:
    """They come from the commune of the venue; from the site's door where communes are not known."""
    number_of, are_known = homes.communes.number_of, homes.communes.are_known
    codes = [one.commune if are_known else finess for one, finess, _ in hurt]
    return Origins(
        np.array([ward for _, _, ward in hurt], dtype=np.int64),
        np.array([number_of[code] for code in codes], dtype=np.int64),
        np.array([one.people[finess] for one, finess, _ in hurt], dtype=np.float64),
    )


def _casualties_of(hurt: Sequence[_Hurt], homes: int, followed: Followed) -> tuple[Casualties, ...]:
    """Their homes are the last of so many rows of the home table."""
    return tuple(
        Casualties(
            name=f"{one.venue} {finess}",
            ward=ward,
            at_h=followed.by_care(one.at_h),
            people=one.people[finess],
            critical=one.critical.get(finess, 0),
            home=HomeNumber(homes - len(hurt) + number),
        )
        for number, (one, finess, ward) in enumerate(hurt)
    )
