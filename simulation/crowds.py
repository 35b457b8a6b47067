"""Whom does the event bring to the emergency departments?"""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import scaled
from simulation.parameters import Parameters
from topologies.region import LinkKind, Region


def crowd_visits(
    region: Region, event: str | None, clock: list[datetime], parameters: Parameters
) -> dict[str, NDArray[np.float64]]:
    """Patients to expect from the venues of the event, by emergency site; arrays of shape (hours,).

    Each venue is filled once a day and sends its patients to the nearest site (Wetterhall et al. 1998 for the rate).
    """
    nearest = _nearest_sites(region)
    by_hour = scaled(parameters.crowd_by_hour) / len(parameters.crowd_by_hour.values)
    visits: dict[str, NDArray[np.float64]] = {}
    for venue in region.venues.values():
        if venue.event == event and venue.capacity and venue.id in nearest:
            attendance = venue.capacity * parameters.venue_filling.value
            a_day = attendance / 1000 * parameters.transfers_per_1000.value
            open_hours = [venue.first_day <= at.date() <= venue.last_day for at in clock]
            of_venue = a_day * np.where(open_hours, by_hour[[at.hour for at in clock]], 0.0)
            site = nearest[venue.id]
            visits[site] = visits.get(site, 0.0) + of_venue
    return visits


def _nearest_sites(region: Region) -> dict[str, str]:
    """The emergency site nearest to each venue."""
    journeys: dict[str, list[tuple[float, str]]] = {}
    for link in region.links:
        if link.kind is LinkKind.TRANSFER and link.minutes is not None and link.source in region.venues:
            journeys.setdefault(link.source, []).append((link.minutes, link.target))
    return {venue: min(some)[1] for venue, some in journeys.items()}
