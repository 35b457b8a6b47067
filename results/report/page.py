"""Page: the sections of a campaign, or of a comparison, in one file that fetches nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from results.analysis.pairs.comparison import compare
from results.report.asked import Asked
from results.report.comparing.heading import heading_of_comparison
from results.report.comparing.sections import best, compared_again, differences, lasting, standing
from results.report.evidence import Evidence, evidence_of
from results.report.figures import Figure, figures_in
from results.report.heading import Heading, heading_of
from results.report.library import script
from results.report.parts import Charts, Section
from results.report.rendering import rendered
from results.report.sections.abbreviations import abbreviations
from results.report.sections.added import added
from results.report.sections.assumptions import assumptions
from results.report.sections.curves import curves
from results.report.sections.first_break import first_break
from results.report.sections.harm.harmed import harmed
from results.report.sections.harm.weak_points import weak_points
from results.report.sections.levers import levers
from results.report.sections.record import record
from results.report.sections.region_map import region_map
from results.report.sections.reproduce import reproduce
from results.report.sections.responders import responders
from results.report.sections.verdicts import verdicts
from results.report.typeset import typeset
from results.store.comparisons import is_comparison
from results.store.store import Store

Sections = Sequence[Callable[[Evidence], Section]]
"""In the order in which a director reads."""

OF_A_CRISIS: Final[Sections] = (
    verdicts,
    added,
    first_break,
    levers,
    region_map,
    curves,
    responders,
    harmed,
    weak_points,
    record,
    assumptions,
    reproduce,
)
OF_ORDINARY_DAYS: Final[Sections] = (verdicts, added, curves, record, reproduce)


@dataclass(frozen=True, slots=True)
class Report:
    """What a campaign or a comparison says, in parts, before it has any form."""

    heading: Heading
    sections: tuple[Section, ...]

    def page(self) -> str:
        """As HTML."""
        is_drawn = any(isinstance(part, Charts) for section in self.sections for part in section.parts)
        return rendered(self.heading, self.sections, script() if is_drawn else "")

    def pdf(self) -> bytes:
        """As a PDF."""
        return typeset(self.heading, self.sections)

    def figures(self) -> Iterator[Figure]:
        """Its charts and its map alone."""
        return figures_in(self.sections)


def report_of(store: Store, name: str, asked: Asked) -> Report:
    """What a sealed campaign says, or a comparison; `BadStore` where it is not sealed."""
    of_name = _of_comparison if is_comparison(name) else _of_campaign
    return of_name(store, name, asked)


def _of_campaign(store: Store, campaign: str, asked: Asked) -> Report:
    evidence = evidence_of(store, campaign, asked)
    chosen = OF_A_CRISIS if evidence.attacked else OF_ORDINARY_DAYS
    return _with_abbreviations(heading_of(evidence), tuple(section(evidence) for section in chosen))


def _of_comparison(store: Store, name: str, asked: Asked) -> Report:
    comparison = compare(store, name)
    descriptions = {each.campaign: store.description(each.campaign) for each in comparison.alternatives}
    heading = heading_of_comparison(comparison, store.inputs(comparison.reference.campaign), asked)
    sections = (
        best(comparison),
        differences(comparison),
        standing(comparison),
        lasting(comparison),
        compared_again(comparison, descriptions),
    )
    return _with_abbreviations(heading, sections)


def _with_abbreviations(heading: Heading, sections: tuple[Section, ...]) -> Report:
    return Report(heading, (*sections, *abbreviations((heading, *sections))))
