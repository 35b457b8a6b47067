"""The description of a campaign: what was run, and how far it is sealed; the content of `campaigns/<id>.json`.

It is small: the inputs, two megabytes, are in a file of their own, written once and read when needed. It states its own
digest, and those of all other files of the campaign: a file that does not match is not used.
"""

import errno
import json
import platform
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from results.files.digests import attested
from results.files.durable import publish_bytes
from results.files.intact import ordinary
from results.store.layout import CampaignPaths, campaigns_begun, parts_of
from results.tables import bands
from results.tables.detail import Detail, Keeping
from results.tables.schema import DERIVED, RECORDS, SCHEMA_VERSION
from simulation.inputs.campaign import Campaign, id_of
from simulation.inputs.digests import digest_of
from simulation.inputs.ordinary import ordinary_twin
from topologies.errors import BadStore, Finding, Message, UnknownName, nearest_names


class State(StrEnum):
    """Whether a reader may see the campaign's rows."""

    RUNNING = "running"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What was run, and how far it is sealed."""

    campaign: str
    ordinary: str
    """The campaign of the same days without the attack, with which it is compared; itself where nobody attacks."""
    schema: str
    """The version of the tables' schema."""
    state: State
    replications: int
    """How many are sealed, from 0 without a gap; 0 as long as none is."""
    region: str
    scenario: str
    event: str | None
    """The event whose crowd was there, if any."""
    posture: str
    seed: int
    versions: dict[str, str]
    digests: dict[str, str]
    """The SHA-256 of each input: with the seed and the model's version, they give the campaign its name."""
    inputs: str
    """The SHA-256 of the file that holds the inputs in full."""
    files: dict[str, str]
    """The SHA-256 of each sealed file, by its path in the store."""
    hours: Detail = Detail.SITE
    """How finely hours are kept: as the first run of the campaign in this store asked."""

    @property
    def keeping(self) -> Keeping:
        """What is kept of what its replications return."""
        return Keeping(self.hours, self.region)

    @property
    def lacks_bands(self) -> bool:
        """More replications change its bands, and it has not kept the hours of those from which these were made."""
        return not self.hours.keeps_territories and self.replications < bands.REPLICATIONS

    def to_seal(self, replications: int) -> range:
        """Those that must wait in chunks before so many are sealed: the new ones, or all where it lacks bands."""
        if replications <= self.replications:
            return range(0)
        return range(0 if self.lacks_bands else self.replications, replications)


_DESCRIPTION = TypeAdapter(Description)


def described(campaign: Campaign, hours: Detail = Detail.SITE) -> Description:
    """A campaign before its first replication, run by the versions that are installed here."""
    packages = {name: version(name) for name in ("numpy", "simpy", "pyarrow")}
    event = campaign.scenario.event
    return Description(
        campaign=campaign.id,
        ordinary=ordinary_twin(campaign).id,
        schema=SCHEMA_VERSION,
        state=State.RUNNING,
        replications=0,
        region=campaign.region.name,
        scenario=campaign.scenario.name,
        event=event.name if event else None,
        posture=campaign.posture.name,
        seed=campaign.seed,
        versions={"model": campaign.model, "python": platform.python_version(), **packages},
        digests=campaign.digests,
        inputs=sha256(campaign.written_inputs()).hexdigest(),
        files={},
        hours=hours,
    )


def _record(description: Description) -> dict[str, object]:
    """What is written; nothing of the finest detail, as before there was a choice."""
    record = asdict(description)
    if description.hours is Detail.SITE:
        del record["hours"]
    return record


def write_description(paths: CampaignPaths, description: Description) -> None:
    """The description is written at its place; `aside` exists already."""
    publish_bytes(attested(_record(description)), paths.aside / uuid4().hex, paths.description, paths.store)


def read_description(paths: CampaignPaths) -> Description:
    """What was run, and how far it is sealed; `BadStore` when a byte of it is not as it was written."""
    content = _content(paths)
    if _is_of_another_schema(content):
        raise _other_schema(paths.store)
    try:
        description = _DESCRIPTION.validate_json(content)
    except ValidationError as error:
        raise _damaged(paths) from error
    if attested(_record(description)) != content or not _makes_sense(paths, description):
        raise _damaged(paths)
    return description


