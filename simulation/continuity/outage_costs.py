"""Costs of an outage: the application × stream matrix as arrays, and what is left of each stream."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.care.flow.changes import PLANNED_ROWS, STAYS, Left
from simulation.engine.compiled import U4, compiled, inlined
from simulation.inputs.parameters.outages import Outages
from simulation.inputs.streams import EMERGENCY, NUMBER, STREAMS, Stream

PLANNED_STAYS = int(STAYS)
EXAMS = frozenset({"imaging", "laboratory"})
IN_HOSPITAL = [
    NUMBER[stream]
    for stream in (
        *EMERGENCY,
        Stream.CRITICAL_CARE,
        Stream.SURGERY_URGENT,
        Stream.MATERNITY,
        Stream.MEDICINE,
        Stream.DIALYSIS,
    )
]
"""Streams whose patients are there and cannot wait."""


class Matrix(NamedTuple):
    """The matrix as arrays: what every application wholly down does, without a plan and with a rehearsed one."""

    kept: NDArray[np.float64]
    """Of shape (2, applications, streams)."""
    longer: NDArray[np.float64]
    minutes: NDArray[np.float64]
    can_wait: NDArray[np.float64]
    """How far each application may be down before the stream feels it, of shape (applications, streams)."""


def matrix_of(outages: Outages, exams_can_wait: float) -> Matrix:
    """The matrix as arrays, in the order of its applications.

    Images and analyses that cannot wait are made first: those who are in the hospital feel only that too few of these
    are made, who has an appointment feels all that is missing.
    """
    number = {name: place for place, name in enumerate(outages.applications)}
    shape = (2, len(number), len(STREAMS))
    matrix = Matrix(np.ones(shape), np.ones(shape), np.zeros(shape), np.zeros(shape[1:]))
    for application in EXAMS & number.keys():
        matrix.can_wait[number[application], IN_HOSPITAL] = exams_can_wait
    for cost in outages.costs:
        cell = (number[cost.application], NUMBER[cost.stream])
        for plan, kept, longer, minutes in (
            (0, cost.kept, cost.lengthened, cost.minutes),
            (1, cost.kept_rehearsed, cost.lengthened_rehearsed, cost.minutes_rehearsed),
        ):
            matrix.kept[(plan, *cell)] = kept[0]
            matrix.longer[(plan, *cell)] = longer[0]
            matrix.minutes[(plan, *cell)] = minutes[0]
    return matrix


@compiled
def costs_of(
    matrix: Matrix, down: NDArray[np.float64], rehearsed: float, hardship: float, out: NDArray[np.float64]
) -> None:
    """What is left of each stream where each application is so far down (0..1), of shape (applications,).

    `rehearsed` (0..1) lies between no plan and a rehearsed one; `hardship` multiplies what is lost. `out`, of shape
    (streams, columns of `Left`), has its share of the capacity kept, multiple of stays and minutes added filled.
    """
    for stream in range(out.shape[0]):
        lost, longer, minutes = 0.0, 0.0, 0.0
        for application in range(len(down)):
            can_wait = matrix.can_wait[application, stream]
            felt = (down[application] - can_wait) / (1.0 - can_wait)
            if felt <= 0.0:
                continue
            lost = max(lost, (1.0 - _planned(matrix.kept, application, stream, rehearsed)) * felt)
            longer = max(longer, (_planned(matrix.longer, application, stream, rehearsed) - 1.0) * felt)
            minutes = max(minutes, _planned(matrix.minutes, application, stream, rehearsed) * felt)
        out[stream, 0] = 1.0 - min(1.0, lost * hardship)
        out[stream, 1] = 1.0 + longer * hardship
        out[stream, 2] = minutes * hardship


@inlined
def _planned(table: NDArray[np.float64], application: int, stream: int, rehearsed: float) -> float:
    """Of a cell, what lies so far between no plan and a rehearsed one."""
    bare = table[0, application, stream]
    return float(bare + (table[1, application, stream] - bare) * rehearsed)


@compiled
def put_off(
    is_stopped: NDArray[np.bool_],
    lost: NDArray[np.float64],
    stopped_keeps: float,
    organised_loses: float,
    out: NDArray[np.float64],
) -> None:
    """Planned streams that are stopped keep little; the others, organised on paper, lose a part of what systems cost.

    `is_stopped` is in the order of `PLANNED`; `lost`, what systems cost each stream, is of shape (streams,); `out`, of
    shape (streams, columns of `Left`), holds what is left without any decision.
    """
    for planned in range(len(is_stopped)):
        stream = PLANNED_ROWS[planned]
        # Planned stays have no places of their own: what they leave of the beds is left for emergencies.
        column = U4(Left.PLANNED if stream == PLANNED_STAYS else Left.CAPACITY)
        if is_stopped[planned]:
            out[stream, column] = min(out[stream, column], stopped_keeps)
        else:
            out[stream, column] = 1.0 - lost[stream] * organised_loses
