"""First signs: where and when care gave way first in each replication.

Not the deadline of a threshold, but a moment at which something happened at a site: doors shut or planned care stopped
by decision, else systems or a shared service lost.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.tables.arrays import array_of, codes_of, measures_of

DECIDED = ("ed_shut_h", "planned_stopped_h")
LOST = ("switched_off_h", "impact_h", "service_lost_h")
SIGNS = (*DECIDED, *LOST)
"""Columns of the establishments table; the hours at which each first happened there."""
SIGN_COLUMNS = ("replication", "finess", *SIGNS)
FIRST = ("first_sign", "first_sign_finess", "first_sign_h")
"""Columns of the indicators table."""


def first_signs_of(sites: pa.Table, replications: Sequence[int]) -> dict[str, pa.Array]:
    """Of each replication the first sign, where, and its hour, from these columns of the establishments table."""
    codes, names = codes_of(sites.column("finess"))
    row, sign, at_h = _firsts(sites)
    numbers = measures_of(sites.column("replication"))[row].astype(np.intp).tolist()
    told = zip(numbers, sign.tolist(), codes[row].tolist(), at_h.tolist(), strict=True)
    found = {number: (SIGNS[sign], names[code], hour) for number, sign, code, hour in told}
    columns = zip(*(found.get(number, (None, None, None)) for number in replications), strict=True)
    types = (pa.dictionary(pa.int32(), pa.string()),) * 2 + (pa.float64(),)
    return {
        name: array_of(values, of_type) for name, values, of_type in zip(FIRST, columns, types, strict=True)
    }


def _firsts(sites: pa.Table) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Row, sign and hour of the first in each replication that has any; what was decided before what was lost.

    Of equals, that of the first site: these stand in order of their numbers.
    """
    all_hours = [measures_of(sites.column(sign)) for sign in SIGNS]
    row_of = [np.flatnonzero(~np.isnan(hours)) for hours in all_hours]
    row = np.concatenate(row_of)
    sign = np.repeat(np.arange(len(row_of)), [len(some) for some in row_of])
    at_h = np.concatenate([hours[some] for hours, some in zip(all_hours, row_of, strict=True)])
    replication = measures_of(sites.column("replication"))[row]
    order = np.lexsort((sign, row, at_h, sign >= len(DECIDED), replication))
    _, first = np.unique(replication[order], return_index=True)
    return row[order][first], sign[order][first], at_h[order][first]
