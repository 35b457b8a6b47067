"""Views: a store as a database sees it, with names, coordinates and what was run joined: nobody parses JSON.

Tables are read where they lie, so that a campaign that is sealed later is in its views at once. Thresholds, and which
campaigns are compared, lie in no table and are written out: after another run, the views are written anew.

The dataset is described in English, in its files as in docs/dataset.md, and so are its views.
"""

from collections.abc import Iterator

from results.presentation.visible import one_line
from results.sql.differences import views_of_differences
from results.sql.statements import statements
from results.sql.tables import views_of_tables
from results.sql.thresholds import Limits, view_of_thresholds
from results.store.description import State
from results.store.store import Store
from topologies.errors import BadStore, Message


def views(store: Store) -> str:
    """Statements that make the views of a store in DuckDB; `BadStore` where nothing is sealed."""
    sealed = [each.campaign for each in store.campaigns() if each.state is State.SEALED]
    if not sealed:
        raise BadStore(
            Message(
                "{store} holds no sealed campaign yet; run one to its end, then write its views",
                {"store": str(store.path)},
            )
        )
    limits = [Limits.of(each, store.inputs(each)["scenario"]) for each in sealed]
    differences = views_of_differences(store.comparisons())
    made = [*views_of_tables(store.path), view_of_thresholds(limits), *differences]
    every = ("\n".join(statements(view)) for view in made)
    return "\n\n".join(["\n".join(_heading(store)), "begin;", *every, "commit;"]) + "\n"


def unsealed(store: Store) -> list[tuple[str, int]]:
    """The campaigns that no view holds yet, each with how many replications are finished."""
    waiting = (each for each in store.campaigns() if each.state is not State.SEALED)
    return [(each.campaign, store.finished(each.campaign)) for each in waiting]


def _heading(store: Store) -> Iterator[str]:
    yield f"-- Views of the results in {one_line(str(store.path))}, for DuckDB: duckdb -init FILE.sql"
    yield "-- They read sealed campaigns where they lie: where the folder moves, write them anew."
    for campaign, finished in unsealed(store):
        yield f"-- Not sealed, and in no view: {campaign}, with {finished} replications finished."
