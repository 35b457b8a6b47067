"""The gravest: of all that befell patients in a crisis, what befell most of those who cannot wait."""

from collections.abc import Mapping, Sequence
from typing import Final

from results.presentation.language import later
from results.presentation.story.chain import Row, chain_to, of_the_crisis
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream

MET: Final[Mapping[EventKind, str]] = {
    EventKind.PATIENTS_UNMET: later("not cared for"),
    EventKind.OPERATIONS_POSTPONED: later("postponed"),
    EventKind.PATIENTS_TRANSFERRED: later("transferred"),
    EventKind.AMBULANCES_DIVERTED: later("ambulances diverted"),
    EventKind.PATIENTS_MOVED_ON: later("gone on elsewhere"),
}
"""What patients may meet, the gravest first."""
CANNOT_WAIT = frozenset({Stream.EMERGENCY_ADULT, Stream.EMERGENCY_PAEDIATRIC, Stream.CRITICAL_CARE})


def gravest(events: Sequence[Row]) -> int | None:
    """The event of the crisis that counts most patients, of the gravest kind that happened; `None` where none did.

    Those who cannot wait come before all others.
    """
    crisis = [row for row in of_the_crisis(events) if row["patients"] and _has_a_first_act(events, row)]
    order = {str(kind): rank for rank, kind in enumerate(MET)}

    def rank(row: Row) -> tuple[bool, int, int]:
        return (row["detail"].split()[-1] not in CANNOT_WAIT, order[row["kind"]], -row["patients"])

    return int(min(crisis, key=rank)["event"]) if crisis else None


def _has_a_first_act(events: Sequence[Row], row: Row) -> bool:
    """It does not come from ordinary life alone."""
    first: str = chain_to(events, row["event"])[0]["kind"]
    return first != EventKind.ORDINARY_LIFE
