"""The twin: the replications of a campaign beside those of the same days without the attack."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from results.analysis.compared.added import OF_CARE
from results.analysis.compared.rows import Rows
from results.analysis.compared.verdicts import Crises
from results.analysis.witnesses import Witnesses
from results.store.snapshot import Snapshot
from results.store.store import Store
from topologies.errors import BadStore, InputError, Message


def crises_of(
    store: Store, snapshot: Snapshot, inputs: Mapping[str, Any], known: dict[str, Rows] | None = None
) -> Crises:
    """The replications of a campaign beside those of its twin; `BadStore` where the twin is not there.

    Twins that are read are put among those known, from which campaigns that share one take it.
    """
    rows, scenario = Rows(snapshot.table("indicators")), inputs["scenario"]
    everywhere = np.ones(len(rows), np.bool_)
    return Crises(
        asked=rows,
        ordinary=_twin_of(store, snapshot, rows, {} if known is None else known),
        witnesses=Witnesses.of_campaign(len(rows), inputs["uncertainty"]),
        horizon_h=scenario["horizon_h"],
        went_off=~np.isnan(rows.of("went_off_h")) if scenario["waves"] else everywhere,
    )


def _twin_of(store: Store, snapshot: Snapshot, rows: Rows, known: dict[str, Rows]) -> Rows:
    """The replications of the ordinary twin, as many as the campaign has: what an attack can add to."""
    (description,) = snapshot.descriptions
    if description.ordinary == description.campaign:
        return rows
    if description.ordinary not in known:
        try:
            ordinary_life = store.snapshot(description.ordinary)
            known[description.ordinary] = Rows(ordinary_life.table("indicators", OF_CARE))
        except InputError as error:
            raise _no_twin(description.campaign, description.ordinary) from error
    ordinary = known[description.ordinary]
    if len(ordinary) < len(rows):
        raise _no_twin(description.campaign, description.ordinary)
    return ordinary.first(len(rows))


def _no_twin(campaign: str, ordinary: str) -> BadStore:
    return BadStore(
        Message(
            "campaign {campaign} is compared with {ordinary}, the same days without the attack, of which replications "
            "are missing or damaged here; run its command again, which runs these, or `tocsin store repair`",
            {"campaign": campaign, "ordinary": ordinary},
        )
    )
