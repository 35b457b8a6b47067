"""Filled forms, as a spreadsheet saves them."""

import csv
import io
from pathlib import Path

from topologies.importing.forms.form import ANSWER, CODE
from topologies.importing.forms.template import Language, template


def filled_csv(file: Path, language: Language = "fr", encoding: str = "cp1252", **answers: str) -> Path:
    """A form as CSV with these answers, by the codes of their questions."""
    rows = [*csv.reader(io.StringIO(template(file, language).decode("utf-8-sig")), delimiter=";")]
    for row in rows:
        row[ANSWER] = answers.get(row[CODE], row[ANSWER])
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    file.write_bytes(text.getvalue().encode(encoding))
    return file


def filled_xlsx(file: Path, language: Language = "fr", **answers: object) -> Path:
    """The same as XLSX."""
    import openpyxl

    file.write_bytes(template(file, language))
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if (code := str(row[CODE].value)) in answers:
            row[ANSWER].value = answers[code]  # type: ignore[assignment]
    book.save(file)
    return file
