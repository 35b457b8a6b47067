"""Usable applications: only those that a site has are told to be down or back."""

import numpy as np

from simulation.continuity.usable import Usable
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.inputs.streams import Stream
from simulation.replication import PreparedCampaign


def test_the_software_of_a_samu_is_down_where_there_is_one(small: PreparedCampaign) -> None:
    prepared, everything = small.continuity, np.ones(len(small.continuity.applications))
    with_samu = {
        small.nodes.number_of[name] for name, here in small.care.wards.of_site.items() if Stream.SAMU in here
    }
    told: dict[str, set[Node]] = {name: set() for name in prepared.applications}
    for node in small.nodes.sites:
        situation = Situation.at_start(small.nodes, Luck(1, 0), 10.0)
        situation.note(node, EventKind.IMPACT)
        usable = Usable(situation, prepared.applications, prepared.stakes.uses)
        usable.follow(node, everything)
        usable.follow(node, None)
        for name in prepared.applications:
            if name in situation.timeline.events[-1].what.detail.split(", "):
                told[name].add(node)
    assert told["regulation"] == with_samu.intersection(small.nodes.sites)
    assert told["payroll"] == set(small.nodes.sites)
