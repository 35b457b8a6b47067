"""The verb `topology failures`: single points of failure, ranked by the care lost when each alone is down."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

import topologies
from flows.cli.commands.options import NUMBER, Json, Lang, Seed, Workers
from flows.cli.commands.topology.options import Here
from flows.terminal import console
from results.presentation.language import _, named
from results.presentation.numbers import number

if TYPE_CHECKING:
    from results.analysis.single_points import Failure, Loss
    from topologies import Region

LONGEST_H = 336

Hours = Annotated[
    int,
    typer.Option("--hours", min=1, max=LONGEST_H, metavar=NUMBER, help=_("Hours for which each is down.")),
]
Replications = Annotated[
    int, typer.Option("-n", "--replications", min=2, metavar=NUMBER, help=_("Replications of each failure."))
]
Candidates = Annotated[
    int,
    typer.Option(
        "--candidates",
        min=1,
        metavar=NUMBER,
        help=_(
            "How many are tried: in turn the most central of the graph, the largest services, the largest sites."
        ),
    ),
]


def failures(
    region: Here,
    *,
    hours: Hours = 48,
    replications: Replications = 10,
    candidates: Candidates = 40,
    seed: Seed = 1,
    workers: Workers = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Each is tried, and both rankings are shown."""
    from flows.execution.failures import Trial, failures_of
    from flows.terminal.progress import steps

    here = topologies.load(region)
    trial = Trial(hours=hours, replications=replications, candidates=candidates, seed=seed)
    total = min(candidates, len(here.services) + len(here.establishments))
    with steps(total) as advance:
        found = failures_of(here, trial, workers, lambda node: advance(_name_of(node, here)))
    if json:
        failed = [asdict(each) | {"name": _name_of(each.point.node, here)} for each in found]
        console.print_json({"region": here.name, **asdict(trial), "failures": failed})
    else:
        _show(here, found, hours)


def _show(region: "Region", found: "list[Failure]", hours: int) -> None:
    from flows.terminal.sheet import Sheet

    table = Sheet()
    for heading in (_("Runs"), _("Graph")):
        table.add_column(heading, justify="right")
    table.add_column(_("If this one alone is down"))
    for heading in (_("Serves"), _("Patients"), _("Emergency"), _("Surgery"), _("Deaths")):
        table.add_column(heading, justify="right")
    for each in found:
        table.add_row(
            number(each.by_runs),
            number(each.by_graph),
            _name_of(each.point.node, region),
            number(each.point.customers) if each.point.node in region.services else "",
            _written(each.patients),
            _written(each.ed_visits_unmet),
            _written(each.surgeries_postponed),
            number(each.delay_deaths.mean, 2),
        )
    say = console.facts().print
    say(
        _("{region}: {hours} {hours:hour|hours} down, beside the same week without it").format(
            region=named(region.title), hours=number(hours)
        ),
        style="bold",
    )
    say()
    say(table)
    say()
    say(
        _(
            "Patients: not taken into care in the week, of all streams of care, with the 95 % margin; Emergency: of "
            "them, in emergency departments; Surgery: operations postponed; Deaths: due to delays. Graph: rank by the "
            "shortest ways of information systems that pass through it; Runs: rank by patients. They differ: the graph "
            "shows where an attack passes, runs what care misses."
        )
    )


def _written(loss: "Loss") -> str:
    """The mean and its margin."""
    if loss.interval is None:
        return number(loss.mean)
    return f"{number(loss.mean)} ± {number((loss.interval[1] - loss.interval[0]) / 2)}"


def _name_of(node: str, region: "Region") -> str:
    place = region.establishments.get(node) or region.services[node]
    return named(place.name)
