"""Tolls: what patients met in each replication, by kind and stream of care, added up from the timeline."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.store.snapshot import Snapshot
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream

COLUMNS = ("replication", "kind", "detail", "patients")
KINDS: Mapping[str, EventKind] = {str(kind): kind for kind in EventKind}
NAMED: Mapping[str, Stream] = {str(stream): stream for stream in Stream}


@dataclass(frozen=True, slots=True)
class Tolls:
    """Patients by kind of event and stream, each of shape (replications,)."""

    counted: Mapping[tuple[EventKind, Stream], NDArray[np.float64]]
    replications: int

    def of(self, kind: EventKind, stream: Stream) -> NDArray[np.float64]:
        """Those of a kind and a stream; none where it never happened."""
        return self.counted.get((kind, stream), np.zeros(self.replications))


def tolls_of(snapshot: Snapshot, replications: int) -> Tolls:
    """The sums over the sites, of the first replications; those of the whole are the sums of the tables of hours."""
    counted: dict[tuple[EventKind, Stream], NDArray[np.float64]] = {}
    for part in snapshot.parts("timeline", COLUMNS, replications):
        rows = Rows(part.filter(pc.is_valid(part["patients"])))
        numbers, patients = rows.of("replication").astype(np.intp), rows.of("patients")
        kinds, kind_names = rows.codes_of("kind")
        details, detail_names = rows.codes_of("detail")
        for kind in np.unique(kinds):
            for detail in np.unique(details[kinds == kind]):
                mine = (kinds == kind) & (details == detail)
                key = KINDS[kind_names[kind]], NAMED[detail_names[detail].split()[-1]]
                sums = np.bincount(numbers[mine], patients[mine], replications)
                counted[key] = counted.get(key, np.zeros(replications)) + sums
    return Tolls(counted, replications)
