"""Whereabouts: what `-v` says before campaigns are run, of where things lie and what has been decided."""

from typing import TYPE_CHECKING

from flows.terminal import console
from results.presentation.language import _
from results.presentation.numbers import number

if TYPE_CHECKING:
    from flows.recording.campaign_run import Run


def say_where(plan: "Run[object]") -> None:
    """Each campaign with what it lacks, and the folders; for those who want to hear all."""
    if not console.is_verbose():
        return
    from flows.server import isolation
    from simulation.engine.caches import code_folder

    lacks = _("Campaign {campaign}: {count} {count:replication|replications} to be run")
    for part in plan.parts:
        twin = _("the same days without the attack, {campaign}: {count}")
        said = lacks.format(campaign=part.campaign.id, count=number(len(part.missing())))
        said += " · " + twin.format(campaign=part.ordinary.id, count=number(len(part.missing_ordinary())))
        console.say_in_detail(said)
    for what, where in (
        (_("Store: {folder}"), plan.parts[0].store.path),
        (_("Prefect's state: {folder}"), isolation.prefect_folder()),
        (_("Compiled code: {folder}"), code_folder.FOLDER),
    ):
        console.say_in_detail(what.format(folder=where))
