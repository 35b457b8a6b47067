"""A study: postures to compare with one another, named by what is asked."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from simulation.inputs.postures.posture import Levers, Posture
from topologies.errors import Message, nearest_names
from topologies.fields.identifiers import LONGEST_SLUG, Slug
from topologies.fields.quantity import Input
from topologies.fields.scalars import Text
from topologies.fields.shown import shown
from topologies.fields.title import Title


def _a_lever(name: str) -> str:
    known = list(Levers.model_fields)
    if name not in known:
        values = {"value": shown(name), "nearest": nearest_names(name, known)}
        raise ValueError(
            Message("{value} is not one of the choices", values), Message("use {nearest}", values)
        )
    return name


class Step(Input):
    """Some levers at the level of another posture, all others as in the reference."""

    name: Slug
    title: Title
    levers: tuple[Annotated[Text, AfterValidator(_a_lever)], ...] = Field(min_length=1)


class Study(Input):
    """What is compared with a reference: steps towards a posture, and postures as they are."""

    name: Slug
    title: Title
    story: Title
    sources: tuple[Text, ...] = Field(min_length=1)
    reference: Text
    """A posture, by its name."""
    toward: Text | None = None
    """The posture from which the steps take the levels of their levers."""
    steps: tuple[Step, ...] = ()
    postures: tuple[Text, ...] = ()
    """Others, by their names."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if not self.steps and not self.postures:
            raise ValueError(
                Message("there is nothing to compare with the reference"), Message("add postures or steps")
            )
        if self.steps and self.toward is None:
            raise ValueError(
                Message("steps say no level"), Message("add toward, the posture whose levels they take")
            )
        return self


def stepped(reference: Posture, toward: Posture, step: Step) -> Posture:
    """The reference with the levers of a step at the levels of the other posture, their ranges and sources included."""
    levels = {name: level for name, level in toward.levers if name in step.levers}
    return reference.model_copy(
        update={
            "name": f"{reference.name}-{step.name}"[:LONGEST_SLUG].rstrip("-"),
            "title": step.title,
            "levers": reference.levers.model_copy(update=levels),
        }
    )
