"""`--precision`: a campaign is run on, look by look, until the interval of its verdict on care is narrow enough."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.terminal import console
from results.presentation.language import _
from results.presentation.numbers import decimals_for, number, share

if TYPE_CHECKING:
    from flows.cli.commands.campaigns.looks import Look, Wanted
    from flows.execution.plan import Order, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Where a campaign stopped that ran until its verdict was precise."""

    plan: "Plan"
    """With as many replications as it then had."""
    wanted: "Wanted"
    looks: "tuple[Look, ...]"
    replications: int
    """Those that were new."""
    ordinary: int
    """The same of the twin."""

    @property
    def facts(self) -> dict[str, object]:
        """For a program."""
        last = self.looks[-1]
        return {
            "precision": {
                "asked": self.wanted.half_width,
                "reached": last.is_within(self.wanted.half_width),
                "half_width": last.half_width,
                "looks": [look.replications for look in self.looks],
            }
        }


def run_until_precise(order: "Order", half_width: float, most: int, dask: str | None = None) -> Reached:
    """The campaign has as many replications as it takes; each look is a run that extends the one before."""
    import results
    from flows.cli.commands.campaigns.looks import Wanted, look_at
    from flows.execution.plan import planned
    from flows.recording.campaign_run import run_for_command

    wanted, plan = Wanted(half_width=half_width, most=most), planned(order, dask)
    wanted.check(plan)
    if not plan.is_finished():
        results.prepare(order.store)
    looks, replications, ordinary = list["Look"](), 0, 0
    for size in wanted.sizes(order.replications):
        plan = replace(plan, replications=size)
        replications, ordinary = replications + len(plan.missing()), ordinary + len(plan.missing_ordinary())
        run_for_command(replace(order, replications=size), plan)
        looks.append(look_at(plan))
        console.say_at_once(_seen(looks[-1], wanted))
        if looks[-1].is_within(wanted.half_width):
            break
    return Reached(plan=plan, wanted=wanted, looks=tuple(looks), replications=replications, ordinary=ordinary)


def say_how_far(plan: "Plan", half_width: float, most: int) -> None:
    """Before a dry run, which tells of the first look: how far it may go on."""
    from flows.cli.commands.campaigns.looks import Wanted

    Wanted(half_width=half_width, most=most).check(plan)
    told = _(
        "This is the first look of --precision, which may go on to {count} {count:replication|replications}."
    )
    console.say_at_once(told.format(count=number(most)))


def _seen(look: "Look", wanted: "Wanted") -> str:
    """What is seen, and what follows from it."""
    return f"{_known(look)} {_next(look, wanted)}"


def _known(look: "Look") -> str:
    gaps = {"count": number(look.replications)}
    if look.care.share is None or look.half_width is None:
        return _("After {count} {count:replication|replications}, nothing has gone off.").format(**gaps)
    told = _(
        "After {count} {count:replication|replications}, care held in {share} of the crises, ± {points} points."
    )
    return told.format(**gaps, share=share(look.care.share), points=_points(look.half_width))


def _next(look: "Look", wanted: "Wanted") -> str:
    if look.is_within(wanted.half_width):
        return _("That is as precise as was asked.")
    if look.replications == wanted.most:
        return _("It stops here, at the most that was allowed.")
    told = _("Asked for: ± {points} points; on to {count} {count:replication|replications}.")
    return told.format(
        points=_points(wanted.half_width), count=number(min(2 * look.replications, wanted.most))
    )


def _points(share: float) -> str:
    return number(share * 100, decimals_for(share * 100))
