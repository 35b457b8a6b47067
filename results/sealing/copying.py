"""Copying: the sealed campaigns of a store appear in another, here or elsewhere, file by file.

    1. Each file is put at its place, whole, unless it lies there as it should: its bytes are checked before, and read
       again after.
    2. The description is put. This instant counts.

Interrupted, it is run again. It takes no lock elsewhere, where there is none to take: the bytes of a campaign depend on
its inputs and its replications alone, so that two who copy the same write the same. Only where a copy is extended are
its readers told, for as long as it takes, that it is damaged.
"""

import shutil
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from results.files.durable import make_folder, publish_bytes
from results.files.intact import digest_of_file
from results.files.lock import only_runner
from results.files.places import is_here
from results.store.description import Description, State, read_description
from results.store.layout import CampaignPaths, campaigns_begun
from topologies.errors import BadStore, InputError, Message, RunFailed


@dataclass(frozen=True, slots=True)
class Copy:
    """A sealed campaign that is asked for in another store."""

    source: CampaignPaths
    target: CampaignPaths
    description: Description
    there: Description | None
    """What the other store says of it."""

    @property
    def is_left(self) -> bool:
        """The other store holds more replications, or keeps hours otherwise: nothing of it is replaced."""
        mine, there = self.description, self.there
        if there is None or there.state is not State.SEALED:
            return False
        kept_alike = (there.hours, there.inputs) == (mine.hours, mine.inputs)
        return not kept_alike or there.replications > mine.replications

    def files(self) -> list[str]:
        """Its files, as the description names them, in the order in which they are put."""
        return [self.source.name_of(*part) for part in self.source.parts(self.description.replications)]


def copies_of(source: Path, target: Path) -> list[Copy]:
    """The sealed campaigns: first those without an attack, which the others need."""
    found = []
    for name in campaigns_begun(source):
        paths = CampaignPaths(source, name)
        description = read_description(paths)
        if description.state is State.SEALED:
            there = CampaignPaths(target, name)
            found.append(Copy(paths, there, description, _description_at(there)))
    return sorted(found, key=lambda copy: copy.description.campaign != copy.description.ordinary)


def _description_at(paths: CampaignPaths) -> Description | None:
    """What is said there; nothing where that is damaged, and is put anew."""
    try:
        return read_description(paths)
    except InputError:
        return None


def copy(asked: Copy, done: Callable[[], None]) -> int:
    """The campaign is in the other store; returns how many of its files were put. `done` is called after each file."""
    target = asked.target
    here = is_here(target.store)
    if here:
        make_folder(target.description.parent, target.store)
        make_folder(target.aside, target.store)
    with only_runner(target.lock, target.campaign_id) if here else nullcontext():
        count = int(_put(asked, asked.source.inputs, target.inputs, asked.description.inputs))
        for name in asked.files():
            digest = asked.description.files[name]
            count += _put(asked, asked.source.store / name, target.store / name, digest)
            done()
        if asked.there != asked.description:
            _write(asked.source.description.read_bytes(), target.description, target)
        if here:
            shutil.rmtree(target.aside, ignore_errors=True)
            with suppress(OSError):  # a run has left chunks there
                target.unsealed.rmdir()
    return count


def _put(asked: Copy, file: Path, place: Path, digest: str) -> bool:
    """The file is at its place, with these bytes; says whether it had to be put."""
    if place.exists() and digest_of_file(place) == digest:
        return False
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        content = b""
    if sha256(content).hexdigest() != digest:
        raise BadStore(
            Message(
                "{file} is missing or damaged, and is not copied; look at `tocsin store check {store}`",
                {"file": str(file), "store": str(asked.source.store)},
            )
        )
    _write(content, place, asked.target)
    if digest_of_file(place) != digest:
        raise RunFailed(
            Message("{file} was written, but other bytes are read there; copy again", {"file": str(place)})
        )
    return True


def _write(content: bytes, place: Path, paths: CampaignPaths) -> None:
    """The file appears whole: renamed to its place here, put as one object elsewhere."""
    if is_here(place):
        make_folder(place.parent, paths.store)
        publish_bytes(content, paths.aside / uuid4().hex, place, paths.store)
    else:
        place.write_bytes(content)


def copy_comparison(name: str, source: Path, target: Path) -> None:
    """The comparison of this name is in the other store."""
    content, place = (source / "comparisons" / f"{name}.json").read_bytes(), target / "comparisons"
    if is_here(target):
        make_folder(place, target)
        publish_bytes(content, place / f"{name}.{uuid4().hex}.new", place / f"{name}.json", target)
    else:
        (place / f"{name}.json").write_bytes(content)
