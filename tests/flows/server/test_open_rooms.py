import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version
from pathlib import Path

import pytest

from flows.middleware import held_files
from flows.server import isolation, open_rooms, server
from flows.server.open_rooms import OpenRoom

PASSWORD = "planner:secret"


class Answers(BaseHTTPRequestHandler):
    """What a Prefect server of our version answers to whoever knows the password."""

    def do_GET(self) -> None:
        known = self.headers["authorization"] == "Basic cGxhbm5lcjpzZWNyZXQ="
        self.send_response(200 if known else 401)
        self.end_headers()
        self.wfile.write(json.dumps(version("prefect")).encode())

    def log_message(self, *_: object) -> None:
        """Nothing is written on the screen of the tests."""


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answers) as answering:
        threading.Thread(target=answering.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{answering.server_port}"
        answering.shutdown()


def test_a_run_joins_the_room_that_is_open_until_it_closes(home: Path, url: str) -> None:
    with open_rooms.announced(url, PASSWORD):
        room = server.for_run()
        assert isinstance(room, OpenRoom)
        assert room.client_settings == {
            "PREFECT_API_URL": f"{url}/api",
            "PREFECT_API_AUTH_STRING": PASSWORD,
        }
        assert (room.has_ended(), room.known_problem()) == (False, None)
    assert room.has_ended()
    assert f"the control room at {url} has closed" in str(room.known_problem())
    assert open_rooms.found() is None


def test_nobody_but_its_user_can_read_where_a_room_is(home: Path, url: str) -> None:
    with open_rooms.announced(url, PASSWORD):
        (file,) = (home / "rooms").iterdir()
        assert (file.parent.stat().st_mode | file.stat().st_mode) & 0o077 == 0
        file.chmod(0o640)  # as if somebody else had put it there
        assert open_rooms.found() is None


@pytest.mark.parametrize("said", [b"", b"{}", b"[1]", b'{"url": "http://127.0.0.1:1"}', b"\xff"])
def test_what_is_no_room_s_file_is_passed_over(home: Path, said: bytes) -> None:
    descriptor, _file = held_files.create(home / "rooms", "1", said)
    assert open_rooms.found() is None
    os.close(descriptor)


def test_a_room_that_does_not_accept_us_or_has_another_database_is_not_joined(
    home: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_rooms.announced(url, "planner:another"):
        assert open_rooms.found() is None
    with open_rooms.announced(url, PASSWORD):
        monkeypatch.setitem(os.environ, isolation.DATABASE, "postgresql+asyncpg://elsewhere/prefect")
        assert open_rooms.found() is None
        monkeypatch.delitem(os.environ, isolation.DATABASE)
        monkeypatch.setattr(open_rooms, "version", lambda _package: "3.0.0")
        assert open_rooms.found() is None


def test_the_file_of_a_room_that_was_killed_is_removed(home: Path) -> None:
    descriptor, file = held_files.create(home / "rooms", "1")
    os.close(descriptor)
    assert open_rooms.found() is None
    assert not file.exists()
