"""Drawn: the table of parameters without what repeats."""

import numpy as np
import pyarrow as pa

from results.tables.arrays import codes_of, labels_coded, measures_of, numbers
from results.tables.schema import SCHEMAS
from simulation.inputs.campaign import CRISIS_SHARED, ORDINARY_SHARED
from simulation.inputs.parameters.parameters import ORDINARY_LIFE
from simulation.inputs.parameters.uncertainty import unknown_of


def draw_rows(parameters: pa.Table) -> pa.Table:
    """The first of the rows that some replications share, of rows of the parameters table in order of replication."""
    codes, labels = codes_of(parameters.column("parameter"))
    replication = measures_of(parameters.column("replication")).astype(np.int32)
    unknowns: dict[str, str] = {}
    for code in dict.fromkeys(codes.tolist()):
        unknowns.setdefault(unknown_of(labels[code]), labels[code])
    firsts = set(unknowns.values())
    is_first = np.array([label in firsts for label in labels], np.bool_)
    shared = np.array([ORDINARY_SHARED if label in ORDINARY_LIFE else CRISIS_SHARED for label in labels])
    kept = np.flatnonzero(is_first[codes] & (replication % shared[codes] == 0))
    columns = {
        "replication": numbers(replication[kept]),
        "parameter": labels_coded(numbers(codes[kept].astype(np.int32)), labels),
        "value": numbers(measures_of(parameters.column("value"))[kept]),
    }
    schema = SCHEMAS["draws"]
    return pa.table([columns[name] for name in schema.names], schema=schema)
