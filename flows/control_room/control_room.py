"""The control room: Prefect's pages, where campaigns are started and watched, and the runner that executes them.

Server and runner are subprocesses of the command, and each flow run is a subprocess of the runner. A process that dies
takes with it what it started. The command restarts the runner, and ends when the server does.
"""

import time

from flows.control_room.shared_folders import SharedFolders
from flows.execution import shutdown
from flows.execution.shutdown import Stopped
from flows.middleware.password import Passwords
from flows.server import open_rooms, server, subprocesses
from flows.server.server import LocalServer
from flows.server.subprocesses import Subprocess
from flows.terminal import console
from results.presentation.language import _
from topologies.errors import Message, RunFailed

STOP_GRACE_S = 1.2
"""How long the runner and its runs may take to report to Prefect that they were stopped."""
POLL_S = 0.2


def serve_until_stopped(host: str, port: int, passwords: Passwords, shared: SharedFolders) -> None:
    """Serve Prefect's pages and run what is started there, until a signal stops the command."""
    console.say_at_once(_("Starting Prefect's server…"))
    with shutdown.graceful():
        prefect = server.start(host, port, store=shared.store, passwords=passwords)
        runner = SupervisedRunner(prefect, shared)
        try:
            prefect.wait_until_ready()
            console.say_at_once(
                _("Campaigns are started and watched at {url} (Ctrl-C stops).").format(url=prefect.url)
            )
            with open_rooms.announced(prefect.url, passwords.planner):
                while True:
                    time.sleep(POLL_S)
                    runner.supervise()
        except Stopped:
            runner.process.stop(STOP_GRACE_S)
            console.say_at_once(_("Stopped."))
            raise
        finally:
            runner.process.kill()
            prefect.kill()


class SupervisedRunner:
    """The runner, which is restarted when it is killed."""

    def __init__(self, prefect: LocalServer, shared: SharedFolders) -> None:
        """Start it."""
        self._prefect = prefect
        self._shared = shared
        self.process = self._start()

    def supervise(self) -> None:
        """Restart a runner that was killed; `RunFailed` when the server has ended, or the runner gave up."""
        if self._prefect.has_ended():
            raise RunFailed(
                Message(
                    "Prefect's server stopped by itself, so the control room closes; start it again to resume"
                )
            )
        exit_code = self.process.popen.poll()
        if exit_code is None:
            return
        self.process.kill()
        if exit_code >= 0:  # not killed: it gave up, and would give up again
            said = self.process.stderr.text().strip().rpartition("\n")[-1] or _("nothing")
            raise RunFailed(Message("the runner stopped by itself; its last output: {said}", {"said": said}))
        console.say_at_once(_("The runner was killed and is restarted; its campaigns can be resumed."))
        self.process = self._start()

    def _start(self) -> Subprocess:
        settings = {**self._prefect.client_settings, "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}
        return subprocesses.start(
            "flows.control_room.runner", self._shared.arguments(), settings, on_line=console.say_at_once
        )
