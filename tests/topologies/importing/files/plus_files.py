"""Files of FINESS+ as the agency writes them, in the spelling of its schema (v1) or of the files on offer since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]
OLD_NAMES = {
    "informationsGeneralesPMEJ": "informationsGeneralesPmej",
    "pmSmsseId": "pm_smsseId",
    "categorieentiteGeographiqueExercice": "categorieEntiteGeographiqueExercice",
    "numFiness": "numeroFiness",
}
CODES = ("etatObjet", "categorieEntiteGeographiqueExercice", "statutJuridique")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place of care; its address, and a second one that is not the place's own before it."""

    finess: str = "350000022"
    name: str = "CENTRE HOSPITALIER UNIVERSITAIRE DE RENNES"
    category: str | None = "101"
    state: str = "A"
    closed: str | None = None
    commune: str = "35999"
    """None that the built-in regions know."""
    x: str = "-1.69331"
    y: str = "48.12021"
    latitude: str = "6790200.7"
    longitude: str = "350100.4"
    ban: str | None = "35238_4380_00002"
    espic: tuple[str, ...] = ("1",)
    activities: tuple[Json, ...] = ()

    def structure(self) -> Json:
        """As the file of structures has it."""
        own: Json = {"coordonneeX": self.x, "coordonneeY": self.y, "directionLatitude": self.latitude}
        own |= {"directionLongitude": self.longitude, "cleInInteropBAN": self.ban, "scoreBAN": "0.96"}
        address: Json = {
            "usageAdresse": "03",
            "numeroVoie": "2",
            "typeVoie": "R",
            "libelleVoie": "HENRI LE GUILLOUX",
        }
        address |= {"complementVoie": None, "complementPointGeographique": None, "lieuDit": None}
        address |= {"cogCommune": self.commune, "ligneAcheminement": "RENNES CEDEX 9", "codePostal": "35033"}
        desk = {**address, "usageAdresse": "06", "cogCommune": "44109", "coordonneesGeographique": None}
        about: Json = {"egeId": f"1{self.finess}", "numFinessEge": self.finess, "nomEgeCourt": self.name[:38]}
        about |= {"nomEgeLong": self.name, "complementDenominationEg": None, "siret": "26350007600017"}
        about |= {"espic": [*self.espic], "dateOuverture": "1979-02-13", "dateFermeture": self.closed}
        return {
            "informationsGeneralesEGE": about,
            "categorieentiteGeographiqueExercice": self.category,
            "modefixationtarifaire": "03",
            "typeBudget": ["G"],
            "adresse": [desk, {**address, "coordonneesGeographique": own}],
            "contact": [],
            "engagement": [],
            "evenement": [],
            "roleEge": [],
            "etatObjet": self.state,
            "dateDerniereMaj": "2026-09-01T00:00:00Z",
        }

    def doing(self) -> Json:
        """As the file of activities has it."""
        about: Json = {"egeId": f"1{self.finess}", "numFinessEge": self.finess}
        return {**about, "activitesExercees": [*self.activities]}


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A legal entity and its places of care."""

    number: str = "100"
    finess: str = "350005179"
    status: str = "13"
    places: tuple[Place, ...] = (Place(),)

    def structure(self) -> Json:
        """As the file of structures has it."""
        about: Json = {
            "pmSmsseId": self.number,
            "numFinessPm": self.finess,
            "denominationPm": "CHU DE RENNES",
        }
        about |= {"siren": "263500076", "statutJuridique": self.status, "dateFermeture": None}
        return {
            "informationsGeneralesPMEJ": about,
            "adresse": [],
            "evenement": [],
            "ege": [place.structure() for place in self.places],
            "etatObjet": "A",
        }

    def doing(self) -> Json:
        """As the file of activities has it."""
        about: Json = {"numFiness": self.finess, "pmSmsseId": self.number, "activitesAutorisees": []}
        return {**about, "ege": [place.doing() for place in self.places]}


def ght(name: str, *, support: str, members: tuple[str, ...] = (), kind: str = "001") -> Json:
    """A group by convention, of legal entities by their technical numbers."""
    roles = [(support, "S"), *((member, "M") for member in members)]
    entities = [{"pmSmsseId": number, "typeRoleEntiteGroupe": role} for number, role in roles]
    about: Json = {"gccId": "G1", "nomGcc": name, "typeGcc": kind, "numFinessGcc": "49824516535"}
    return {**about, "pmejDuGcc": entities, "egeDuGcc": [], "etatObjet": "A"}


def activity(
    kind: Mapping[str, str],
    *,
    state: str = "A",
    events: tuple[tuple[str, str], ...] = (),
    over: str | None = None,
) -> Json:
    """An activity of this type, such as `{"activiteAMM": "QA014", "modaliteAMM": "MO032", "mentionAMM": "ME000"}`."""
    code = "AMM" if "activiteAMM" in kind else "AMF"
    general: Json = {"activiteAeId": "1", "etatObjet": state, "dateFinEffectiveActivite": over}
    return {
        "caracteristiquesGeneriques": general,
        "nature": {
            "codeNature": code,
            "caracteristiquesSpecifiques": {"activiteAeId": "2", f"typeActivite{code}": dict(kind)},
        },
        "capacite": [],
        "evenement": [{"codeEvenement": event, "dateEvenement": day} for event, day in events],
    }


@dataclass(frozen=True, kw_only=True)
class Plus:
    """A document of FINESS+."""

    entities: tuple[Entity, ...] = (Entity(),)
    groups: tuple[Json, ...] = ()
    extra: Json = field(default_factory=dict)

    def structures(self) -> Json:
        """That of the structures."""
        pmej = [entity.structure() for entity in self.entities]
        return {**HEAD, "gco": [], "gcc": [*self.groups], "pmej": pmej, **self.extra}

    def activities(self) -> Json:
        """That of the activities."""
        return {**HEAD, "pmej": [entity.doing() for entity in self.entities], **self.extra}


HEAD = {"schemaVersion": "v1-0-1", "generatedAt": "2026-09-11T02:06:22Z"}


def as_in_the_schema(value: Any) -> Any:
    """The same in the spelling of the schema of December 2025: other names, codes with their nomenclature, no day."""
    if isinstance(value, list):
        return [as_in_the_schema(each) for each in value]
    if not isinstance(value, dict):
        return value
    renamed = {
        OLD_NAMES.get(name, name): as_in_the_schema(each) for name, each in value.items() if name not in HEAD
    }
    return {
        name: {"code": each, "system": "https://mos.esante.gouv.fr/NOS"} if name in CODES else each
        for name, each in renamed.items()
    }


def written(folder: Path, document: Json, name: str = "finess-structures-journalier-20260911.json") -> Path:
    """A file with this document."""
    file = folder / name
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    return file
