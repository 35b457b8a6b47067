"""Columns of wards: what some wards did hour by hour, a row each, added up where several are of one site."""

from simulation.engine.array_types import Floats, Numbers, ShortFloats, ShortNumbers
from simulation.engine.compiled import U4, compiled


@compiled
def add_columns(
    counts: ShortNumbers | ShortFloats, wards: Numbers, rows: Numbers, out: Floats | ShortNumbers
) -> None:
    """The column of each ward is added to its row of `out`, of shape (rows, hours); `counts` is (hours, wards).

    Ten times as fast as numpy's own way, which gathers, turns and converts one after the other.
    """
    for hour in range(counts.shape[0]):
        for place in range(len(wards)):
            out[U4(rows[place]), U4(hour)] += counts[U4(hour), U4(wards[place])]
