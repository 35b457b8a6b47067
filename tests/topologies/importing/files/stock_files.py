"""Stock files of FINESS as the agency writes them, from the few cells that a test is about."""

from dataclasses import dataclass
from pathlib import Path

FIRST = "finess;etalab;98;2026-05-12"
LAMBERT_93 = "EPSG:2154 RGF93 / Lambert-93 (Métropole)"
COLUMNS = 32
NAMES = {"35": "ILLE ET VILAINE", "22": "COTES D ARMOR"}
STATUSES = {"0": "Non concerné", "1": "Etablissement public de santé", "6": "ESPIC"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """An establishment: one row of each kind."""

    finess: str = "350000022"
    entity: str = "350000001"
    short: str = "CHU RENNES"
    long: str = "CENTRE HOSPITALIER UNIVERSITAIRE DE RENNES"
    department: str = "35"
    delivery: str = "35033 RENNES CEDEX 9"
    category: str = "101"
    title: str = "Centre Hospitalier Régional (C.H.R.)"
    status: str = "1"
    x: str = "350100.4"
    y: str = "6790200.7"
    projection: str = LAMBERT_93

    def structure(self) -> str:
        """The row `structureet`."""
        cells = dict.fromkeys(range(COLUMNS), "")
        cells |= {0: "structureet", 1: self.finess, 2: self.entity, 3: self.short, 4: self.long}
        cells |= {
            7: "2",
            8: "R",
            9: "HENRI LE GUILLOUX",
            12: "999",  # no commune that the built-in regions know
            13: self.department,
            14: NAMES.get(self.department, ""),
        }
        cells |= {15: self.delivery, 16: "0299284321", 18: self.category, 19: self.title, 20: "1101"}
        cells |= {21: "Centres Hospitaliers Régionaux", 22: "26350007600017", 23: "8610Z", 24: "03"}
        cells |= {25: "ARS établissements Publics de santé dotation globale", 26: self.status}
        cells |= {27: STATUSES.get(self.status, ""), 28: "1979-02-13", 29: "1979-02-13", 30: "2020-02-04"}
        return ";".join(cells.values())

    def place(self) -> str:
        """The row `geolocalisation`."""
        source = f"1,ATLASANTE,96,BAN,{self.projection}" if self.projection else ""
        return f"geolocalisation;{self.finess};{self.x};{self.y};{source};2026-05-04"


def stock(*rows: Row, first: str = FIRST) -> str:
    """The text of a file with these establishments."""
    lines = [first, *(row.structure() for row in rows), *(row.place() for row in rows)]
    return "\n".join(lines) + "\n"


def written(folder: Path, content: str | bytes, name: str = "etalab-cs1100507-stock.csv") -> Path:
    """A file with this content."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file
