"""The topology of a health region: its establishments, what they share, and the links between them.

`topologies.load` reads a folder of files into a checked `Region`; `Region.graph` is the same for networkx.

    >>> import topologies
    >>> region = topologies.load("ile-de-france")
    >>> region.establishments["750100125"].name
    'AP-HP Pitié-Salpêtrière'
"""

from topologies.building.catalogue import load, names
from topologies.region import (
    Basis,
    Category,
    Commune,
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
    "Commune",
    "Establishment",
    "Link",
    "LinkKind",
    "Region",
    "Service",
    "ServiceKind",
    "Venue",
    "load",
    "names",
]
