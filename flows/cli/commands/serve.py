"""The verb `serve`: the control room, where campaigns are started from a form and watched."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.commands.options import Lang, Profile
from results.presentation.language import _

ADDRESS, PORT, FILE, FOLDER = _("ADDRESS"), _("PORT"), _("FILE"), _("FOLDER")

Host = Annotated[str, typer.Option(metavar=ADDRESS, help=_("The address to listen at."))]
Port = Annotated[int, typer.Option(min=1, max=65535, metavar=PORT, help=_("The port to listen at."))]
AuthFile = Annotated[
    Path | None,
    typer.Option(
        metavar=FILE,
        help=_(
            "A file that only you can read, with user:password on one line; asked for at any address that other "
            "machines reach. Without it, an environment variable (docs/operating.md)."
        ),
    ),
]
ReaderAuthFile = Annotated[
    Path | None,
    typer.Option(
        metavar=FILE,
        help=_(
            "A second file of that kind, for people who may read everything and launch or change nothing; "
            "needs --auth-file."
        ),
    ),
]


Store = Annotated[
    Path,
    typer.Option(metavar=FOLDER, help=_("The folder in which campaigns of the form keep their results.")),
]
Folders = Annotated[
    list[Path] | None,
    typer.Option(
        "--folder",
        metavar=FOLDER,
        help=_(
            "A folder of regions, scenarios, postures and events that the form offers besides those that are built "
            "in; may be given several times."
        ),
    ),
]


def serve(
    *,
    host: Host = "127.0.0.1",
    port: Port = 4200,
    store: Store = Path("store"),
    folders: Folders = None,
    auth_file: AuthFile = None,
    reader_auth_file: ReaderAuthFile = None,
    prefect_profile: Profile = None,
    lang: Lang = None,
) -> None:
    """The control room is served until a signal stops it."""
    from flows.control_room.control_room import serve_until_stopped
    from flows.control_room.shared_folders import SharedFolders
    from flows.middleware.password import passwords_of
    from flows.server import isolation
    from flows.server.profiles import use

    shared = SharedFolders(store=store.resolve(), inputs=tuple(folder.resolve() for folder in folders or []))
    shared.check()
    use(prefect_profile)
    passwords = passwords_of(auth_file, reader_auth_file, isolation.honoured)
    serve_until_stopped(host, port, passwords, shared)
