"""Survey: what the bordereaux say of each site, added up as they mean it.

- Visits and short-stay beds (`PASSU`, `LIT_UHCD` of `URGENCES2`) stand unit by unit: general (`GEN`), paediatric
  (`PED`) and, since 2024, branches (`AMU`, *antenne de médecine d'urgence*); a site's are their sum.
- Resuscitation (`REA`) is `REAADU` and `REAENF`. Of `REAPEDREC`, since 2024, no published page says whether `REAENF`
  holds it: it is left aside, and told.
- Intensive care is `SITOT`, a total of the units that stand beside it: `SIADU` and `SIPED` since 2024 (which are totals
  themselves), `AUTSI`, `SIUNV` and `USIC` before. Where a site gives no total, it is the sum of these, never of both.
- Surveillance (`SURVADU`, `SURVENF`) is neither.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from topologies.errors import Message
from topologies.importing.sae.bordereaux import Row
from topologies.writing.tables import YES_NO

GENERAL, PAEDIATRIC = "adult_emergency", "paediatric_emergency"
EMERGENCIES = {"GEN": GENERAL, "AMU": GENERAL, "PED": PAEDIATRIC}
AUTHORISED = {"AUTGEN": GENERAL, "AUTPED": PAEDIATRIC}
RESUSCITATION = frozenset({"REAADU", "REAENF"})
TOTAL = "SITOT"
PARTS = frozenset({"SIADU", "SIPED", "AUTSI", "SIUNV", "USIC"})
WITHIN_PARTS = frozenset(
    {"AUTSIADU", "AUTSIPED", "USICADU", "USIHADU", "USIHPED", "USINVADU", "USIPADU", "USIPPED"}
)
SURVEILLANCE = frozenset({"SURVADU", "SURVENF"})


@dataclass(slots=True)
class Site:
    """What is said of a site, or of a legal entity."""

    where: str
    takes: set[str] = field(default_factory=set)
    visits: dict[str, int | None] = field(default_factory=dict)
    """By unit."""
    uhcd: dict[str, int | None] = field(default_factory=dict)
    units: dict[str, int | None] = field(default_factory=dict)
    """Beds of critical care, by unit."""
    mco: dict[str, int | None] = field(default_factory=dict)

    def cells(self) -> dict[str, str]:
        """The columns of establishments.csv that it fills; what is not declared is not there."""
        counts = {
            "ed_visits_per_year": _sum(self.visits.values()),
            "beds_mco": _sum(self.mco.values()),
            "beds_icu": _sum(self.units.get(unit) for unit in RESUSCITATION),
            "beds_intensive": self._intensive(),
            "beds_uhcd": _sum(self.uhcd.values()),
        }
        declared = {column: str(count) for column, count in counts.items() if count is not None}
        return dict.fromkeys(sorted(self.takes), YES_NO[True]) | declared

    def _intensive(self) -> int | None:
        total = self.units.get(TOTAL)
        return total if total is not None else self.parts()

    def parts(self) -> int | None:
        """Beds of intensive care, from the units that the total is of."""
        return _sum(self.units.get(unit) for unit in PARTS)


def _sum(counts: Iterable[int | None]) -> int | None:
    """Of what is declared; none where nothing is."""
    declared = [count for count in counts if count is not None]
    return sum(declared) if declared else None


@dataclass(slots=True)
class Survey:
    """What all files say."""

    years: set[str] = field(default_factory=set)
    sites: dict[str, Site] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    communes: dict[str, str] = field(default_factory=dict)
    sites_of: dict[str, set[str]] = field(default_factory=dict)
    """By legal entity."""
    strange: Counter[str] = field(default_factory=Counter)
    """Units that are not known here, with their rows."""

    def add(self, rows: Iterable[Row]) -> None:
        """A bordereau is added; `BadInput` where a row says again what one before said."""
        for row in rows:
            self.years.add(row.year)
            if name := row.cells.get("RS", ""):
                self.names.setdefault(row.finess, name)
            if commune := row.cells.get("LIBCOM", ""):
                self.communes.setdefault(row.finess, commune)
            if row.cells["FI_EJ"] != row.finess:
                self.sites_of.setdefault(row.cells["FI_EJ"], set()).add(row.finess)
            if row.kind != "ID":
                READERS[row.kind](self, self.sites.setdefault(row.finess, Site(row.where)), row)

    def oddities(self) -> Iterator[Message]:
        """What was left aside, and what does not add up."""
        for unit, count in sorted(self.strange.items()):
            gaps = {"unit": unit, "count": count}
            problem = Message(
                "{count} {count:row|rows} of the unit {unit} left aside: its place among the others is not known"
            )
            yield problem.filled(gaps)
        wrong = [
            finess
            for finess, site in self.sites.items()
            if None not in (total := (site.units.get(TOTAL), site.parts())) and total[0] != total[1]
        ]
        if wrong:
            gaps = {"count": len(wrong), "first": wrong[0]}
            problem = Message(
                "{count} {count:site|sites} whose SITOT is not the sum of its units; the first is {first}"
            )
            yield problem.filled(gaps)

    def _urgences(self, site: Site, row: Row) -> None:
        site.takes |= {column for said, column in AUTHORISED.items() if row.says_yes(said)}

    def _urgences2(self, site: Site, row: Row) -> None:
        unit = row.cells["URG"]
        if unit not in EMERGENCIES:
            self.strange[unit] += 1
            return
        site.takes.add(EMERGENCIES[unit])
        _once(site.visits, unit, row, "PASSU")
        _once(site.uhcd, unit, row, "LIT_UHCD")

    def _mco(self, site: Site, row: Row) -> None:
        _once(site.mco, "MCO", row, "LIT_MCO")

    def _rea(self, site: Site, row: Row) -> None:
        unit = row.cells["UNI"]
        if unit in RESUSCITATION | PARTS | {TOTAL}:
            _once(site.units, unit, row, "LIT")
        elif unit not in WITHIN_PARTS | SURVEILLANCE:
            self.strange[unit] += 1


def _once(counts: dict[str, int | None], unit: str, row: Row, column: str) -> None:
    if unit in counts:
        name = f"{row.finess} {unit}"
        raise row.refused(column, Message("{name} stands on a row before", {"name": name}))
    counts[unit] = row.count(column)


READERS = {
    "URGENCES": Survey._urgences,
    "URGENCES2": Survey._urgences2,
    "MCO": Survey._mco,
    "REA": Survey._rea,
}
"""What each bordereau adds to a site."""
