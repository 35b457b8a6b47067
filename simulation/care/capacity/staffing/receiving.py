"""Receiving: to whom patients are sent, by what a site can care for; by what it declares, and by no name.

Who declares emergencies of children alone cares for children: no adult in need of critical care is sent there. Whose
emergency department sees many more patients than the beds behind it could ever take sees those who hardly ever need
one, as of an eye hospital: it keeps its own, and no other department sends it anybody.
"""

from simulation.inputs.streams import EMERGENCY, Stream
from topologies.region import Establishment


def takes_from(target: Establishment, source: Establishment, stream: Stream) -> bool:
    """Patients of the stream may be sent to the one site from the other."""
    if stream is Stream.CRITICAL_CARE and _is_for_children(target) and not _is_for_children(source):
        return False
    return stream not in EMERGENCY or not target.sees_beyond_its_beds


def _is_for_children(site: Establishment) -> bool:
    """Its emergencies are those of children alone."""
    return site.paediatric_emergency and not site.adult_emergency
