"""The region that an import makes: its name, the departments that it holds, and the region that it completes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from topologies.building.catalogue import draft_of
from topologies.building.records import Draft
from topologies.errors import InputError, Message
from topologies.fields.identifiers import DEPARTMENT, LONGEST_SLUG
from topologies.fields.shown import shown

Say = Callable[[Message], str]


class UnknownDepartment(InputError):
    """No department has this code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The region that is made."""

    name: str
    title: str
    departments: tuple[str, ...] = ()
    """All that the source holds where none is named."""
    base: Draft | None = None
    """The region that is completed."""
    say: Say = str
    """How what a table tells a person is put into words."""


def wanted(
    folder: Path,
    *,
    departments: Sequence[str] = (),
    region: str | None = None,
    base: str | None = None,
    say: Say = str,
) -> Wanted:
    """A region named after its folder: of these departments, of those of another region, or that region completed."""
    for code in departments:
        if not re.fullmatch(DEPARTMENT, code):
            problem = Message("{code} is not a department: write official codes, such as 22,2A,974")
            raise UnknownDepartment(problem.filled({"code": shown(code)}))
    name = slug(folder.absolute().name)
    if (model := base or region) is None:
        return Wanted(name=name, title=folder.absolute().name, departments=tuple(departments), say=say)
    known = draft_of(model)
    there = {row.department for _, row in known.establishments} | {*departments}
    return Wanted(
        name=name,
        title=known.header.title,
        departments=tuple(sorted(there)),
        base=known if base else None,
        say=say,
    )


def slug(text: str) -> str:
    """A name as region.yaml writes one.

    >>> slug("Bretagne (essai 2)")
    'bretagne-essai-2'
    """
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_SLUG].strip("-") or "region"
