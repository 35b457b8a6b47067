"""The verb `topology import ght`: memberships of GHTs as the ministry lists them, put into a region."""

from flows.cli.commands.options import Json, Lang
from flows.cli.commands.topology.options import Base, Files, Out, Replace, imported
from flows.cli.commands.topology.report import show_report
from results.presentation.language import in_words


def ght(
    files: Files,
    *,
    out: Out,
    base: Base = None,
    replace: Replace = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The folder is written, and the report shown."""
    from topologies.importing.ght.importer import import_ght
    from topologies.importing.wanted import wanted

    meant = wanted(out, base=base, say=in_words)
    report = imported(out, replace=replace, read=lambda _progress: import_ght(files, meant))
    show_report(report, out, json)
