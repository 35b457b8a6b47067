"""Pairing: campaigns whose replications of one number met the same region, days and chance."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.analysis.compared.twin import crises_of
from results.analysis.compared.verdicts import Crises
from results.store.description import Description
from results.store.store import Store
from topologies.errors import Finding, InputError, Message


class NotPaired(InputError):
    """Replications of the same number in these campaigns have not the same chance."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the campaigns that are compared."""

    description: Description
    inputs: Mapping[str, Any]
    crises: Crises

    def first(self, replications: int) -> "Side":
        """The same with its first replications."""
        return replace(self, crises=self.crises.first(replications))


def sides_of(store: Store, campaigns: Sequence[str]) -> tuple[Side, ...]:
    """These campaigns, the first of which is the reference, with as many replications as all of them have.

    `NotPaired` where they differ in anything but what may be compared: scenario, posture and event.
    """
    twins: dict[str, Rows] = {}
    every = [_side(store, campaign, twins) for campaign in campaigns]
    check_paired(every)
    shared = min(len(side.crises.asked) for side in every)
    return tuple(side.first(shared) for side in every)


def check_paired(every: Sequence[Side]) -> None:
    """`NotPaired` unless replications of one number had the same chance in all of them."""
    findings = [finding for side in every[1:] for finding in _unlike(every[0], side)]
    findings += [finding for side in every for finding in _without_attack(side)]
    if findings:
        raise NotPaired(Message("these campaigns cannot be compared replication by replication"), findings)


def went_off_in_any(sides: Sequence[Side]) -> NDArray[np.bool_]:
    """The replications in which it went off under one of them at least; all where it never did under any."""
    any_of: NDArray[np.bool_] = np.logical_or.reduce([side.crises.went_off for side in sides])
    return any_of if any_of.any() else ~any_of


def _side(store: Store, campaign: str, twins: dict[str, Rows]) -> Side:
    snapshot, inputs = store.snapshot(campaign), store.inputs(campaign)
    (description,) = snapshot.descriptions
    return Side(description, inputs, crises_of(store, snapshot, inputs, twins))


def _unlike(reference: Side, side: Side) -> Iterator[Finding]:
    """What must be the same and is not."""
    ours, theirs = _of(reference), _of(side)
    for name, problem, remedy in (
        ("model", Message("was run by another version of the model"), Message("run both with this one")),
        ("region", Message("is of another region"), Message("compare campaigns of one region")),
        ("seed", Message("has another seed"), Message("run it with --seed {seed}", {"seed": ours["seed"]})),
        (
            "uncertainty",
            Message("takes its parameters otherwise, drawn or central"),
            Message("run it with --parameters {parameters}", {"parameters": ours["uncertainty"]}),
        ),
        ("parameters", Message("has other parameters"), Message("run both with the same")),
        (
            "days",
            Message("is of other days"),
            Message("compare scenarios that begin and end at the same hour"),
        ),
    ):
        if ours[name] != theirs[name]:
            yield Finding(where=side.description.campaign, problem=problem, remedy=remedy)


def _of(side: Side) -> dict[str, object]:
    """What replications of the same number must share to be the same but for what is compared."""
    known, scenario = side.description, side.inputs["scenario"]
    return {
        "model": known.versions["model"],
        "region": known.digests["region"],
        "seed": known.seed,
        "uncertainty": side.inputs["uncertainty"],
        "parameters": (known.digests["parameters"], known.digests["assumptions"]),
        "days": (scenario["start"], scenario["horizon_h"]),
    }


def _without_attack(side: Side) -> Iterator[Finding]:
    if side.crises.are_ordinary:
        yield Finding(
            where=side.description.campaign,
            problem=Message("is ordinary life, with which each is compared anyway"),
            remedy=Message("leave it out"),
        )
