"""What is replayed? An attack (or none), an event, and the thresholds that say whether the region held."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, Field, model_validator

from topologies.errors import Message
from topologies.identifiers import NodeId, Slug
from topologies.quantity import Input

HALF_A_YEAR_H = 180 * 24
THIRTY_DAYS_H = 30 * 24


class Title(Input):
    """A text on screen, in the two languages of the program."""

    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Gauge(StrEnum):
    """An indicator that a threshold can bound from above."""

    ICU_UNMET = "icu_unmet_patient_h"
    ED_UNMET = "ed_unmet_share"
    TIME_CRITICAL_DELAY = "time_critical_delay_min"
    SURGERIES_POSTPONED = "surgeries_postponed"
    RESPONDER_WAIT = "responder_wait_max_h"
    REGIONAL_CELL_DELAY = "regional_cell_delay_h"
    RESTORATION = "restoration_h"


class Threshold(Input):
    """The region holds as long as the indicator is at most this."""

    indicator: Gauge
    at_most: float = Field(ge=0)
    reason: Title


class Attack(Input):
    """Who is tried first, and when the payload goes off wherever the attacker then holds the directory."""

    entry_points: tuple[NodeId, ...] = Field(min_length=1)
    detonation: AwareDatetime


class Scenario(Input):
    """An attack to replay during an event; without an attack, ordinary life."""

    name: Slug
    title: Title
    story: Title
    sources: tuple[str, ...] = Field(min_length=1)
    start: AwareDatetime
    horizon_h: int = Field(default=THIRTY_DAYS_H, gt=0, le=HALF_A_YEAR_H)
    event: Slug | None = None
    """The event whose venues draw crowds, as the region's venues name it."""
    attack: Attack | None = None
    thresholds: tuple[Threshold, ...] = Field(min_length=1)
    held_share_target: float = Field(gt=0, lt=1)
    """The region is said to hold when at least this share of replications did."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.attack is not None and not self.start <= self.attack.detonation < self.end:
            raise ValueError(
                Message(
                    "attack.detonation {detonation} is not between start {start} and the horizon {end}",
                    {"detonation": self.attack.detonation, "start": self.start, "end": self.end},
                ),
                Message("move the detonation, or lengthen horizon_h"),
            )
        if len({threshold.indicator for threshold in self.thresholds}) < len(self.thresholds):
            raise ValueError(
                Message("two thresholds bound the same indicator"), Message("keep the stricter of the two")
            )
        return self

    @property
    def end(self) -> datetime:
        """The instant at which the replication stops."""
        return self.start + timedelta(hours=self.horizon_h)
