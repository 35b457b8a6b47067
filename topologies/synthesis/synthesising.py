"""Synthesising: as many establishments as asked, in copies of built-in regions drawn at random.

Each region is drawn once, the large ones rather first, then each once again. The last copy is a part: the
establishments nearest to an emergency site, and the communes to which one of them is the nearest. Several copies are
joined, so that each keeps its regional platform, as the regions of France do. All is learned from the built-in regions;
the seed names all that is drawn.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import count
from math import log, pi

from topologies.building.assumptions import assumptions
from topologies.building.catalogue import REGIONS, draft_of, names
from topologies.building.deriving.draws import uniform
from topologies.building.deriving.neighbours import nearest_first
from topologies.building.deriving.sphere import Point, way
from topologies.building.folders.joining import with_one_support
from topologies.building.records import CommuneRow, Draft, EstablishmentRow
from topologies.building.roads import straight_km
from topologies.reading.documents import document_in
from topologies.synthesis.copies import Copy, Register
from topologies.synthesis.donors import Donors
from topologies.synthesis.globe import SHAKEN_KM, Move, slots
from topologies.writing.header import bounds_around, header_text
from topologies.writing.tables import cells_of, table

Progress = Callable[[int, int], None]
"""Told how many establishments there are, and how many there will be."""

REMARK = "Écrit par tocsin topology synthesise : une région qui n'existe pas."
SOURCES = {
    "sources": [
        {
            "what": "tous les établissements et toutes les communes",
            "source": "tirés au sort d'après les régions livrées",
            "worth": "rien de tout cela n'existe ; les répartitions sont celles des régions livrées",
        }
    ]
}
A_HALF = 0.5
LONGEST = 70
"""Letters of a name to which a number is added."""


def synthesised(name: str, establishments: int, seed: int, progress: Progress) -> dict[str, str]:
    """The files of a region of this name and with as many establishments, by their names."""
    copies: list[Copy] = []
    done = 0
    for copy in copies_of(establishments, seed):
        copies.append(copy)
        done += len(copy.establishments)
        progress(done, establishments)
    title = f"Région fictive de {establishments} établissements, graine {seed}"
    if len(copies) == 1:
        return _files(name, title, copies[0])
    parts = {f"{name[:LONGEST].strip('-')}-{number}": copy for number, copy in enumerate(copies, 1)}
    header = {"name": name, "title": title, "bounds": _bounds(copies), "joins": [*parts], **SOURCES}
    files = {"region.yaml": header_text(header, REMARK)}
    for number, (part, copy) in enumerate(parts.items(), 1):
        inside = _files(part, f"Région fictive {number}", copy)
        files |= {f"{part}/{file}": text for file, text in inside.items()}
    return files


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What the built-in regions teach."""

    models: Sequence[Draft]
    """The regions, without those that join others."""
    donors: Donors
    apart_km: float
    """Between the middles of two copies: no road leads from one to the other within the travel bound."""


@cache
def learned() -> Learned:
    """What there is to learn, once in a process."""
    models = [draft_of(name) for name in names() if not _joins(name)]
    assumed = assumptions()
    apart_km = 2 * (max(map(_radius_km, models)) + SHAKEN_KM)
    apart_km += straight_km(assumed.travel_bound_min.value, assumed)
    return Learned(models=models, donors=Donors(models), apart_km=apart_km)


def _joins(name: str) -> bool:
    """A built-in region is made of others."""
    return "joins" in document_in(REGIONS / name / "region.yaml").content


def copies_of(establishments: int, seed: int) -> Iterator[Copy]:
    """Copies of built-in regions with as many establishments together."""
    known, register = learned(), Register()
    free = slots(known.apart_km)
    lacking = establishments
    for number, model in enumerate(_drawn(known.models, seed)):
        part = _part(model, lacking, uniform(seed, "centre", str(number)))
        move = Move(
            start=_middle(model),
            end=next(free),
            turned=2 * pi * uniform(seed, "turned", str(number)),
            mirrored=-1.0 if uniform(seed, "mirrored", str(number)) < A_HALF else 1.0,
        )
        yield Copy(part, register, move, known.donors, seed)
        lacking -= len(part.establishments)
        if not lacking:
            return


def _drawn(models: Sequence[Draft], seed: int) -> Iterator[Draft]:
    """All regions, again and again, each time in an order of its own."""
    for again in count():
        yield from sorted(models, key=partial(_turn, seed, again))


def _turn(seed: int, again: int, model: Draft) -> float:
    """When it is a region's turn: the next one is any of those left, each as likely as it has establishments."""
    at = uniform(seed, "region", f"{again} {model.header.name}")
    return -log(1.0 - at) / len(model.establishments)


def _part(model: Draft, most: int, at: float) -> Draft:
    """The region, or as many of its establishments around an emergency site, with the communes nearest to them."""
    if len(model.establishments) <= most:
        return model
    rows = {row.finess: row for _, row in model.establishments}
    sites = [finess for finess, row in rows.items() if row.has_emergency]
    centre = sites[int(at * len(sites))]
    around = nearest_first({centre: rows[centre]}, rows, most=most - 1)[centre]
    kept = {centre, *(way.site for way in around)}
    homes = nearest_first({row.code: row for _, row in model.communes}, rows, most=1)
    return replace(
        model,
        establishments=with_one_support([row for row in model.establishments if row[1].finess in kept]),
        communes=[row for row in model.communes if homes[row[1].code][0].site in kept],
    )


def _middle(model: Draft) -> Point:
    """The middle of a region's establishments."""
    latitudes = [row.latitude for _, row in model.establishments]
    longitudes = [row.longitude for _, row in model.establishments]
    return sum(latitudes) / len(latitudes), sum(longitudes) / len(longitudes)


def _radius_km(model: Draft) -> float:
    """How far from the middle of a region something of it lies."""
    middle = _middle(model)
    places = _places([row for _, row in model.establishments], [row for _, row in model.communes])
    return max(way(middle, place)[0] for place in places)


def _files(name: str, title: str, copy: Copy) -> dict[str, str]:
    """The files of a region without parts."""
    header = {"name": name, "title": title, "bounds": _bounds([copy]), **SOURCES}
    files = {"region.yaml": header_text(header, REMARK)}
    for file, rows in copy.tables.items():
        if rows:
            files[file] = table(type(rows[0]).model_fields, map(cells_of, rows))
    return files


def _bounds(copies: Sequence[Copy]) -> dict[str, float]:
    return bounds_around([place for copy in copies for place in _places(copy.establishments, copy.communes)])


def _places(establishments: Sequence[EstablishmentRow], communes: Sequence[CommuneRow]) -> list[Point]:
    places = [(row.latitude, row.longitude) for row in establishments]
    return [*places, *((row.latitude, row.longitude) for row in communes)]
