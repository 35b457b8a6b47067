"""Where do operators watch runs and start them from a form? In Prefect's pages, served by one command."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Lang, Profile
from flows.language import _

ADDRESS, PORT, FILE = _("ADDRESS"), _("PORT"), _("FILE")

Host = Annotated[str, typer.Option(metavar=ADDRESS, help=_("The address to listen at."))]
Port = Annotated[int, typer.Option(min=1, max=65535, metavar=PORT, help=_("The port to listen at."))]
AuthFile = Annotated[
    Path | None,
    typer.Option(
        metavar=FILE,
        help=_(
            "A file that only you can read, with user:password on one line; asked for at any address that other "
            "machines reach. Without it, PREFECT_SERVER_API_AUTH_STRING is read."
        ),
    ),
]


def serve(
    *,
    host: Host = "127.0.0.1",
    port: Port = 4200,
    auth_file: AuthFile = None,
    prefect_profile: Profile = None,
    lang: Lang = None,
) -> None:
    """Serve until told to stop."""
    from flows import surroundings
    from flows.deployments import serve_until_stopped
    from flows.password import password_of
    from flows.profiles import use

    use(prefect_profile)
    serve_until_stopped(host, port, password_of(auth_file, surroundings.honoured))
