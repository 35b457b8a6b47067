"""Columns of wards: what some wards did hour by hour, added up where several are of one site."""

from simulation.engine.array_types import Numbers, ShortNumbers
from simulation.engine.compiled import U4, compiled


@compiled
def add_columns(counts: ShortNumbers, wards: Numbers, rows: Numbers, out: ShortNumbers) -> None:
    """The column of each ward is added to its row of `out`, of shape (rows, hours); `counts` is (hours, wards)."""
    for place in range(len(wards)):
        row, ward = U4(rows[place]), U4(wards[place])
        for number in range(counts.shape[0]):
            hour = U4(number)
            out[row, hour] += counts[hour, ward]
