"""Statements: views in SQL as DuckDB reads it, each with what it holds and what its columns mean.

Whatever comes from outside is quoted here: the path of a store is a text to the database, whatever it holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SPECIAL = "[*?"
"""What a pattern of files takes for more than itself; between brackets, each stands for itself alone."""


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view."""

    sql: str
    """What it is worked out from."""
    meaning: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """Columns of some rows, under a name."""

    name: str
    meaning: str
    columns: Mapping[str, ViewColumn]
    rows: str
    """Where they come from: all that follows `from`."""


def statements(view: View) -> Iterator[str]:
    """The view is there, with comments that say what it holds."""
    columns = ",\n".join(f"    {each.sql} as {name(alias)}" for alias, each in view.columns.items())
    yield f"create or replace view {name(view.name)} as select\n{columns}\nfrom {view.rows};"
    yield f"comment on view {name(view.name)} is {text(view.meaning)};"
    for alias, column in view.columns.items():
        unit = f" [{column.unit}]" if column.unit else ""
        yield f"comment on column {name(view.name)}.{name(alias)} is {text(column.meaning + unit)};"


def name(identifier: str) -> str:
    """A name that is no word of the language: some columns are called as its words are.

    >>> name("at")
    '"at"'
    """
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text, whatever it holds.

    >>> print(text("Hôpital de l'Est"))
    'Hôpital de l''Est'
    """
    return "'" + value.replace("'", "''") + "'"


def itself(path: str) -> str:
    """The pattern of files that matches this path alone.

    >>> print(itself("/data/[draft]/a*"))
    /data/[[]draft]/a[*]
    """
    return "".join(f"[{each}]" if each in SPECIAL else each for each in path)
