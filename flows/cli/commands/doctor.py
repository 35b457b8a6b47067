"""The verb `doctor`: what this machine offers, and what would prevent a run."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from flows.cli.commands.options import Json, Lang
from flows.terminal import console
from results.presentation.language import _

if TYPE_CHECKING:
    from flows.cli.checkup import Line

SIGNS = {"good": ("✓", "green"), "care": ("!", "yellow"), "bad": ("✗", "bold red")}


def doctor(*, json: Json = False, lang: Lang = None) -> None:
    """Each answer is shown with its remedy; exit code 1 if a run would fail."""
    from flows.cli.checkup import Mark, checkup

    lines = list(checkup())
    is_ready = all(line.mark is not Mark.BAD for line in lines)
    if json:
        console.print_json({"ready": is_ready, "checks": [asdict(line) for line in lines]})
    else:
        _show(lines)
        console.facts().print(
            _("A run can start.") if is_ready else _("A run would fail: see ✗ above."), style="bold"
        )
    if not is_ready:
        raise typer.Exit(1)


def _show(lines: "list[Line]") -> None:
    """One line per question, with the remedy below it."""
    from rich.text import Text

    from flows.terminal.sheet import Sheet

    table = Sheet(show_header=False)
    for line in lines:
        sign, style = SIGNS[line.mark]
        table.add_row(Text(sign, style=style), Text(line.subject), Text(line.said, overflow="fold"))
        if line.remedy:
            table.add_row("", "", Text(f"→ {line.remedy}", style=style, overflow="fold"))
    console.facts().print(table)
    console.facts().print()
