"""How does something appear whole or not at all? Written aside, brought to the disk, then renamed."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """What was written in this file, or the names in this folder, outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """All that this folder holds outlives a power cut."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def publish(aside: Path, target: Path) -> None:
    """What was written aside stands at its place, in one step, and stays there."""
    aside.replace(target)
    sync(target.parent)


def publish_bytes(content: bytes, aside: Path, target: Path) -> None:
    """A small file appears whole at its place, or is replaced by the new one."""
    aside.write_bytes(content)
    sync(aside)
    publish(aside, target)
