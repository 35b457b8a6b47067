"""The report of an import: what was taken, completed and left out, and why; for a person and for a program."""

from collections import Counter
from pathlib import Path

from flows.terminal import console
from results.presentation.language import _, in_words, named
from results.presentation.names import CATEGORIES
from results.presentation.numbers import number
from topologies.importing.report import Report

MOST_SHOWN = 15
"""Lines of each kind that a screen shows; `--json` and dropped.csv hold all."""


def show_report(report: Report, folder: Path, json: bool) -> None:
    """The report, as JSON or in words."""
    if json:
        console.print_json(_facts_of(report, folder))
        return
    say = console.facts().print
    say(
        _("{folder} is written, from {sources}: {read} {read:establishment|establishments} read.").format(
            folder=folder, sources=", ".join(report.sources), read=number(report.read)
        ),
        soft_wrap=True,
    )
    if report.elsewhere:
        elsewhere = _("In other departments: {count}")
        say(elsewhere.format(count=number(report.elsewhere)))
    show_counts(_("Taken"), Counter({_(CATEGORIES[each]): count for each, count in report.taken.items()}))
    if report.completed:
        show_counts(_("Cells completed, by column"), report.completed)
    if report.kept:
        show_counts(_("Cells kept although a source says otherwise, by column"), report.kept)
    _show_passed(report)
    _show_left_out(report)
    for note in report.notes:
        say()
        say(_("Note: {text}").format(text=in_words(note)), soft_wrap=True)
    say()
    say(_("Read it again with: tocsin regions {folder}").format(folder=folder), soft_wrap=True)


def show_counts(title: str, counts: Counter[str]) -> None:
    """A title with the sum, then each count with its name, the largest first."""
    say = console.facts().print
    say()
    say(_("{title}: {count}").format(title=title, count=number(counts.total())))
    for name, count in counts.most_common():
        say(f"  {number(count):>8}  {name.format(count=number(count))}")


def _show_passed(report: Report) -> None:
    """What the source lists and a region does not hold."""
    from flows.terminal.sheet import Sheet

    if not report.passed:
        return
    say = console.facts().print
    say()
    total = sum(each.count for each in report.passed)
    say(_("{title}: {count}").format(title=_("No hospitals, left out"), count=number(total)))
    table = Sheet(show_header=False)
    table.add_column(justify="right", min_width=10)
    table.add_column()
    table.add_column()
    for each in report.passed[:MOST_SHOWN]:
        table.add_row(number(each.count), named(each.kind), in_words(each.reason))
    if rest := report.passed[MOST_SHOWN:]:
        table.add_row(
            number(sum(each.count for each in rest)), _("of other categories (all of them: --json)"), ""
        )
    say(table)


def _show_left_out(report: Report) -> None:
    """The hospitals that could not be taken, each with its reason."""
    if not report.left_out:
        return
    say = console.facts().print
    say()
    title = _("Hospitals left out, to look at (all are in dropped.csv)")
    say(_("{title}: {count}").format(title=title, count=number(len(report.left_out))))
    for each in report.left_out[:MOST_SHOWN]:
        line = _("{finess} {name}, {commune}: {reason}")
        gaps = {"name": named(each.name), "commune": named(each.commune), "reason": in_words(each.reason)}
        say("  " + line.format(finess=each.finess, **gaps), soft_wrap=True)


def _facts_of(report: Report, folder: Path) -> dict[str, object]:
    return {
        "folder": str(folder),
        "sources": report.sources,
        "read": report.read,
        "elsewhere": report.elsewhere,
        "taken": {category.value: count for category, count in sorted(report.taken.items())},
        "completed": dict(sorted(report.completed.items())),
        "kept": dict(sorted(report.kept.items())),
        "no_hospital": [
            {"kind": each.kind, "reason": in_words(each.reason), "count": each.count}
            for each in report.passed
        ],
        "left_out": [
            {
                "where": each.where,
                "finess": each.finess,
                "name": each.name,
                "commune": each.commune,
                "department": each.department,
                "reason": in_words(each.reason),
            }
            for each in report.left_out
        ],
        "notes": [in_words(note) for note in report.notes],
    }
