"""The ward table: all numbers of a region's wards that do not change from one replication to the next.

W wards in the order (territory, stream, FINESS number), S streams, H hours, D departments, Q steps of a table of
quantiles (`QUANTILES`). Compiled code reads it as it is.
"""

from enum import IntEnum
from typing import NamedTuple, NewType

from simulation.care.capacity.season_table import SeasonTable
from simulation.care.homes.home_table import HomeTable
from simulation.engine.array_types import Codes, Floats, Numbers, ShortFloats

WardNumber = NewType("WardNumber", int)
"""A row of the ward table."""
PARTS_AN_HOUR = 8
"""Parts of an hour in which ambulances come back together."""
NO_WARD = -1
"""In place of the number of a ward: there is none."""


class NextWard(IntEnum):
    """Where a stay can lead at the same site: columns of `WardTable.next_ward`, and of `WardTable.routes`."""

    MEDICINE = 0
    CRITICAL_CARE = 1
    SURGERY_URGENT = 2


ELSEWHERE = len(NextWard)
"""The last column of `WardTable.routes`: hospitalised elsewhere."""


class Urgency(IntEnum):
    """The rows of `WardTable.routes`."""

    ORDINARY = 0
    TIME_CRITICAL = 1


class After(IntEnum):
    """What comes after a stay, so far as its length depends on it: the columns of `WardTable.stay_class`."""

    HOME = 0
    WARD = 1


class WardTable(NamedTuple):
    """The wards; arrays of shape (W,) unless said, `NO_WARD` in place of a ward where there is none."""

    stream: Numbers
    kind: Codes
    """Of `WardKind`."""
    places: Floats
    """Ordinary capacity: boxes, beds, theatres; of sessions, patients per hour."""
    in_use: Floats
    """The share of these that are staffed and of use to those who wait."""
    hourly: Floats
    """Patients to expect per hour on the mean of the year, besides those whom other wards pass on."""
    present: Floats
    """Patients to expect in care at the start."""
    planned_part: Floats
    """Of these, the share who were admitted directly; only of those in medicine is it known."""
    unplanned_part: Floats
    """Of the ordinary patients of medicine, the share whose stay cannot be put off: emergencies, and the direct
    admissions that cannot wait; of other wards, one."""
    arrival_profile: Floats
    """Arrivals over the mean of the year in a ward without season, of shape (S, H)."""
    arrival_hour: Floats
    """The hour of the scenario at which patients come, by quantile, of shape (S, steps + 1)."""
    season: SeasonTable
    opening_profile: Floats
    """Open places over ordinary places, of shape (S, H)."""
    stays: ShortFloats
    """Lengths of stay by quantile, in hours, of shape (classes, Q + 1); short, so that the cache keeps all of them."""
    remaining: ShortFloats
    """What remains of the stays of those present at the start, of shape (classes, Q + 1)."""
    leaving_h: Floats
    """When patients leave their bed whose stay is over, by the hour at which it is, of shape (H + 1,)."""
    stay_class: Numbers
    """The row in `stays` of those who go home and of those who go on to a ward, of shape (W, 2)."""
    longer: Floats
    """Stays in the ward over those of their row, of shape (W, 2)."""
    emergency_patience: ShortFloats
    """Patience of emergency patients who are not time-critical, in hours, of shape (Q + 1,)."""
    routes: Floats
    """What follows a stay, of shape (W, 2, 4): by `Urgency`, cumulated chances of each `NextWard` and of elsewhere."""
    next_ward: Numbers
    """The ward of the same site, by `NextWard`, of shape (W, 3)."""
    neighbour_first: Numbers
    """Where each ward's neighbours begin in the two following arrays, nearest first; of shape (W + 1,)."""
    neighbour_ward: Numbers
    """The ward of the same stream at the neighbour, of shape (pairs,)."""
    neighbour_h: Floats
    """The journey on an ordinary day, of shape (pairs,)."""
    slowdown: Floats
    """Journeys over those of ordinary days, of shape (rows, H); the first row is all ones."""
    slowdown_row: Numbers
    queue_tolerated: Floats
    """Patients waiting per open place, beyond which an emergency department goes on diversion."""
    queue_to_reopen: Floats
    """Patients waiting per open place, at which it comes off diversion."""
    patience_h: Floats
    """Patience of the critically ill, and for sessions and urgent images; of others, beyond the horizon."""
    transfer_after_h: Floats
    """Wait after which a patient is transferred, of shape (S,); negative where nobody is."""
    emergency_number: Numbers
    """The number of an emergency department among these; `NO_WARD` for any other ward."""
    samu: Numbers
    """The SAMU that directs the ambulances of an emergency department."""
    imaging: Numbers
    """The ward that makes the images for an emergency department."""
    exam_number: Numbers
    """The number of a ward that makes images or analyses among these; `NO_WARD` for any other ward."""
    urgent_exams: Floats
    """Images or analyses that cannot wait, over the mean of all that are asked for, of shape (H,)."""
    laboratory: Numbers
    """The ward that makes its analyses."""
    homes: HomeTable
    department: Numbers
    """The number of the department of each ward."""
    vehicles: Numbers
    """How many critically ill patients each department can move at once, of shape (D,)."""
    ambulances: Numbers
    """How many ambulances each department has, of shape (D,)."""
    answers: Floats
    """Calls that each SAMU can answer in each hour, of shape (H, SAMUs)."""
    imaging_share: float
    """Emergency patients who need an image."""
    laboratory_share: float
    """Emergency patients who need an analysis."""
    laboratory_lengthens: float
    """Hours of stay per hour of wait for an analysis."""
    exam_wait_most_h: float
    result_h: float
    """From the order of an analysis to its result on an ordinary day."""
    asked_least: float
    """Of the usual analyses, what clinicians ask for at least."""
    asked_pace: float
    """Of the way to what they will ask for, the part that is made in an hour."""
    chair_after_h: float
    """Wait for images and results after which an emergency patient leaves the box."""
    boarders_in_boxes_share: float
    """Of the boxes of an emergency department, those that patients who wait for a bed may take."""
    vehicle_handling_h: float
    cannot_wait_share: float
    """Of direct admissions to medicine, those that cannot be put off."""
    planned_margin: float
    """Planned stays that are called in to catch up, over those that are planned, once all systems are back."""
    ambulance_mission: int
    """From an arrival until the ambulance is free again, in parts of an hour."""
    handover_most: int
    """For which a crew waits with its patient at most, in the same."""
    ambulance_late_most: int
    """After which one comes from elsewhere, in the same."""
    samu_help_share: float
    """Of what a SAMU can answer in an hour, how much more it answers for a struck neighbour."""
    rings_again_share: float
    """Of those whom no SAMU answered."""
    tries_next_share: float
    """Of those who leave without being seen, who go to another department."""
    stays_away_share: float
    """Of those who would come by themselves to a department that is closed or shunned, who go to none."""
    samu_delay_min: float
    long_boarding_h: float
    """Wait for a bed, from an emergency department, that counts as long."""
