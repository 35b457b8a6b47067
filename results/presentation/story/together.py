"""Together: what happens to many at one minute, and is told of all of them in the same words, is one line."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from results.presentation.language import _
from results.presentation.numbers import number
from results.presentation.story.chain import Line

AT_MOST = 3
"""Places that have a line each."""


def together(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, in order of time; one of several places has the number of its first event."""
    for _when, of_minute in groupby(lines, attrgetter("when")):
        in_order = list(of_minute)
        same: dict[str, list[Line]] = {}
        for line in in_order:
            same.setdefault(line.what, []).append(line)
        for line in in_order:
            some = same[line.what]
            if len(some) <= AT_MOST:
                yield line
            elif line is some[0]:
                yield _of_all(some)


def _of_all(lines: list[Line]) -> Line:
    first, second, *others = lines
    where = _("{first}, {second} and {count} {count:other|others}").format(
        first=first.where, second=second.where, count=number(len(others))
    )
    return replace(first, where=where)
