"""Receiving: to whom patients are sent, by what a site can care for; by what it declares, and by no name.

Who declares emergencies of children alone cares for children: no adult is sent there for a bed or an operation. Whose
emergency department sees many more patients than the beds behind it could ever take sees those who hardly ever need
one, as of an eye hospital: it keeps its own, no other site sends it anybody, and nobody goes there instead
of to another.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from simulation.inputs.streams import EMERGENCY, Stream
from topologies.region import Establishment, Region

OF_ANY_KIND = frozenset({Stream.CRITICAL_CARE, Stream.MEDICINE, Stream.SURGERY_URGENT})
"""Streams of beds and theatres for whoever needs one, adults as a rule."""


def takes_from(target: Establishment, source: Establishment, stream: Stream) -> bool:
    """Patients of the stream may be sent to the one site from the other."""
    if stream in OF_ANY_KIND and _is_for_children(target) and not _is_for_children(source):
        return False
    return stream not in {*EMERGENCY, *OF_ANY_KIND} or not target.sees_beyond_its_beds


def take_others(region: Region, finess: Iterable[str]) -> NDArray[np.bool_]:
    """Which of these sites take emergency patients who set out for another; who is no site takes whom it can."""
    sites = (region.establishments.get(one) for one in finess)
    return np.array([site is None or not site.sees_beyond_its_beds for site in sites], np.bool_)


def _is_for_children(site: Establishment) -> bool:
    """Its emergencies are those of children alone."""
    return site.paediatric_emergency and not site.adult_emergency
