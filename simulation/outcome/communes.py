"""Communes: what a replication did to the people of each, whom care served and how far they had to go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import numpy as np
from numpy.typing import NDArray

from simulation.engine.array_types import Floats, Numbers
from simulation.engine.random_streams import Luck
from simulation.outcome.columns import Column, NumberColumn

if TYPE_CHECKING:
    from simulation.care.capacity.wards import Wards
    from simulation.care.flow.record import Record


@dataclass(frozen=True, kw_only=True)
class CommuneColumn:
    """Which commune it is."""

    commune: Annotated[
        str, Column("INSEE code of the commune, or of an arrondissement of Paris, Lyon, Marseille")
    ]


@dataclass(frozen=True, kw_only=True)
class DepartmentColumn:
    """Which department it is."""

    department: Annotated[str, Column("its department")]


@dataclass(frozen=True, kw_only=True)
class PeopleColumns:
    """What care was to the people of a place; counts and minutes are sums."""

    ed_visits: Annotated[int, Column("emergency patients", "patients")]
    ed_visits_unmet: Annotated[
        int, Column("those who left without being seen, or were never taken into care", "patients")
    ]
    ed_ambulances_diverted: Annotated[int, Column("ambulances diverted to another department", "patients")]
    ed_moved_on: Annotated[
        int, Column("patients who went on by themselves to another department", "patients")
    ]
    ed_patients_transferred: Annotated[
        int, Column("time-critical patients transferred from one emergency department to another", "patients")
    ]
    ed_journey_min: Annotated[
        float, Column("journeys from home to the emergency department, diversions and transfers added", "min")
    ]
    ed_added_min: Annotated[float, Column("what diversions and transfers added to these journeys", "min")]
    ed_beyond_30: Annotated[int, Column("patients whose journey, so counted, took over 30 min", "patients")]
    ed_beyond_45: Annotated[int, Column("patients whose journey, so counted, took over 45 min", "patients")]
    time_critical_taken: Annotated[int, Column("time-critical patients taken into care", "patients")]
    time_critical_journey_min: Annotated[
        float, Column("their journeys from home to the site for which they set out", "min")
    ]
    time_critical_delay_min: Annotated[
        float, Column("their minutes from when they should have reached that site until care", "min")
    ]
    time_critical_beyond_30: Annotated[
        int, Column("those for whom journey and delay came to more than 30 min", "patients")
    ]
    time_critical_beyond_45: Annotated[
        int, Column("those for whom journey and delay came to more than 45 min", "patients")
    ]
    births: Annotated[int, Column("women who came to give birth", "patients")]
    births_moved: Annotated[int, Column("transfers of such women to another maternity", "patients")]
    births_journey_min: Annotated[
        float, Column("their journeys from home to the maternity, transfers added", "min")
    ]
    births_added_min: Annotated[float, Column("what transfers added to these journeys", "min")]
    births_beyond_30: Annotated[int, Column("women whose journey, so counted, took over 30 min", "patients")]
    births_beyond_45: Annotated[int, Column("women whose journey, so counted, took over 45 min", "patients")]
    stays_moved: Annotated[
        int,
        Column(
            "transfers for a bed or a theatre elsewhere, of patients from home and from emergencies",
            "patients",
        ),
    ]
    stays_added_min: Annotated[float, Column("the journeys of these transfers", "min")]
    stays_unmet: Annotated[
        int, Column("critically ill patients for whom no bed was found in time", "patients")
    ]
    surgeries_backlog: Annotated[int, Column("planned operations waiting at the end", "operations")]
    sessions_lost: Annotated[int, Column("sessions, images and samples that never took place", "sessions")]
    sessions_backlog: Annotated[
        int, Column("sessions, images, samples and consultations waiting at the end", "sessions")
    ]


@dataclass(frozen=True, kw_only=True)
class DepartmentOutcome(PeopleColumns, DepartmentColumn, NumberColumn):
    """What one replication did to the people of one department; one row of the departments table.

    The sums of its communes, in the table of these.
    """


@dataclass(frozen=True, kw_only=True)
class CommuneOutcome(PeopleColumns, DepartmentColumn, CommuneColumn, NumberColumn):
    """What one replication did to the people of one commune; one row of the communes table.

    Patients are counted where they live, visitors where they stay, those from a venue where it lies. Counts and minutes
    are sums: those of all communes are those of the region, and means are sums over patients. A region that does not
    say where people live has no rows.
    """

    # The columns come in the order of the bases, the last one first.


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneTotals:
    """All communes of one replication: the columns of `CommuneOutcome` as arrays of shape (communes,).

    Communes are in ascending order of their codes.
    """

    codes: tuple[str, ...]
    departments: tuple[str, ...]
    ed_visits: NDArray[np.int32]
    ed_visits_unmet: NDArray[np.int32]
    ed_ambulances_diverted: NDArray[np.int32]
    ed_moved_on: NDArray[np.int32]
    ed_patients_transferred: NDArray[np.int32]
    ed_journey_min: NDArray[np.float64]
    ed_added_min: NDArray[np.float64]
    ed_beyond_30: NDArray[np.int32]
    ed_beyond_45: NDArray[np.int32]
    time_critical_taken: NDArray[np.int32]
    time_critical_journey_min: NDArray[np.float64]
    time_critical_delay_min: NDArray[np.float64]
    time_critical_beyond_30: NDArray[np.int32]
    time_critical_beyond_45: NDArray[np.int32]
    births: NDArray[np.int32]
    births_moved: NDArray[np.int32]
    births_journey_min: NDArray[np.float64]
    births_added_min: NDArray[np.float64]
    births_beyond_30: NDArray[np.int32]
    births_beyond_45: NDArray[np.int32]
    stays_moved: NDArray[np.int32]
    stays_added_min: NDArray[np.float64]
    stays_unmet: NDArray[np.int32]
    surgeries_backlog: NDArray[np.int32]
    sessions_lost: NDArray[np.int32]
    sessions_backlog: NDArray[np.int32]


def communes_of(wards: "Wards", care: "Record", unmet: Numbers, luck: Luck) -> CommuneTotals:
    """The totals of all communes; of none where nobody says where people live. `unmet` is of shape (wards,)."""
    # Who reads results needs the columns above, and not the compiler.
    from simulation.care.homes.home_table import Reason
    from simulation.care.homes.journeys import add_journeys
    from simulation.care.homes.session_homes import count_sessions

    communes, counts = wards.homes.communes, care.by_commune
    shape = (len(Reason), len(communes))
    came, beyond_30, beyond_45 = (np.zeros(shape, np.int64) for _ in range(3))
    journey_min = np.zeros(shape)
    add_journeys(wards.table.homes, care.came, came, journey_min, beyond_30, beyond_45)
    chances = luck.stream("homes of sessions").random(len(wards.finess))
    lost, waiting = (np.zeros(len(communes), np.int64) for _ in range(2))
    count_sessions(wards.sessions, unmet.astype(np.int32), chances, lost)
    count_sessions(wards.sessions, care.waiting[-1], chances, waiting)
    known = len(communes) if communes.are_known else 0

    def whole(count: Numbers) -> NDArray[np.int32]:
        return count[:known].astype(np.int32)

    def exact(minutes: Floats) -> Floats:
        return minutes[:known].copy()

    return CommuneTotals(
        codes=communes.codes[:known],
        departments=communes.departments[:known],
        ed_visits=whole(came[Reason.EMERGENCY]),
        ed_visits_unmet=whole(counts["unmet"]),
        ed_ambulances_diverted=whole(counts["diverted"]),
        ed_moved_on=whole(counts["moved_on"]),
        ed_patients_transferred=whole(counts["transferred"]),
        ed_journey_min=exact(journey_min[Reason.EMERGENCY] + counts["added_min"]),
        ed_added_min=exact(counts["added_min"]),
        ed_beyond_30=whole(beyond_30[Reason.EMERGENCY] + counts["beyond_30"]),
        ed_beyond_45=whole(beyond_45[Reason.EMERGENCY] + counts["beyond_45"]),
        time_critical_taken=whole(counts["critical"]),
        time_critical_journey_min=exact(counts["critical_journey_min"]),
        time_critical_delay_min=exact(counts["critical_min"]),
        time_critical_beyond_30=whole(counts["critical_beyond_30"]),
        time_critical_beyond_45=whole(counts["critical_beyond_45"]),
        births=whole(came[Reason.BIRTH]),
        births_moved=whole(counts["births_moved"]),
        births_journey_min=exact(journey_min[Reason.BIRTH] + counts["births_added_min"]),
        births_added_min=exact(counts["births_added_min"]),
        births_beyond_30=whole(beyond_30[Reason.BIRTH] + counts["births_beyond_30"]),
        births_beyond_45=whole(beyond_45[Reason.BIRTH] + counts["births_beyond_45"]),
        stays_moved=whole(counts["stays_moved"]),
        stays_added_min=exact(counts["stays_added_min"]),
        stays_unmet=whole(counts["stays_unmet"]),
        surgeries_backlog=whole(counts["surgeries_backlog"]),
        sessions_lost=whole(lost),
        sessions_backlog=whole(waiting),
    )


def mean_of(sums: NDArray[np.generic], patients: NDArray[np.int32]) -> float | None:
    """What is summed by commune, over all patients of the region; none without a patient."""
    count = int(patients.sum())
    return float(sums.sum()) / count if count else None
