"""What can go wrong, and how is it told?

    TocsinError
    ├── InputError            the person can mend it: exit code 2
    │   ├── UnknownName       no region, scenario or posture bears this name; the nearest ones are told
    │   ├── BadInput          a document is refused whole, with all its findings
    │   └── BadStore          the store cannot be there, or cannot be read or written
    └── RunFailed             the run itself failed: exit code 1

Sentences are `Message`s: an English template and the values of its gaps, so that the command line can look
the template up in its catalogue and say the same thing in French. Words agree with a number where the template has
them beside it: `{days} {days:day|days}`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from typing import ClassVar, Self

A_SCREENFUL = 40
"""Names that a person reads."""
ALIKE = 0.7
"""Share of two names that is the same, at which one is taken for a slip of the other."""
A_BEGINNING = 3
"""Letters that are enough to begin a name with."""
LONGEST = 100
"""Letters of a name that are compared."""


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """A sentence whose named gaps are filled only when it is told.

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
        return str(self)  # what pydantic shows of a refusal to whoever makes a model in a program


class Count(str):
    """A number as it is written, with which the words of a sentence agree: those for one, or those for several.

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
    """One thing wrong with a document: where it stands, what is wrong, and what to do."""

    where: str
    problem: Message
    remedy: Message

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}; {self.remedy}"


class TocsinError(Exception):
    """Something that a person can be told in one sentence."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: Message, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message, tuple(findings))
        self.message = message
        self.findings = tuple(findings)

    def __str__(self) -> str:
        return "\n".join([str(self.message), *(f"  {finding}" for finding in self.findings)])


class InputError(TocsinError):
    """The person can mend it."""

    exit_code: ClassVar[int] = 2


class UnknownName(InputError):
    """No region, scenario or posture bears this name."""


class BadInput(InputError):
    """A document is refused whole, with everything that is wrong with it."""


class BadStore(InputError):
    """The store cannot be there, or cannot be read or written."""


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
