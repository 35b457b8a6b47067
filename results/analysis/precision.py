"""Precision: how well the share of crises in which care held is known after the first replications of a campaign."""

from results.analysis.compared.twin import crises_of
from results.analysis.compared.verdicts import Share, held_all, of_care, share_of
from results.store.store import Store


def care_after(store: Store, campaign_id: str, replications: int) -> Share:
    """In how many of the crises among the first replications care held.

    As the verdict of a campaign of so many would tell it, however many more the store holds.
    """
    inputs = store.inputs(campaign_id)
    crises = crises_of(store, store.snapshot(campaign_id), inputs).first(replications)
    held = held_all(crises, of_care(inputs["scenario"]["thresholds"]))
    return share_of(held, crises.went_off, crises.witnesses)
