import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from flows.server import external_server, isolation
from flows.server.external_server import BadSetting, NoServer


class Answers(BaseHTTPRequestHandler):
    """Some server: what it answers is in its path."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
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
        ("/401/api", "demands a login (401)"),
        ("/403/api", "demands a login (403)"),
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


def test_one_that_can_be_used_is_asked_for_its_version_and_accepted(somebody: str) -> None:
    external_server.check(somebody + "/ours/api")
    assert Answers.asked[-1] == "/ours/api/admin/version"


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
