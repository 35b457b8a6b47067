"""Durable writing: a file or folder appears whole or not at all. It is written aside, synced, then renamed.

A store that Tocsin makes is private to its owner. Whatever is put in a store gets the permissions of the store's own
folder: to share results, make that folder first, with the permissions it should have.
"""

import os
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o700
"""The permissions of a store that Tocsin makes."""


def sync(path: Path) -> None:
    """The content of this file, or the names in this folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, store: Path) -> None:
    """The folder exists, and so do those above it within the store."""
    if folder == store or folder.is_dir():
        return
    make_folder(folder.parent, store)
    folder.mkdir(exist_ok=True)
    give_rights(folder, store)
    sync(folder.parent)


def make_durable(path: Path, store: Path) -> None:
    """This file, or this folder and its files, have the store's permissions and are on the disk."""
    for each in (*path.rglob("*"), path):
        give_rights(each, store)
        sync(each)


def publish(aside: Path, target: Path) -> None:
    """What was written aside is moved to its place in one step, and survives a power cut."""
    aside.replace(target)
    sync(target.parent)


def publish_bytes(content: bytes, aside: Path, target: Path, store: Path) -> None:
    """A small file appears whole at its place, or is replaced by the new one."""
    aside.write_bytes(content)
    make_durable(aside, store)
    publish(aside, target)


def give_rights(path: Path, store: Path) -> None:
    """The file or folder has the permissions of the store, where it is ours and the file system has permissions."""
    rights = store.stat().st_mode & 0o777
    with suppress(PermissionError):  # another's, or on a memory stick
        path.chmod(rights if path.is_dir() else rights & 0o666)
