import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from flows.server import isolation, prefect_folder
from flows.server.external_server import NoServer
from simulation.engine.caches import own_folders
from tests.flows.commands import FOREIGN, PROXIES, ROOT


def seen_by_prefect(folder: Path, **variables: str) -> dict[str, Any]:
    """What Prefect has for settings in a process of ours, and what that process said."""
    code = """
import json, os
import flows.server.isolation as s
s.isolate()
s.apply_settings()
s.drop_proxies()
s.ignore_current_folder()
import httpx, opentelemetry.propagate, prefect.context, websockets.uri, websockets.proxy
settings = prefect.context.get_settings_context().settings
print(json.dumps({
    "variables": sorted(name for name in os.environ if name.upper().startswith("PREFECT")),
    "home": str(settings.home), "url": settings.api.url, "level": settings.logging.level,
    "key": settings.api.key and settings.api.key.get_secret_value(),
    "database": settings.server.database.connection_url.get_secret_value(),
    "profile": prefect.context.get_settings_context().profile.name,
    "websocket": websockets.proxy.get_proxy(websockets.uri.parse_uri("ws://127.0.0.1:4200/api")),
    "client": [str(way) for way in httpx.Client()._mounts.values() if way],
}))
"""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("PREFECT")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env=kept
        | {"PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}
        | variables,
    )
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_settings_that_are_not_ours_are_not_seen_wherever_they_stand(littered: Path) -> None:
    seen = seen_by_prefect(littered, **FOREIGN, **PROXIES)
    ours = littered / "state/tocsin/prefect"
    assert seen == {
        "variables": sorted({"PREFECT_HOME", *isolation.FIXED} - {"DO_NOT_TRACK"}),
        "home": str(ours),
        "url": None,
        "level": "INFO",
        "key": None,
        "database": f"sqlite+aiosqlite:///{ours}/prefect.db",
        "profile": "tocsin",
        "websocket": None,
        "client": [],
    }


def test_what_is_documented_is_heeded(littered: Path) -> None:
    mine = littered / "mine"
    mine.mkdir()
    seen = seen_by_prefect(
        littered,
        PREFECT_HOME=str(mine),
        PREFECT_API_URL="http://prefect.example/api",
        PREFECT_API_KEY="secret",
        PREFECT_API_DATABASE_CONNECTION_URL="postgresql+asyncpg://me@example/prefect",
    )
    assert (seen["home"], seen["url"], seen["key"]) == (str(mine), "http://prefect.example/api", "secret")
    assert seen["database"] == "postgresql+asyncpg://me@example/prefect"
    written = (ROOT / "docs/operating.md").read_text("utf-8")
    assert [name for name in isolation.HONOURED if f"`{name}`" not in written] == []


def test_a_machine_without_a_home_has_a_private_folder_that_is_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    for home in ["/nonexistent", "relative", "/proc", "/dev/null"]:
        monkeypatch.setenv("HOME", home)
        monkeypatch.setattr(os, "access", lambda *_: False)
        assert isolation.state_folder() == tmp_path / f"tocsin-{os.getuid()}"
    assert (tmp_path / f"tocsin-{os.getuid()}").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("home", ["relative", "dangling"])
def test_a_home_that_is_none_is_not_made_not_even_by_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    (tmp_path / "dangling").symlink_to("nowhere")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(isolation, "honoured", {})
    monkeypatch.setattr(os, "environ", {"HOME": str(tmp_path / home) if home == "dangling" else home})
    isolation.apply_settings()
    assert isolation.is_temporary()
    monkeypatch.setitem(isolation.honoured, isolation.HOME, "~nobody-of-this-name/prefect")
    assert isolation.prefect_folder().name == "prefect"


@pytest.mark.parametrize("kind", ["open to others", "a link", "a file", "another's"])
def test_a_folder_that_another_may_have_filled_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    squatted = tmp_path / f"tocsin-{os.getuid()}"
    if kind == "a link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        squatted.symlink_to(tmp_path / "elsewhere")
    elif kind == "a file":
        squatted.touch(mode=0o600)
    else:
        squatted.mkdir(mode=0o700)
        squatted.chmod(0o755 if kind == "open to others" else 0o700)
    if kind == "another's":
        if os.getuid() != 0:
            pytest.skip("only root can make a folder that is another's")
        os.chown(squatted, 12345, 12345)
    found = own_folders.temporary_folder()
    assert found != squatted
    assert found.stat().st_mode & 0o777 == 0o700


def test_where_nothing_at_all_can_be_written_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_folders, "can_hold", lambda _: False)
    monkeypatch.setattr(own_folders, "temporary_place", lambda: Path("/proc"))
    monkeypatch.setattr(isolation, "honoured", {})
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    with pytest.raises(NoServer, match="/proc/tocsin/prefect cannot be written"):
        prefect_folder.prepare()
