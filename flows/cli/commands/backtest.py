"""The verb `backtest`: what happened in published incidents, compared with what the model says."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.commands.options import Json, Lang
from flows.terminal import console
from results.presentation.language import _, of
from results.presentation.numbers import decimals_for, number, share

if TYPE_CHECKING:
    from backtest.coverage import Coverage, Found
    from backtest.incident import Incident

FEW = 100
NUMBER = _("NUMBER")

Incidents = Annotated[list[str] | None, typer.Argument(metavar=_("INCIDENT"), help=_("All by default."))]
Replications = Annotated[
    int,
    typer.Option(
        "-n", "--replications", min=1, metavar=NUMBER, help=_("Number of replications in which it happens.")
    ),
]
Seed = Annotated[
    int, typer.Option("--seed", min=0, metavar=NUMBER, help=_("Random seed: same seed, same result."))
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", min=1, metavar=NUMBER, help=_("Number of worker processes; one per core by default.")
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
    """Published incidents are replayed, and each figure is compared with the model."""
    from backtest import incident_names, load_incident
    from backtest.coverage import coverage
    from flows.execution.replays import replay_all
    from flows.terminal.progress import steps

    asked = [load_incident(name) for name in incidents or incident_names()]
    with steps(len(asked) * replications) as advance:
        figures = replay_all(asked, replications, seed, workers, lambda at: advance(of(at.incident.title)))
    whole = coverage(figures)
    if json:
        console.print_json(
            {
                "figures": [asdict(each) for each in figures],
                "coverage": asdict(whole),
                "replications": replications,
                "seed": seed,
            }
        )
    else:
        _show(asked, figures, whole)


def _show(incidents: "list[Incident]", figures: "list[Found]", whole: "Coverage") -> None:
    """A table, incident by incident, and its summary."""
    from flows.terminal.sheet import Sheet

    table = Sheet()
    table.add_column(_("Figure"))
    for heading in (_("Observed"), "P5", "P50", "P95"):
        table.add_column(heading, justify="right")
    table.add_column(_("Within 90 %"))
    table.add_column(_("Test"))
    for incident in incidents:
        titles = {figure.name: of(figure.title) for figure in incident.figures}
        table.add_row(of(incident.title), style="bold")
        for each in figures:
            if each.incident == incident.name:
                values = (_written(value) for value in (each.observed, each.p5, each.p50, each.p95))
                table.add_row(
                    f"  {titles[each.figure]}",
                    *values,
                    _("hit") if each.hit else _("MISS"),
                    _("held out") if each.held_out else _("calibrated"),
                )
    say = console.facts().print
    say(table)
    say()
    if not whole.figures:
        return
    hits = _(
        "{hits} of {figures} {figures:figure|figures} ({share}) {figures:lies|lie} within the 90 % interval"
    )
    say(
        hits.format(
            hits=number(whole.hits), figures=number(whole.figures), share=share(whole.hits / whole.figures)
        )
    )
    held_out = _("of the {figures} that no parameter was set from, {hits}")
    say(held_out.format(figures=number(whole.held_out), hits=number(whole.held_out_hits)))
    if whole.median_relative_width is not None:
        width = _("median width of the intervals, over the observed value: {width}")
        say(width.format(width=number(whole.median_relative_width, 2)))


def _written(value: float) -> str:
    return number(value, decimals_for(value))
