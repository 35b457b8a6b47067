"""The network of care: journeys between sites, where each ward can send patients, and the sites of each SAMU."""

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.care.capacity.staffing.receiving import takes_from
from simulation.care.capacity.staffing.ward import Ward
from simulation.care.capacity.ward_table import NO_WARD, WardNumber
from simulation.care.flow.changes import HELD_ELSEWHERE
from simulation.engine.array_types import Floats, Numbers
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, Stream
from topologies.region import LinkKind, Region, ServiceKind

OfSite = Mapping[str, Mapping[Stream, WardNumber]]
"""The wards of each site, by FINESS number."""


def journeys_of(region: Region) -> dict[str, list[tuple[float, str]]]:
    """The journeys from each site to emergency sites, by minutes, nearest first."""
    journeys: dict[str, list[tuple[float, str]]] = {}
    for link in region.links:
        if link.kind is LinkKind.TRANSFER and link.minutes is not None:
            journeys.setdefault(link.source, []).append((link.minutes, link.target))
    return {source: sorted(ways) for source, ways in journeys.items()}


def samu_sites(region: Region) -> dict[str, list[str]]:
    """The establishments that each SAMU directs ambulances to."""
    found: dict[str, list[str]] = {}
    for link in region.links:
        service = region.services.get(link.source)
        if service and service.kind is ServiceKind.SAMU and link.target in region.establishments:
            found.setdefault(link.source, []).append(link.target)
    return found


def neighbours_of(
    region: Region, wards: Sequence[Ward], of_site: OfSite, p: Parameters, samu: Numbers
) -> tuple[Numbers, Numbers, Floats]:
    """Where each ward can send a patient: the wards of its stream within the stream's bound, nearest first.

    Sites that cannot care for them are left out (`staffing/receiving.py`). SAMUs take the calls of those that direct
    sites near their own.
    """
    bound_min = {
        **dict.fromkeys(EMERGENCY, p.emergency.emergency_bound_min.value),
        Stream.CRITICAL_CARE: p.beds.critical_care_bound_min.value,
        Stream.MATERNITY: p.beds.maternity_bound_min.value,
        **dict.fromkeys(HELD_ELSEWHERE, p.sessions.sessions_bound_min.value),
        Stream.MEDICINE: p.beds.medicine_bound_min.value,
        Stream.SURGERY_URGENT: p.beds.medicine_bound_min.value,
    }
    journeys = journeys_of(region)
    first, targets, hours = [0], [], []
    near_samus = _near_samus(journeys, wards, samu)
    for number, ward in enumerate(wards):
        for journey_h, other in sorted((far, near) for near, far in near_samus.get(number, {}).items()):
            targets.append(other)
            hours.append(journey_h)
        for minutes, finess in journeys.get(ward.finess, ()):
            if (
                minutes <= bound_min.get(ward.stream, 0.0)
                and ward.stream in of_site.get(finess, {})
                and takes_from(region.establishments[finess], region.establishments[ward.finess], ward.stream)
            ):
                targets.append(of_site[finess][ward.stream])
                hours.append(minutes / 60.0)
        first.append(len(targets))
    return np.array(first, np.int64), np.array(targets, np.int64), np.array(hours, dtype=np.float64)


def _near_samus(
    journeys: Mapping[str, list[tuple[float, str]]], wards: Sequence[Ward], samu: Numbers
) -> dict[int, dict[WardNumber, float]]:
    """The other SAMUs whose sites are near those of each, and the shortest journey between two of these, in hours."""
    samu_of = {
        wards[number].finess: WardNumber(int(samu[number]))
        for number in np.flatnonzero(samu != NO_WARD).tolist()
    }
    near: dict[int, dict[WardNumber, float]] = {}
    for finess, one in samu_of.items():
        for minutes, target in journeys.get(finess, ()):
            other = samu_of.get(target)
            if other is not None and other != one:
                there = near.setdefault(one, {})
                there[other] = min(minutes / 60.0, there.get(other, minutes))
    return near
