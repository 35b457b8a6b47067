"""Added: what the attack adds to the same days without it, and how long things take."""

from dataclasses import astuple

from results.analysis.summary import Summary
from results.presentation.language import _, of
from results.presentation.tabled import WAITS_READ_FIRST, added_row, row_of, waited_row
from results.presentation.wording import added_word
from results.report.evidence import Evidence
from results.report.parts import Prose, Section, Table
from simulation.inputs.indicators.registry import THEMES


def added(evidence: Evidence) -> Section:
    """The indicators that matter most, theme by theme, then the waits; of ordinary days, how they are."""
    summary = evidence.summary
    title = added_word(summary)
    parts: list[Prose | Table] = []
    if summary.attacks:
        parts.append(Prose(sentences=(_ranks(summary),)))
    parts.append(_indicators(summary, title))
    if any(summary.waits[name].concerned for name in WAITS_READ_FIRST):
        parts += [_waits(summary), Prose(sentences=(_how_waits_are_read(),), small=True)]
    return Section(anchor="added", title=title, parts=tuple(parts))


def _ranks(summary: Summary) -> str:
    if not summary.went_off.count:
        return _("Each crisis is compared with the same days, the same patients and no attack.")
    return _(
        "Each crisis in which it went off is compared with the same days, the same patients and no attack. Median: "
        "half of the crises add more. One in ten: so many add that much or more."
    )


def _indicators(summary: Summary, title: str) -> Table:
    rows: list[tuple[str, ...]] = []
    for theme, indicators in THEMES.items():
        names = [name for name, each in indicators.items() if each.read_first and name in summary.added]
        if names:
            rows.append((of(theme.value),))
            rows.extend(_row(summary, name) for name in names)
    headings = (
        (_("indicator"), _("without it"), _("median"), _("one in ten"), _("worst"))
        if summary.attacks
        else (_("indicator"), _("on average"), _("margin"), _("nine times in ten"))
    )
    return Table(caption=title, headings=headings, rows=tuple(rows))


def _row(summary: Summary, name: str) -> tuple[str, ...]:
    if summary.attacks:
        return astuple(added_row(name, summary.added[name]))
    return astuple(row_of(name, summary.indicators[name]))


def _how_waits_are_read() -> str:
    return _(
        "Counted are all replications in which there was something to wait for, those in which it did not go off too. "
        "What was not over at the end counts as such, never as if it had ended then."
    )


def _waits(summary: Summary) -> Table:
    return Table(
        caption=_("How long it takes"),
        headings=(_("what is waited for"), _("replications"), _("half within"), _("late")),
        rows=tuple(astuple(waited_row(name, summary.waits[name])) for name in WAITS_READ_FIRST),
    )
