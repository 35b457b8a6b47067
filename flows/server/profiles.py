"""Profiles: a Prefect profile of the user's, used on request (`--prefect-profile NAME`).

Its settings override the environment. Prefect validates them before anything starts.
"""

import os
import re
import tomllib
from pathlib import Path

from flows.server import isolation
from flows.server.external_server import BadSetting
from simulation.engine.caches import own_folders
from topologies.errors import Message, nearest_names

SECRET = re.compile("KEY|AUTH|PASSWORD|CONNECTION_URL|HEADERS")
"""Names of settings whose values no message quotes."""


def use(name: str | None) -> None:
    """Apply the settings of this profile to this process and to everything that it starts."""
    if name is None:
        return
    file = _file()
    profiles = _read(file)
    if name not in profiles:
        gaps = {"name": name, "file": file, "nearest": nearest_names(name, list(profiles))}
        raise BadSetting(Message("there is no profile {name} in {file}: try {nearest}", gaps))
    settings = {key: str(value) for key, value in profiles[name].items() if key not in isolation.FIXED}
    isolation.honoured.update({key: value for key, value in settings.items() if key in isolation.HONOURED})
    isolation.profile[:] = [name]
    os.environ.update(settings)
    isolation.apply_settings()
    _check(name, file, settings)


def _file() -> Path:
    """The file of profiles, where Prefect would look for it."""
    named = isolation.ignored.get("PREFECT_PROFILES_PATH")
    home = isolation.honoured.get(isolation.HOME)
    folder = Path(home).expanduser() if home else (own_folders.home() or Path("/")) / ".prefect"
    return Path(named) if named else folder / "profiles.toml"


def _read(file: Path) -> dict[str, dict[str, object]]:
    """The profiles in the file, without those built into Prefect, such as `local`."""
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        gaps = {"file": file, "reason": error.strerror or str(error)}
        raise BadSetting(
            Message("{file} cannot be read ({reason}): it should hold Prefect's profiles", gaps)
        ) from error
    except ValueError as error:  # no TOML, or no UTF-8
        gaps = {"file": file, "reason": str(error)}
        raise BadSetting(
            Message("{file} is not valid TOML ({reason}): correct it, or omit --prefect-profile", gaps)
        ) from error
    profiles = content.get("profiles", {})
    return {name: table for name, table in profiles.items() if isinstance(table, dict)}


def _check(name: str, file: Path, settings: dict[str, str]) -> None:
    """Prefect accepts the settings of the profile."""
    isolation.ignore_current_folder()
    from prefect.settings import Settings
    from pydantic import ValidationError

    try:
        Settings()
    except ValidationError as error:
        wrong = {str(each["input"]) for each in error.errors()}
        keys = [key for key, value in settings.items() if value in wrong]
        shown = ", ".join(key if SECRET.search(key) else f"{key}={settings[key]}" for key in keys or settings)
        raise BadSetting(
            Message(
                "Prefect does not understand {settings}, in the profile {name} of {file}: correct it there",
                {"settings": shown, "name": name, "file": file},
            )
        ) from error
