"""Hours of establishments: what each was, hour by hour, to emergency patients and to the critically ill.

The hours of territories hold all streams; these, the streams in which hours decide, site by site.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import numpy as np
from numpy.typing import NDArray

from simulation.inputs.streams import Stream
from simulation.outcome.columns import Column

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishmentHour:
    """What one hour was at one establishment that takes emergencies or has critical care; one site after the other.

    Adults and children are counted together. What a site does not have is nought. Of a horizon of over half a year,
    some weeks were followed and stand for the others, as in `hours`.
    """

    replication: Annotated[int, Column("number of the replication in its campaign, from 0")]
    finess: Annotated[str, Column("FINESS number of the site")]
    hour: Annotated[int, Column("hour since the scenario's start: 0 is the first", "h")]
    stands_for_h: Annotated[int, Column("hours for which it stands, as in `hours`", "h")]
    ed_waiting: Annotated[int, Column("emergency patients waiting at the end of the hour", "patients")]
    ed_in_corridor: Annotated[
        int, Column("those on a trolley or a chair then, who wait for a bed or for results", "patients")
    ]
    ed_sent_on: Annotated[
        int, Column("those diverted, gone on by themselves or transferred to another hospital", "patients")
    ]
    ed_unmet: Annotated[int, Column("those who left without being seen, or were lost", "patients")]
    ed_received: Annotated[
        int,
        Column(
            "those who arrived from another: diverted to it, come on by themselves or transferred", "patients"
        ),
    ]
    critical_in_care: Annotated[int, Column("patients in critical care at the end of the hour", "patients")]
    critical_waiting: Annotated[int, Column("those who waited for a place in it then", "patients")]
    critical_refused: Annotated[
        int, Column("those moved to another hospital, or lost, for want of a place", "patients")
    ]
    critical_received: Annotated[int, Column("those who arrived from another hospital", "patients")]
    medicine_in_care: Annotated[
        int, Column("patients in its other acute beds at the end of the hour, surgery's included", "patients")
    ]
    medicine_waiting: Annotated[
        int,
        Column("those who waited for one then, at home where their planned stay was put off", "patients"),
    ]
    medicine_received: Annotated[int, Column("those who came for one from another hospital", "patients")]


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishmentHours:
    """All of one replication: the columns of `EstablishmentHour` as arrays of shape (establishments, hours)."""

    finess: tuple[str, ...]
    """In ascending order."""
    hour: NDArray[np.int32]
    """Of shape (hours,)."""
    stands_for_h: NDArray[np.int32]
    """Of shape (hours,)."""
    ed_waiting: NDArray[np.int32]
    ed_in_corridor: NDArray[np.int32]
    ed_sent_on: NDArray[np.int32]
    ed_unmet: NDArray[np.int32]
    ed_received: NDArray[np.int32]
    critical_in_care: NDArray[np.int32]
    critical_waiting: NDArray[np.int32]
    critical_refused: NDArray[np.int32]
    critical_received: NDArray[np.int32]
    medicine_in_care: NDArray[np.int32]
    medicine_waiting: NDArray[np.int32]
    medicine_received: NDArray[np.int32]


def establishment_hours_of(trace: "Trace") -> EstablishmentHours:
    """Wards of each site added up."""
    from simulation.outcome.care_events.columns_of_wards import add_columns  # compiled: for workers alone

    care, wards = trace.care, trace.wards
    departments, units = wards.emergency_departments, np.flatnonzero(wards.of(Stream.CRITICAL_CARE))
    finess = sorted({wards.finess[ward] for ward in [*departments.tolist(), *units.tolist()]})
    number = {name: place for place, name in enumerate(finess)}
    beds = np.array(
        [ward for ward in np.flatnonzero(wards.of(Stream.MEDICINE)) if wards.finess[ward] in number], np.int64
    )
    of_departments, of_units, of_beds = (
        np.array([number[wards.finess[ward]] for ward in some.tolist()], np.int64)
        for some in (departments, units, beds)
    )

    def by_site(*counts: tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]) -> NDArray[np.int32]:
        """Counts, the columns that are added up, and the site of each."""
        added = np.zeros((len(finess), len(care.demand)), np.int32)
        for each in counts:
            add_columns(*each, added)
        return added

    rows = len(care.demand)
    return EstablishmentHours(
        finess=tuple(finess),
        hour=wards.followed.hours[:rows].astype(np.int32),
        stands_for_h=wards.followed.stands_for[:rows],
        ed_waiting=by_site((care.waiting, departments, of_departments)),
        ed_in_corridor=by_site((care.in_corridor, np.arange(len(departments)), of_departments)),
        ed_sent_on=by_site((care.diverted_out, departments, of_departments)),
        ed_unmet=by_site((care.unmet, departments, of_departments)),
        ed_received=by_site((care.diverted_in, departments, of_departments)),
        critical_in_care=by_site((care.in_care, units, of_units)),
        critical_waiting=by_site((care.waiting, units, of_units)),
        critical_refused=by_site((care.diverted_out, units, of_units), (care.unmet, units, of_units)),
        critical_received=by_site((care.diverted_in, units, of_units)),
        medicine_in_care=by_site((care.in_care, beds, of_beds)),
        medicine_waiting=by_site((care.waiting, beds, of_beds)),
        medicine_received=by_site((care.diverted_in, beds, of_beds)),
    )
