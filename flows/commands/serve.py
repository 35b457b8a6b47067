"""Where do operators watch runs and start them from a form? In Prefect's pages, served by one command."""

from typing import Annotated

import typer

from flows.commands.options import Lang
from flows.language import _

ADDRESS, NUMBER = _("ADDRESS"), _("NUMBER")

Host = Annotated[str, typer.Option(metavar=ADDRESS, help=_("The address to listen at."))]
Port = Annotated[int, typer.Option(min=1, max=65535, metavar=NUMBER, help=_("The port to listen at."))]


def serve(*, host: Host = "127.0.0.1", port: Port = 4200, lang: Lang = None) -> None:
    """Serve until told to stop."""
    from flows.deployments import serve_until_stopped

    serve_until_stopped(host, port)
