"""The verbs `topology template` and `topology merge`: an establishment's form, and filled ones put into a region."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.commands.options import Json, Lang
from flows.cli.commands.topology.options import Out, Replace
from flows.cli.commands.topology.report import show_counts
from flows.terminal import console
from results.presentation.language import _, in_words, named, spoken
from results.presentation.names import LINKS
from results.presentation.numbers import number
from topologies.errors import InputError, Message

if TYPE_CHECKING:
    from topologies.importing.forms.merge import MergeReport

Blank = Annotated[Path, typer.Argument(metavar=_("FILE.xlsx|FILE.csv"), help=_("Where the form is written."))]
Region = Annotated[str, typer.Argument(metavar=_("REGION"), help=_("A built-in region, or a folder."))]
Filled = Annotated[list[Path], typer.Argument(metavar=_("FILE…"), help=_("Filled forms, XLSX or CSV."))]


class FormNotWritten(InputError):
    """The form is not written."""


def template(file: Blank, *, lang: Lang = None) -> None:
    """The form is written; a file that is there is left alone."""
    from topologies.importing.forms.template import template as form

    if file.suffix.lower() not in {".xlsx", ".csv"}:
        problem = Message(
            "{file} ends neither in .xlsx nor in .csv; give it a name that does", {"file": file}
        )
        raise FormNotWritten(problem)
    content = form(file, spoken())
    try:
        with file.open("xb") as new:
            new.write(content)
    except FileExistsError:
        problem = Message("{file} exists already; choose another name, or remove it", {"file": file})
        raise FormNotWritten(problem) from None
    except OSError as error:
        gaps = {"file": file, "reason": error.strerror or str(error)}
        problem = Message("{file} cannot be written: {reason}; choose another place", gaps)
        raise FormNotWritten(problem) from error
    told = _("{file} is written. Once filled in: tocsin topology merge REGION {file} --out FOLDER")
    console.facts().print(told.format(file=file), soft_wrap=True)


def merge(
    region: Region,
    files: Filled,
    *,
    out: Out,
    replace: Replace = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The folder is written, and the report shown."""
    from topologies.importing.forms.merge import merge_forms
    from topologies.writing.folder import refuse_what_is_there, written

    refuse_what_is_there(out, replace=replace)
    merged = merge_forms(region, files, out, in_words)
    written(merged.files, out, replace=replace)
    if json:
        console.print_json(_facts_of(merged.report, out))
    else:
        _show(merged.report, out)


def _show(report: "MergeReport", out: Path) -> None:
    say = console.facts().print
    told = _("{folder} is written: {taken} {taken:form|forms} of {read} taken.")
    say(told.format(folder=out, taken=number(report.forms), read=number(report.read)), soft_wrap=True)
    if report.completed:
        show_counts(_("Cells declared, by column"), report.completed)
    if report.links:
        links = Counter({_(LINKS[kind]): count for kind, count in report.links.items()})
        show_counts(_("Links declared"), links)
        stay = _("Links derived by rule that stay beside them: {count}")
        say(stay.format(count=number(report.stay)))
    if report.services:
        say()
        say(_("Services named, each with how many establishments name it"))
        for name, users in report.services:
            say(f"  {number(users):>8}  {named(name)}", soft_wrap=True)
    if report.levels:
        say()
        levels = _("Levels of levers, for tocsin run … --posture {folder}/posture.yaml: {count}")
        say(levels.format(folder=out, count=number(report.levels)), soft_wrap=True)
    if report.aside:
        say()
        aside = _("Answers kept in declared.csv, which the model does not use yet: {count}")
        say(aside.format(count=number(report.aside)))
    for each in report.left_out:
        say()
        line = _("Left out: {where}, {finess} {name}: {reason}")
        gaps = {"where": each.where, "name": named(each.name), "reason": in_words(each.reason)}
        say(line.format(finess=each.finess, **gaps), soft_wrap=True)
    for note in report.notes:
        say()
        say(_("Note: {text}").format(text=in_words(note)), soft_wrap=True)
    say()
    say(_("Read it again with: tocsin regions {folder}").format(folder=out), soft_wrap=True)


def _facts_of(report: "MergeReport", out: Path) -> dict[str, object]:
    return {
        "folder": str(out),
        "read": report.read,
        "taken": report.forms,
        "cells": dict(sorted(report.completed.items())),
        "links": {kind.value: count for kind, count in sorted(report.links.items())},
        "links_that_stay": report.stay,
        "services": [{"name": name, "establishments": users} for name, users in report.services],
        "levels": report.levels,
        "kept_aside": report.aside,
        "left_out": [
            {"where": each.where, "finess": each.finess, "name": each.name, "reason": in_words(each.reason)}
            for each in report.left_out
        ],
        "notes": [in_words(note) for note in report.notes],
    }
