"""How are campaigns started from Prefect's pages? A runner, beside the server, waits for what people order there.

python -m flows.deployments                    what the runner's companion runs
"""

import asyncio
from typing import TYPE_CHECKING, cast

from flows import companions, console, departure, server, surroundings
from flows.departure import Stopped
from flows.language import _
from topologies.errors import Message, RunFailed

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

FAREWELL_S = 1.2
"""How long the runner and its runs may take to tell Prefect that they were stopped."""


def serve_until_stopped(host: str, port: int, password: str | None) -> None:
    """Prefect's server, its pages and the runner are there until the command is told to stop."""
    console.say_at_once(_("Starting Prefect's server…"))
    with departure.in_order():
        prefect = server.start(host, port, pages=True, password=password)
        settings = {**prefect.client_settings, "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING"}
        runner = companions.start("flows.deployments", [], settings)
        try:
            prefect.wait_until_ready()
            console.say_at_once(
                _("Campaigns are started and watched at {url} (Ctrl-C stops).").format(url=prefect.url)
            )
            runner.process.wait()
        except Stopped:
            runner.process.kill()  # it would only complain that its runs end
            runner.stop(FAREWELL_S)
            prefect.kill()
            console.say_at_once(_("Stopped."))
            raise
    raise RunFailed(Message("Prefect's runner ended by itself; what it said stands above"))


def deployment() -> "RunnerDeployment":
    """The campaign as Prefect's pages offer it."""
    from prefect.types.entrypoint import EntrypointType

    from flows.campaign_flow import campaign

    offered = campaign.to_deployment(name="tocsin", entrypoint_type=EntrypointType.MODULE_PATH)
    return cast("RunnerDeployment", offered)


def _run() -> None:
    """In the companion: the deployment is known to the server, and its runs are run."""
    surroundings.close_current_folder()
    from prefect.runner import Runner

    runner = Runner(name="tocsin", pause_on_shutdown=False)
    runner.add_deployment(deployment())
    asyncio.run(runner.start())


if __name__ == "__main__":
    companions.end_with_command()
    _run()
