"""The topology of a health region: its establishments, what they share, and the links between them.

`topologies.load` reads a folder of files into a checked `Region`; `topologies.load_incident` does so for a place that
was attacked in fact; `Region.graph` is the same for networkx.

    >>> import topologies
    >>> region = topologies.load("ile-de-france")
    >>> region.establishments["750100125"].name
    'AP-HP Pitié-Salpêtrière'
"""

from topologies.building.catalogue import incident_names, load, load_incident, names
from topologies.region import (
    Basis,
    Category,
    Establishment,
    Link,
    LinkKind,
    Region,
    Service,
    ServiceKind,
    Venue,
)

__all__ = [
    "Basis",
    "Category",
    "Establishment",
    "Link",
    "LinkKind",
    "Region",
    "Service",
    "ServiceKind",
    "Venue",
    "incident_names",
    "load",
    "load_incident",
    "names",
]
