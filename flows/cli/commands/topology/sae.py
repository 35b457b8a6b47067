"""The verb `topology import sae`: visits and beds of the annual survey, put into a region."""

from flows.cli.commands.options import Json, Lang
from flows.cli.commands.topology.options import Base, Files, Out, Replace, imported
from flows.cli.commands.topology.report import show_report
from results.presentation.language import in_words


def sae(
    files: Files,
    *,
    out: Out,
    base: Base = None,
    replace: Replace = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The folder is written, and the report shown."""
    from topologies.importing.sae.importer import import_sae
    from topologies.importing.wanted import wanted

    meant = wanted(out, base=base, say=in_words)
    report = imported(out, replace=replace, read=lambda progress: import_sae(files, meant, progress))
    show_report(report, out, json)
