"""Who is connected to whom?

`topologies.load` makes a checked `Region` of a folder of files; `topologies.load_incident` does so for a place
that was truly attacked; `Region.graph` shows it to networkx.

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
