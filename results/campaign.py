"""What makes two campaigns the same? Region, scenario, event, posture, parameters, seed, and the model's version.

Not the number of replications: a campaign is an endless list, of which the store holds the first ones.
"""

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from pydantic_core import to_jsonable_python

from simulation import MODEL_VERSION
from simulation.event import Event
from simulation.parameters import Parameters
from simulation.posture import Posture
from simulation.scenario import Scenario
from topologies.region import Region

ID_DIGITS = 15


class State(StrEnum):
    """Whether a reader may see the campaign's rows."""

    RUNNING = "running"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What was run, and how far it is sealed: the content of `campaigns/<id>.json`."""

    campaign: str
    state: State
    replications: int
    """How many are sealed, from 0 without a gap; 0 as long as none is."""
    region: str
    scenario: str
    posture: str
    seed: int
    versions: dict[str, str]
    digests: dict[str, str]
    """The SHA-256 of each input."""
    files: dict[str, str]
    """The SHA-256 of each sealed file, by its path in the store."""
    inputs: dict[str, Any]
    """The region, scenario, event, posture and parameters in full."""
    event: str | None = None
    """The event whose crowd was there; none, or a store from before events were data."""


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
        return {name: _digest(value) for name, value in self.inputs.items()}

    @cached_property
    def id(self) -> str:
        """The campaign's name in every store.

        Its first letter keeps the readers of hive partitions from taking a digest for a number.
        """
        return "c" + _digest({**self.digests, "model": MODEL_VERSION, "seed": self.seed})[:ID_DIGITS]

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
            files={},
            inputs=self.inputs,
        )


def _plain(value: object) -> object:
    """A read-only mapping as the dictionary that it shows; nothing else is expected in an input."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no part of a campaign's inputs")


def _digest(value: object) -> str:
    """The SHA-256 of the value's canonical JSON: sorted keys, no spaces, shortest numbers."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return sha256(text.encode()).hexdigest()
