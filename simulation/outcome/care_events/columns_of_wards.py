"""Columns of wards: what some wards did hour by hour, laid out by ward; added up where several are of one site."""

import numpy as np

from simulation.engine.array_types import Numbers, ShortNumbers
from simulation.engine.compiled import U4, compiled

HOURS_A_LINE = 16
"""Numbers of four bytes in a line of the processor's cache."""


def columns_of(counts: ShortNumbers, wards: Numbers) -> ShortNumbers:
    """The column of each of these wards, of shape (`wards`, hours); `counts` is (hours, wards)."""
    out = np.zeros((len(wards), len(counts)), np.int32)
    add_columns(counts, wards, np.arange(len(wards)), out)
    return out


@compiled
def add_columns(counts: ShortNumbers, wards: Numbers, rows: Numbers, out: ShortNumbers) -> None:
    """The column of each ward is added to its row of `out`, of shape (rows, hours); `counts` is (hours, wards).

    Some hours of all wards, then the next: both arrays are read and written by whole lines of the cache.
    """
    for begins in range(0, counts.shape[0], HOURS_A_LINE):
        ends = min(begins + HOURS_A_LINE, counts.shape[0])
        for place in range(len(wards)):
            row, ward = U4(rows[place]), U4(wards[place])
            for number in range(begins, ends):
                out[row, U4(number)] += counts[U4(number), ward]
