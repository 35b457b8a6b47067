"""Paired: two campaigns on the same random numbers, crisis by crisis.

Nothing is told of either alone: that is in their summaries. A crisis is a replication in which something went off under
one of the two at least; under the other, precautions alone may cost something. Where it never went off under either,
all replications are told of.

No time that may not be over is averaged as if it were. Its difference is that of the hours, within the days simulated,
in which it was not: these are known in every replication, and none where there was nothing to wait for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.added import OF_CARE, REACH
from results.analysis.compared.verdicts import held_all, of_care, of_systems
from results.analysis.compared.waits import followed
from results.analysis.pairs.differences import Change, Difference, apart, change_of, difference_of
from results.analysis.pairs.pairing import Side, sides_of, went_off_in_any
from results.analysis.witnesses import Witnesses
from results.store.store import Store
from simulation.inputs.indicators.registry import INDICATORS

LASTING = tuple(
    name for name, each in INDICATORS.items() if each.wait and (each.is_delay or each.wait.since is not None)
)
"""Waits that last from something on. The others are hours of the clock, such as that of the first detection."""

Thresholds = Sequence[Mapping[str, Any]]
OfKind = Callable[[Thresholds], Thresholds]
"""Those of care, or those of response and systems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedWait:
    """A wait under both: how long it lasted within the days simulated, and whether it was over at their end."""

    lasted: Difference
    not_over: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """What an alternative has beyond a reference, replication by replication."""

    reference: str
    alternative: str
    """Campaigns."""
    replications: int
    """Those that both have."""
    went_off: Change
    """Over all of them."""
    crises: int
    """Replications in which it went off under one of the two at least; where there is none, the rest is of all."""
    added: Mapping[str, Difference]
    """What the attack adds to each indicator of care; where the ordinary days are the same, simply the indicator."""
    reach: Mapping[str, Difference]
    """How many establishments and GHTs it came to."""
    waits: Mapping[str, PairedWait]
    care_held: Change | None
    """By the thresholds of each one's scenario; `None` where one of them has none on care."""
    systems_held: Change | None


def paired(store: Store, reference: str, alternative: str) -> Paired:
    """What a campaign has beyond another; `NotPaired` where their replications have not the same chance."""
    return pair_of(*sides_of(store, [reference, alternative]))


def pair_of(reference: Side, alternative: Side) -> Paired:
    """The same of two sides with as many replications."""
    both = (reference, alternative)
    off = went_off_in_any(both)
    witnesses = reference.crises.witnesses
    return Paired(
        reference=reference.description.campaign,
        alternative=alternative.description.campaign,
        replications=len(off),
        went_off=change_of(reference.crises.went_off, alternative.crises.went_off, witnesses),
        crises=int(off.sum()) if any(side.crises.went_off.any() for side in both) else 0,
        added={
            name: difference_of(INDICATORS[name].unit, values, witnesses.among(off))
            for name, values in added_apart(both, off).items()
        },
        reach={
            name: difference_of(
                INDICATORS[name].unit,
                apart(*(side.crises.asked.of(name)[off] for side in both)),
                witnesses.among(off),
            )
            for name in REACH
        },
        waits={name: _wait(both, name, off, witnesses.among(off)) for name in LASTING},
        care_held=_held(both, of_care, off, witnesses.among(off)),
        systems_held=_held(both, of_systems, off, witnesses.among(off)),
    )


def added_apart(both: tuple[Side, Side], off: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
    """What the second adds to each indicator of care beyond the first, in these replications.

    Without what the region does not count.
    """
    found = {name: apart(*(side.crises.added(name)[off] for side in both)) for name in OF_CARE}
    return {name: values for name, values in found.items() if not np.isnan(values).any()}


def _wait(both: tuple[Side, Side], name: str, off: NDArray[np.bool_], witnesses: Witnesses) -> PairedWait:
    found = [followed(side.crises.asked, name, side.crises.horizon_h) for side in both]
    lasted = [np.where(each.concerned, np.maximum(each.times, 0.0), 0.0)[off] for each in found]
    reference, alternative = ((each.concerned & ~each.over)[off] for each in found)
    return PairedWait(
        lasted=difference_of(INDICATORS[name].unit, apart(*lasted), witnesses),
        not_over=change_of(reference, alternative, witnesses),
    )


def _held(
    both: tuple[Side, Side], of_kind: OfKind, off: NDArray[np.bool_], witnesses: Witnesses
) -> Change | None:
    """Whether all thresholds of a kind held."""
    thresholds = [of_kind(side.inputs["scenario"]["thresholds"]) for side in both]
    if not all(thresholds):
        return None
    reference, alternative = (
        held_all(side.crises, each)[off] for side, each in zip(both, thresholds, strict=True)
    )
    return change_of(reference, alternative, witnesses)
