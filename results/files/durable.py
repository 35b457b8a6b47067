"""Durable: something appears whole or not at all. Written aside, brought to the disk, then renamed.

A store that Tocsin makes is its owner's alone. Whatever is put in a store has the rights of the store's own folder: who
shares results makes that folder first, with the rights that it shall have.
"""

import os
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o700
"""The rights of a store that Tocsin makes."""


def sync(path: Path) -> None:
    """What was written in this file, or the names in this folder, outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, store: Path) -> None:
    """The folder is there, as are those above it within the store."""
    if folder == store or folder.is_dir():
        return
    make_folder(folder.parent, store)
    folder.mkdir(exist_ok=True)
    give_rights(folder, store)
    sync(folder.parent)


def settle(path: Path, store: Path) -> None:
    """What was written in this file, or in this folder's files, has the store's rights and outlives a power cut."""
    for each in (*path.rglob("*"), path):
        give_rights(each, store)
        sync(each)


def publish(aside: Path, target: Path) -> None:
    """What was written aside stands at its place, in one step, and stays there."""
    aside.replace(target)
    sync(target.parent)


def publish_bytes(content: bytes, aside: Path, target: Path, store: Path) -> None:
    """A small file appears whole at its place, or is replaced by the new one."""
    aside.write_bytes(content)
    settle(aside, store)
    publish(aside, target)


def give_rights(path: Path, store: Path) -> None:
    """The file or folder has the rights of the store, as far as it is ours and the file system knows rights."""
    rights = store.stat().st_mode & 0o777
    with suppress(PermissionError):  # another's, or on a memory stick
        path.chmod(rights if path.is_dir() else rights & 0o666)
