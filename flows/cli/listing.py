"""Listing: what `regions`, `scenarios`, `postures` and `events` have in common.

Without a name such a verb lists all of its kind; with a name or a file it shows that one in full. Each verb states only
where its own are found and what to show of one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from flows.terminal import console
from results.presentation.language import _, of

if TYPE_CHECKING:
    from flows.terminal.sheet import Sheet

T = TypeVar("T")


def _title(one: Any) -> str:
    return of(one.title)


def _name_and_title(one: Any) -> dict[str, object]:
    return {"name": one.name, "title": one.title.model_dump()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T]):
    """What a verb lists and shows."""

    plural: str
    """Names the list in JSON."""
    names: Callable[[], list[str]]
    load: Callable[[str], T]
    facts: Callable[[T], object]
    """One of them in full, for a program."""
    show: Callable[[T], None]
    """The same for a person."""
    listed: Callable[[str], Any] | None = None
    """What the list needs of one, where that is less than the whole."""
    line: Callable[[Any], str] = _title
    """What follows its name in the list."""
    brief: Callable[[Any], object] = _name_and_title
    """The same for a program."""


def list_or_show(kind: Kind[T], name: str | None, json: bool) -> None:
    """All of a kind are listed, or the one of this name is shown."""
    if name is not None:
        one = kind.load(name)
        console.print_json(kind.facts(one)) if json else kind.show(one)
        return
    listed = kind.listed or kind.load
    every = {each: listed(each) for each in kind.names()}
    if json:
        console.print_json({kind.plural: [kind.brief(each) for each in every.values()]})
        return
    for each, one in every.items():
        console.facts().print(f"{each}  {kind.line(one)}", soft_wrap=True)


def show_sources(sources: Iterable[str]) -> None:
    """The sources, one per line; those that come with the program are known in French too."""
    console.facts().print(_("Sources:"))
    show_items(map(_, sources))


def show_items(texts: Iterable[str]) -> None:
    """A list, one item per line."""
    console.facts().print(items(texts))


def items(texts: Iterable[str]) -> "Sheet":
    """The same, to be shown; the lines of a long item stay to the right of its bullet."""
    from flows.terminal.sheet import Sheet

    table = Sheet(show_header=False)
    for text in texts:
        table.add_row(" ·", text)
    return table
