"""Counts of the hours that are followed, added up over all hours that these stand for."""

from simulation.engine.array_types import Numbers, ShortNumbers
from simulation.engine.compiled import U4, compiled


@compiled
def add_up(counts: ShortNumbers, stands_for: ShortNumbers, sums: Numbers) -> None:
    """`counts` is of shape (hours, columns), `sums`, which hold zeros, of shape (columns,)."""
    for row in range(counts.shape[0]):
        of_hour, times = counts[U4(row)], stands_for[U4(row)]
        for column in range(len(sums)):
            sums[column] += of_hour[column] * times
