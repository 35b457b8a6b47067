"""A campaign: region, scenario, event, posture, parameters and seed. With the model's version, they give it its name.

Not the number of replications: a campaign is an endless list, of which the store holds the first ones.
"""

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from pydantic_core import to_jsonable_python

from results.store.description import Description, State, id_of
from results.files.digests import canonical, digest_of
from simulation import MODEL_VERSION
from simulation.inputs.events.event import Event
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from topologies.region import Region


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One question put to the model; in equal campaigns, equal replications are equal to the last bit."""

    region: Region
    scenario: Scenario
    posture: Posture
    parameters: Parameters
    seed: int
    event: Event | None = None
    """Who gathers meanwhile; not always the scenario's own event, which can be replaced."""

    def __repr__(self) -> str:
        asked = (self.region.name, self.scenario.name, self.event.name if self.event else "no event")
        return f"<Campaign {' · '.join((*asked, self.posture.name))}, seed {self.seed}>"

    @cached_property
    def inputs(self) -> dict[str, Any]:
        """The five inputs in full, as plain JSON values."""
        inputs = {
            "region": self.region,
            "scenario": self.scenario,
            "event": self.event,
            "posture": self.posture,
            "parameters": self.parameters,
        }
        return {name: to_jsonable_python(value, fallback=_plain) for name, value in inputs.items()}

    @cached_property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each input."""
        return {name: digest_of(value) for name, value in self.inputs.items()}

    @cached_property
    def id(self) -> str:
        """The campaign's name in every store."""
        return id_of(self.digests, MODEL_VERSION, self.seed)

    def written_inputs(self) -> bytes:
        """The inputs as a store keeps them."""
        return canonical(self.inputs)

    def description(self) -> Description:
        """The campaign before its first replication, run by the versions that are installed here."""
        packages = {name: version(name) for name in ("numpy", "simpy", "pyarrow")}
        return Description(
            campaign=self.id,
            state=State.RUNNING,
            replications=0,
            region=self.region.name,
            scenario=self.scenario.name,
            event=self.event.name if self.event else None,
            posture=self.posture.name,
            seed=self.seed,
            versions={"model": MODEL_VERSION, "python": platform.python_version(), **packages},
            digests=self.digests,
            inputs=sha256(self.written_inputs()).hexdigest(),
            files={},
        )


def _plain(value: object) -> object:
    """A read-only mapping as the dictionary that it shows; nothing else is expected in an input."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no part of a campaign's inputs")
