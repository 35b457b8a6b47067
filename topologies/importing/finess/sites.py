"""Sites of FINESS, whatever file they come from, and the records that they make."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from topologies.errors import Message
from topologies.fields.identifiers import has_check_digit
from topologies.importing.communes import Known
from topologies.importing.finess.categories import REASONS, Reason, category_of, kinds, reason_for
from topologies.importing.finess.coordinates import outside
from topologies.importing.records import Record
from topologies.importing.report import LeftOut, Passed
from topologies.importing.wanted import Say
from topologies.region import MAINLAND, Basis, Category
from topologies.writing.tables import YES_NO, Cells

DEPARTMENTS: Mapping[str, str] = {
    "9A": "971",
    "9B": "972",
    "9C": "973",
    "9D": "974",
    "9E": "975",
    "9F": "976",
    "9J": "986",
}
"""FINESS's own codes of departments overseas: Guadeloupe, Martinique, Guyane, La Réunion, Saint-Pierre-et-Miquelon,
Mayotte, Wallis-et-Futuna."""

FINESS = re.compile(r"([0-9]{2}|2[AB])[0-9]{7}")
CEDEX = re.compile(r"\s+CEDEX(\s+[0-9]+)?$", re.IGNORECASE)
POSTCODE = re.compile(r"^[0-9]{5}\s+")

NO_COORDINATES = Message("has no coordinates in FINESS; add it by hand if it is open")
AT_ITS_COMMUNE = Message("coordinates of its commune, for want of those of its address")
MISTYPED = Message("its FINESS number may be mistyped: the last digit does not agree with the others")
ASTRAY = Message("coordinates of its commune: those in FINESS lie far from it")
STATUS_UNKNOWN = Message("status unknown in FINESS: the usual one of its category")


@dataclass(slots=True, kw_only=True)
class Site:
    """A geographic establishment as FINESS describes it."""

    where: str
    finess: str
    entity: str
    """The legal entity that it belongs to: its FINESS number, or its technical one in FINESS+."""
    name: str
    commune: str
    department: str
    code: str
    """Its category in FINESS."""
    public: bool | None
    """By its legal status; `None` where FINESS does not tell."""
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    insee: str = ""
    """The code of its commune."""
    road_network: str = MAINLAND
    notes: list[Message] = field(default_factory=list)

    @property
    def category(self) -> Category:
        """What it is here."""
        category = category_of(self.code, public=self.is_public)
        assert category is not None, "only hospitals become sites"
        return category

    @property
    def is_public(self) -> bool:
        """Its status, or the usual one of its category where FINESS does not tell."""
        if self.public is not None:
            return self.public
        return category_of(self.code, public=False) in {
            Category.UNIVERSITY,
            Category.GENERAL,
            Category.LOCAL,
            Category.MILITARY,
        }

    def unusable(self) -> Message | None:
        """Why it cannot be taken."""
        if self.point is None:
            return NO_COORDINATES
        return outside(self.department, *self.point)

    def is_astray(self, commune: Known | None) -> bool:
        """Its point is outside its department or far from its commune."""
        if self.point is None:
            return False
        far = commune is not None and commune.is_far_from(self.point)
        return far or outside(self.department, *self.point) is not None

    def settle(self, commune: Known | None) -> None:
        """It has its commune's proper name and network of roads, and its point where its own is missing or astray."""
        if commune is None:
            return
        self.commune = commune.cells["name"]
        self.road_network = commune.road_network
        if self.point is None or self.is_astray(commune):
            self.notes.append(ASTRAY if self.point else AT_ITS_COMMUNE)
            self.point = commune.point

    def record(self, source: str, ght: Cells, say: Say) -> Record:
        """What FINESS says of it, and of its GHT, in our columns."""
        assert self.point is not None
        latitude, longitude = self.point
        mistyped = [] if has_check_digit(self.finess) else [MISTYPED]
        road_network = {"road_network": self.road_network} if self.road_network != MAINLAND else {}
        return Record(
            where=self.where,
            cells={
                "finess": self.finess,
                "name": self.name,
                "commune": self.commune,
                "department": self.department,
                "category": self.category.value,
                "public": YES_NO[self.is_public],
                "latitude": f"{latitude:.5f}",
                "longitude": f"{longitude:.5f}",
                **ght,
                **road_network,
            },
            source=source,
            basis=Basis.PUBLISHED,
            note="; ".join(map(say, [*self.notes, *mistyped])),
        )

    def left_out(self, reason: Message) -> LeftOut:
        """The same as a line of what was left out."""
        return LeftOut(
            where=self.where,
            finess=self.finess,
            name=self.name,
            commune=self.commune,
            department=self.department,
            reason=reason,
        )


def is_hospital(code: str) -> bool:
    """A category of FINESS that becomes one of ours."""
    kind = kinds().get(code)
    return kind is not None and kind.category is not None


@dataclass(slots=True, kw_only=True)
class Register:
    """What a file of FINESS says of the hospitals of some departments."""

    published: date | None
    """The day of the file; `None` where it does not tell."""
    sites: dict[str, Site] = field(default_factory=dict)
    """By FINESS number."""
    emergencies: dict[str, set[str]] = field(default_factory=dict)
    """Who takes emergencies, by FINESS number: the columns that say so."""
    ghts: dict[str, dict[str, str]] = field(default_factory=dict)
    """The GHT of sites, by FINESS number, in the columns of a region."""
    read: int = 0
    elsewhere: int = 0
    oddities: list[Message] = field(default_factory=list)
    _passed: Counter[tuple[str, str, Reason]] = field(default_factory=Counter)

    def count(self, code: str, title: str, *, closed: bool = False) -> None:
        """An establishment of this category is none of ours."""
        self._passed[code, title, Reason.CLOSED if closed else reason_for(code)] += 1

    @property
    def passed(self) -> list[Passed]:
        """The categories that are none of ours, by code and title, most frequent first."""
        return [
            Passed(kind=f"{code} {title}".strip() or "?", reason=REASONS[reason], count=count)
            for (code, title, reason), count in sorted(
                self._passed.items(), key=lambda each: (-each[1], each[0])
            )
        ]


def commune_of(delivery: str) -> str:
    """The commune of a line of delivery.

    >>> commune_of("69677 BRON CEDEX"), commune_of("75651 PARIS CEDEX 13")
    ('BRON', 'PARIS')
    """
    return CEDEX.sub("", POSTCODE.sub("", delivery.strip()))


def department_of(code: str) -> str:
    """The department's official code, where FINESS has one of its own."""
    return DEPARTMENTS.get(code, code)
