"""Repair: parts that were damaged are written again from replications that are run again, byte for byte the same."""

from pathlib import Path
from uuid import uuid4

from results.files.durable import make_durable
from results.files.intact import digest_of_file
from results.sealing.chunk_reader import ChunkReader
from results.sealing.chunks import finished_chunks, whereabouts
from results.sealing.derived import write_derived_table
from results.sealing.part_files import PartFile, damage_of, part_files
from results.sealing.parts import replications_of, write_part
from results.sealing.sealing import remove_chunks, take_place
from results.sealing.stated import Stated
from results.store.description import Description
from results.store.layout import CampaignPaths
from results.tables.schema import DERIVED, is_derived, is_recorded
from topologies.errors import Message, RunFailed


def damaged_parts(paths: CampaignPaths, description: Description) -> list[PartFile]:
    """The parts that are not what the description states."""
    return [part for part, _ in damage_of(part_files(paths, description))]


def lost(paths: CampaignPaths, description: Description) -> list[int]:
    """The replications of damaged parts that no chunk holds."""
    found = whereabouts(chunk for chunk in finished_chunks(paths) if chunk.is_intact())
    needed = {
        number
        for part in damaged_parts(paths, description)
        if part.table not in DERIVED
        for number in replications_of(part.part, description.replications)
    }
    return sorted(needed - set(found))


def restore(paths: CampaignPaths, description: Description) -> list[Path]:
    """The damaged parts are written again as the description states them; returns their places."""
    damaged = damaged_parts(paths, description)
    for part in sorted(
        damaged, key=lambda part: part.table in DERIVED
    ):  # which are worked out from the others
        _restore(part)
    remove_chunks(paths, description.replications)
    return [part.place for part in damaged]


def _restore(part: PartFile) -> None:
    paths, numbers = part.paths, replications_of(part.part, part.description.replications)
    aside = paths.aside / uuid4().hex
    table = part.table
    if is_derived(table):
        write_derived_table(aside, table, Stated.by(paths, part.description))
    elif is_recorded(table):
        with ChunkReader(table, whereabouts(finished_chunks(paths))) as rows:
            write_part(aside, table, numbers, campaign_id=paths.campaign_id, rows_of=rows.batch)
    if digest_of_file(aside) != part.digest:
        raise _other_bytes(part)
    make_durable(aside, paths.store)
    take_place(aside, part)


def _other_bytes(part: PartFile) -> RunFailed:
    """The same replications give other bytes: other versions of the program wrote them."""
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
