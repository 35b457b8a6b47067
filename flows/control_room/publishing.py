"""Publishing: what a control room adds to a run that has ended: the timeline of its worst crisis, and its page.

The command has its own means for both (`tocsin timeline`, `tocsin report`); here they are made at once, since whoever
ordered the run has a browser alone.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from prefect import get_run_logger
from prefect.artifacts import create_link_artifact, create_table_artifact

import results
from flows.control_room.shared_folders import SharedFolders
from flows.middleware.pages import address_of, file_of
from flows.recording.artifacts import TLP, marked
from results import Comparison, Store, Summary
from results.presentation.language import _, error_in_words
from results.presentation.numbers import number
from results.presentation.story.chain import Line, Telling, events_of, of_the_crisis
from results.presentation.story.places import real_names
from results.presentation.story.together import together
from topologies.errors import TocsinError
from topologies.writing.file import written_file

MOST_EVENTS: Final = 200
"""Lines of a timeline that a table of Prefect's shows; the page and `tocsin timeline` have all of them."""


def publish(summary: Summary | Comparison, store: Path, shared: SharedFolders) -> None:
    """The timeline and the page are with the run; what cannot be written is told, and the results stand."""
    opened = results.open(store)
    try:
        if isinstance(summary, Summary):
            _publish_timeline(opened, summary)
        _publish_page(opened, summary, shared)
    except TocsinError as error:
        get_run_logger().warning(error_in_words(error))


def _publish_timeline(store: Store, summary: Summary) -> None:
    """What happened in the worst crisis, in order of time."""
    inputs, worst = store.inputs(summary.campaign), summary.worst_replication
    telling = Telling(inputs, real_names(inputs["region"]))
    lines = [*together(map(telling.line, of_the_crisis(events_of(store, summary.campaign, worst))))]
    first = _("The first {shown} of {count} {count:line|lines} of the worst crisis, replication {worst}")
    every = _("The worst crisis, replication {worst}")
    description = first if len(lines) > MOST_EVENTS else every
    told = description.format(shown=number(MOST_EVENTS), count=number(len(lines)), worst=worst)
    create_table_artifact(
        _rows(lines[:MOST_EVENTS]), key=f"{summary.campaign}-timeline", description=marked(told)
    )


def _rows(lines: Sequence[Line]) -> list[dict[str, str]]:
    return [{_("when"): line.when, _("where"): line.where, _("what"): line.what} for line in lines]


def _publish_page(store: Store, summary: Summary | Comparison, shared: SharedFolders) -> None:
    """The page lies beside the results, and the run links to it."""
    from results.report import (
        Asked,
        NamesShown,
        library,
        report_of,
    )  # seconds, which a run that fails need not spend

    get_run_logger().info(_("Writing the page…"))
    library.begin()
    name = summary.campaign if isinstance(summary, Summary) else summary.comparison
    page = report_of(store, name, Asked(tlp=TLP, names=NamesShown.REAL)).page()
    written_file(page.encode(), file_of(store.path, name), replace=True)
    address = address_of(store.path.relative_to(shared.store), name)
    create_link_artifact(
        address,
        _("The page, to read, to print and to send on"),
        key=f"{name}-page",
        description=marked(_("Page")),
    )
