"""`tocsin backtest`: what was observed of published incidents, beside what the model says of them."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.commands.options import NUMBER, Json, Lang, Seed, Workers
from flows.terminal import console
from results.presentation.language import _, of
from results.presentation.numbers import decimals_for, number, share

if TYPE_CHECKING:
    from backtest.account import Account
    from backtest.coverage import Coverage, Coverages, Found

FEW = 100

Incidents = Annotated[list[str] | None, typer.Argument(metavar=_("INCIDENT"), help=_("All by default."))]
Replications = Annotated[
    int,
    typer.Option(
        "-n", "--replications", min=1, metavar=NUMBER, help=_("Number of replications in which it happens.")
    ),
]


def backtest(
    incidents: Incidents = None,
    *,
    replications: Replications = FEW,
    seed: Seed = 1,
    workers: Workers = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Replay published incidents, and show each figure beside what the model finds."""
    from backtest import incident_names, load
    from backtest.coverage import coverages
    from flows.execution.replays import replay_all
    from flows.terminal.progress import steps

    asked = [load(name, seed) for name in incidents or incident_names()]
    with steps(len(asked) * replications) as advance:
        figures = replay_all(asked, replications, workers, lambda at: advance(of(at.incident.account.title)))
    covered = coverages(figures)
    if json:
        console.print_json(
            {
                "figures": [asdict(each) for each in figures],
                "coverage": asdict(covered),
                "replications": replications,
                "seed": seed,
            }
        )
    else:
        _show([incident.account for incident in asked], figures, covered)


def _show(accounts: "list[Account]", figures: "list[Found]", covered: "Coverages") -> None:
    """A table, incident by incident, and what it comes to: calibrated figures apart from those held out."""
    from flows.terminal.sheet import Sheet

    table = Sheet()
    table.add_column(_("Figure"))
    for heading in (_("Observed"), "P5", "P50", "P95"):
        table.add_column(heading, justify="right")
    table.add_column(_("Within 90 %"))
    table.add_column(_("Test"))
    for account in accounts:
        titles = {figure.name: of(figure.title) for figure in account.figures}
        table.add_row(of(account.title), style="bold")
        for each in figures:
            if each.incident == account.name:
                values = (_written(value) for value in (each.observed, each.p5, each.p50, each.p95))
                table.add_row(
                    f"  {titles[each.figure]}",
                    *values,
                    _("hit") if each.hit else _("MISS"),
                    _("held out") if each.held_out else _("calibrated"),
                )
    console.facts().print(table)
    console.facts().print()
    calibrated = _(
        "Calibrated: {hits} of {figures} {figures:figure|figures} ({share}) {hits:lies|lie} within the 90 % interval. "
        "A parameter was set with each of them in view: the model can be made to fit."
    )
    held_out = _(
        "Held out: {hits} of {figures} {figures:figure|figures} ({share}) {hits:lies|lie} within the 90 % interval. "
        "No parameter was set from them: they alone test the model."
    )
    _show_coverage(covered.calibrated, calibrated)
    _show_coverage(covered.held_out, held_out)


def _show_coverage(covered: "Coverage", template: str) -> None:
    """What some of the figures come to, if there are any."""
    if not covered.figures:
        return
    say = console.facts().print
    hits = share(covered.hits / covered.figures)
    say(template.format(hits=number(covered.hits), figures=number(covered.figures), share=hits))
    if covered.median_relative_width is not None:
        width = _("Median width of their intervals, over the observed value: {width}.")
        say(width.format(width=number(covered.median_relative_width, 2)))


def _written(value: float) -> str:
    return number(value, decimals_for(value))
