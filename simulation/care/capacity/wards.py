"""Who cares for how many, on an ordinary day? The wards of a region, as arrays made once a campaign.

A ward is one stream of care at one site (or the calls of one SAMU). It has places (boxes, beds, theatres; of sessions,
patients an hour), patients to expect by themselves, and wards of the same site to which it passes patients on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.length_of_stay import QUANTILES, Stays
from simulation.care.capacity.staffing import Staffing, stays_of
from simulation.care.capacity.ward_table import Setting, book_of
from simulation.care.demand.crowds import Crowd, nobody
from simulation.care.flow.arrays import MOST_WARDS, Book
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import EMERGENCY, NUMBER, Stream
from topologies.region import Region


@dataclass(frozen=True, slots=True)
class Brought:
    """Many hurt at once, brought to a ward from an hour on; so many of them critically."""

    name: str
    """Whence and whither: what names the lots of those who are brought."""
    ward: int
    at_h: float
    people: int
    critical: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wards:
    """All wards of a region in the order (territory, stream, finess); arrays are of shape (wards,) unless said."""

    finess: tuple[str, ...]
    """The site; of a SAMU, the service."""
    stream: tuple[Stream, ...]
    of_site: dict[str, dict[Stream, int]]
    groups: tuple[tuple[str, str], ...]
    """The (territory, stream) pairs, in order."""
    group_starts: NDArray[np.intp]
    """The first ward of each group."""
    places: NDArray[np.float64]
    """Ordinary capacity: boxes, beds, theatres; of sessions, patients an hour."""
    hourly: NDArray[np.float64]
    """Patients to expect an hour on the mean of the year, beside those whom other wards pass on."""
    present: NDArray[np.float64]
    """Patients to expect in care at the start."""
    visits: Mapping[int, NDArray[np.float64]]
    """Patients, and calls to a SAMU, that the event adds, by ward; arrays of shape (hours,)."""
    casualties: tuple[Brought, ...]
    stays: tuple[Stays, ...]
    """By class of stays."""
    remaining: NDArray[np.float64]
    """What remains of the stays of those there at the start, by quantile, of shape (classes, QUANTILES + 1)."""
    when: NDArray[np.float64]
    """The hour by quantile of the arrivals of each stream, of shape (streams, QUANTILES + 1)."""
    book: Book
    """The same, as the compiled loop reads it."""

    def of(self, *streams: Stream) -> NDArray[np.bool_]:
        """Which wards are of these streams."""
        return np.isin(self.book.stream, [NUMBER[stream] for stream in streams])

    def emergencies_of(self, finess: str) -> list[int]:
        """The emergency departments of a site."""
        of_site = self.of_site.get(finess, {})
        return [of_site[stream] for stream in EMERGENCY if stream in of_site]

    @property
    def expected(self) -> NDArray[np.float64]:
        """New patients to expect, beside those passed on, of shape (hours, wards)."""
        arrivals = self.book.arrivals[self.book.stream].T
        expected = self.hourly * arrivals
        for ward, visits in self.visits.items():
            expected[:, ward] += visits
        return expected


def wards_of(
    region: Region,
    scenario: Scenario,
    parameters: Parameters,
    crowd: Crowd | None = None,
) -> Wards:
    """The wards of a region over a scenario's hours, with the crowd of its event if there is one."""
    crowd = crowd or nobody(scenario)
    stays = stays_of(parameters)
    wards = sorted(
        Staffing(region, scenario, parameters, stays).wards(),
        key=lambda ward: (ward.territory, ward.stream, ward.finess),
    )
    assert len(wards) <= MOST_WARDS, "a patient's ward is kept in two bytes"
    of_site: dict[str, dict[Stream, int]] = {}
    for number, ward in enumerate(wards):
        of_site.setdefault(ward.finess, {})[ward.stream] = number
    pairs = [(ward.territory, str(ward.stream)) for ward in wards]
    groups = tuple(sorted(set(pairs)))
    book = book_of(Setting(region, scenario, parameters, crowd), wards, of_site, stays)
    return Wards(
        finess=tuple(ward.finess for ward in wards),
        stream=tuple(ward.stream for ward in wards),
        of_site=of_site,
        groups=groups,
        group_starts=np.array([pairs.index(group) for group in groups], dtype=np.intp),
        places=np.array([ward.places for ward in wards]),
        hourly=np.array([ward.hourly for ward in wards]),
        present=np.array([ward.present for ward in wards]),
        visits=_visits_of(crowd, of_site, book, parameters),
        casualties=tuple(
            Brought(f"{one.venue} {finess}", entrance, one.at_h, people, one.critical.get(finess, 0))
            for one in crowd.casualties
            for finess, people in sorted(one.people.items())
            if people and (entrance := _entrance(of_site.get(finess, {}))) is not None
        ),
        stays=stays,
        remaining=np.stack([one.of_present for one in stays]),
        when=when_of(book.arrivals),
        book=book,
    )


def _visits_of(
    crowd: Crowd, of_site: dict[str, dict[Stream, int]], book: Book, p: Parameters
) -> dict[int, NDArray[np.float64]]:
    """The event's patients at their entrance, and at the SAMU of the site as many calls as for other patients."""
    visits: dict[int, NDArray[np.float64]] = {}
    for finess, hourly in sorted(crowd.visits.items()):
        entrance = _entrance(of_site.get(finess, {}))
        if entrance is None:
            continue
        visits[entrance] = hourly
        samu = int(book.samu[entrance])
        if samu >= 0:
            visits[samu] = visits.get(samu, 0.0) + p.samu.samu_calls_per_visit.value * hourly
    return visits


def _entrance(of_streams: dict[Stream, int]) -> int | None:
    """The ward where the patients of an event come in: adults' emergencies, else children's."""
    return next((of_streams[stream] for stream in EMERGENCY if stream in of_streams), None)


def when_of(arrivals: NDArray[np.float64]) -> NDArray[np.float64]:
    """See `Wards.when`; where nobody comes, any hour."""
    steps = np.arange(QUANTILES + 1) / QUANTILES
    hours = np.arange(arrivals.shape[1] + 1, dtype=np.float64)
    tables = []
    for profile in arrivals:
        cumulated = np.concatenate(([0.0], np.cumsum(profile)))
        if cumulated[-1] == 0.0:
            tables.append(steps * hours[-1])
            continue
        tables.append(np.interp(steps, cumulated / cumulated[-1], hours))
    return np.stack(tables)
