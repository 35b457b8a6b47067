"""When are two outcomes the same? To the last bit, arrays included."""

from dataclasses import fields

import numpy as np

from simulation.outcome.establishment_hours import EstablishmentHours
from simulation.outcome.records import Hours, Outcome


def same_hours(one: Hours, other: Hours) -> bool:
    return one.groups == other.groups and all(
        np.array_equal(getattr(one, field.name), getattr(other, field.name))
        for field in fields(Hours)
        if field.name != "groups"
    )


def same_sites(one: EstablishmentHours, other: EstablishmentHours) -> bool:
    return one.finess == other.finess and all(
        np.array_equal(getattr(one, field.name), getattr(other, field.name))
        for field in fields(EstablishmentHours)
        if field.name != "finess"
    )


def same(one: Outcome, other: Outcome) -> bool:
    return (
        one.replication == other.replication
        and one.establishments == other.establishments
        and one.timeline == other.timeline
        and same_hours(one.hours, other.hours)
        and same_sites(one.establishment_hours, other.establishment_hours)
    )
