"""What people whose login only reads may ask, of every path that Prefect has."""

from pathlib import Path

import pytest

from flows.middleware.access import AccessControl
from flows.middleware.password import BadPassword, passwords_of
from tests.flows.middleware.test_access import PASSWORD, anybody, ask, saying

READS = "reader:only reads"
SHARED = AccessControl(anybody, PASSWORD, READS)

CHANGES = {
    *(
        "bulk_delete",
        "bulk_set_state",
        "set_state",
        "resume",
        "input",
        "labels",
        "schedule",
        "schedules",
        "events",
    ),
    *(
        "resume_deployment",
        "pause_deployment",
        "create_flow_run",
        "bulk",
        "reset",
        "increment",
        "decrement",
        "renew",
    ),
    *(
        "increment-with-lease",
        "decrement-with-lease",
        "install_system_block_types",
        "heartbeat",
        "queues",
        "storage",
    ),
}
"""Last words of the paths of Prefect 3.8 that change something."""
FOR_WORKERS = {"get_scheduled_flow_runs", "get_runs", "concurrency_status"}
"""Those that change nothing, and that no page that a reader opens asks."""


def test_a_reader_asks_what_the_pages_show_and_changes_nothing(paths: list[tuple[str, str]]) -> None:
    allowed = {
        (method, path)
        for method, path in paths
        if ask(SHARED, path, method, authorization=saying(READS))["status"] == 200
    }
    assert {"GET", "POST"} == {method for method, _ in allowed}
    asked = {path.rpartition("/")[2] for method, path in allowed if method == "POST"}
    assert not asked & (CHANGES | FOR_WORKERS | {""})
    refused = {path.rpartition("/")[2] for method, path in set(paths) - allowed if method == "POST"}
    named = {word for word in refused if word and not word.startswith("{")}
    assert named <= CHANGES | FOR_WORKERS | {"filter", "count", "validate"}  # of blocks, and of templates
    assert {
        ("POST", "/api/flow_runs/filter"),
        ("GET", "/api/flow_runs/{id}"),
        ("POST", "/api/logs/filter"),
    } <= allowed


@pytest.mark.parametrize(
    "path", ["/api/block_documents/filter", "/api/block_documents/1", "/api/admin/storage"]
)
def test_a_reader_sees_no_secret_of_the_operator(path: str) -> None:
    for method in ("GET", "POST"):
        assert ask(SHARED, path, method, authorization=saying(READS))["status"] == 403
        assert ask(SHARED, path, method, authorization=saying(PASSWORD))["status"] == 200


def test_a_reader_listens_and_says_nothing() -> None:
    heard = ask(SHARED, "/api/events/in", kind="websocket", authorization=saying(READS))
    assert heard["status"] == 403
    assert ask(SHARED, "/api/events/out", kind="websocket", authorization=saying(READS))["status"] == 200


@pytest.mark.parametrize("said", [saying("reader:wrong"), saying(""), saying(READS, "Bearer"), "Basic"])
def test_a_stranger_is_no_reader(said: str) -> None:
    assert ask(SHARED, authorization=said)["status"] == 401
    assert ask(AccessControl(anybody, PASSWORD), authorization=saying(READS))["status"] == 401


def test_readers_have_a_login_only_where_planners_have_one(tmp_path: Path) -> None:
    files = [tmp_path / "planner", tmp_path / "reader"]
    for file, text in zip(files, (PASSWORD, READS), strict=True):
        file.write_text(text)
        file.chmod(0o600)
    both = passwords_of(files[0], files[1], {})
    assert (both.planner, both.reader) == (PASSWORD, READS)
    with pytest.raises(BadPassword, match="--auth-file"):
        passwords_of(None, files[1], {})