def _makes_sense(paths: CampaignPaths, description: Description) -> bool:
    """It is of this campaign, and names exactly the parts of the replications that it says are sealed."""
    named = id_of(description.digests, description.versions.get("model", ""), description.seed)
    sealed = description.replications
    return (
        named == description.campaign == paths.campaign_id
        and sealed >= 0
        and description.state is (State.SEALED if sealed else State.RUNNING)
        # Counted first: a number that nobody could have run is not to be counted up to.
        and len(description.files) == len(RECORDS) * parts_of(sealed) + len(DERIVED) * bool(sealed)
        and set(description.files) == {paths.name_of(*part) for part in paths.parts(sealed)}
    )


def read_inputs(paths: CampaignPaths, description: Description) -> dict[str, Any]:
    """The inputs of the campaign in full, as plain JSON values."""
    inputs = intact_inputs(paths, description)
    if inputs is None:
        raise _refusal(paths, inputs_finding(paths))
    return inputs


def intact_inputs(paths: CampaignPaths, description: Description) -> dict[str, Any] | None:
    """The same; `None` when they do not match the digests in the description, and so the campaign's id."""
    try:
        content = ordinary(paths.inputs).read_bytes()
    except OSError:
        return None
    if sha256(content).hexdigest() != description.inputs:
        return None
    inputs: dict[str, Any] = json.loads(content)
    digests = {name: digest_of(value) for name, value in inputs.items()}
    return inputs if digests == description.digests else None


def inputs_finding(paths: CampaignPaths) -> Finding:
    """What is wrong with damaged inputs, and what to do."""
    remedy = Message("run `tocsin store repair {store}`", {"store": str(paths.store)})
    return Finding(where=str(paths.inputs), problem=Message("is missing or damaged"), remedy=remedy)


def _content(paths: CampaignPaths) -> bytes:
    file = paths.description
    try:
        return ordinary(file).read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not file.is_symlink():
            raise _unknown(paths) from error
        if error.errno in {errno.ENAMETOOLONG, errno.ENOTDIR}:
            raise _no_folder(paths, error) from error
        problem = Message("cannot be read: {reason}", {"reason": error.strerror or str(error)})
        remedy = Message("give the right to read it, or remove it and run the same command again")
        raise _refusal(paths, Finding(where=str(file), problem=problem, remedy=remedy)) from error


def _no_folder(paths: CampaignPaths, error: OSError) -> BadStore:
    """Where the store should be, nothing like a folder can be."""
    return BadStore(
        Message(
            "{store} cannot hold results: {reason}; choose another folder",
            {"store": str(paths.store), "reason": error.strerror or str(error)},
        )
    )


def _unknown(paths: CampaignPaths) -> UnknownName:
    nearest = nearest_names(paths.campaign_id, campaigns_begun(paths.store)) or "none, the store is empty"
    return UnknownName(
        Message(
            "no campaign {name} in {store}; the nearest: {nearest}",
            {"name": paths.campaign_id, "store": str(paths.store), "nearest": nearest},
        )
    )


def refuse_other_schemas(store: Path) -> None:
    """`BadStore` where a campaign has other tables than those of this version of the program."""
    for campaign_id in campaigns_begun(store):
        try:
            content = ordinary(CampaignPaths(store, campaign_id).description).read_bytes()
        except OSError:
            continue  # reported when the campaign is asked for
        if _is_of_another_schema(content):
            raise _other_schema(store)


def _is_of_another_schema(content: bytes) -> bool:
    """A description that is as it was written, but by a version of the program whose tables were others."""
    try:
        record = json.loads(content)
        if not isinstance(record, dict) or "campaign" not in record:
            return False
        stated = record.pop("digest", None)
        if stated is None:  # the first versions stated no digest, and held the inputs themselves
            return isinstance(record.get("inputs"), dict)
        return record.get("schema") != SCHEMA_VERSION and stated == digest_of(record)
    except (ValueError, RecursionError):
        return False


def _other_schema(store: Path) -> BadStore:
    return BadStore(
        Message(
            "{store} was written by another version of Tocsin, whose tables have other columns; choose another folder "
            "for the results, or remove this one and run its campaigns again",
            {"store": str(store)},
        )
    )


def _damaged(paths: CampaignPaths) -> BadStore:
    problem = Message("is damaged, or describes another campaign")
    remedy = Message(
        "bring it back from a copy, or remove it and run the same command again, "
        "which runs all replications anew"
    )
    return _refusal(paths, Finding(where=str(paths.description), problem=problem, remedy=remedy))


def _refusal(paths: CampaignPaths, finding: Finding) -> BadStore:
    return BadStore(
        Message("campaign {campaign} is damaged, and is not read", {"campaign": paths.campaign_id}), [finding]
    )
