"""The page `docs/regions.md`, for planners: what each built-in region holds, what was left out, what columns are worth.

python -m topologies.building.folders.page > docs/regions.md
"""

from collections import Counter
from collections.abc import Iterator

from topologies.building.folders.finding import names
from topologies.building.folders.outlines import outline_of
from topologies.building.folders.provenance import columns
from topologies.region import Basis

TITLE = """# Les régions livrées

*Page faite à partir des données : `python -m topologies.building.folders.page > docs/regions.md`.*

Dix-huit régions, Saint-Pierre-et-Miquelon, et deux qui en joignent d’autres : `alpes` (les deux régions des Jeux
d’hiver de 2030) et `france`. Comment elles ont été faites, et par quelles règles : `topologies/regions/README.md`.
Comment partir de l’une d’elles, ou décrire la vôtre : [votre région](planners/sa-region.md).
"""

UNDECLARED = """Un site de plus, le CHU de Lille Claude-Huriez, est parmi les 616 sites d’urgences de la source sans en
déclarer : il compte ici parmi les autres.
"""

LEFT_OUT = """## Ce qui a été laissé de côté, et pourquoi

Les sources citent ces établissements ; nous les avons laissés de côté d’après leur nom. Chacun est dans le fichier
`dropped.csv` de sa région, avec son motif. Les cas douteux sont restés.
"""

WORTH = """## Ce que valent les colonnes

`tocsin regions NOM` le rappelle. Chaque ligne dit en outre d’où elle vient (`basis`, `source`) et ce qui y a été
corrigé (`note`).
"""

BASES = {
    Basis.PUBLISHED: "publié",
    Basis.DERIVED: "déduit d’une règle",
    Basis.ASSUMPTION: "supposé",
    Basis.DECLARED: "déclaré",
}


def page() -> str:
    """The page, as it is kept."""
    return "\n".join([TITLE, *_held(), LEFT_OUT, *_left_out(), WORTH, *_worth()])


def _held() -> Iterator[str]:
    yield _row(
        "région",
        "nom",
        "sites d’urgences",
        "passages par an",
        "autres",
        "laissés de côté",
        "communes",
        "habitants",
    )
    yield _row(*["---"] * 2, *["--:"] * 6)
    for each in map(outline_of, names()):
        others = each.establishments - each.emergency_sites
        counts = each.emergency_sites, each.ed_visits_per_year, others, len(each.left_out)
        numbers = map(_number, (*counts, each.communes, each.population))
        yield _row(each.title, f"`{each.name}`", *numbers)
    yield ""
    yield UNDECLARED


def _left_out() -> Iterator[str]:
    yield _row("région", "laissés de côté", "pourquoi")
    yield _row("---", "--:", "---")
    for each in map(outline_of, names()):
        counts = Counter(left_out.kind for left_out in each.left_out)
        if counts:
            reasons = "<br>".join(f"{count} × {kind}" for kind, count in counts.most_common())
            yield _row(f"`{each.name}`", _number(counts.total()), reasons)
    yield ""


def _worth() -> Iterator[str]:
    yield _row("fichier", "colonnes", "", "comment")
    yield _row(*["---"] * 4)
    for each in columns():
        listed = ", ".join(f"`{column}`" for column in each.columns)
        yield _row(f"`{each.file}`", listed, BASES[each.basis], _typographic(each.how.fr))
    yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(map(_typographic, cells))} |"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _typographic(text: str) -> str:
    return text.replace("'", "’")


if __name__ == "__main__":
    print(page(), end="")
