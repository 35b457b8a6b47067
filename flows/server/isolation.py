"""Isolation of Prefect: what it may take from the machine, decided before it is imported.

Prefect reads variables of the environment, the profiles of its user, and three files of the current folder. All of that
was written for somebody else's flows, and any of it can keep a campaign from running. So, in the processes of ours:

- only the variables in `HONOURED` are heeded; other `PREFECT_*` ones are taken out of the environment;
- Prefect's state lies in a folder of ours, its profile is an empty one of ours;
- `.env`, `prefect.toml` and `pyproject.toml` of the current folder are not read;
- no proxy is asked for what is on this machine;
- variables by which other programs are observed (OpenTelemetry), or certificates and keys named for them, are taken
  out: Prefect does not start where one of them is stale.

`isolate` is called when the command starts; in a program that calls `flows.campaign`, only while our own are started.
`apply_settings` is called before Prefect or a subprocess that imports it starts.
"""

import os
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

TYPE_CHECKING = False  # as in typing, whose import would come before the signals are heeded
if TYPE_CHECKING:
    from collections.abc import Iterator

    from topologies.errors import Message

API_URL, API_KEY, API_AUTH = "PREFECT_API_URL", "PREFECT_API_KEY", "PREFECT_API_AUTH_STRING"
HOME = "PREFECT_HOME"
DATABASE, OLD_DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_API_DATABASE_CONNECTION_URL"
SERVER_AUTH = "PREFECT_SERVER_API_AUTH_STRING"
CERTIFICATES = "PREFECT_API_SSL_CERT_FILE"
EXTERNAL_SERVER = (API_URL, API_KEY, API_AUTH, CERTIFICATES)
"""A server of the user's own, used instead of starting one."""
HONOURED = (HOME, *EXTERNAL_SERVER, DATABASE, OLD_DATABASE, SERVER_AUTH)
"""docs/operating.md says what each does."""

PROFILES = Path(__file__).with_name("prefect-profiles.toml")
FIXED = {
    "PREFECT_PROFILES_PATH": str(PROFILES),
    "PREFECT_SILENCE_API_URL_MISCONFIGURATION": "true",  # external_server.py says what is wrong
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # nothing about our users leaves their machine
    "DO_NOT_TRACK": "1",
}
SUBPROCESS = "TOCSIN_SUBPROCESS"
"""Set in the environment of a program that a command of ours has started: its environment is isolated."""

NO_HOME = "/dev/null"
"""The home of users without one, which not even root can make: Prefect asks for a home when it is imported, and does
not look into it."""

TELEMETRY = "OTEL_"
TLS = ("SSL_CERT_FILE", "SSLKEYLOGFILE")

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ws_proxy", "wss_proxy", "socks_proxy")
LOOPBACK = ("127.0.0.1", "localhost", "::1")

_isolating = Lock()

honoured: dict[str, str] = {}
"""The variables that were found and are heeded, with their values."""
ignored: dict[str, str] = {}
"""Those that were found and are not heeded."""
profile: list[str] = []
"""The user's own profile that was asked for, if one was."""


def isolate() -> None:
    """The environment of this process, and of all that it starts, is as Prefect may see it."""
    if SUBPROCESS in os.environ:
        return
    honoured.clear()
    ignored.clear()
    for name in [name for name in os.environ if name.upper().startswith("PREFECT_")]:
        if name.startswith("PREFECT__"):
            continue  # how Prefect tells its own children which run they are
        value = os.environ.pop(name)
        if name in HONOURED and value:
            honoured[name] = value
        elif name not in FIXED:
            ignored[name] = value
    for name in [name for name in os.environ if name.startswith(TELEMETRY) or name in TLS]:
        del os.environ[name]
    _exempt_loopback()
    os.environ.update(FIXED)


