"""Repair: parts that were damaged are written again from replications that are run again, byte for byte the same."""

from pathlib import Path
from uuid import uuid4

import pyarrow as pa

from results.files.durable import make_durable
from results.files.intact import digest_of_file
from results.sealing.chunk_reader import ChunkReader
from results.sealing.chunks import ARROW, finished_chunks, whereabouts
from results.sealing.derived import write_derived_table
from results.sealing.part_files import PartFile, damage_of, part_files
from results.sealing.parts import replications_of, write_part
from results.sealing.sealing import remove_chunks, take_place
from results.sealing.stated import Stated
from results.store.description import Description
from results.store.layout import CampaignPaths
from results.tables import bands
from results.tables.schema import DERIVED, is_derived, is_recorded
from topologies.errors import Message, RunFailed


def damaged_parts(paths: CampaignPaths, description: Description) -> list[PartFile]:
    """The parts that are not what the description states."""
    return [part for part, _ in damage_of(part_files(paths, description))]


def lost(paths: CampaignPaths, description: Description) -> list[int]:
    """The replications of damaged parts that no chunk holds."""
    intact = [chunk for chunk in finished_chunks(paths) if chunk.is_intact()]
    damaged = damaged_parts(paths, description)
    needed = {
        number
        for part in damaged
        if part.table not in DERIVED
        for number in replications_of(part.part, description.replications)
    }
    # Bands are made from hours, which not every campaign keeps.
    lost_bands = (
        any(part.table == "hours_bands" for part in damaged) and not description.hours.keeps_territories
    )
    basis = set(range(min(description.replications, bands.REPLICATIONS) if lost_bands else 0))
    whole = whereabouts(chunk for chunk in intact if chunk.manifest.kind == ARROW)
    return sorted((needed - set(whereabouts(intact))) | (basis - set(whole)))


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
        with ChunkReader(table, whereabouts(finished_chunks(paths))) as chunks:
            kept = part.description.keeping

            def rows_of(number: int) -> pa.RecordBatch:
                return kept.in_part(table, number, chunks.batch(number))

            rows = rows_of if kept.detail.keeps(table, numbers.start) else None
            write_part(aside, table, numbers, campaign_id=paths.campaign_id, rows_of=rows)
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
