"""FINESS+: the register as published since 2026, in JSON: `finess-structures-…json.gz` and `finess-activites-…json.gz`.

After the schemas of the agency's public repository (structures and activities, v1) and the files on offer since, which
moved on. In both, `pmej` lists the legal entities, and `ege` in each of them its places of care. Structures tell name,
category, address and state, and in `gcc` the GHTs; activities tell who takes emergencies.

Coordinates stand in two pairs, one in degrees and one in metres, in an order that varies from address to address: the
pair that lies in the department is taken, whichever it is.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from topologies.errors import BadInput, Finding, Message
from topologies.fields.identifiers import INSEE, department_of_commune
from topologies.importing.finess.activities import emergencies_of
from topologies.importing.finess.categories import kinds
from topologies.importing.finess.coordinates import Projected, box_of, degrees, legal_projection
from topologies.importing.finess.groups import Groups
from topologies.importing.finess.nodes import Node
from topologies.importing.finess.sites import (
    AT_ITS_COMMUNE,
    FINESS,
    STATUS_UNKNOWN,
    Register,
    Site,
    commune_of,
    is_hospital,
)
from topologies.reading.files import refusal
from topologies.reading.large.items import AGAIN, Item, Items

A_COMMUNE = re.compile(INSEE)
CATEGORY = re.compile("[0-9]{3}")
A_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,18})?")
GUADELOUPE = {"977": "971", "978": "971"}
"""Saint-Barthélemy and Saint-Martin: FINESS numbers them with Guadeloupe, whose agency is theirs."""
PUBLIC = range(1, 31)
"""Legal statuses (nomenclature TRE_R72) of public bodies; 40 and above are private."""
BY_ESPIC: dict[str, bool] = {"1": True, **dict.fromkeys("234567", False)}
MAIN = "03"
"""The use of an address that is the place itself."""
STATES = frozenset({"A", "I"})
PAIRS = (("coordonneeY", "coordonneeX"), ("directionLatitude", "directionLongitude"))
"""Meant as latitude and longitude, or north and east."""


def read_plus(items: Items, departments: Collection[str]) -> Register:
    """What a file of structures or of activities says of these departments, of all where none is named."""
    reader = _Reader(items, departments)
    for item in items:
        reader.take(item)
    return reader.finished()


@dataclass(slots=True)
class _Reader:
    """The items of a file, one after the other."""

    items: Items
    departments: Collection[str]
    register: Register = field(default_factory=lambda: Register(published=None))
    groups: Groups = field(default_factory=Groups)
    entities: int = 0
    unplaced: dict[str, list[Projected]] = field(default_factory=dict)
    """Points in metres of sites that have none in degrees: two each, for the two orders."""
    seen: dict[str, str] = field(default_factory=dict)
    """The places of care listed, and where in the document."""

    def take(self, item: Item) -> None:
        """The item is read."""
        name = item.name.lower()
        if name == "generatedat":
            self.register.published = self._day(item)
        elif name == "gcc":
            self.groups.take(Node.of(self.items.path, item))
        elif name == "pmej":
            self.entities += 1
            entity = Node.of(self.items.path, item)
            if entity.holds("informationsGeneralesPMEJ"):
                self._structures(entity)
            else:
                self._activities(entity)

    def _day(self, item: Item) -> date:
        try:
            return date.fromisoformat(str(item.value)[:10])
        except ValueError:
            problem = Message("is malformed: {value}", {"value": str(item.value)})
            raise self._refused(f"line {item.line}, column {item.column}, {item.name}", problem) from None

    def _activities(self, entity: Node) -> None:
        for place in entity.nodes("ege"):
            finess = place.text("numFinessEge")
            if not FINESS.fullmatch(finess):
                raise place.malformed(finess, "numFinessEge")
            if columns := emergencies_of(place):
                self.register.emergencies[finess] = columns

    def _structures(self, entity: Node) -> None:
        about = entity.node("informationsGeneralesPMEJ")
        assert about is not None
        number = about.text("pmSmsseId")
        public = _public(about.code("statutJuridique"))
        for place in entity.nodes("ege"):
            self._place(place, number, public)

    def _place(self, place: Node, entity: str, public: bool | None) -> None:  # noqa: FBT001 (a fact)
        about = place.node("informationsGeneralesEGE")
        state, code = place.code("etatObjet"), place.code("categorieEntiteGeographiqueExercice")
        if state not in STATES:
            raise place.malformed(state, "etatObjet")
        if code and not CATEGORY.fullmatch(code):
            raise place.malformed(code, "categorieEntiteGeographiqueExercice")
        if about is None:
            raise place.malformed(None, "informationsGeneralesEGE")
        finess = self._finess(about)
        self.register.read += 1
        address = _main_address(place)
        department = self._department(address)
        title = kinds()[code].title if code in kinds() else ""
        if self.departments and department not in self.departments:
            self.register.elsewhere += 1
        elif not is_hospital(code):
            self.register.count(code, title)
        elif state == "I" or (about.holds("dateFermeture") and about.text("dateFermeture")):
            self.register.count(code, title, closed=True)
        else:
            known = public if public is not None else BY_ESPIC.get(about.code("espic"))
            self.register.sites[finess] = Site(
                where=f"{place.path.name} {place.at}, {place.place}",
                finess=finess,
                entity=entity,
                name=" ".join((about.text("nomEgeLong") or about.text("nomEgeCourt")).split()),
                commune=commune_of(address.text("ligneAcheminement")) if address else "",
                department=department,
                code=code,
                insee=address.text("cogCommune") if address else "",
                public=known,
                notes=[] if known is not None else [STATUS_UNKNOWN],
            )
            if address:
                self._locate(self.register.sites[finess], address)

    def _finess(self, about: Node) -> str:
        finess = about.text("numFinessEge")
        if not FINESS.fullmatch(finess):
            raise about.malformed(finess, "numFinessEge")
        if finess in self.seen:
            first = {"name": finess, "first": self.seen[finess]}
            raise self._refused(f"{about.at}, {about.place}", Message("{name} is already in {first}", first))
        self.seen[finess] = about.place
        return finess

    def _department(self, address: Node | None) -> str:
        if address is None:
            return ""
        commune = address.text("cogCommune")
        if not A_COMMUNE.fullmatch(commune):
            raise address.malformed(commune, "cogCommune")
        department = department_of_commune(commune)
        return GUADELOUPE.get(department, department)

    def _locate(self, site: Site, address: Node) -> None:
        """The site has its point, or, where only metres are given, will have one at the end."""
        pairs = address.node("coordonneesGeographique")
        if pairs is None:
            return
        written = [(pairs.text(north), pairs.text(east)) for north, east in PAIRS]
        numbers = [
            (float(north), float(east))
            for north, east in written
            if A_NUMBER.fullmatch(north) and A_NUMBER.fullmatch(east)
        ]
        either_way = [*numbers, *((east, north) for north, east in numbers)]
        site.point = next((pair for pair in either_way if box_of(site.department).holds(*pair)), None)
        key = pairs.text("cleInInteropBAN") if pairs.holds("cleInInteropBAN") else ""
        if key and "_" not in key:
            site.notes.append(AT_ITS_COMMUNE)
        if site.point is None and numbers:
            epsg = legal_projection(site.department)
            self.unplaced[site.finess] = [Projected(east, north, epsg) for north, east in either_way]

    def finished(self) -> Register:
        """What the file says, once it is one of FINESS+ and whole."""
        if not self.entities:
            raise self._refused("", Message("is not a file of FINESS+: it lists no legal entity (pmej)"))
        for finess, points in self.unplaced.items():
            site = self.register.sites[finess]
            found = degrees(points)
            inside = [point for point in found if box_of(site.department).holds(*point)]
            site.point = (inside or found)[0]
        self.register.ghts = self.groups.cells_of(self.register.sites.values())
        return self.register

    def _refused(self, where: str, problem: Message) -> BadInput:
        place = f"{self.items.path.name} {where}".strip()
        return refusal(self.items.path, [Finding(where=place, problem=problem, remedy=AGAIN)])


def _main_address(place: Node) -> Node | None:
    """The address of the place itself, else its first."""
    addresses = [*place.nodes("adresse")]
    main = (address for address in addresses if address.code("usageAdresse") == MAIN)
    return next(main, addresses[0] if addresses else None)


def _public(status: str) -> bool | None:
    """Whether a legal status is that of a public body; `None` where it tells nothing."""
    return int(status) in PUBLIC if status.isdecimal() and int(status) else None
