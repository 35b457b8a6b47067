"""The record of care: what each ward did each hour, and what became of each patient."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import NO_WARD
from simulation.care.capacity.wards import Wards
from simulation.care.flow.codes import CONDITIONS
from simulation.engine.array_types import Floats, Numbers, Records, ShortFloats, ShortNumbers
from simulation.engine.buffers import LINE, Buffers
from simulation.engine.compiled import compiled
from simulation.inputs.streams import Stream

CONDITION_COUNTS = np.dtype(
    [
        ("came", np.float64),  # patients
        ("diverted", np.float64),  # those whose ambulance was diverted
        ("taken", np.float64),
        ("minutes", np.float64),  # of those taken, until they were
        ("late_min", np.float64),  # of these minutes, those for which no ambulance was free
        ("road_min", np.float64),  # those by which their journeys were longer
        ("samu_min", np.float64),  # those for which nobody answered their call
    ],
    align=True,
)
"""Of one time-critical condition."""
COMMUNE_COUNTS = np.dtype(
    [
        ("unmet", np.int64),  # emergency patients not taken into care
        ("diverted", np.int64),  # ambulances
        ("moved_on", np.int64),  # who came by themselves and went to another department
        ("transferred", np.int64),  # time-critical patients, from one emergency department to another
        ("added_min", np.float64),  # by which the journeys of these were longer
        ("beyond_30", np.int64),  # patients whose journey became longer than `FAR_MIN` thereby
        ("beyond_45", np.int64),  # longer than `VERY_FAR_MIN`
        ("critical", np.int64),  # time-critical patients taken into care
        ("critical_journey_min", np.float64),  # their journeys from home, as if nobody had been sent on
        (
            "critical_min",
            np.float64,
        ),  # their minutes from the first site until care, journeys after it among them
        ("critical_beyond_30", np.int64),  # those taken more than `FAR_MIN` after they left home
        ("critical_beyond_45", np.int64),
        ("births_moved", np.int64),  # women in labour transferred to another maternity
        ("births_added_min", np.float64),  # by which their journeys were longer
        ("births_beyond_30", np.int64),  # those whose journey became longer than `FAR_MIN` thereby
        ("births_beyond_45", np.int64),
        ("stays_moved", np.int64),  # patients transferred for another bed or theatre
        ("stays_added_min", np.float64),
        ("stays_unmet", np.int64),  # patients lost for want of a bed
        ("surgeries_backlog", np.int64),  # planned operations that wait at the end
    ],
    align=True,
)
"""Of the people of one commune."""
FAR_MIN = 30.0
"""Minutes from home within which emergency care is to be reached: the goal that the State set itself in 2012."""
VERY_FAR_MIN = 45.0
TOTALS = np.dtype(
    [
        ("boarded_long", np.int64),  # emergency patients who boarded for long
        (
            "left_unseen",
            np.int64,
        ),  # those whose patience ended, whether they went to another department or to none
        ("ambulance_late_h", np.float64),  # by which ambulances came later, there being none free
        ("stayed_away", np.int64),  # those who went to no department, theirs being closed or shunned
        ("stays_put_off", np.int64),  # those who were to come for a planned stay and wait, or waited, at home
        ("moved_out", np.int64),  # those moved from the bed where they were, their ward being emptied
    ],
    align=True,
)
"""Of the region."""
HISTORY = np.dtype(
    [
        ("taken_h", np.float64),  # when the patient was first taken; NaN for one who never was
        (
            "moved_h",
            np.float64,
        ),  # when they left the first ward for a bed in another; NaN for one who did not
        ("left_h", np.float64),  # when they left for good; NaN for one who is still there
        ("ward", np.int32),  # where they were first taken, or `NO_WARD`
        ("exit", np.int32),  # how they left (`Exit`), 0 for one who is still there
    ],
    align=True,
)
"""What became of one patient."""


class Record(NamedTuple):
    """What each ward did each hour; arrays of shape (hours, wards) unless said."""

    demand: ShortNumbers
    served: ShortNumbers
    diverted_out: ShortNumbers
    """Sent to another site: ambulances diverted, who moved on by themselves, and patients transferred."""
    diverted_in: ShortNumbers
    ambulances_diverted_out: ShortNumbers
    """The ambulances among these; of shape (hours, emergency departments)."""
    ambulances_diverted_in: ShortNumbers
    moved_on_out: ShortNumbers
    """Those among these who moved on by themselves; of shape (hours, emergency departments)."""
    moved_on_in: ShortNumbers
    ambulances_late: ShortNumbers
    """Ambulances that came late to the department, there being none free; of shape (hours, emergency departments)."""
    urgent_exams: ShortNumbers
    """Images or analyses asked for in the hour that cannot wait; of shape (hours, wards that make them)."""
    late_exams: ShortNumbers
    """Those that waited beyond patience; images are planned as others from then on. Of the same shape."""
    unmet: ShortNumbers
    waiting: ShortNumbers
    """At the end of the hour."""
    in_care: ShortNumbers
    """At the end of the hour; of sessions, those held in it."""
    in_corridor: ShortNumbers
    """Those among these in a chair or on a trolley, in no box; of shape (hours, emergency departments)."""
    capacity_share: ShortFloats
    """What outages and plan blanc left of the places at the hour's beginning, over an ordinary day."""
    diversion_h: ShortFloats
    """The part of the hour for which each department was on diversion; of shape (hours, emergency departments)."""
    no_ambulances_h: ShortFloats
    """The part for which it took no ambulances by decision; of the same shape, as the next two."""
    closed_h: ShortFloats
    """The part for which it was closed to all."""
    time_critical_min: ShortFloats
    """Minutes from the arrival of those who were taken in the hour, and those that outages add."""
    by_condition: Records
    """Of `CONDITION_COUNTS`, of shape (conditions,)."""
    by_commune: Records
    """Of `COMMUNE_COUNTS`, of shape (communes,)."""
    came: Numbers
    """Patients who come from each home, of shape (homes,)."""
    totals: Records
    """Of `TOTALS`, of shape (1,)."""
    history: Records
    """Of `HISTORY`, of shape (patients or 0,)."""


