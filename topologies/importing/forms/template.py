"""Template: the empty form, as XLSX with lists of answers and help, or as CSV."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from topologies.importing.forms.form import ANSWER, END, ENDINGS, HEADINGS
from topologies.importing.forms.questions import Asks, Question, questions
from topologies.reading.sheets import XLSX, letters

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

Language = Literal["fr", "en"]
WIDTHS = (20, 58, 36, 80)
"""Of the columns, in characters."""
YES_NO = {"fr": ("oui", "non"), "en": ("yes", "no")}
LEVELS = ("0 %", "25 %", "50 %", "75 %", "100 %")
TITLES = {"fr": "Formulaire", "en": "Form"}
BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know UTF-8."""


def template(file: Path, language: Language) -> bytes:
    """The form as the name of the file asks for it: XLSX, else CSV."""
    return _as_xlsx(language) if file.suffix.lower() == XLSX else _as_csv(language)


def _lines(language: Language) -> Iterator[tuple[str, str, str, str]]:
    yield HEADINGS[language]
    for code, question in questions().items():
        yield code, _said(question.title, language), "", _said(question.help, language)
    yield END, ENDINGS[language], "", ""


def _said(text: object, language: Language) -> str:
    return str(getattr(text, language))


def _as_csv(language: Language) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(_lines(language))
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _as_xlsx(language: Language) -> bytes:
    """With text cells where numbers would lose their zeros, and a check or a list of answers in each cell."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new book has one
    sheet.title = TITLES[language]
    for line in _lines(language):
        sheet.append(line)
    for column, width in enumerate(WIDTHS):
        sheet.column_dimensions[letters(column)].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1)
        row[ANSWER].fill = PatternFill("solid", fgColor="FFF8DC")
    sheet.freeze_panes = "A2"
    for number, question in enumerate(questions().values(), start=2):
        if question.asks not in {Asks.NUMBER, Asks.DAY} and not question.unit:
            sheet[f"{letters(ANSWER)}{number}"].number_format = "@"
        check = _check(question, language)
        sheet.add_data_validation(check)
        check.add(f"{letters(ANSWER)}{number}")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _check(question: Question, language: Language) -> "DataValidation":
    """What a spreadsheet accepts as an answer, and the help that it shows beside the cell."""
    from openpyxl.worksheet.datavalidation import DataValidation

    check = DataValidation(
        allow_blank=True, promptTitle=TITLES[language], prompt=_said(question.help, language)
    )
    check.showInputMessage = check.showErrorMessage = True
    check.error = _said(question.help, language)
    if question.asks is Asks.YES_NO:
        check.type, check.formula1 = "list", f'"{",".join(YES_NO[language])}"'
    elif question.asks is Asks.LEVEL:
        check.type, check.formula1 = "list", f'"{",".join(LEVELS)}"'
    elif question.asks is Asks.NUMBER:
        check.type, check.operator, check.formula1 = "whole", "greaterThanOrEqual", "0"
    elif question.asks is Asks.KEPT and question.unit:
        check.type, check.operator, check.formula1 = "decimal", "greaterThanOrEqual", "0"
    elif question.asks is Asks.FINESS:
        check.type, check.operator, check.formula1 = "textLength", "equal", "9"
    return check
