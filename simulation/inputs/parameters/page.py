"""The page of parameters: what each number of the model is worth, for an expert.

python -m simulation.inputs.parameters.page > docs/parameters.md
"""

import sys
from collections.abc import Iterator, Sequence

from simulation.inputs.parameters.outages import LOSSES, Cost, Outages
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.inputs.parameters.plausible import Profile
from simulation.inputs.parameters.responder_levels import ResponderLevels
from simulation.inputs.streams import STREAMS
from topologies.fields.quantity import Quantity

HEAD = """# The parameters

*Made from the files of `simulation/inputs/parameters` by
`python -m simulation.inputs.parameters.page > docs/parameters.md`; do not edit.*

{count} parameters, {assumed} of them assumptions: nobody publishes them, or not in the form that the model needs; the
reason says so. Low and high bound what the value itself may truly be. Spread is the log-sd between cases of a duration
that varies log-normally around its value. What an outage costs comes [after them](#what-an-outage-costs).

| parameter | value | low | high | spread | unit | source | assumption, because |
|---|---|---|---|---|---|---|---|"""

LEVELS = """
## Who comes to help

Teams from outside that can lead an investigation and rebuild a directory, or rebuild servers, nearest first; how many
of them come first is for a posture to say. From the first declaration they need the activation, and to each
establishment the travel; more join each week. A study names one by its path, such as
`responder_levels.regional.travel_h`.

| level | task | parameter | value | low | high | unit | source | assumption, because |
|---|---|---|---|---|---|---|---|---|"""

OUTAGES = """
## What an outage costs

The matrix of {applications} applications and {streams} streams of care, for an application that is wholly down, without
a continuity plan and with a rehearsed one; a plan in between costs in between. An application that is down by a share
costs that share. Of several that are down, the worst sets a stream's pace (decision 0013), and what is lost is
multiplied by the hardship of paper (`paper_shock`, `paper_learning_h`, `paper_tiring_a_week`). There are {cells} cells,
{assumed} of them assumptions; where there is no cell, nothing is lost. A study names a number of a cell by its path,
such as `outages.record.medicine.kept`, and how far a host takes an application down by `outages.record.hosted`.

**Capacity kept: without a plan / with a rehearsed one**

"""

APPLICATIONS = """
**Applications: when they come back, and how far they are gone**

With a host that is down (`hosted`), when the establishment switches everything off (`switched_off`), when it is cut off
from outside (`outside`). An attack takes or spares the applications of one suite together.

| application | suite | used again after | | value | low | high | source | assumption, because |
|---|---|---|---|---|---|---|---|---|"""

CELLS = """
**Each cell: value (low to high)**

Capacity kept is a share; stays are multiplied; minutes are added to the care of time-critical patients. Each without a
plan, then with a rehearsed one.

| application | stream | kept | rehearsed | stays | rehearsed | minutes | rehearsed | source | assumption, because |
|---|---|---|---|---|---|---|---|---|---|"""


def page(parameters: Parameters) -> str:
    """The page: a row a parameter, in the order of the model, then the matrix of outages."""
    named = list(parameters.named.items())
    assumed = sum(parameter.assumption for _, parameter in named)
    lines = [
        HEAD.format(count=len(named), assumed=assumed),
        *(_row(_parameter(name, parameter)) for name, parameter in named),
        *_levels(parameters.responder_levels),
        *_matrix(parameters.outages),
    ]
    return "\n".join([*lines, ""])


def _parameter(name: str, parameter: Quantity | Profile) -> list[str]:
    if isinstance(parameter, Profile):
        numbers = [" ".join(f"{value:g}" for value in parameter.values), "", "", ""]
    else:
        spread = "" if parameter.log_sd is None else f"{parameter.log_sd:g}"
        numbers = [f"{parameter.value:g}", f"{parameter.low:g}", f"{parameter.high:g}", spread]
    return [f"`{name}`", *numbers, parameter.unit, parameter.source, parameter.reason or ""]


def _levels(responders: ResponderLevels) -> Iterator[str]:
    """When the teams of each level come."""
    yield LEVELS
    for path, one in responders.quantities.items():
        level, name = path.split(".")
        numbers = [f"{one.value:g}", f"{one.low:g}", f"{one.high:g}"]
        task = responders.levels[level].task
        yield _row([f"`{level}`", task, f"`{name}`", *numbers, one.unit, one.source, one.reason or ""])


def _matrix(outages: Outages) -> Iterator[str]:
    """The matrix at a glance, its applications, and each of its cells with its range and its source."""
    yield OUTAGES.format(
        applications=len(outages.applications),
        streams=len(STREAMS),
        cells=len(outages.costs),
        assumed=sum(cost.assumption for cost in outages.costs),
    ).rstrip("\n")
    yield ""
    yield from _glance(outages)
    yield APPLICATIONS
    for name, one in outages.applications.items():
        for loss in LOSSES:
            share = dict(one)[loss]
            numbers = [f"{share.value:g}", f"{share.low:g}", f"{share.high:g}"]
            known = [f"`{name}`", f"`{one.suite}`", f"`{one.returns_with}`", f"`{loss}`"]
            yield _row([*known, *numbers, share.source, share.reason or ""])
    yield CELLS
    yield from (_row(_cell(cost)) for cost in outages.costs)


def _glance(outages: Outages) -> Iterator[str]:
    """Applications down the page and streams across; without a plan, then with a rehearsed one."""
    kept = {
        (cost.application, cost.stream): f"{cost.kept[0]:g} / {cost.kept_rehearsed[0]:g}"
        for cost in outages.costs
    }
    yield _row(["", *(f"`{stream}`" for stream in STREAMS)])
    yield "|---" * (1 + len(STREAMS)) + "|"
    for name in outages.applications:
        yield _row([f"`{name}`", *(kept.get((name, stream), "") for stream in STREAMS)])


def _cell(cost: Cost) -> list[str]:
    effects = (
        cost.kept,
        cost.kept_rehearsed,
        cost.lengthened,
        cost.lengthened_rehearsed,
        cost.minutes,
        cost.minutes_rehearsed,
    )
    ranges = [_with_range(effect) for effect in effects]
    return [f"`{cost.application}`", f"`{cost.stream}`", *ranges, cost.source, cost.reason or ""]


def _with_range(effect: tuple[float, float, float]) -> str:
    """The value and its range; the value alone where it is certain."""
    value, low, high = effect
    return f"{value:g}" if low == high else f"{value:g} ({low:g} to {high:g})"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(page(load_parameters()))
