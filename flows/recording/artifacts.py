"""Artifacts: what the Prefect UI shows of a campaign. Its progress, its indicators and its verdict."""

from dataclasses import dataclass, field
from typing import Self, cast
from uuid import UUID

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from flows.execution.chunk import Chunk
from results import Summary
from results.presentation.language import _, of
from results.presentation.wording import caveats, row_of, verdict_sentences, verdict_word
from simulation.inputs.indicators.registry import THEMES


def title_of(chunk: Chunk) -> str:
    """The name of a chunk's task.

    >>> title_of((0, 1, 2)), title_of((7,)), title_of((3, 9))
    ('replications 0 to 2', 'replication 7', 'replications 3 … 9')
    """
    first, last = chunk[0], chunk[-1]
    if first == last:
        return f"replication {first}"
    # The pictures of the UI have no dash longer than a hyphen.
    return f"replications {first} {'to' if last - first == len(chunk) - 1 else '…'} {last}"


@dataclass(slots=True)
class Progress:
    """The bar of a run in the UI."""

    artifact: UUID
    total: int
    done: int = field(default=0)

    @classmethod
    def of(cls, total: int, missing: int) -> Self:
        """The bar appears, as far along as the store is."""
        progress = cls(
            artifact=cast("UUID", create_progress_artifact(0.0, description=_("Replications finished"))),
            total=total,
        )
        progress.advance(total - missing)
        return progress

    def advance(self, replications: int) -> None:
        """So many more replications are finished."""
        self.done += replications
        update_progress_artifact(self.artifact, 100 * self.done / self.total)


def publish(summary: Summary) -> None:
    """The table of indicators, theme by theme, and the verdict are with the run."""
    key = f"{summary.region}-{summary.scenario}-{summary.posture}"
    rows = [
        (of(theme.value), row_of(name, summary.indicators[name]))
        for theme, indicators in THEMES.items()
        for name in indicators
    ]
    create_table_artifact(
        [
            {
                _("Theme"): theme,
                _("Indicator"): row.name,
                _("Mean"): row.mean,
                _("95 % margin"): row.margin,
                _("Nine times in ten"): row.usual,
            }
            for theme, row in rows
        ],
        key=f"{key}-indicators",
        description=_("Indicators"),
    )
    sentences = [f"# {verdict_word(summary)}", *verdict_sentences(summary), *caveats(summary)]
    markdown = "\n\n".join(sentences)
    create_markdown_artifact(markdown, key=f"{key}-verdict", description=_("Verdict"))
