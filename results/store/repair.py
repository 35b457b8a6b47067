"""Repair: parts that were damaged are written again from replications that are run again, byte for byte the same."""

from pathlib import Path
from uuid import uuid4

from results.files.durable import settle
from results.files.sound import digest_of_file
from results.sealing.chunk_reader import ChunkReader
from results.sealing.chunks import finished_chunks, whereabouts
from results.sealing.parts import replications_of, write_part
from results.sealing.sealing import drop_chunks, take_place
from results.sealing.stated import StatedPart, damage_of, stated_parts
from results.store.description import Description
from results.store.layout import CampaignPaths
from topologies.errors import Message, RunFailed


def damaged_parts(paths: CampaignPaths, description: Description) -> list[StatedPart]:
    """The parts that are not what the description states."""
    return [part for part, _ in damage_of(stated_parts(paths, description))]


def lost(paths: CampaignPaths, description: Description) -> list[int]:
    """The replications of damaged parts that no chunk holds."""
    found = whereabouts(chunk for chunk in finished_chunks(paths) if chunk.is_sound())
    needed = {
        number
        for part in damaged_parts(paths, description)
        for number in replications_of(part.part, description.replications)
    }
    return sorted(needed - set(found))


def restore(paths: CampaignPaths, description: Description) -> list[Path]:
    """The damaged parts are again what the description states; returns their places."""
    damaged = damaged_parts(paths, description)
    for part in damaged:
        _restore(part)
    drop_chunks(paths, description.replications)
    return [part.place for part in damaged]


def _restore(part: StatedPart) -> None:
    paths, numbers = part.paths, replications_of(part.part, part.description.replications)
    aside = paths.aside / uuid4().hex
    with ChunkReader(part.table, whereabouts(finished_chunks(paths))) as rows:
        write_part(aside, part.table, numbers, campaign_id=paths.campaign_id, rows_of=rows.batch)
    if digest_of_file(aside) != part.digest:
        raise _other_bytes(part)
    settle(aside, paths.store)
    take_place(aside, part)


def _other_bytes(part: StatedPart) -> RunFailed:
    """The same replications give other bytes: they were written by other versions."""
    versions = ", ".join(f"{name} {number}" for name, number in part.description.versions.items())
    values = {
        "file": str(part.place),
        "versions": versions,
        "description": str(part.paths.description),
    }
    return RunFailed(
        Message(
            "{file} cannot be written again as it was; install {versions}, which wrote it, or remove {description} "
            "and run the same command again",
            values,
        )
    )
