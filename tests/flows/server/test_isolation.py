import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from flows.server import external_server, isolation, prefect_folder, profiles
from flows.server.external_server import BadSetting, NoServer
from simulation.engine import own_folders
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


@pytest.fixture
def littered(tmp_path: Path) -> Path:
    """A current folder and a home that hold settings of somebody else's flows."""
    (tmp_path / "prefect.toml").write_text("not = = toml")
    (tmp_path / "pyproject.toml").write_text("[tool.prefect]\nlogging.level = 'nope'\n")
    (tmp_path / ".env").write_text("PREFECT_API_URL=http://127.0.0.1:9/api\nPREFECT_LOGGING_LEVEL=foo\n")
    (tmp_path / ".prefect").mkdir()
    (tmp_path / ".prefect/profiles.toml").write_text("neither ] is this")
    (tmp_path / "state/tocsin/prefect").mkdir(parents=True)
    return tmp_path


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


def test_a_campaign_in_python_heeds_none_of_them(
    littered: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    code = (
        "import os; before = dict(os.environ); from flows import campaign\n"
        "summary = campaign('ile-de-france', 'ordinary-month', replications=1, store='store')\n"
        "assert summary.replications == 1 and dict(os.environ) == before"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=littered,
        env={**environment, **FOREIGN, **PROXIES},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


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


class Answers(BaseHTTPRequestHandler):
    """Some server: what it answers is in its path."""

    def do_GET(self) -> None:
        said = self.path.split("/")[1]
        body = b"<html>" if said == "page" else b'"3.8.8"' if said == "ours" else b'"2.20.1"'
        self.send_response(int(said) if said.isdigit() else 200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


@pytest.fixture(scope="module")
def somebody() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://me:hidden@127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/page/api", "no Prefect API answers"),
        ("/404/api", "no Prefect API answers"),
        ("/401/api", "asks who we are (401)"),
        ("/403/api", "asks who we are (403)"),
        ("/older/api", "is of version 2.20.1"),
    ],
)
def test_a_server_of_the_users_own_that_cannot_be_used_is_told(somebody: str, path: str, told: str) -> None:
    isolation.honoured[isolation.API_URL] = somebody + path
    try:
        with pytest.raises(BadSetting) as refusal:
            external_server.check(somebody + path)
    finally:
        isolation.honoured.clear()
    assert told in str(refusal.value)
    assert "unset PREFECT_API_URL" in str(refusal.value)
    assert "hidden" not in str(refusal.value)


def test_one_that_can_be_used_is_not(somebody: str) -> None:
    external_server.check(somebody + "/ours/api")


@pytest.mark.parametrize("name", ["PREFECT_API_KEY", "PREFECT_API_AUTH_STRING"])
def test_a_key_that_is_not_accepted_is_named_and_not_shown(somebody: str, name: str) -> None:
    isolation.honoured.update({isolation.API_URL: f"{somebody}/401/api", name: "s3cret"})
    try:
        with pytest.raises(BadSetting, match=f"does not accept {name}") as refusal:
            external_server.check(f"{somebody}/401/api")
    finally:
        isolation.honoured.clear()
    assert "s3cret" not in str(refusal.value)
    assert f"unset PREFECT_API_URL {name}" in str(refusal.value)


@pytest.mark.parametrize(
    "url", ["here", "ftp://127.0.0.1/api", "http://", "http://[::1/api", "http://a:b/api"]
)
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(BadSetting, match="which is no address"):
        external_server.check(url)


def test_nobody_at_the_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/api"
    monkeypatch.setitem(isolation.honoured, isolation.API_URL, url)
    with pytest.raises(NoServer, match="Connection refused") as refusal:
        external_server.check(url)
    assert url in str(refusal.value)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "gopher://127.0.0.1:9"])
def test_a_proxy_that_cannot_be_used_for_the_users_own_server_is_told(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(BadSetting, match="ALL_PROXY"):
        external_server.check("http://prefect.example/api")


def test_no_proxy_is_asked_for_what_is_exempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "prefect.example")
    isolation._exempt_loopback()
    assert external_server.bypasses_proxies("http://me:hidden@prefect.example:4200/api")
    assert all(
        external_server.bypasses_proxies(f"http://{host}:4200/api")
        for host in ("127.0.0.1", "localhost", "[::1]")
    )
    assert not external_server.bypasses_proxies("http://elsewhere.example/api")


@pytest.mark.parametrize("content", [None, "", "-----BEGIN CERTIFICATE-----"])
def test_certificates_that_are_none_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setitem(isolation.honoured, isolation.CERTIFICATES, str(file))
    with pytest.raises(BadSetting, match=f"{isolation.CERTIFICATES} names .*authority.pem"):
        external_server.check("https://prefect.example/api")


PROFILES_TOML = """
[profiles.mine]
PREFECT_API_URL = "http://prefect.example/api"
PREFECT_API_KEY = "s3cret"
[profiles.wrong]
PREFECT_LOGGING_LEVEL = "foo"
PREFECT_API_KEY = "s3cret"
"""


@pytest.fixture
def users_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(os, "environ", os.environ.copy() | {"HOME": str(tmp_path)})
    monkeypatch.setattr(isolation, "honoured", {})
    monkeypatch.setattr(isolation, "profile", [])
    (tmp_path / ".prefect").mkdir()
    file = tmp_path / ".prefect/profiles.toml"
    file.write_text(PROFILES_TOML)
    return file


def test_a_profile_of_the_users_own_is_used_when_it_is_asked_for(users_profiles: Path) -> None:
    profiles.use("mine")
    assert isolation.external_server_url() == os.environ["PREFECT_API_URL"] == "http://prefect.example/api"
    assert "leave --prefect-profile mine out" in str(isolation.unset_hint())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mein", PROFILES_TOML, "try mine"),
        ("wrong", PROFILES_TOML, "PREFECT_LOGGING_LEVEL=foo"),
        ("mine", "] no", "is no TOML"),
        ("mine", None, "cannot be read"),
    ],
)
def test_a_profile_that_cannot_be_used_is_told(
    users_profiles: Path, name: str, content: str | None, told: str
) -> None:
    if content is None:
        users_profiles.unlink()
    else:
        users_profiles.write_text(content)
    with pytest.raises(BadSetting) as refusal:
        profiles.use(name)
    assert told in str(refusal.value)
    assert "s3cret" not in str(refusal.value)
