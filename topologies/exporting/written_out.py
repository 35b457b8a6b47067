"""Written out: a region's rows with all that was derived for them, so that nothing is left to derive.

Each service and link keeps how it is known. What a row leaves to a rule, such as usual beds, it still does.
"""

from dataclasses import replace

from topologies.building.assumptions import assumptions
from topologies.building.catalogue import completed
from topologies.building.deriving.draws import Draws
from topologies.building.records import Draft, LinkRow, ServiceRow
from topologies.region import Region


def region_of(draft: Draft) -> Region:
    """The region that a load of these rows gives."""
    return completed(draft, Draws(assumptions().seed))


def written_out(draft: Draft) -> Draft:
    """The same region, whose services and links are all rows and whose parts are joined."""
    region = region_of(draft)
    notes = {row.id: row.note for _, row in draft.services}
    said = {(row.source, row.target, row.kind): row.note for _, row in draft.links}
    services = [
        ServiceRow(
            id=each.id,
            name=each.name,
            kind=each.kind,
            basis=each.basis,
            trust=each.trust,
            run_by=each.run_by,
            note=notes.get(each.id),
        )
        for each in region.services.values()
    ]
    links = [
        LinkRow(
            source=each.source,
            target=each.target,
            kind=each.kind,
            minutes=each.minutes,
            basis=each.basis,
            note=said.get((each.source, each.target, each.kind)),
        )
        for each in region.links
    ]
    header = draft.header.model_copy(update={"joins": (), "made_of": draft.made_of, "derive": False})
    return replace(draft, header=header, services=[*enumerate(services)], links=[*enumerate(links)])
