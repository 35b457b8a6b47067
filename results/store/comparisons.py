"""Comparisons that a store keeps: which campaigns stand beside each other, the reference first.

`comparisons/<id>.json` holds their names and nothing else: what they say is worked out from their tables when it is
asked for. The id is the digest of what it holds, so that the same comparison has one name in every store, however many
replications its campaigns have.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from results.files.digests import attested
from results.files.durable import make_folder, publish_bytes
from results.files.intact import ordinary
from results.store.layout import CAMPAIGN_ID, campaigns_begun
from simulation.inputs.campaign import ID_DIGITS
from simulation.inputs.digests import digest_of
from topologies.errors import BadStore, Finding, InputError, Message, UnknownName, nearest_names

COMPARISON_ID = re.compile(rf"v[0-9a-f]{{{ID_DIGITS}}}")


def is_comparison(name: str) -> bool:
    """Whether a name is written as those of comparisons are."""
    return COMPARISON_ID.fullmatch(name) is not None


class Varies(StrEnum):
    """What differs between the campaigns of a comparison."""

    POSTURE = "posture"
    SCENARIO = "scenario"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonDescription:
    """Which campaigns are compared, and what differs between them."""

    comparison: str
    varies: Varies
    campaigns: tuple[str, ...]
    """The reference comes first."""


_DESCRIPTION = TypeAdapter(ComparisonDescription)


def described_comparison(varies: Varies, campaigns: Sequence[str]) -> ComparisonDescription:
    """A comparison of these campaigns, under the name that follows from them."""
    held = {"varies": varies, "campaigns": list(campaigns)}
    name = "v" + digest_of(held)[:ID_DIGITS]
    return ComparisonDescription(comparison=name, varies=varies, campaigns=tuple(campaigns))


def keep(store: Path, description: ComparisonDescription) -> None:
    """The comparison is in the store, under its name."""
    with suppress(InputError):
        if read_comparison(store, description.comparison) == description:
            return
    place = _place(store, description.comparison)
    make_folder(place.parent, store)
    publish_bytes(
        attested(_record(description)), place.with_name(f"{place.stem}.{uuid4().hex}.new"), place, store
    )


def comparisons_kept(store: Path) -> list[str]:
    """The names of the comparisons that have a document, intact or not."""
    files = (store / "comparisons").glob("*.json")
    return sorted(file.stem for file in files if COMPARISON_ID.fullmatch(file.stem))


def read_comparison(store: Path, name: str) -> ComparisonDescription:
    """The comparison of this name; `BadStore` where a byte of it is not as it was written."""
    known = comparisons_kept(store)
    if name not in known:
        nearest = nearest_names(name, known) or "none, the store keeps no comparison"
        raise UnknownName(
            Message(
                "no comparison {name} in {store}; the nearest: {nearest}",
                {"name": name, "store": str(store), "nearest": nearest},
            )
        )
    try:
        content = ordinary(_place(store, name)).read_bytes()
        record = json.loads(content)
        record.pop("digest", None)
        description = _DESCRIPTION.validate_python(record)
    except (OSError, ValueError, AttributeError, RecursionError, ValidationError) as error:
        raise _damaged(store, name) from error
    stated = described_comparison(description.varies, description.campaigns)
    if stated.comparison != name or attested(_record(stated)) != content or not _names_campaigns(stated):
        raise _damaged(store, name)
    return stated


def findings_of_comparisons(store: Path) -> Iterator[Finding]:
    """What is wrong with the comparisons of a store."""
    begun = set(campaigns_begun(store))
    for name in comparisons_kept(store):
        try:
            description = read_comparison(store, name)
        except BadStore as error:
            yield from error.findings
            continue
        for missing in [each for each in description.campaigns if each not in begun]:
            yield Finding(
                where=str(_place(store, name)),
                problem=Message("compares campaign {campaign}, which is not here", {"campaign": missing}),
                remedy=Message("run the same comparison again, or remove this file"),
            )


def _place(store: Path, name: str) -> Path:
    return store / "comparisons" / f"{name}.json"


def _record(description: ComparisonDescription) -> dict[str, object]:
    return {**asdict(description), "campaigns": list(description.campaigns)}


def _names_campaigns(description: ComparisonDescription) -> bool:
    """Nothing that it names leads out of the store."""
    return all(CAMPAIGN_ID.fullmatch(each) for each in description.campaigns)


def _damaged(store: Path, name: str) -> BadStore:
    finding = Finding(
        where=str(_place(store, name)),
        problem=Message("is damaged, or describes another comparison"),
        remedy=Message("remove it and run the same comparison again, which computes nothing anew"),
    )
    return BadStore(
        Message("comparison {comparison} is damaged, and is not read", {"comparison": name}), [finding]
    )
