"""Opening: a store in a folder or at a URL, to read it, to run campaigns in it, or to copy another to it."""

import errno
import os
import tempfile
from pathlib import Path

from results.files.durable import PRIVATE, make_folder
from results.files.places import is_here, place_of, unreached
from results.store.description import refuse_other_schemas
from results.store.layout import campaigns_begun
from results.store.store import Store
from results.store.unwritable import cannot_write, elsewhere
from topologies.errors import BadStore, Message


def open(path: Path | str) -> Store:
    """The store in this folder or at this URL, for reading, or for a worker that writes chunks."""
    store = place_of(path)
    if not _holds_campaigns(store):
        raise BadStore(
            Message(
                "{store} is not a store of results; give the folder of a store, or run a campaign to make one",
                {"store": str(store)},
            )
        )
    refuse_other_schemas(store)
    return Store(store)


def _holds_campaigns(store: Path) -> bool:
    if is_here(store):
        return (store / "campaigns").is_dir()
    try:
        return bool(campaigns_begun(store))
    except Exception as error:
        raise unreached(store, error) from error


def prepare(path: Path | str) -> Store:
    """The store in this folder, made if there is none; known to be writable before anything else is done.

    A new store is private to its owner; an existing one keeps its permissions, and what is written in it gets the same.
    """
    store = place_of(path)
    refuse_place(store)
    try:
        store.mkdir(PRIVATE, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store):
            make_folder(store / "campaigns", store)
    except OSError as error:
        raise cannot_write(store, error) from error
    return Store(store)


def refuse_place(store: Path) -> None:
    """`BadStore` where no store can be made or written, as far as that is known before anything is written."""
    if not is_here(store):
        raise elsewhere(store)
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


def receiving(path: Path | str) -> Store:
    """The store in this folder or at this URL, to which another is copied; a folder is made if there is none."""
    store = place_of(path)
    if is_here(store):
        return prepare(store)
    _holds_campaigns(store)  # it can be reached
    refuse_other_schemas(store)
    return Store(store)
