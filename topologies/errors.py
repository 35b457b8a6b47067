"""Errors: what can go wrong, and the sentences that say so.

    TocsinError
    ├── InputError            the person can correct it: exit code 2
    │   ├── UnknownName       no region, scenario, posture or event has this name; the nearest are given
    │   ├── BadInput          a document is refused whole, with all its findings
    │   └── BadStore          the store cannot be there, or cannot be read or written
    │       └── CampaignInUse another process runs the campaign
    └── RunFailed             the run itself failed: exit code 1

Sentences are `Message`s: an English template and the values of its gaps, so that the command line can look the
template up in its catalogue and say the same in French. Words agree with a number where the template gives both
forms after it: `{days} {days:day|days}`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from typing import ClassVar, Self

A_SCREENFUL = 40
"""Most names that a person reads through."""
ALIKE = 0.7
"""How similar two names are (0..1) for one to be taken for a slip of the other."""
A_BEGINNING = 3
"""Letters from which a beginning is recognised."""
LONGEST = 100
"""Letters of a name that are compared."""


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """A sentence whose named gaps are filled when it is shown.

    >>> str(Message("{name} is not in {region}", {"name": "750100125", "region": "bretagne"}))
    '750100125 is not in bretagne'
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def filled(self, values: Mapping[str, object]) -> "Message":
        """The same sentence with these values in its gaps."""
        return Message(self.template, values)

    def __str__(self) -> str:
        return self.template.format_map({gap: _filling(value) for gap, value in self.values.items()})

    def __repr__(self) -> str:
        return str(self)  # pydantic shows this to a program that builds a wrong model


class Count(str):
    """A number as written, with which the words of a sentence agree: singular or plural.

    >>> sentence = "{days} {days:day|days}"
    >>> sentence.format(days=Count("1", one=True)), sentence.format(days=Count("2", one=False))
    ('1 day', '2 days')
    """

    one: bool

    def __new__(cls, written: str, *, one: bool = False) -> Self:
        """A number, and whether it takes the singular in the language of the sentence."""
        count = super().__new__(cls, written)
        count.one = one
        return count

    def __format__(self, words: str) -> str:
        one, several, *_ = [*words.split("|"), ""]
        return (one if self.one else several) if "|" in words else super().__format__(words)


def _filling(value: object) -> object:
    """Numbers, and what the system says, as a sentence in English takes them."""
    if isinstance(value, OSError):
        return value.strerror or str(value)
    return Count(str(value), one=value == 1) if isinstance(value, int) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with a document: where, what, and what to do."""

    where: str
    problem: Message
    remedy: Message

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}; {self.remedy}"


class TocsinError(Exception):
    """What a person can be told in one sentence."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: Message, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message, tuple(findings))
        self.message = message
        self.findings = tuple(findings)

    def __str__(self) -> str:
        return "\n".join([str(self.message), *(f"  {finding}" for finding in self.findings)])


class InputError(TocsinError):
    """The person can correct it."""

    exit_code: ClassVar[int] = 2


class UnknownName(InputError):
    """No region, scenario, posture or event has this name."""


class BadInput(InputError):
    """A document is refused whole, with everything that is wrong with it."""


class BadStore(InputError):
    """The store cannot be there, or cannot be read or written."""


class CampaignInUse(BadStore):
    """Another process runs the campaign in this store."""


class RunFailed(TocsinError):
    """The run itself failed."""


def nearest_names(name: str, known: Sequence[str]) -> str:
    """The known names that look most like this one, for an error message; all of them where none does.

    Of more names than a person reads, those that look least unlike it.

    >>> nearest_names("ile-de-farnce", ["bretagne", "ile-de-france"])
    'ile-de-france'
    >>> nearest_names("corse", ["bretagne", "ile-de-france"])
    'bretagne, ile-de-france'
    """
    alike = partial(get_close_matches, name[:LONGEST].lower(), known, n=3)
    longer = [each for each in known if len(name) >= A_BEGINNING and each.startswith(name.lower())][:3]
    all_known = sorted(known) if len(known) <= A_SCREENFUL else alike(cutoff=0.0)
    return ", ".join(alike(cutoff=ALIKE) or longer or all_known)
