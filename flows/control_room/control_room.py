"""The control room: Prefect's pages, where campaigns are ordered and watched, and the runner that runs them.

All three are programs: the server and the runner are companions of the command, each run is one of the runner. Whoever
dies takes with them what they started; the command starts the runner again, and ends with the server.
"""

import time

from flows.control_room.form import Room
from flows.execution import shutdown
from flows.execution.shutdown import Stopped
from flows.server import companions, server
from flows.server.companions import Companion
from flows.server.server import LocalServer
from flows.terminal import console
from results.presentation.language import _
from topologies.errors import Message, RunFailed

FAREWELL_S = 1.2
"""How long the runner and its runs may take to tell Prefect that they were stopped."""
LOOK_EVERY_S = 0.2


def serve_until_stopped(host: str, port: int, password: str | None, room: Room) -> None:
    """Prefect's server, its pages and the runner are there until the command is told to stop."""
    console.say_at_once(_("Starting Prefect's server…"))
    with shutdown.in_order():
        prefect = server.start(host, port, pages=True, password=password)
        runner = Runner(prefect, room)
        try:
            prefect.wait_until_ready()
            console.say_at_once(
                _("Campaigns are started and watched at {url} (Ctrl-C stops).").format(url=prefect.url)
            )
            while True:
                time.sleep(LOOK_EVERY_S)
                runner.look_after()
        except Stopped:
            runner.companion.stop(FAREWELL_S)
            console.say_at_once(_("Stopped."))
            raise
        finally:
            runner.companion.kill()
            prefect.kill()


class Runner:
    """The runner beside the server, and the next one when it died."""

    def __init__(self, prefect: LocalServer, room: Room) -> None:
        """It is starting."""
        self._prefect = prefect
        self._room = room
        self.companion = self._started()

    def look_after(self) -> None:
        """The server and a runner are there; `RunFailed` when they cannot be."""
        if self._prefect.companion.process.poll() is not None:
            raise RunFailed(
                Message(
                    "Prefect's server ended by itself, and with it what it served; start it again to resume"
                )
            )
        exit_code = self.companion.process.poll()
        if exit_code is None:
            return
        self.companion.kill()
        if exit_code >= 0:  # not killed: it gave up, and would do so again
            said = self.companion.said.text().strip().rpartition("\n")[-1] or _("nothing")
            raise RunFailed(
                Message("the runner of campaigns ends by itself; its last words: {said}", {"said": said})
            )
        console.say_at_once(
            _(
                "The runner of campaigns was killed and is started again; the campaigns that it ran can be resumed."
            )
        )
        self.companion = self._started()

    def _started(self) -> Companion:
        settings = {**self._prefect.client_settings, "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}
        return companions.start(
            "flows.control_room.runner", self._room.arguments(), settings, tell=console.say_at_once
        )
