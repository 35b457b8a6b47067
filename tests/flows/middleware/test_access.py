import asyncio
import socket
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from flows.middleware import access
from flows.middleware.access import AccessControl, NoPassword
from flows.middleware.pages import Pages
from flows.middleware.password import SERVER_VARIABLE, BadPassword, password_of

PASSWORD = "planner:a long one, with é and :"
PAGES = ["/", "/index.html", "/ui-settings", "/v2/", "/dashboard", "/assets/x.js", "/docs", "/openapi.json"]
SOCKETS = ["/api/events/in", "/api/events/out", "/api/logs/out"]


def ask(
    app: AccessControl | Pages, path: str = "/", method: str = "GET", kind: str = "http", **headers: str
) -> dict[str, Any]:
    """What the application answers first to a request, or to a web socket that would be opened."""
    sent: list[Message] = []
    named = {"host": "127.0.0.1:4200"} | headers
    scope: dict[str, Any] = {
        "type": kind,
        "method": method,
        "path": path,
        "headers": [(name.encode(), text.encode("latin-1")) for name, text in named.items()],
    }

    async def receive() -> Message:
        return {"type": "websocket.connect" if kind == "websocket" else "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return {**sent[0], "headers": dict(sent[0]["headers"])}


async def anybody(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers anybody."""
    await send({"type": "http.response.start", "status": 200, "headers": []})


OPEN, GUARDED = AccessControl(anybody, None), AccessControl(anybody, PASSWORD)


def saying(password: str, scheme: str = "Basic") -> str:
    return f"{scheme} {b64encode(password.encode()).decode()}"


def test_a_stranger_gets_401_from_every_path_of_the_api_and_of_the_pages(
    paths: list[tuple[str, str]],
) -> None:
    assert len(paths) > 150
    assert {"/api/health", "/api/ready", "/api/admin/settings"} <= {path for _, path in paths}
    for method, path in [*paths, *(("GET", page) for page in PAGES)]:
        answer = ask(GUARDED, path, method)
        assert answer["status"] == 401, (method, path)
        assert answer["headers"][b"www-authenticate"].startswith(b"Basic ")


@pytest.mark.parametrize("path", SOCKETS)
def test_a_stranger_gets_401_from_web_sockets(path: str) -> None:
    answer = ask(GUARDED, path, kind="websocket")
    assert (answer["type"], answer["status"]) == ("websocket.http.response.start", 401)


@pytest.mark.parametrize(
    "said",
    [
        saying("planner:wrong"),
        saying(PASSWORD[:-1]),
        saying(""),
        saying(PASSWORD, "Bearer"),
        "Basic",
        "Basic é",
        f"Basic {PASSWORD[:7]}",
    ],
)
def test_a_wrong_password_opens_nothing(said: str) -> None:
    assert ask(GUARDED, authorization=said)["status"] == 401


def test_the_password_opens_at_any_name_and_from_our_own_pages_only() -> None:
    behind_a_proxy = {"authorization": saying(PASSWORD), "host": "tocsin.example"}
    assert ask(GUARDED, **behind_a_proxy)["status"] == 200
    assert ask(GUARDED, method="POST", origin="https://tocsin.example", **behind_a_proxy)["status"] == 200
    for other in ("https://evil.example", "https://tocsin.example.evil.example", "null", ""):
        assert ask(GUARDED, method="POST", origin=other, **behind_a_proxy)["status"] == 403, other


@pytest.mark.parametrize("host", ["127.0.0.1:4200", "localhost:4200", "LOCALHOST", "[::1]:4200", "127.0.0.2"])
def test_this_machine_needs_no_password_for_itself(host: str) -> None:
    assert ask(OPEN, method="POST", host=host, origin=f"http://{host}")["status"] == 200


@pytest.mark.parametrize(
    "host", ["evil.example:4200", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::1", ""]
)
def test_a_name_turned_towards_this_machine_is_refused(host: str) -> None:
    assert ask(OPEN, "/api/admin/settings", host=host)["status"] == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:3000", "http://localhost:4200", "null"]
)
def test_pages_of_other_sites_are_not_answered_on_this_machine_either(origin: str) -> None:
    for method in ("POST", "GET", "OPTIONS", "DELETE"):
        answer = ask(OPEN, "/api/deployments/filter", method, origin=origin)
        assert answer["status"] == 403
        assert b"access-control-allow-origin" not in answer["headers"]
    assert ask(OPEN, SOCKETS[0], kind="websocket", origin=origin)["status"] == 403


HALVES = [
    (b'{"parameters": {"region": "\\ud800"}}', 400),
    (b'{"parameters": {"\\uDFFF": 1}}', 400),
    (b'["\\ude00\\ud83d"]', 400),
    (b'["\xed\xa0\x80"]', 400),
    ('["\\ud800"]'.encode("utf-16"), 400),
    (b'["\\ud83d\\ude00", "\\\\ud800", "\xc3\xa9"]', 200),
    (b"\\ud800, and no JSON", 200),
    (b"", 200),
]


@pytest.mark.parametrize(("body", "status"), HALVES)
def test_a_body_with_half_a_character_is_refused_and_any_other_is_heard_whole(
    body: bytes, status: int
) -> None:
    pieces = [{"type": "http.request", "body": bytes([byte]), "more_body": True} for byte in body]
    pieces += [{"type": "http.request", "body": b""}, {"type": "http.disconnect"}]
    heard, sent = list[Message](), list[Message]()

    async def receive() -> Message:
        return pieces.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    async def listening(scope: Scope, receive: Receive, send: Send) -> None:
        heard.extend([await receive(), await receive()])
        await anybody(scope, receive, send)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/flow_runs/",
        "headers": [(b"host", b"localhost")],
    }
    asyncio.run(AccessControl(listening, None)(scope, receive, send))
    assert sent[0]["status"] == status
    assert [message.get("body") for message in heard] == ([body, None] if status == 200 else [])


@pytest.mark.parametrize(("body", "status"), [each for each in HALVES if b"\0" not in each[0]])
def test_a_web_socket_that_says_half_a_character_ends_before_it(body: bytes, status: int) -> None:
    text = body.decode(errors="surrogatepass")
    said = [{"type": "websocket.connect"}, {"type": "websocket.receive", "text": text}]
    heard = list[Message]()

    async def receive() -> Message:
        return said[len(heard)]

    async def listening(scope: Scope, receive: Receive, send: Send) -> None:
        for _ in said:
            heard.append(await receive())

    async def send(message: Message) -> None:
        raise AssertionError(message)

    scope = {"type": "websocket", "path": SOCKETS[0], "headers": [(b"host", b"localhost")]}
    asyncio.run(AccessControl(listening, None)(scope, receive, send))
    ended = {"type": "websocket.disconnect", "code": 1007}
    assert heard == [said[0], said[1] if status == 200 else ended]


def test_nobody_empties_the_database() -> None:
    assert ask(OPEN, "/api/admin/database/clear", "POST")["status"] == 403


def demands_a_password(host: str, family: socket.AddressFamily) -> bool:
    """Whether a server at this address is refused without a password; with one it never is."""
    with socket.create_server((host, 0), family=family) as listener:
        access.check(listener, PASSWORD)
        try:
            access.check(listener, None)
        except NoPassword as refusal:
            return "--auth-file" in str(refusal)
    return False


def test_beyond_this_machine_a_password_is_demanded_and_on_it_none_is() -> None:
    assert demands_a_password("0.0.0.0", socket.AF_INET)
    assert demands_a_password("::", socket.AF_INET6)
    assert not demands_a_password("127.0.0.1", socket.AF_INET)
    assert not demands_a_password("::1", socket.AF_INET6)


def test_a_password_comes_from_a_file_of_its_owner_or_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n")
    file.chmod(0o600)
    assert password_of(file, {SERVER_VARIABLE: "an:other"}) == PASSWORD
    assert password_of(None, {SERVER_VARIABLE: "an:other"}) == "an:other"
    assert password_of(None, {}) is None
    file.chmod(0o640)
    with pytest.raises(BadPassword, match="chmod 600"):
        password_of(file, {})


@pytest.mark.parametrize(
    "text", ["", "\n", "planner", "planner:", ":secret", "a:secret\nb:secret", "a:\x1b[2J"]
)
def test_what_holds_no_password_is_refused_and_never_quoted(tmp_path: Path, text: str) -> None:
    file = tmp_path / "password"
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(BadPassword) as refused:
        password_of(file, {})
    assert "secret" not in str(refused.value)
    with pytest.raises(BadPassword):
        password_of(tmp_path, {})
    with pytest.raises(BadPassword):
        password_of(tmp_path / "missing", {})
