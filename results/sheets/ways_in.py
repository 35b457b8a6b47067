"""Ways in: how attackers came to each establishment, and in how many crises."""

from collections import Counter
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from results.store.snapshot import Snapshot
from topologies.region import LinkKind

WaysIn = Mapping[str, Counter[LinkKind | None]]
"""By establishment: crises by the kind of the link they came by, none where they came from outside."""


def ways_in(snapshot: Snapshot, replications: int) -> WaysIn:
    """Those of the first replications."""
    columns = ["replication", "finess", "compromised", "via_link"]
    rows = snapshot.table("establishments", columns)
    entered = rows.filter(pc.and_(rows["compromised"], pc.less(rows["replication"], replications)))
    found: dict[str, Counter[LinkKind | None]] = {}
    labels = (entered[name].cast(pa.string()).to_pylist() for name in ("finess", "via_link"))
    for finess, link in zip(*labels, strict=True):
        found.setdefault(finess, Counter())[None if link is None else LinkKind(link)] += 1
    return found
