"""The verbs `store check` and `store repair`: whether a store is still what was written, and if not, its repair."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.commands.options import STORE_VARIABLE, Json, Lang
from flows.terminal import console
from results.presentation.language import _, error_in_words, finding_in_words, in_words
from results.presentation.numbers import number

if TYPE_CHECKING:
    from flows.execution.repair import Repaired
    from topologies.errors import Finding

Folder = Annotated[
    str,
    typer.Argument(
        envvar=STORE_VARIABLE,
        show_envvar=False,
        metavar=_("FOLDER"),
        help=_("The folder of results; without it, that of the variable TOCSIN_STORE."),
    ),
]


def check(folder: Folder = "store", *, json: Json = False, lang: Lang = None) -> None:
    """Everything that is wrong is reported at once; exit code 1 if anything is."""
    import results

    opened = results.open(folder)
    findings = opened.check()
    if json:
        facts = {"store": str(opened.path), "campaigns": len(opened.campaigns()), "sound": not findings}
        console.print_json({**facts, "findings": _facts_of(findings)})
    else:
        _show_findings(findings, folder)
    raise typer.Exit(1 if findings else 0)


def repair(folder: Folder = "store", *, json: Json = False, lang: Lang = None) -> None:
    """What is damaged is rewritten; exit code 1 if something is still wrong."""
    import results
    from flows.execution import repair as repairing
    from flows.terminal.progress import steps

    opened = results.open(folder)
    done = repairing.repair(opened, steps)
    if json:
        console.print_json(
            {
                "store": str(opened.path),
                "repaired": done.files,
                "removed": done.removed,
                "replications": done.replications,
                "dropped": done.dropped,
                "refusals": [error_in_words(refusal) for refusal in done.refusals],
                "findings": _facts_of(done.remaining),
            }
        )
    else:
        _show_repaired(done, folder)
    raise typer.Exit(1 if done.remaining or done.refusals else 0)


def _facts_of(findings: "list[Finding]") -> list[dict[str, str]]:
    return [
        {"file": finding.where, "problem": in_words(finding.problem), "remedy": in_words(finding.remedy)}
        for finding in findings
    ]


def _show_findings(findings: "list[Finding]", folder: str) -> None:
    say = console.facts().print
    if not findings:
        say(_("{folder}: all files are intact.").format(folder=folder), soft_wrap=True)
        return
    template = _("{folder}: {count} {count:file is|files are} no longer intact.")
    say(template.format(folder=folder, count=number(len(findings))), soft_wrap=True)
    for finding in findings:
        say(f"  {finding_in_words(finding)}", soft_wrap=True)


def _show_repaired(done: "Repaired", folder: str) -> None:
    say = console.facts().print
    if done.files:
        template = _(
            "{folder}: {files} {files:file|files} rewritten as before, {count} {count:replication|replications} "
            "run again."
        )
        written = template.format(
            folder=folder, files=number(len(done.files)), count=number(done.replications)
        )
        say(written, soft_wrap=True)
        for file in done.files:
            say(f"  {file}", soft_wrap=True)
    for file in done.removed:
        say(_("{file} was removed: it was no part of its campaign.").format(file=file), soft_wrap=True)
    for chunk in done.dropped:
        template = _("{chunk} was dropped: the command of its campaign runs its replications again.")
        say(template.format(chunk=chunk), soft_wrap=True)
    for refusal in done.refusals:
        console.report(refusal)
    _show_findings(done.remaining, folder)
