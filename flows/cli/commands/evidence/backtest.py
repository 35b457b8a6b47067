"""`tocsin backtest`: what was observed of published incidents, beside what the model says of them."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.commands.options import NUMBER, Json, Lang, Seed, Workers
from flows.terminal import console
from results.presentation.language import _, of
from results.presentation.numbers import number, share

if TYPE_CHECKING:
    from backtest.account import Account
    from backtest.scoring.forecast import Forecast, Score, Scores

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
    from backtest.scoring.forecast import scores
    from flows.execution.replays import count_of, forecast_all
    from flows.terminal.progress import steps

    asked = [load(name, seed) for name in incidents or incident_names()]
    with steps(count_of(asked, replications)) as advance:
        forecasts = forecast_all(asked, replications, workers, lambda one: advance(of(one.account.title)))
    score = scores(forecasts)
    if json:
        console.print_json(
            {
                "figures": [
                    asdict(each) | {"hit": each.hit, "hit_half": each.hit_half, "skill": each.skill}
                    for each in forecasts
                ],
                "scores": asdict(score),
                "replications": replications,
                "seed": seed,
            }
        )
    else:
        _show([incident.account for incident in asked], forecasts, score)


def _show(accounts: "list[Account]", forecasts: "list[Forecast]", score: "Scores") -> None:
    """A table, incident by incident, and what it comes to: figures set by hand apart from those that test."""
    from flows.cli.forecasts_in_words import between, within, written
    from flows.terminal.sheet import Sheet

    table = Sheet()
    table.add_column(_("Figure"))
    for heading in (_("Observed"), _("Median"), _("90 % interval")):
        table.add_column(heading, justify="right")
    table.add_column(_("Within"))
    table.add_column(_("Skill"), justify="right")
    for account in accounts:
        titles = {figure.name: of(figure.title) for figure in account.figures}
        table.add_row(of(account.title), style="bold")
        for each in forecasts:
            if each.incident == account.name:
                table.add_row(
                    f"  {titles[each.figure]}{' *' if each.by_hand else ''}",
                    written(each.observed),
                    written(each.p50),
                    between(each.p5, each.p95),
                    within(each),
                    number(each.skill, 2),
                )
    say = console.facts().print
    say(table)
    say()
    _show_score(
        score.held_out,
        _(
            "Forecast without its own incident: of {figures} {figures:figure|figures}, {hits} {hits:lies|lie} within "
            "the 90 % interval ({share}) and {hits_half} within the 50 % interval ({share_half})."
        ),
    )
    _show_score(
        score.by_hand,
        _(
            "* Set by hand with the figure in view, which proves nothing: of {figures} {figures:figure|figures}, "
            "{hits} {hits:lies|lie} within the 90 % interval ({share}) and {hits_half} within the 50 % interval "
            "({share_half})."
        ),
    )
    say(
        _(
            "Skill: 1 is a perfect forecast, 0 one no better than a guess from the other incidents or a survey, "
            "below 0 a worse one."
        )
    )


def _show_score(score: "Score", template: str) -> None:
    """What some of the figures come to, if there are any."""
    if not score.figures:
        return
    say = console.facts().print
    say(
        template.format(
            figures=number(score.figures),
            hits=number(score.hits),
            share=share(score.hits / score.figures),
            hits_half=number(score.hits_half),
            share_half=share(score.hits_half / score.figures),
        )
    )
    better = _("Better than a guess: {better} of {figures}; skill of all together: {skill}.")
    say(
        better.format(
            better=number(score.better), figures=number(score.figures), skill=number(score.skill, 2)
        )
    )
