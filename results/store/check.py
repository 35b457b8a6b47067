"""The check of a store: whatever in it is not as it was written, each with its remedy."""

from collections.abc import Iterator
from pathlib import Path

from results.sealing.chunks import chunk_finding, damaged_chunks
from results.sealing.part_files import damage_of, part_files
from results.store.comparisons import findings_of_comparisons
from results.store.description import inputs_finding, intact_inputs, read_description
from results.store.layout import CampaignPaths, campaigns_begun
from results.tables.schema import DERIVED, RECORDS
from topologies.errors import BadStore, Finding, InputError, Message


def findings_of(store: Path) -> list[Finding]:
    """All that is wrong with a store; nothing when it is intact."""
    campaigns = [CampaignPaths(store, name) for name in campaigns_begun(store)]
    return [
        *(finding for paths in campaigns for finding in findings_of_campaign(paths)),
        *findings_of_comparisons(store),
        *_strangers(store),
    ]


def findings_of_campaign(paths: CampaignPaths) -> list[Finding]:
    """All that is wrong with one campaign."""
    try:
        description = read_description(paths)
    except BadStore as error:
        return list(error.findings)
    inputs = [] if intact_inputs(paths, description) else [inputs_finding(paths)]
    parts = [finding for _, finding in damage_of(part_files(paths, description))]
    chunks = damaged_chunks(paths, description.replications)
    return [*inputs, *parts, *(chunk_finding(paths, folder) for folder in chunks)]


def _strangers(store: Path) -> Iterator[Finding]:
    """Parquet files that no description states, and that other readers would take for results."""
    for table in (*RECORDS, *DERIVED):
        for folder in sorted((store / table).glob("*")):
            # Listed before the description is read: a part takes its place after it is stated.
            files = sorted(folder.rglob("*.parquet")) if folder.is_dir() else [folder]
            stated = _stated_in(store, folder.name.removeprefix("campaign="))
            if stated is not None:
                yield from (
                    _stranger(file) for file in files if file.suffix == ".parquet" and file not in stated
                )


def _stated_in(store: Path, campaign_id: str) -> set[Path] | None:
    """The places of the parts of a campaign; `None` where its description is damaged."""
    paths = CampaignPaths(store, campaign_id)
    try:
        return {part.place for part in part_files(paths, read_description(paths))}
    except BadStore:
        return None
    except InputError:
        return set()


def _stranger(file: Path) -> Finding:
    problem = Message("is no part of a campaign of this store, and other readers take it for one")
    remedy = Message("move it out of the store, or run the command of its campaign again")
    return Finding(where=str(file), problem=problem, remedy=remedy)
