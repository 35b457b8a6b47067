"""Form: a filled file as it is, with the place of every answer; XLSX or CSV, in French or in English.

Each line has the code of a question, its title, the answer and how to answer; codes stay the same in all languages. A
line that is missing tells of a file that was cut short or changed, and refuses it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from topologies.errors import Finding, Message, nearest_names
from topologies.fields.shown import shortened
from topologies.importing.forms.questions import questions
from topologies.reading.files import refusal
from topologies.reading.sheets import SheetRow, read_sheet

CODE, TITLE, ANSWER, HELP = range(4)
"""Columns."""
HEADINGS = {
    "fr": ("code", "Rubrique", "Réponse", "Comment répondre"),
    "en": ("code", "Question", "Answer", "How to answer"),
}
END = "end"
"""The code of the last line."""
ENDINGS = {"fr": "Fin du formulaire : laissez cette ligne", "en": "End of the form: leave this line"}
ANEW = Message("write it with tocsin topology template, and fill in the answers only")


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered; empty where they did not."""

    text: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form, filled in."""

    file: Path
    answers: Mapping[str, Answer]
    """To all questions, by their codes."""


def read_form(file: Path) -> Form:
    """The form in a file; `BadInput` where it is none."""
    header, *rows = read_sheet(file) or [SheetRow(file, 1, ())]
    if header[CODE] != "code" or header[ANSWER] not in {words[ANSWER] for words in HEADINGS.values()}:
        problem = Message("is not a form: its first line is not {line}", {"line": ", ".join(HEADINGS["fr"])})
        raise refusal(file, [Finding(where=header.at(), problem=problem, remedy=ANEW)])
    answers: dict[str, Answer] = {}
    findings: list[Finding] = []
    ended = False
    for row in rows:
        ended = ended or row[CODE] == END
        if row[CODE] in questions() and row[CODE] not in answers:
            answers[row[CODE]] = Answer(row[ANSWER], f"{row.at(ANSWER)}, {row[CODE]}")
        elif row[CODE] != END:
            findings.append(_odd(row))
    findings += _missing(file, answers, ended=ended)
    if findings:
        raise refusal(file, findings)
    return Form(file=file, answers=answers)


def _odd(row: SheetRow) -> Finding:
    """A line that asks nothing, or again what another one asks."""
    code = shortened(row[CODE])
    if row[CODE] in questions():
        problem = Message("the line {name} appears twice", {"name": code})
        return Finding(where=row.at(CODE), problem=problem, remedy=Message("keep one of the two"))
    nearest = {"nearest": nearest_names(code, [*questions()])}
    return Finding(
        where=row.at(CODE),
        problem=Message("{name} is no code of the form", {"name": code or "«»"}),
        remedy=Message("use {nearest}, or drop it").filled(nearest),
    )


def _missing(file: Path, answers: Mapping[str, Answer], *, ended: bool) -> Iterator[Finding]:
    for code in [*questions(), END]:
        if code not in answers and not (code == END and ended):
            problem = Message("the line {name} is missing", {"name": code})
            yield Finding(where=file.name, problem=problem, remedy=ANEW)
