"""The verb `topology import finess`: the hospitals of the national register."""

from flows.cli.commands.options import Json, Lang
from flows.cli.commands.topology.options import Base, Departments, Files, Of, Out, Replace, imported, split
from flows.cli.commands.topology.report import show_report
from results.presentation.language import in_words


def finess(
    files: Files,
    *,
    out: Out,
    departments: Departments = None,
    region: Of = None,
    base: Base = None,
    replace: Replace = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The folder is written, and the report shown."""
    from topologies.importing.finess.importer import import_finess
    from topologies.importing.wanted import wanted

    meant = wanted(out, departments=split(departments), region=region, base=base, say=in_words)
    report = imported(out, replace=replace, read=lambda progress: import_finess(files, meant, progress))
    show_report(report, out, json)
