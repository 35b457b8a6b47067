"""The hours of a replication: what each ward did, summed by territory and stream of care."""

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import NO_WARD
from simulation.care.capacity.wards import Wards
from simulation.care.flow.record import Record
from simulation.engine.compiled import U4, compiled
from simulation.outcome.records import Hours

COUNTS = (
    "demand",
    "served",
    "diverted_out",
    "ambulances_diverted_out",
    "moved_on_out",
    "diverted_in",
    "ambulances_diverted_in",
    "moved_on_in",
    "unmet",
    "waiting",
    "in_care",
)
"""What a record holds in whole patients."""


def hours_of(wards: Wards, care: Record) -> Hours:
    """Wards summed by territory and stream; a share of capacity is that of the places."""
    counts = np.empty((len(COUNTS), len(care.demand), len(wards.groups)), np.int32)
    departments = np.add.reduceat(wards.table.emergency_number != NO_WARD, wards.group_starts, dtype=np.intp)
    sum_groups(care, wards.group_starts, departments, counts)
    shares = np.empty((len(care.demand), len(wards.groups)), np.float32)
    share_groups(care.capacity_share, wards.table.places, wards.group_starts, shares)
    summed = dict(zip(COUNTS, counts, strict=True))
    return Hours(
        groups=wards.groups,
        hour=wards.followed.hours[: len(care.demand)].astype(np.int32),
        stands_for_h=wards.followed.stands_for[: len(care.demand)],
        **summed,
        patients_transferred_out=(
            summed["diverted_out"] - summed["ambulances_diverted_out"] - summed["moved_on_out"]
        ),
        patients_transferred_in=(
            summed["diverted_in"] - summed["ambulances_diverted_in"] - summed["moved_on_in"]
        ),
        capacity_share=shares,
    )


@compiled
def sum_groups(
    care: Record, starts: NDArray[np.intp], departments: NDArray[np.intp], summed: NDArray[np.int32]
) -> None:
    """The sums of neighbouring columns, of which each group begins where `starts` says.

    `departments` is how many emergency departments each group holds; `summed` is of shape (counts, hours, groups), in
    the order of `COUNTS`: all at one pass, three times as fast.
    """
    columns = care.demand.shape[1]
    for row in range(care.demand.shape[0]):
        hour, ward, department = U4(row), U4(0), U4(0)
        for one in range(len(starts)):
            group = U4(one)
            end = starts[group + 1] if one + 1 < len(starts) else columns
            demand, served, out, arrived, unmet, waiting, in_care = 0, 0, 0, 0, 0, 0, 0
            while ward < end:
                demand += care.demand[hour, ward]
                served += care.served[hour, ward]
                out += care.diverted_out[hour, ward]
                arrived += care.diverted_in[hour, ward]
                unmet += care.unmet[hour, ward]
                waiting += care.waiting[hour, ward]
                in_care += care.in_care[hour, ward]
                ward = U4(ward + 1)
            ambulances_out, ambulances_arrived, moved_out, moved_in = 0, 0, 0, 0
            for _ in range(departments[group]):
                ambulances_out += care.ambulances_diverted_out[hour, department]
                ambulances_arrived += care.ambulances_diverted_in[hour, department]
                moved_out += care.moved_on_out[hour, department]
                moved_in += care.moved_on_in[hour, department]
                department = U4(department + 1)
            summed[0, hour, group] = demand
            summed[1, hour, group] = served
            summed[2, hour, group] = out
            summed[3, hour, group] = ambulances_out
            summed[4, hour, group] = moved_out
            summed[5, hour, group] = arrived
            summed[6, hour, group] = ambulances_arrived
            summed[7, hour, group] = moved_in
            summed[8, hour, group] = unmet
            summed[9, hour, group] = waiting
            summed[10, hour, group] = in_care


@compiled
def share_groups(
    capacity: NDArray[np.float32],
    places: NDArray[np.float64],
    starts: NDArray[np.intp],
    shares: NDArray[np.float32],
) -> None:
    """The means of neighbouring columns weighed by places; of wards without any, by nothing.

    Most hours are as the hour before, and are not added up again.
    """
    for hour in range(capacity.shape[0]):
        for group in range(len(starts)):
            end = starts[group + 1] if group + 1 < len(starts) else capacity.shape[1]
            is_as_before = hour > 0
            for ward in range(starts[group], end if is_as_before else 0):
                is_as_before = is_as_before and capacity[hour, ward] == capacity[hour - 1, ward]
            if is_as_before:
                shares[hour, group] = shares[hour - 1, group]
                continue
            share, weight, bare = 0.0, 0.0, 0.0
            for ward in range(starts[group], end):
                share += capacity[hour, ward] * places[ward]
                weight += places[ward]
                bare += capacity[hour, ward]
            shares[hour, group] = share / weight if weight > 0.0 else bare / (end - starts[group])
