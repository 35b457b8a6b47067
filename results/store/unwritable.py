"""Unwritable: what is said where a store cannot be written, or is gone."""

import os
from pathlib import Path

from topologies.errors import BadStore, Message


def vanished(store: Path) -> BadStore:
    """It was removed or moved while a campaign was being run."""
    return BadStore(
        Message(
            "{store} no longer holds the campaign that is being run: it was removed or moved meanwhile; leave it in "
            "its place, and run the same command again",
            {"store": str(store)},
        )
    )


def cannot_write(store: Path, error: OSError) -> BadStore:
    """Why the system lets nobody write it."""
    # In the system's own words: those of pyarrow, which has its own for the same number, have no French.
    reason = os.strerror(error.errno) if error.errno else str(error)
    return BadStore(
        Message(
            "{store} cannot be written: {reason}; choose another folder, or make room or rights in this one",
            {"store": str(store), "reason": reason},
        )
    )


def elsewhere(store: Path) -> BadStore:
    """It is a place where files are put and read, but neither renamed nor locked."""
    return BadStore(
        Message(
            "{store} is elsewhere, and is only read: run or repair in a folder of this machine (--store FOLDER), then "
            "tocsin store copy FOLDER {store}",
            {"store": str(store)},
        )
    )
