"""Isolation of Prefect: what it may take from the machine, decided before it is imported.

Prefect reads environment variables, the profiles of its user, and three files of the current folder. All of that was
written for other flows, and any of it can break a campaign. Therefore, in our processes:

- only the variables in `HONOURED` are used; other `PREFECT_*` ones are removed from the environment;
- Prefect's state lies in a folder of ours, and its profile is an empty one of ours;
- `.env`, `prefect.toml` and `pyproject.toml` of the current folder are not read;
- connections within this machine use no proxy;
- variables of OpenTelemetry, and those that name TLS certificates and keys for other programs, are removed: Prefect
  does not start where one of them is stale.

The command calls `isolate` when it starts; a program that calls `flows.campaign` is isolated only while subprocesses
start. `apply_settings` is called before Prefect is imported, here or in a subprocess.
"""

import os
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

TYPE_CHECKING = False  # as in typing, whose import would delay the handling of signals
if TYPE_CHECKING:
    from collections.abc import Iterator

    from topologies.errors import Message

API_URL, API_KEY, API_AUTH = "PREFECT_API_URL", "PREFECT_API_KEY", "PREFECT_API_AUTH_STRING"
HOME = "PREFECT_HOME"
DATABASE, OLD_DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_API_DATABASE_CONNECTION_URL"
SERVER_AUTH = "PREFECT_SERVER_API_AUTH_STRING"
CERTIFICATES = "PREFECT_API_SSL_CERT_FILE"
EXTERNAL_SERVER = (API_URL, API_KEY, API_AUTH, CERTIFICATES)
"""Settings of a server of the user's own, used instead of one of ours."""
HONOURED = (HOME, *EXTERNAL_SERVER, DATABASE, OLD_DATABASE, SERVER_AUTH)
"""docs/operating.md explains each."""

PROFILES = Path(__file__).with_name("prefect-profiles.toml")
FIXED = {
    "PREFECT_PROFILES_PATH": str(PROFILES),
    "PREFECT_SILENCE_API_URL_MISCONFIGURATION": "true",  # external_server.py says what is wrong
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # nothing about our users leaves their machine
    "DO_NOT_TRACK": "1",
}
SUBPROCESS = "TOCSIN_SUBPROCESS"
"""Set in the environment of our subprocesses, which is isolated already."""

NO_HOME = "/dev/null"
"""The home of users without one, which not even root can create: Prefect needs a home when it is imported, but does
not read it."""

TELEMETRY = "OTEL_"
TLS = ("SSL_CERT_FILE", "SSLKEYLOGFILE")

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ws_proxy", "wss_proxy", "socks_proxy")
LOOPBACK = ("127.0.0.1", "localhost", "::1")

_isolating = Lock()

honoured: dict[str, str] = {}
"""The variables that were found and are used, with their values."""
ignored: dict[str, str] = {}
"""Those that were found and are ignored."""
profile: list[str] = []
"""The name of the user's profile, if one was requested."""


def isolate() -> None:
    """Reduce the environment of this process, and of everything that it starts, to what Prefect may see."""
    if SUBPROCESS in os.environ:
        return
    honoured.clear()
    ignored.clear()
    for name in [name for name in os.environ if name.upper().startswith("PREFECT_")]:
        if name.startswith("PREFECT__"):
            continue  # how Prefect names the run to its own subprocesses
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
    """Isolate the environment within; restore it afterwards, for the program that called us."""
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
    """Put the settings that are used back into the environment, with the folder of Prefect's state."""
    from simulation.engine.caches import own_folders

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
    """Exempt this machine from proxies."""
    for name in ("no_proxy", "NO_PROXY"):
        said = [each.strip() for each in os.environ.get(name, "").split(",")]
        missing = [host for host in LOOPBACK if host not in said]
        os.environ[name] = ",".join([*filter(None, said), *missing])


def proxies() -> list[str]:
    """The variables that name a proxy."""
    return sorted(name for name in os.environ if name.lower() in PROXIES and os.environ[name])


def drop_proxies() -> None:
    """Remove all proxies from the environment of this process and of what it starts.

    For processes that connect to this machine only: clients fail on proxies that they cannot use (SOCKS), even where
    none is needed.
    """
    for name in proxies():
        del os.environ[name]


def external_server_url() -> str | None:
    """The URL of the user's own server, used instead of one of ours."""
    return honoured.get(API_URL)


def unset_hint(*more: str) -> "str | Message":
    """The remedy: how to run without the user's own server."""
    from topologies.errors import Message

    if profile:
        return Message("omit --prefect-profile {name}", {"name": profile[0]})
    return " ".join(["unset", API_URL, *more])


def forget_external_server() -> None:
    """Do not use the user's own server after all: a control room is one itself."""
    for name in EXTERNAL_SERVER:
        honoured.pop(name, None)
        os.environ.pop(name, None)


def state_folder() -> Path:
    """The folder of what we keep between runs: in the home, else in the temporary folder."""
    from simulation.engine.caches import own_folders

    named, at = own_folders.named_by("XDG_STATE_HOME"), own_folders.home()
    usual = named or (at / ".local/state" if at else None)
    if usual and (named or own_folders.can_hold(usual / "tocsin")):
        return usual / "tocsin"
    try:
        return own_folders.temporary_folder()
    except OSError:
        return (
            own_folders.temporary_place() / "tocsin"
        )  # nothing can be written, as `prefect_folder.py` will say


def is_temporary() -> bool:
    """Whether Prefect's folder is a temporary one, which the machine may empty."""
    from simulation.engine.caches import own_folders

    folder = state_folder()
    is_ours = folder.parent == own_folders.temporary_place() and folder.name.startswith("tocsin-")
    return HOME not in honoured and is_ours


def prefect_folder() -> Path:
    """The folder of Prefect's state, with its database of runs."""
    named = honoured.get(HOME)
    if named:
        return Path(os.path.expanduser(named)).absolute()  # noqa: PTH111 - of Path, it raises for unknown users
    return state_folder() / "prefect"


def ignore_current_folder() -> None:
    """Keep Prefect from reading settings in files of the current folder; called before its first setting is read.

    Prefect has no option for it. Its version is pinned, and a test verifies that this is enough.
    """
    from prefect.settings.sources import FilteredDotEnvSettingsSource, TomlConfigSettingsSourceBase

    for source, reads in (
        (TomlConfigSettingsSourceBase, "_read_files"),
        (FilteredDotEnvSettingsSource, "_read_env_files"),
    ):
        setattr(source, reads, _nothing)


def _nothing(*_files: object, **_options: object) -> dict[str, object]:
    return {}
