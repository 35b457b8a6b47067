"""Standing orders: what a control room does by itself, once its operator has switched it on in Prefect's pages.

    readiness            a campaign on the first of each month, of the posture that last month's audits found
    time limit           a run that takes longer than twelve hours is cancelled; what it finished is kept
    broken threshold     fires when a threshold holds less often than is asked; what follows is for people to add

All are created switched off, and left as people have changed them.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flows.control_room.shared_folders import SharedFolders
from flows.recording.breaches import BREACHED
from results.presentation.language import _

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.events.schemas.automations import AutomationCore

READINESS: Final = "readiness"
"""The name of its deployment."""
AUDITS: Final = "audits.yaml"
"""The posture that it takes, of a folder that the operator shares; else the one of today."""
FIRST_OF_MONTH: Final = "0 3 1 * *"
LONGEST: Final = timedelta(hours=12)
ENDED: Final = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Crashed", "Cancelled")}
OVERDUE, BROKEN = "tocsin-time-limit", "tocsin-broken-threshold"
"""Tags by which the automations are found again, whatever people call them."""


def readiness(client: "SyncPrefectClient", flow: UUID, form: dict[str, Any], shared: SharedFolders) -> UUID:
    """The deployment of the monthly campaign; one that is there keeps its fields and its schedule."""
    from prefect.client.schemas.actions import DeploymentScheduleCreate, DeploymentUpdate
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.exceptions import ObjectNotFound

    described: dict[str, Any] = {
        "description": _(
            "Once a month: does the region hold, as last month's audits found it? Write what they found into {audits} "
            "in a folder of this control room, choose region and scenario, then switch the schedule on."
        ).format(audits=AUDITS),
        "parameter_openapi_schema": form,
    }
    try:
        known = client.read_deployment_by_name(f"campaign/{READINESS}")
    except ObjectNotFound:
        monthly = CronSchedule(cron=FIRST_OF_MONTH, timezone="Europe/Paris")
        return client.create_deployment(
            flow,
            READINESS,
            schedules=[DeploymentScheduleCreate(schedule=monthly, active=False)],
            parameters=_asked(shared),
            enforce_parameter_schema=True,
            paused=False,
            **described,
        )
    client.update_deployment(known.id, DeploymentUpdate(**described))
    return known.id


def _asked(shared: SharedFolders) -> dict[str, str]:
    """What is asked of it at first: the operator's own region and audits, where there are any."""
    return {
        "region": next(iter(shared.regions()), "ile-de-france"),
        "scenario": "ransomware-large-hospital",
        "posture": AUDITS if AUDITS in shared.files() else "baseline",
        "store": READINESS,
    }


def automate(client: "SyncPrefectClient") -> None:
    """The automations are there, switched off where they are new."""
    known = {tag for automation in client.read_automations() for tag in automation.tags}
    for automation in (_overdue(), _broken()):
        if not known & set(automation.tags):
            client.create_automation(automation)


def _overdue() -> "AutomationCore":
    from prefect.events.actions import CancelFlowRun
    from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

    return AutomationCore(
        name=_("Tocsin: a run takes too long"),
        description=_("Cancels a run that is not over after twelve hours; what it finished is kept."),
        enabled=False,
        tags=[OVERDUE],
        trigger=EventTrigger(
            posture=Posture.Proactive,
            after={"prefect.flow-run.Running"},
            expect=ENDED,
            for_each={"prefect.resource.id"},
            within=LONGEST,
        ),
        actions=[CancelFlowRun()],
    )


def _broken() -> "AutomationCore":
    from prefect.events.actions import DoNothing
    from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

    return AutomationCore(
        name=_("Tocsin: a threshold gives way"),
        description=_(
            "Fires once for each campaign of which a threshold gives way; add what is to follow, such as a message."
        ),
        enabled=False,
        tags=[BROKEN],
        trigger=EventTrigger(
            posture=Posture.Reactive, expect={BREACHED}, for_each={"prefect.resource.id"}, threshold=1
        ),
        actions=[DoNothing()],
    )
