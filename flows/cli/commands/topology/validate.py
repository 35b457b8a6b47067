"""The verb `topology validate`: all that is wrong or doubtful about a region, at once, each with its remedy."""

import re
from typing import TYPE_CHECKING

import typer

from flows.cli.commands.options import Json, Lang
from flows.cli.commands.topology.options import Here
from flows.terminal import console
from results.presentation.language import _, in_words, place_in_words
from results.presentation.numbers import number
from topologies.building.validating.validation import Severity, Validation
from topologies.building.validating.validation import validate as found_in

if TYPE_CHECKING:
    from topologies.errors import Finding

MOST_SHOWN = 40
"""Findings of each severity that a screen shows; `--json` holds all."""
PLACE = re.compile(r"(?P<file>.+?) line (?P<line>\d+)(?:, column \d+)?(?:, (?P<field>.+))?")
"""Where most findings stand."""


def validate(region: Here, *, json: Json = False, lang: Lang = None) -> None:
    """All findings are shown; exit code 2 if there is an error."""
    validation = found_in(region)
    if json:
        console.print_json(_facts_of(region, validation))
    else:
        _show(region, validation)
    if validation.refused:
        raise typer.Exit(2)


def _show(region: str, validation: Validation) -> None:
    say = console.facts().print
    if validation.refused:
        say(in_words(validation.refused), style="bold", soft_wrap=True)
        _show_findings(_("Errors, to be corrected"), validation.errors)
        return
    said = _("{region} can be used.") if validation.warnings else _("{region} can be used; nothing is odd.")
    say(said.format(region=region), style="bold", soft_wrap=True)
    if validation.warnings:
        _show_findings(_("Warnings, to look at"), validation.warnings)


def _show_findings(title: str, findings: "tuple[Finding, ...]") -> None:
    """Each with its place above and its remedy below."""
    from flows.terminal.sheet import Sheet

    say = console.facts().print
    say()
    say(_("{title}: {count}").format(title=title, count=number(len(findings))))
    for each in findings[:MOST_SHOWN]:
        say(place_in_words(each.where), style="bold")
        table = Sheet(show_header=False)
        table.add_column()
        table.add_column()
        table.add_row(" ", in_words(each.problem))
        table.add_row("→", in_words(each.remedy))
        say(table)
    if rest := len(findings[MOST_SHOWN:]):
        say(_("and {count} more (all of them: --json)").format(count=number(rest)))


def _facts_of(region: str, validation: Validation) -> dict[str, object]:
    return {
        "region": region,
        "valid": validation.refused is None,
        "refused": in_words(validation.refused) if validation.refused else None,
        "errors": len(validation.errors),
        "warnings": len(validation.warnings),
        "findings": [_finding(severity, each) for severity, each in validation.findings()],
    }


def _finding(severity: Severity, finding: "Finding") -> dict[str, object]:
    place = PLACE.fullmatch(finding.where)
    return {
        "severity": severity.value,
        "where": finding.where,
        "file": place["file"] if place else finding.where.split(",")[0],
        "line": int(place["line"]) if place else None,
        "field": place["field"] if place else None,
        "problem": in_words(finding.problem),
        "remedy": in_words(finding.remedy),
    }
