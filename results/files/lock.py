"""The lock of a campaign: at most one process runs it, and its end, however sudden, frees the campaign."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from results.files.durable import give_rights
from topologies.errors import CampaignInUse, Message

_held: set[int] = set()


def _leave_locks_to_the_parent() -> None:
    """A forked worker that outlives a killed run must not go on holding the run's lock."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_leave_locks_to_the_parent)


@contextmanager
def only_runner(path: Path, campaign_id: str) -> Iterator[None]:
    """Within, no other process runs this campaign in this store."""
    descriptor = _take(path, campaign_id)
    _held.add(descriptor)
    try:
        yield
    finally:
        with suppress(
            OSError
        ):  # of a store that can be written no more, it stays: what locks is this process
            path.unlink()
        _held.remove(descriptor)
        os.close(descriptor)


def _take(path: Path, campaign_id: str) -> int:
    """A lock on the file that bears this name now: a former holder may have removed the one that was opened."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as refused:
            holder = os.read(descriptor, 20).decode(errors="replace") or "?"
            os.close(descriptor)
            raise _already_running(path, campaign_id, holder) from refused
        if _bears_the_name(descriptor, path):
            give_rights(path, path.parent.parent)
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
            return descriptor
        os.close(descriptor)


def _bears_the_name(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _already_running(path: Path, campaign_id: str, holder: str) -> CampaignInUse:
    return CampaignInUse(
        Message(
            "campaign {campaign} is being run in {store} by process {process}; wait until it ends or stop it",
            {"campaign": campaign_id, "store": str(path.parent.parent), "process": holder},
        )
    )
