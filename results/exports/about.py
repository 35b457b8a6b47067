"""About: the sheet that says what a workbook is, with whom it may be shared, and how to have the same again."""

import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from results.analysis.pairs.comparison import Comparison
from results.exports.source import Source
from results.exports.tables import Cell, Table
from results.presentation.comparing.sentences import best_sentences, crises_sentences, name_in_words
from results.presentation.language import _, named, of
from results.presentation.numbers import number
from results.presentation.tabled import caveats
from results.presentation.tlp import Tlp, sharing_of
from results.presentation.wording import care_sentences, care_word, systems_sentences, systems_word
from results.report.asked import Asked, NamesShown
from results.report.comparing.heading import heading_of_comparison
from results.report.heading import days_in_words
from results.report.sections.reproduce import command_of
from results.store.comparisons import Varies
from results.store.store import Store
from topologies.fields.title import Title

NO_EVENT: Final = "none"
"""What commands call it that nobody gathers."""


def about(source: Source, tlp: Tlp, tables: Sequence[Table]) -> Table:
    """What was run, what it says in two sentences, what numbers leave out, and what the other sheets hold."""
    rows = [*_facts(source, tlp), *_said(source), *_sheets(tables)]
    headings = (_("what"), _("value"))
    return Table(title=_("Read first"), says="", headings=headings, rows=rows, count=len(rows))


def about_comparison(store: Store, comparison: Comparison, tlp: Tlp, tables: Sequence[Table]) -> Table:
    """The same of a comparison: what is compared, and what helps most."""
    inputs = store.inputs(comparison.reference.campaign)
    heading = heading_of_comparison(comparison, inputs, Asked(tlp=tlp, names=NamesShown.REAL))
    sentences = (*best_sentences(comparison), *crises_sentences(comparison))
    rows: list[tuple[str, Cell]] = [
        (heading.tlp, heading.sharing),
        (_("Region"), heading.title),
        (_("Comparison"), comparison.comparison),
        *((name_in_words(one), one.campaign) for one in comparison.alternatives),
        *heading.facts,
        (_("To have the same again"), _compared_again(comparison)),
        *((_("To know"), sentence) for sentence in sentences),
        *_sheets(tables),
    ]
    headings = (_("what"), _("value"))
    return Table(title=_("Read first"), says="", headings=headings, rows=rows, count=len(rows))


def _compared_again(comparison: Comparison) -> str:
    """The command that gives the same comparison."""
    reference, varies = comparison.reference, comparison.varies
    words = ["tocsin", "compare", comparison.region]
    if varies is not Varies.SCENARIO:
        words.append(reference.scenario)
    words += [f"--{varies}s", ",".join(one.name or NO_EVENT for one in comparison.alternatives)]
    if varies is not Varies.POSTURE:
        words += ["--posture", reference.posture]
    if varies is not Varies.EVENT:
        words += ["--event", reference.event or NO_EVENT]
    words += ["-n", str(comparison.replications), "--seed", str(comparison.seed)]
    return shlex.join([*words, "--parameters", comparison.parameters])


def _facts(source: Source, tlp: Tlp) -> Iterator[tuple[str, Cell]]:
    described, summary, scenario = source.description, source.summary, source.inputs["scenario"]
    yield f"TLP:{tlp}", sharing_of(tlp)
    yield _("Region"), named(source.inputs["region"]["title"])
    yield _("Scenario"), of(Title.model_validate(scenario["title"]))
    if scenario["event"]:
        yield _("Event"), of(Title.model_validate(scenario["event"]["title"]))
    yield _("Posture"), of(Title.model_validate(source.inputs["posture"]["title"]))
    yield _("Days simulated"), days_in_words(summary.start, scenario["horizon_h"])
    yield _("Replications"), described.replications
    if source.finished > described.replications:
        told = _("{count} more {count:is|are} finished, and not in here: run the campaign again to its end.")
        yield _("Not sealed"), told.format(count=number(source.finished - described.replications))
    yield _("Campaign"), described.campaign
    yield _("The same days without it"), described.ordinary
    yield _("Version of the model"), described.versions["model"]
    yield _("To have the same again"), command_of(described, summary.parameters)


def _said(source: Source) -> Iterator[tuple[str, Cell]]:
    summary = source.summary
    yield care_word(summary), " ".join(care_sentences(summary))
    if summary.attacks:
        yield systems_word(summary), " ".join(systems_sentences(summary))
    for caveat in caveats(summary):
        yield _("To know"), caveat


def _sheets(tables: Sequence[Table]) -> Iterator[tuple[str, Cell]]:
    for table in tables:
        rows = _("{count} {count:row|rows}").format(count=number(table.count))
        yield _("Sheet “{title}”").format(title=table.title), f"{table.says} {rows}"