SUMMED = ("by_condition", "by_commune", "totals")
"""Arrays of the record that add up all hours."""
NOT_HOURLY = ("by_condition", "by_commune", "came", "totals", "history")
"""Arrays of the record that have no row for each hour."""


def bytes_of_record(wards: Wards) -> int:
    """What its arrays take at most: four bytes for each ward and hour, from one line of the cache to another."""
    hourly = len(Record._fields) - len(NOT_HOURLY)
    return hourly * (4 * wards.hours * len(wards.finess) + LINE)


def blank_record(wards: Wards, buffers: Buffers, came: Numbers, patients: int) -> Record:
    """Rows for all hours, each undefined until its hour begins; it is known how many come from each home.

    So many patients are followed one by one, none unless somebody asks for it.
    """
    shape = (wards.hours, len(wards.finess))
    of_departments = (wards.hours, len(wards.emergency_departments))
    of_exams = (wards.hours, int(wards.of(Stream.IMAGING, Stream.LABORATORY).sum()))

    def counts(shape: tuple[int, int] = shape) -> ShortNumbers:
        return buffers.scratch(shape, np.dtype(np.int32))

    def amounts(shape: tuple[int, int] = shape) -> ShortFloats:
        return buffers.scratch(shape, np.dtype(np.float32))

    return Record(
        demand=counts(),
        served=counts(),
        diverted_out=counts(),
        diverted_in=counts(),
        ambulances_diverted_out=counts(of_departments),
        ambulances_diverted_in=counts(of_departments),
        moved_on_out=counts(of_departments),
        moved_on_in=counts(of_departments),
        ambulances_late=counts(of_departments),
        urgent_exams=counts(of_exams),
        late_exams=counts(of_exams),
        unmet=counts(),
        waiting=counts(),
        in_care=counts(),
        in_corridor=counts(of_departments),
        capacity_share=amounts(),
        diversion_h=amounts(of_departments),
        no_ambulances_h=amounts(of_departments),
        closed_h=amounts(of_departments),
        time_critical_min=amounts(of_departments),
        by_condition=np.zeros(len(CONDITIONS), CONDITION_COUNTS),
        by_commune=np.zeros(len(wards.homes.communes), COMMUNE_COUNTS),
        came=came,
        totals=np.zeros(1, TOTALS),
        history=blank_history(patients),
    )


def multiply(sums: Records, before: Records, stands_for: int) -> None:
    """What was added to the sums since then counts so many times; all their fields are of eight bytes."""
    is_amount = np.array([sums.dtype[name] == np.float64 for name in sums.dtype.names or ()])
    shape = (len(sums), len(is_amount))
    multiply_fields(
        sums.view(np.int64).reshape(shape),
        before.view(np.int64).reshape(shape),
        sums.view(np.float64).reshape(shape),
        before.view(np.float64).reshape(shape),
        is_amount,
        stands_for,
    )


@compiled
def multiply_fields(
    numbers: Numbers,
    numbers_before: Numbers,
    amounts: Floats,
    amounts_before: Floats,
    is_amount: NDArray[np.bool_],
    stands_for: int,
) -> None:
    """Of shape (rows, fields); `is_amount`, of shape (fields,), says as which of the two each field is meant."""
    for row in range(len(numbers)):
        for field in range(len(is_amount)):
            if is_amount[field]:
                was = amounts_before[row, field]
                amounts[row, field] = was + stands_for * (amounts[row, field] - was)
            else:
                count = numbers_before[row, field]
                numbers[row, field] = count + stands_for * (numbers[row, field] - count)


def blank_history(patients: int) -> Records:
    """Nobody has come yet; of `HISTORY`, of shape (patients,)."""
    history = np.zeros(patients, HISTORY)
    history["taken_h"] = history["moved_h"] = history["left_h"] = np.nan
    history["ward"] = NO_WARD
    return history
