"""The region that an import makes: its name, and the departments that it holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from topologies.building.catalogue import load
from topologies.errors import InputError, Message
from topologies.fields.identifiers import DEPARTMENT, LONGEST_SLUG
from topologies.fields.shown import shown


class UnknownDepartment(InputError):
    """No department has this code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The region that is made."""

    name: str
    title: str
    departments: tuple[str, ...] = ()
    """All that the source holds where none is named."""


def wanted(folder: Path, departments: Sequence[str], region: str | None) -> Wanted:
    """A region named after its folder, of these departments, or of those of a built-in region."""
    for code in departments:
        if not re.fullmatch(DEPARTMENT, code):
            problem = Message(
                "{code} is not a department: write official codes, such as 22,2A,974", {"code": shown(code)}
            )
            raise UnknownDepartment(problem)
    name = slug(folder.absolute().name)
    if region is None:
        return Wanted(name=name, title=folder.absolute().name, departments=tuple(departments))
    known = load(region)
    there = {place.department for place in known.establishments.values()} | {*departments}
    return Wanted(name=name, title=known.title, departments=tuple(sorted(there)))


def slug(text: str) -> str:
    """A name as region.yaml writes one.

    >>> slug("Bretagne (essai 2)")
    'bretagne-essai-2'
    """
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_SLUG].strip("-") or "region"
