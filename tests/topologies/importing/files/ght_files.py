"""The ministry's list of GHTs, with the headings of its lists of 2017 and 2019."""

from pathlib import Path

HEADER = (
    "REGION", "DENOMINATION GHT", "CODE GHT", "FINESS", "CATEGORIE", "DENOMINATION ETABLISSEMENT", "COMMUNE",
    "CODE POSTAL",
)  # fmt: skip
ENTITY_A, ENTITY_B, ENTITY_C, ELSEWHERE = "350005179", "350000287", "350000030", "870000015"
ROWS: list[tuple[str | int, ...]] = [
    ("Bretagne", "Haute-Bretagne", "BRE-05", ENTITY_A, "C.H.R.", "C H U DE RENNES", "Rennes", "35033"),
    (
        "Bretagne",
        "Haute-Bretagne",
        "BRE-05",
        int(ENTITY_B),
        "C.H.",
        "CENTRE HOSPITALIER FOUGERES",
        "Fougères",
        35300,
    ),
    ("Bretagne", "rance emeraude", "BRE-06", ENTITY_C, "C.H.", "CTRE HOSPITALIER DE VITRE", "Vitré", "35500"),
    ("Nouvelle Aquitaine", "Limousin", "NA-04", ELSEWHERE, "C.H.R.", "C H U DE LIMOGES", "Limoges", "87042"),
]


def listing(file: Path, *rows: tuple[str | int, ...], header: tuple[str, ...] = HEADER) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("Liste des GHT",))
    sheet.append(())
    for row in (header, *rows):
        sheet.append(row)
    book.save(file)
    return file
