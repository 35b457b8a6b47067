"""A dry run: what `run` or `compare` would do, how long that takes and how much room, before anything is written."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from shutil import disk_usage
from typing import TYPE_CHECKING

from flows.terminal import console
from results.presentation.language import _, named, of
from results.presentation.numbers import between, number

if TYPE_CHECKING:
    from pathlib import Path

    from flows.execution.expected.estimate import Estimate, Lacking
    from flows.execution.plan import Plan
    from flows.recording.campaign_run import Run
    from results import Store

MB, GB = 10**6, 10**9
A_MINUTE_S, AN_HOUR_S = 60, 3600
FEW = 2
"""Of fewer of a unit than this, the smaller unit is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would be done."""

    parts: "Sequence[Plan]"
    lacking: "Sequence[Lacking]"
    estimate: "Estimate | None"
    """None where nothing is lacking."""
    workers: int
    memory: int
    """Bytes, at most."""
    free: int
    """Bytes on the disk of the store."""

    @property
    def store(self) -> "Store":
        """Where it would go."""
        return self.parts[0].store

    def count(self, *, is_ordinary: bool) -> int:
        """How many replications would be run, of the campaigns or of their twins."""
        return sum(one.replications for one in self.lacking if one.is_ordinary is is_ordinary)


def show_what_would_be_run(plan: "Run[object]", began: float, *, json: bool) -> None:
    """The plan is shown with its estimate, which takes a trial of some seconds; the command began at that time."""
    foreseen = _foreseen(plan, time.monotonic() - began)
    if json:
        console.print_json(facts_of(foreseen))
    else:
        _show(foreseen)


def _foreseen(plan: "Run[object]", checked_s: float) -> Foreseen:
    from flows.cli.checkup import MEMORY_OF_A_RUN
    from flows.execution.expected.estimate import lacking
    from flows.workers.pool import WORKER_BYTES
    from results.store.opening import refuse_place

    store = plan.parts[0].store
    refuse_place(store.path)
    some = lacking(plan.parts)
    return Foreseen(
        parts=plan.parts,
        lacking=some,
        estimate=_estimate(some, checked_s) if some else None,
        workers=plan.workers,
        memory=MEMORY_OF_A_RUN + (plan.workers - 1) * WORKER_BYTES,
        free=disk_usage(_nearest(store.path)).free,
    )


def _estimate(some: "Sequence[Lacking]", checked_s: float) -> "Estimate":
    from flows.execution import shutdown
    from flows.execution.expected.estimate import estimated, tried_of
    from flows.execution.expected.trial import Range
    from flows.terminal import progress
    from simulation.engine.caches import code_folder

    console.say_at_once(_("Trying a few replications, to tell what one takes…"))
    if not code_folder.is_kept():
        console.say_at_once(_("The first run compiles code, which takes half a minute."))
    checked = Range(min(checked_s, time.process_time()), checked_s)
    with shutdown.graceful(), progress.steps(len(tried_of(some))) as advance:
        return estimated(some, checked, advance)


def _nearest(folder: "Path") -> "Path":
    """The folder, or the first above it that is there."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def facts_of(foreseen: Foreseen) -> dict[str, object]:
    """What would be done, for a program."""
    estimate = foreseen.estimate
    return {
        "dry_run": True,
        "store": str(foreseen.store.path),
        "replications": foreseen.parts[0].replications,
        "campaigns": [_facts_of_part(part) for part in foreseen.parts],
        "new_replications": foreseen.count(is_ordinary=False),
        "new_ordinary_replications": foreseen.count(is_ordinary=True),
        "seconds": [round(each, 1) for each in estimate.seconds] if estimate else [0.0, 0.0],
        "store_bytes": [round(each) for each in estimate.size] if estimate else [0, 0],
        "free_bytes": foreseen.free,
        "workers": foreseen.workers,
        "memory_bytes": foreseen.memory,
        "tried_replications": estimate.replications if estimate else 0,
    }


def _facts_of_part(part: "Plan") -> dict[str, object]:
    campaign, event = part.campaign, part.campaign.scenario.event
    return {
        "campaign": campaign.id,
        "ordinary": part.ordinary.id,
        "region": campaign.region.name,
        "scenario": campaign.scenario.name,
        "event": event.name if event else None,
        "posture": campaign.posture.name,
        "seed": campaign.seed,
    }


def _show(foreseen: Foreseen) -> None:
    from rich.text import Text

    from flows.terminal.sheet import Sheet

    table = Sheet(show_header=False)
    for what, told in _rows(foreseen):
        table.add_row(Text(what, style="bold"), told)
    console.facts().print(table, crop=False)


def _rows(foreseen: Foreseen) -> Iterator[tuple[str, str]]:
    """What a person reads: each thing, and what there is to say of it."""
    for part in foreseen.parts:
        asked = part.campaign
        yield (
            asked.id,
            " · ".join([named(asked.region.title), of(asked.scenario.title), of(asked.posture.title)]),
        )
    yield _("To run"), _to_be_run(foreseen)
    if estimate := foreseen.estimate:
        yield from _expected(foreseen, estimate)
        yield "", _("Nothing was written. Without --dry-run, the same command runs it.")


def _to_be_run(foreseen: Foreseen) -> str:
    if not foreseen.lacking:
        told = _("nothing: {store} holds all of it, and the same command without --dry-run shows it at once")
        return told.format(store=foreseen.store.path)
    asked, ordinary = (number(foreseen.count(is_ordinary=which)) for which in (False, True))
    told = _(
        "{asked} new {asked:replication|replications}, and {ordinary} of the same days without the attack, with which "
        "all is compared"
    )
    return told.format(asked=asked, ordinary=ordinary)


def _expected(foreseen: Foreseen, estimate: "Estimate") -> Iterator[tuple[str, str]]:
    seconds, size = estimate.seconds, estimate.size
    workers = number(foreseen.workers)
    told = _("{time} with {workers} {workers:worker|workers}; Prefect may add some seconds")
    yield _("Time"), told.format(time=between(_time(seconds.low), _time(seconds.high)), workers=workers)
    told = _("{size} in {store}, where {free} are free")
    yield (
        _("Room"),
        told.format(
            size=between(_size(size.low), _size(size.high)),
            store=foreseen.store.path,
            free=_size(foreseen.free),
        ),
    )
    if size.high > foreseen.free:
        yield (
            "",
            _("There may not be room enough: choose another folder with --store, or run fewer replications."),
        )
    yield _("Memory"), _("{size} at most").format(size=_size(foreseen.memory))
    told = _(
        "a trial of {count} {count:replication|replications} just now: the least if nothing else ran on this machine, "
        "the most where it stays as busy as it is"
    )
    yield _("This rests on"), told.format(count=number(estimate.replications))


def _time(seconds: float) -> str:
    """A duration, to about two figures.

    >>> _time(8.2), _time(300.0), _time(9000.0)
    ('8 s', '5 min', '2,5 h')
    """
    if seconds < FEW * A_MINUTE_S:
        return _("{count} s").format(count=number(seconds))
    if seconds < FEW * AN_HOUR_S:
        return _("{count} min").format(count=number(seconds / A_MINUTE_S))
    return _("{count} h").format(count=number(seconds / AN_HOUR_S, 1))


def _size(size: float) -> str:
    """Bytes, to about two figures."""
    if size < FEW * GB:
        return _("{size} MB").format(size=number(size / MB))
    return _("{size} GB").format(size=number(size / GB, 1))
