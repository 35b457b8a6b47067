"""Groups of FINESS+: which legal entities make a GHT, and which of them is its support establishment.

A GHT is a group by convention (`gcc`) of type 001 or 002; `S` is the role of its support establishment, `M` that of a
member. The register speaks of legal entities. A region has the places of care: all of a member's places are in its GHT,
and among the support's the first by kind (university, general, …) and FINESS number runs the IT.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from topologies.errors import Message
from topologies.importing.finess.nodes import Node
from topologies.importing.finess.sites import Site
from topologies.region import Basis, Category
from topologies.writing.tables import YES_NO

TYPES_OF_GHT = frozenset({"001", "002"})
ROLES = frozenset({"S", "M"})
BY_RULE = Message("support establishment of its GHT: the first place of care of the support's legal entity")
BY_WANT = Message(
    "support establishment of its GHT, for want of a place of care of the support's legal entity"
)
KINDS = tuple(Category)


@dataclass(slots=True)
class Groups:
    """The GHTs, by the technical number of each legal entity."""

    ght_of: dict[str, str] = field(default_factory=dict)
    supports: set[str] = field(default_factory=set)

    def take(self, group: Node) -> None:
        """The group is noted if it is a GHT that exists."""
        if group.code("typeGcc") not in TYPES_OF_GHT or group.code("etatObjet", "etatActif") != "A":
            return
        name = " ".join(group.text("nomGcc").split()) or f"GHT {group.text('gccId')}"
        for member in group.nodes("pmejDuGcc"):
            entity, role = member.text("pmSmsseId"), member.code("typeRoleEntiteGroupe")
            if role not in ROLES:
                raise member.malformed(role, "typeRoleEntiteGroupe")
            self.ght_of[entity] = name
            if role == "S":
                self.supports.add(entity)

    def cells_of(self, sites: Iterable[Site]) -> dict[str, dict[str, str]]:
        """The GHT of each site that is in one, by FINESS number, in the columns of a region; notes go to the sites."""
        members: dict[str, list[Site]] = {}
        for site in sites:
            if ght := self.ght_of.get(site.entity):
                members.setdefault(ght, []).append(site)
        cells: dict[str, dict[str, str]] = {}
        for ght, places in members.items():
            own = [site for site in places if site.entity in self.supports]
            support = min(own or places, key=lambda site: (KINDS.index(site.category), site.finess))
            support.notes.append(BY_RULE if own else BY_WANT)
            for site in places:
                known = {"ght": ght, "ght_basis": Basis.PUBLISHED.value}
                cells[site.finess] = known | {"support": YES_NO[site is support]}
        return cells
