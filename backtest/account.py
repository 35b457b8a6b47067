"""An account: what was published of an incident, as a type.

The model replays an incident in its region with the parameters of every other campaign. Only what is known of the
incident may differ: when and where it went off, which machines it reached, what was cut when. Such a fact stands in
`hit`, `known` or `levers`, with its source, and is then no figure to be found.
"""

from functools import cached_property
from typing import Self

from pydantic import Field, ValidationError, model_validator

from backtest.figure import OF_THE_SPREAD, Figure
from simulation.inputs.clock import HALF_A_YEAR_H
from simulation.inputs.parameters.parameters import QUANTITY_TYPES, Parameters
from simulation.inputs.parameters.plausible import check_plausible
from simulation.inputs.postures.posture import Levers, Posture
from simulation.inputs.scenarios.scenario import Scenario, Threshold
from simulation.inputs.scenarios.wave import Detonation, Wave
from topologies.errors import Message, nearest_names
from topologies.fields.identifiers import NodeId, Slug
from topologies.fields.quantity import Input, Quantity, Share
from topologies.fields.scalars import Instant, Text, Whole, YesNo
from topologies.fields.shown import shortened
from topologies.fields.title import Title


class Course(Scenario):
    """What happened, as a scenario: observed figures judge it, not thresholds."""

    thresholds: tuple[Threshold, ...] = ()


class Account(Input):
    """Waves of attack, what is known of the sites that they struck, and the figures to find."""

    name: Slug
    title: Title
    story: Title
    sources: tuple[Text, ...] = Field(min_length=1)
    start: Instant
    horizon_h: Whole = Field(gt=0, le=HALF_A_YEAR_H)
    waves: tuple[Wave, ...] = Field(min_length=1)
    hit: tuple[NodeId, ...] = ()
    """Where it is known that the payload went off, at the instant at which it did: sites, and services they share."""
    averted: YesNo = False
    """The payload never went off: replications in which it does, or in which nobody cuts a link, are other stories."""
    levers: dict[Text, Share] = Field(default_factory=dict)
    """Levers whose level there is known; the others are the baseline's."""
    known: dict[Text, Quantity] = Field(default_factory=dict)
    """Parameters whose value there is known; the others are everyone's."""
    figures: tuple[Figure, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _knows_its_words(self) -> Self:
        for field, given, known in (
            ("levers", self.levers, list(Levers.model_fields)),
            ("known", self.known, list(QUANTITY_TYPES)),
        ):
            for name in given:
                if name not in known:
                    raise ValueError(
                        Message(
                            "{field} holds {name}, which the model does not know",
                            {"field": field, "name": shortened(name)},
                        ),
                        Message("use {nearest}, or drop it", {"nearest": nearest_names(name, known)}),
                    )
        if len({figure.name for figure in self.figures}) < len(self.figures):
            raise ValueError(Message("two figures have the same name"), Message("keep one of the two"))
        return self

    @model_validator(mode="after")
    def _knows_what_can_be(self) -> Self:
        for name, quantity in self.known.items():
            check_plausible(name, quantity)
            if issubclass(QUANTITY_TYPES[name], Share) and quantity.high > 1:
                raise ValueError(
                    Message(
                        "{name} is a share, and its high is {high}", {"name": name, "high": quantity.high}
                    ),
                    Message("lower it; a share of 5 % is 0.05"),
                )
        return self

    @model_validator(mode="after")
    def _can_be_replayed(self) -> Self:
        """What a scenario may not say of its waves, an account may not either."""
        try:
            _ = self.course, self.day
        except ValidationError as refused:
            raise refused.errors()[0]["ctx"]["error"] from None
        return self

    @cached_property
    def course(self) -> Course:
        """The incident as a scenario, as it could be told on the eve."""
        return self._course(self.waves)

    @cached_property
    def day(self) -> Course | None:
        """The same as it is told on the day: the attacker holds the sites that were hit when the payload goes off.

        `None` where it is not known which.
        """
        wave = self.waves[0]
        if not self.hit or wave.detonation is None or wave.detonation.at is None:
            return None
        held = {
            "entry_points": self.hit,
            "inside": True,
            "links": (),
            "begins": wave.detonation.at,
            "detonation": Detonation(arrival=True),
        }
        return self._course((Wave.model_validate(dict(wave) | held),))

    def _course(self, waves: tuple[Wave, ...]) -> Course:
        return Course(
            name=self.name,
            title=self.title,
            story=self.story,
            tests=self.title,
            sources=self.sources,
            start=self.start,
            horizon_h=self.horizon_h,
            waves=waves,
            held_share_target=0.5,
        )

    @property
    def of_the_eve(self) -> tuple[Figure, ...]:
        """The figures that are forecast before it is known where the payload went off."""
        return tuple(figure for figure in self.figures if self.day is None or figure.measure in OF_THE_SPREAD)

    @property
    def of_the_day(self) -> tuple[Figure, ...]:
        """The others."""
        return tuple(figure for figure in self.figures if figure not in self.of_the_eve)

    def posture(self, everyone: Posture) -> Posture:
        """The posture of everyone, with what is known of the levers there."""
        levers = Levers.model_validate(dict(everyone.levers) | self.levers)
        return Posture.model_validate(dict(everyone) | {"levers": levers})

    def parameters(self, everyone: Parameters) -> Parameters:
        """The parameters of everyone, with what is known there."""
        return everyone.changed(
            {
                name: QUANTITY_TYPES[name].model_validate(quantity.model_dump())
                for name, quantity in self.known.items()
            }
        )
