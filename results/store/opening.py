"""Opening: a store in a folder, to read it or to run campaigns in it."""

import errno
import os
import tempfile
from pathlib import Path

from results.files.durable import PRIVATE, make_folder
from results.store.description import refuse_other_schemas
from results.store.store import Store
from results.store.unwritable import cannot_write
from topologies.errors import BadStore, Message


def open(path: Path | str) -> Store:
    """The store in this folder, for reading, or for a worker that writes chunks."""
    store = Path(path)
    if not (store / "campaigns").is_dir():
        raise BadStore(
            Message(
                "{store} is not a store of results; give the folder of a store, or run a campaign to make one",
                {"store": str(store)},
            )
        )
    refuse_other_schemas(store.absolute())
    return Store(store.absolute())


def prepare(path: Path | str) -> Store:
    """The store in this folder, made if there is none; known to be writable before anything else is done.

    A new store is private to its owner; an existing one keeps its permissions, and what is written in it gets the same.
    """
    store = Path(path)
    refuse_place(store)
    try:
        store.mkdir(PRIVATE, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store):
            make_folder(store / "campaigns", store)
    except OSError as error:
        raise cannot_write(store, error) from error
    return Store(store.absolute())


def refuse_place(store: Path) -> None:
    """`BadStore` where no store can be made or written, as far as that is known before anything is written."""
    if store.exists() and not store.is_dir():
        raise BadStore(
            Message(
                "{store} is a file, not a folder; choose another folder for the results",
                {"store": str(store)},
            )
        )
    nearest = next(folder for folder in (store, *store.parents) if folder.exists())
    if not nearest.is_dir():
        raise cannot_write(store, NotADirectoryError(errno.ENOTDIR, ""))
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise cannot_write(store, PermissionError(errno.EACCES, ""))
    refuse_other_schemas(store.absolute())
