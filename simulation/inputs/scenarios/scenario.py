"""A scenario: waves of attack (or none), an event, and the thresholds by which the region is judged."""

from datetime import datetime, timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from simulation.inputs.clock import EIGHTEEN_MONTHS_H, PARIS, ParisInstant
from simulation.inputs.events.event import Event
from simulation.inputs.indicators.bounds import DEADLINES, HIGHEST_BOUNDS, BoundableName
from simulation.inputs.scenarios.wave import Wave
from topologies.errors import Message
from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input, Quantity
from topologies.fields.scalars import Number, Text, Whole
from topologies.fields.title import Title
from topologies.region import Region

THIRTY_DAYS_H = 30 * 24


MOST_SURGE = 20.0


class Threshold(Input):
    """A bound on what the attack adds to an indicator of care, or a deadline of response and systems."""

    indicator: BoundableName
    at_most: Number = Field(ge=0)
    reason: Title

    @model_validator(mode="after")
    def _can_break(self) -> Self:
        most = HIGHEST_BOUNDS[self.indicator]
        if self.at_most > most:
            values = {"value": self.at_most, "indicator": self.indicator, "most": most}
            raise ValueError(
                Message("at_most {value} is more than {indicator} can be, {most}", values),
                Message("lower it; a share of 5 % is 0.05"),
            )
        return self


def _due_in_time(threshold: Threshold, scenario: ValidationInfo) -> Threshold:
    horizon_h = scenario.data.get("horizon_h", EIGHTEEN_MONTHS_H)
    if threshold.indicator in DEADLINES and threshold.at_most > horizon_h:
        values = {"indicator": threshold.indicator, "hours": f"{threshold.at_most:g}", "horizon": horizon_h}
        raise ValueError(
            Message(
                "{indicator} may take {hours} h, which ends after the horizon of {horizon} h: it never breaks",
                values,
            ),
            Message("lower at_most, or lengthen horizon_h"),
        )
    return threshold


class Surge(Input):
    """More emergency patients than usual for a while: a heat wave, an epidemic."""

    begins: ParisInstant
    ends: ParisInstant
    emergency: Quantity
    """Emergency patients over those of ordinary days."""

    @model_validator(mode="after")
    def _is_plausible(self) -> Self:
        if self.emergency.value > MOST_SURGE:
            values = {"value": self.emergency.value, "most": MOST_SURGE}
            raise ValueError(
                Message("emergency {value} is more than {most} times the usual patients", values),
                Message("write how many times as many patients as usual come"),
            )
        return self


class Scenario(Input):
    """Waves of attack to replay during an event; without any, ordinary life."""

    name: Slug
    title: Title
    story: Title
    tests: Title
    """What of the region's preparation the scenario tests."""
    sources: tuple[Text, ...] = Field(min_length=1)
    start: ParisInstant
    horizon_h: Whole = Field(default=THIRTY_DAYS_H, gt=0, le=EIGHTEEN_MONTHS_H)
    event: Event | None = None
    """Who gathers meanwhile, if anybody."""
    surge: Surge | None = None
    waves: tuple[Wave, ...] = ()
    thresholds: tuple[Annotated[Threshold, AfterValidator(_due_in_time)], ...] = Field(min_length=1)
    held_share_target: Number = Field(gt=0, lt=1)
    """Each verdict is good when at least this share of the replications in which something went off held."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        self._check_instants()
        self._check_waves()
        if self.surge is not None and not self.start <= self.surge.begins < self.surge.ends <= self.end:
            raise ValueError(
                Message(
                    "surge from {begins} to {ends} is not between start {start} and the horizon {end}",
                    {
                        "begins": self.surge.begins,
                        "ends": self.surge.ends,
                        "start": self.start,
                        "end": self.end,
                    },
                ),
                Message("move the surge, or lengthen horizon_h"),
            )
        if len({threshold.indicator for threshold in self.thresholds}) < len(self.thresholds):
            raise ValueError(
                Message("two thresholds bound the same indicator"), Message("keep the stricter of the two")
            )
        return self

    def _check_instants(self) -> None:
        """Whatever a wave does at a set instant, it does while the scenario runs."""
        for number, wave in enumerate(self.waves):
            for field, instant in wave.instants():
                if not self.start <= instant < self.end:
                    raise ValueError(
                        Message(
                            "waves.{number}.{field} {instant} is not between start {start} and the horizon {end}",
                            {
                                "number": number,
                                "field": field,
                                "instant": instant,
                                "start": self.start,
                                "end": self.end,
                            },
                        ),
                        Message("move it, or move start, or lengthen horizon_h"),
                    )

    def _check_waves(self) -> None:
        """Waves have names of their own, and none waits, through others, for itself."""
        follows = {wave.name: wave.after.wave if wave.after else None for wave in self.waves}
        if len(follows) < len(self.waves):
            raise ValueError(
                Message("two waves have the same name"), Message("give each wave a name of its own")
            )
        for number, wave in enumerate(self.waves):
            if wave.after and wave.after.wave not in follows:
                raise ValueError(
                    Message(
                        "waves.{number}.after.wave {name} is none of the waves",
                        {"number": number, "name": wave.after.wave},
                    ),
                    Message("name one of {names}", {"names": ", ".join(follows)}),
                )
            chain, before = [wave.name], follows[wave.name]
            while before is not None and before not in chain:
                chain.append(before)
                before = follows.get(before)
            if before is not None:
                raise ValueError(
                    Message(
                        "waves.{number}.after makes a circle of waves: {chain}",
                        {"number": number, "chain": " → ".join([*chain, before])},
                    ),
                    Message("let one of them begin at an instant of its own (begins)"),
                )

    @property
    def attackers(self) -> dict[str, str]:
        """By wave that follows another, the one with which its attackers began: they are the same."""
        follows = {wave.name: wave.after.wave for wave in self.waves if wave.after}

        def first(wave: str) -> str:
            return first(follows[wave]) if wave in follows else wave

        return {wave: first(wave) for wave in follows}

    def in_region(self, region: Region) -> Self:
        """The scenario without its event, if other regions take care of all of that: the attack is the same."""
        if self.event is None or not self.event.is_elsewhere(region):
            return self
        return self.model_copy(update={"event": None})

    @property
    def end(self) -> datetime:
        """The instant at which the replication stops."""
        return self.start + timedelta(hours=self.horizon_h)

    @property
    def first_hour(self) -> int:
        """Hour of the day, by the clock of Paris, at which it starts."""
        return self.start.astimezone(PARIS).hour

    def hours_of(self, instant: datetime) -> float:
        """Hours from the scenario's start to an instant."""
        return (instant - self.start).total_seconds() / 3600
