"""Declaration: what a form says, once every answer was read for what it means."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from topologies.building.links import slug
from topologies.building.records import EstablishmentRow
from topologies.errors import Finding, Message
from topologies.fields.identifiers import FINESS, has_check_digit
from topologies.fields.remedies import DAY, NUMBER, YES_NO
from topologies.fields.shown import shown
from topologies.importing.forms.form import Answer, Form
from topologies.importing.forms.questions import Asks, questions
from topologies.reading.explanations import explained
from topologies.region import Basis
from topologies.writing.tables import Cells

SAID = {"oui": "yes", "non": "no", "yes": "yes", "no": "no"}
NONE = frozenset({"aucun", "aucune", "none", "interne", "internal"})
"""Answers that say that there is nobody."""
A_NUMBER = re.compile(r"[0-9]{1,6}([.,][0-9]{1,3})?")
A_LEVEL = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?)\s*(%?)")
IN_FRENCH = re.compile("([0-9]{2})/([0-9]{2})/([0-9]{4})")
LONGEST_NAME = 100
LOST_ITS_ZERO = re.compile("[1-9][0-9]{7}")
"""A FINESS number that a spreadsheet took for a number."""


@dataclass(slots=True)
class Declaration:
    """What one establishment declares."""

    form: Form
    finess: str = ""
    day: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    """Of its row in establishments.csv."""
    services: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Whom it depends on, by the code of the question; nobody where it says that there is none."""
    levels: dict[str, float] = field(default_factory=dict)
    """Of its posture, by lever."""
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """Where it says which establishment it is about."""
        return self.form.answers["finess"].where


def declaration_of(form: Form) -> tuple[Declaration, list[Finding]]:
    """What a form says, and all that is wrong with its answers."""
    declared, findings = Declaration(form), []
    for code, question in questions().items():
        answer = form.answers[code]
        if answer.text or question.asks is Asks.FINESS:
            wrong = READERS[question.asks](declared, code, answer)
            findings += [Finding(where=answer.where, problem=wrong[0], remedy=wrong[1])] if wrong else []
    return declared, findings


def findings_beside(row: Cells, declared: Declaration) -> list[Finding]:
    """What is wrong with the row of an establishment once it holds what is declared."""
    answers = declared.form.answers
    try:
        whole = EstablishmentRow.model_validate({**row, **declared.cells, "basis": Basis.DECLARED})
    except ValidationError as errors:
        return [
            Finding(where=answers[str(error["loc"][0])].where, problem=problem, remedy=remedy)
            for error in errors.errors(include_url=False)
            for problem, remedy in [explained(error, EstablishmentRow)]
        ]
    if whole.ed_visits_per_year and not whole.has_emergency:
        visits = {"name": whole.name, "visits": whole.ed_visits_per_year}
        problem = Message("{name} counts {visits} {visits:visit|visits} but takes no emergencies")
        remedy = Message("answer yes to adult or paediatric emergencies, or 0 to the visits")
        where = answers["ed_visits_per_year"].where
        return [Finding(where=where, problem=problem.filled(visits), remedy=remedy)]
    return []


Wrong = tuple[Message, Message] | None
"""A problem with its remedy."""


def _finess(declared: Declaration, _code: str, answer: Answer) -> Wrong:
    number = answer.text.replace(" ", "").upper()
    number = f"0{number}" if LOST_ITS_ZERO.fullmatch(number) else number
    if not re.fullmatch(FINESS, number):
        problem = Message("is not a FINESS number: {value}", {"value": shown(answer.text)})
        return problem, Message(
            "write the nine characters of the FINESS number; spreadsheets drop leading zeros"
        )
    if not has_check_digit(number):
        problem = Message(
            "{value} is mistyped: its last digit does not agree with the others", {"value": number}
        )
        return problem, Message("copy it from the register")
    declared.finess = number
    return None


def _day(declared: Declaration, _code: str, answer: Answer) -> Wrong:
    french = IN_FRENCH.fullmatch(answer.text)
    text = "-".join(reversed(french.groups())) if french else answer.text
    try:
        declared.day = date.fromisoformat(text).isoformat()
    except ValueError:
        return Message("must be a day, not {value}", {"value": shown(answer.text)}), DAY
    return None


def _ght(declared: Declaration, _code: str, answer: Answer) -> Wrong:
    if wrong := _wrong_name(answer.text):
        return wrong
    declared.cells |= {"ght": " ".join(answer.text.split()), "ght_basis": Basis.DECLARED.value}
    return None


def _cell(declared: Declaration, code: str, answer: Answer) -> Wrong:
    declared.cells[code] = answer.text
    return None


def _yes_no(declared: Declaration, code: str, answer: Answer) -> Wrong:
    said = SAID.get(answer.text.lower())
    if said is None:
        return Message("must be yes or no, not {value}", {"value": shown(answer.text)}), YES_NO
    declared.cells[code] = said
    return None


def _services(declared: Declaration, code: str, answer: Answer) -> Wrong:
    names = [" ".join(name.split()) for name in answer.text.split(";") if name.strip()]
    if len(names) == 1 and names[0].lower() in NONE:
        names = []
    for name in names:
        if wrong := _wrong_name(name):
            return wrong
    declared.services[code] = tuple({slug(name): name for name in names}.values())
    return None


def _wrong_name(name: str) -> Wrong:
    """Two characters at least: those of one letter are the built-in ones that nobody knows."""
    if len(slug(name)) > 1 and len(name) <= LONGEST_NAME and name.lower() not in NONE:
        return None
    problem = Message("is no name: {value}", {"value": shown(name)})
    return problem, Message("write names of 2 to {most} letters, between semicolons", {"most": LONGEST_NAME})


def _level(declared: Declaration, code: str, answer: Answer) -> Wrong:
    written = A_LEVEL.fullmatch(answer.text)
    level = float(written[1].replace(",", ".")) / (100 if written[2] else 1) if written else -1.0
    if not 0 <= level <= 1:
        problem = Message("must be from 0 % to 100 %, not {value}", {"value": shown(answer.text)})
        return problem, Message("write a percentage, such as 50 %")
    declared.levels[code] = round(level, 4)
    return None


def _kept(declared: Declaration, code: str, answer: Answer) -> Wrong:
    if questions()[code].unit and not A_NUMBER.fullmatch(answer.text):
        return Message("must be a number, not {value}", {"value": shown(answer.text)}), NUMBER
    declared.kept[code] = answer.text.replace(",", ".") if questions()[code].unit else answer.text
    return None


READERS: Mapping[Asks, Callable[[Declaration, str, Answer], Wrong]] = {
    Asks.FINESS: _finess,
    Asks.DAY: _day,
    Asks.GHT: _ght,
    Asks.NUMBER: _cell,
    Asks.YES_NO: _yes_no,
    Asks.SERVICES: _services,
    Asks.LEVEL: _level,
    Asks.KEPT: _kept,
}
"""How an answer of each kind is read."""
