"""The language in which a person is addressed: French, unless the locale, `--lang` or `TOCSIN_LANG` says English.

Code holds English sentences; `locales/` holds what they are in French. One catalogue serves the four packages and the
sentences of typer.
"""

import gettext
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, Literal, Protocol

from results.presentation.reasons import reason_of
from results.presentation.visible import one_line
from topologies.errors import Count, Finding, Message, TocsinError

Language = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
LOCALES = Path(__file__).with_name("locales")
VARIABLE = "TOCSIN_LANG"
APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=[\w«])")
"""Between letters: elsewhere it is a quotation mark."""
PLURAL_FROM: Final = 2
"""In French, one and a half is still singular."""


class Bilingual(Protocol):
    """A text that its author wrote in both languages."""

    @property
    def fr(self) -> str:
        """In French."""
        ...

    @property
    def en(self) -> str:
        """In English."""
        ...


def asked_for(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """The language of a command line: `--lang`, else `TOCSIN_LANG`, else the locale, else French.

    The locale says nothing when it is unset, `C` or `POSIX`; any other one than French asks for English.

    >>> (
    ...     asked_for(["run", "--lang", "en"], {}),
    ...     asked_for([], {"LANG": "C.UTF-8"}),
    ...     asked_for([], {"LANG": "de_DE.UTF-8"}),
    ...     asked_for([], {"LANG": "fr@euro"}),
    ... )
    ('en', 'fr', 'en', 'fr')
    """
    written = re.findall(r"--lang[ =](\S+)", " ".join(arguments))
    for named in (*written[-1:], environ.get(VARIABLE, "")):
        for language in LANGUAGES:
            if named.lower() == language:
                return language
    said = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or "C"
    name = re.split(r"[._@-]", said)[0].lower()
    return "fr" if name in {"fr", "c", "posix"} else "en"


def speak(language: Language) -> None:
    """From now on this process, and those that it starts, use this language.

    typer has no setting for it: it binds what the gettext module holds when it is first imported.
    """
    os.environ[VARIABLE] = language
    gettext.gettext = _


def spoken() -> Language:
    """The language that this process speaks."""
    said = os.environ.get(VARIABLE)
    return "en" if said == "en" else "fr"


def _(message: str) -> str:
    """A sentence in the language spoken."""
    return _catalogue(spoken()).get(message, message)


def later(message: str) -> str:
    """Marks a sentence for the catalogue; it is looked up when it is shown."""
    return message


def counted(written: str, value: float) -> Count:
    """A number as written, with which the words of a sentence agree: French has the singular below two.

    >>> "{n} {n:jour|jours}".format(n=counted("0", 0)), "{n} {n:jour|jours}".format(n=counted("2", 2))
    ('0 jour', '2 jours')
    """
    return Count(written, one=value == 1 if spoken() == "en" else abs(value) < PLURAL_FROM)


def in_words(message: Message) -> str:
    """A message with its gaps filled, in the language spoken, and on one line whatever fills them."""
    return _(message.template).format_map(
        {gap: _filling(gap, value) for gap, value in message.values.items()}
    )


def _filling(gap: str, value: object) -> object:
    """What fills a gap; system errors are known in French too."""
    if isinstance(value, Message):
        return in_words(value)
    if isinstance(value, int | float):
        return counted(str(value), value)
    if gap == "reason" or isinstance(value, OSError):
        return in_words(reason_of(value))
    return one_line(str(value))


def error_in_words(error: TocsinError) -> str:
    """What went wrong, and under it each finding with its remedy, in the language spoken."""
    return "\n".join(
        [in_words(error.message), *(f"  {finding_in_words(finding)}" for finding in error.findings)]
    )


def finding_in_words(finding: Finding) -> str:
    """One thing that is wrong, where, and its remedy, in the language spoken."""
    problem, remedy = in_words(finding.problem), in_words(finding.remedy)
    return _("{where}: {problem}; {remedy}").format(
        where=place_in_words(finding.where), problem=problem, remedy=remedy
    )


def place_in_words(where: str) -> str:
    """Where a finding stands: file, line and column, in the language spoken."""
    words = {"line": _("line"), "column": _("column")}
    return re.sub(r"\b(line|column)(?= \d)", lambda word: words[word[0]], one_line(where))


def of(text: Bilingual) -> str:
    """A text of a scenario or a posture in the language spoken, on one line."""
    return one_line(text.en) if spoken() == "en" else named(text.fr)


def named(name: str) -> str:
    """The name of a place as the language spoken writes it, on one line: French has an apostrophe of its own.

    >>> named("Hôpital de l'Est")
    'Hôpital de l’Est'
    """
    return one_line(name if spoken() == "en" else _unbroken(APOSTROPHE.sub("’", name)))


@cache
def _catalogue(language: Language) -> Mapping[str, str]:
    """What each sentence is in a language, read from the catalogue as translators write it."""
    file = LOCALES / language / "LC_MESSAGES" / "tocsin.po"
    if not file.exists():
        return {}
    from babel.messages.pofile import read_po

    with file.open("rb") as written:
        sentences = read_po(written, locale=language)
    return {str(each.id): _unbroken(str(each.string)) for each in sentences if each.id and each.string}


def _unbroken(text: str) -> str:
    """No line ends before the sign of per cent."""
    return text.replace(" %", "\u00a0%")
