"""Guests: the patients that an event adds, by ward, and the communes that they come from.

Visitors fall ill where they stay, and go where its people go. The crowd of a venue is sent to the sites near it, and
comes from the commune in which it lies; so do many hurt at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.demand.crowds import Crowd, Hourly
from simulation.care.homes.catchments import Catchment
from simulation.care.homes.communes import Communes
from simulation.engine.array_types import Floats, Numbers
from simulation.inputs.streams import EMERGENCY, Stream

LEAST = 1e-300
"""Less than the patients of any commune that has a way to a site."""
OfSite = Mapping[str, Mapping[Stream, WardNumber]]


@dataclass(frozen=True, slots=True)
class Origins:
    """Where guests come from; arrays of shape (pairs,). A pair of ward and commune may stand there several times."""

    ward: Numbers
    commune: Numbers
    patients: Floats


NOBODY = Origins(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """The patients that an event adds, casualties apart."""

    visits: Mapping[WardNumber, Hourly]
    origins: Origins


def guests_of(crowd: Crowd, communes: Communes, catchments: Sequence[Catchment], of_site: OfSite) -> Guests:
    """The crowd of an event, at the wards to which it comes."""
    visits: dict[WardNumber, Hourly] = {}
    origins = [NOBODY]
    for finess, hourly in sorted(crowd.visits.items()):
        ward = entrance(of_site, finess)
        if ward is not None:
            visits[ward] = hourly
            origins.append(_of_venues(communes, ward, crowd.origins[finess]))
    for stay in crowd.stays:
        there = _staying(communes, catchments, stay.people)
        share_of = np.bincount(there.ward, there.patients)
        for number in np.flatnonzero(share_of).tolist():
            here = WardNumber(number)
            visits[here] = visits.get(here, 0.0) + share_of[number] * stay.visits
        origins.append(Origins(there.ward, there.commune, there.patients * stay.visits.sum()))
    return Guests(
        visits=dict(sorted(visits.items())),
        origins=Origins(
            np.concatenate([each.ward for each in origins]),
            np.concatenate([each.commune for each in origins]),
            np.concatenate([each.patients for each in origins]),
        ),
    )


def entrance(of_site: OfSite, finess: str) -> WardNumber | None:
    """The ward where the crowd of a venue comes in: adults' emergencies, else children's."""
    of_streams = of_site.get(finess, {})
    return next((of_streams[stream] for stream in EMERGENCY if stream in of_streams), None)


def _of_venues(communes: Communes, ward: WardNumber, patients: Mapping[str, float]) -> Origins:
    if not communes.are_known:
        return NOBODY
    return Origins(
        np.full(len(patients), ward, dtype=np.int64),
        np.array([communes.number_of[code] for code in patients], dtype=np.int64),
        np.array([*patients.values()], dtype=np.float64),
    )


def _staying(communes: Communes, catchments: Sequence[Catchment], people: Mapping[str, float]) -> Origins:
    """One patient of those who stay in some communes, in parts, as these communes' own are shared among sites.

    Where communes are not known, as all patients of the region are.
    """
    ward = np.concatenate([NOBODY.ward, *(one.wards[one.ways.site] for one in catchments)])
    commune = np.concatenate([NOBODY.commune, *(one.ways.commune for one in catchments)])
    patients = np.concatenate([NOBODY.patients, *(one.patients for one in catchments)])
    if communes.are_known:
        staying = np.zeros(len(communes))
        for code, count in people.items():
            staying[communes.number_of[code]] = count
        of_commune = np.bincount(commune, patients, len(communes))
        patients = patients * (staying[commune] / np.maximum(of_commune[commune], LEAST))
    here = patients > 0.0
    return Origins(ward[here], commune[here], patients[here] / patients.sum())