@contextmanager
def isolated() -> "Iterator[None]":
    """Within, the environment is prepared; after, it is again that of a program that is not ours."""
    with _isolating:
        environment = dict(os.environ)
        try:
            isolate()
            yield
        finally:
            for name in os.environ.keys() - environment.keys():
                del os.environ[name]
            os.environ.update(environment)


def apply_settings() -> None:
    """What is heeded is in the environment again, Prefect's folder is named, and the current one is closed to it."""
    from simulation.engine import own_folders

    if SUBPROCESS in os.environ:
        return
    if own_folders.home() is None:
        os.environ["HOME"] = NO_HOME
    os.environ[HOME] = str(prefect_folder())
    if OLD_DATABASE in honoured:
        os.environ[DATABASE] = honoured[OLD_DATABASE]
    seen = (DATABASE, *(EXTERNAL_SERVER if API_URL in honoured else ()))
    os.environ.update({name: honoured[name] for name in seen if name in honoured})


def _exempt_loopback() -> None:
    """No proxy is asked for what is on this machine."""
    for name in ("no_proxy", "NO_PROXY"):
        said = [each.strip() for each in os.environ.get(name, "").split(",")]
        missing = [host for host in LOOPBACK if host not in said]
        os.environ[name] = ",".join([*filter(None, said), *missing])


def proxies() -> list[str]:
    """Names of the variables that name a proxy."""
    return sorted(name for name in os.environ if name.lower() in PROXIES and os.environ[name])


def drop_proxies() -> None:
    """This process, and what it starts, knows of no proxy any more.

    For who speaks to a server on this machine only: clients stumble over proxies that they cannot use (SOCKS) even
    when there is nothing to ask of them.
    """
    for name in proxies():
        del os.environ[name]


def external_server_url() -> str | None:
    """The address of the server that the user wants used instead of one of ours."""
    return honoured.get(API_URL)


def unset_hint(*more: str) -> "str | Message":
    """How the user does without the server of their own."""
    from topologies.errors import Message

    if profile:
        return Message("leave --prefect-profile {name} out", {"name": profile[0]})
    return " ".join(["unset", API_URL, *more])


def forget_external_server() -> None:
    """The user's own server is not used after all: a control room is one itself."""
    for name in EXTERNAL_SERVER:
        honoured.pop(name, None)
        os.environ.pop(name, None)


def state_folder() -> Path:
    """Where what we keep between runs lies: in the home, or in the temporary folder where there is none to write."""
    from simulation.engine import own_folders

    named, at = own_folders.named_by("XDG_STATE_HOME"), own_folders.home()
    usual = named or (at / ".local/state" if at else None)
    if usual and (named or own_folders.can_hold(usual / "tocsin")):
        return usual / "tocsin"
    try:
        return own_folders.temporary_folder()
    except OSError:
        return (
            own_folders.temporary_place() / "tocsin"
        )  # where nothing can be written; `prefect_folder` says so


def is_temporary() -> bool:
    """Prefect's folder is one that the machine may empty."""
    from simulation.engine import own_folders

    folder = state_folder()
    is_ours = folder.parent == own_folders.temporary_place() and folder.name.startswith("tocsin-")
    return HOME not in honoured and is_ours


def prefect_folder() -> Path:
    """Where Prefect keeps its database of runs."""
    named = honoured.get(HOME)
    if named:
        return Path(os.path.expanduser(named)).absolute()  # noqa: PTH111 - of Path, it raises for unknown users
    return state_folder() / "prefect"


def ignore_current_folder() -> None:
    """Prefect reads no settings from files of the current folder; to be called before its first setting is asked for.

    It has no switch for it. Prefect is pinned, and a test holds that this is enough.
    """
    from prefect.settings.sources import FilteredDotEnvSettingsSource, TomlConfigSettingsSourceBase

    for source, reads in (
        (TomlConfigSettingsSourceBase, "_read_files"),
        (FilteredDotEnvSettingsSource, "_read_env_files"),
    ):
        setattr(source, reads, _nothing)


def _nothing(*_files: object, **_options: object) -> dict[str, object]:
    return {}
