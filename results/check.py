"""Is the store as it was sealed? Every file of every sealed campaign is there, with the bytes that it held then."""

from collections.abc import Iterator
from hashlib import file_digest

from results.campaign import Description, State
from results.layout import CampaignPaths
from results.store import Store
from topologies.errors import Finding, Message

REMEDY = Message(
    "bring the file back from a copy, or remove the campaign's description and run the campaign again"
)


def check(store: Store) -> list[Finding]:
    """All that is wrong with the store; nothing is changed. It reads every sealed byte."""
    return [finding for description in store.campaigns() for finding in _check_campaign(store, description)]


def _check_campaign(store: Store, description: Description) -> Iterator[Finding]:
    if description.state is State.RUNNING:
        waiting = Message("campaign {campaign} is not sealed", {"campaign": description.campaign})
        place = CampaignPaths(store.path, description.campaign).description
        yield Finding(where=str(place), problem=waiting, remedy=Message("run it again to its end"))
    for name, sealed_digest in description.files.items():
        file = store.path / name
        if not file.is_file():
            yield Finding(where=str(file), problem=Message("the file is missing"), remedy=REMEDY)
            continue
        with file.open("rb") as content:
            if file_digest(content, "sha256").hexdigest() != sealed_digest:
                yield Finding(
                    where=str(file),
                    problem=Message("the file has changed since it was sealed"),
                    remedy=REMEDY,
                )
