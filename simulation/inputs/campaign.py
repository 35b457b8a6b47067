"""A campaign: all that determines its replications, as one frozen value; its id is the digest of it.

Nothing below it reads a file: whoever prepares or runs a campaign finds here every number that the model uses. The
number of replications is no input: a campaign is an endless list, of which a store holds the first ones.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from simulation.inputs.digests import canonical, digest_of, plain
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.chosen import Aim, aims_of
from simulation.inputs.scenarios.scenario import Scenario
from topologies.building.assumptions import Assumptions, assumptions
from topologies.region import Region

MODEL_VERSION = "10"
"""Changes whenever equal inputs give other outcomes: campaigns of two versions never mix."""

ID_DIGITS = 15


class Uncertainty(StrEnum):
    """Whether replications differ by chance alone."""

    DRAWN = "drawn"
    """Each takes the uncertain parameters from their ranges: it differs by what is not known too."""
    CENTRAL = "central"
    """All take the values of the parameters."""


CRISIS_SHARED, ORDINARY_SHARED = 2, 16
"""Replications in a row that share a draw of the crisis, and of ordinary life, where parameters are drawn."""


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One question put to the model; in equal campaigns, equal replications are equal to the last bit."""

    region: Region
    scenario: Scenario
    """With its event, if any."""
    posture: Posture
    seed: int
    parameters: Parameters = field(default_factory=load_parameters)
    """With the matrix of outages."""
    assumptions: Assumptions = field(default_factory=assumptions)
    """By which journeys that no link of the region gives are reckoned."""
    uncertainty: Uncertainty = Uncertainty.CENTRAL
    model: str = MODEL_VERSION

    def __repr__(self) -> str:
        event = self.scenario.event.name if self.scenario.event else "no event"
        asked = (self.region.name, self.scenario.name, event, self.posture.name)
        return f"<Campaign {' · '.join(asked)}, seed {self.seed}>"

    @property
    def shared_draw(self) -> int:
        """Replications in a row that may have something in common beside the campaign."""
        return ORDINARY_SHARED if self.uncertainty is Uncertainty.DRAWN else 1

    @cached_property
    def aims(self) -> dict[str, Aim]:
        """Where each wave sets in, by its name: what the scenario's choices come to in this region."""
        return aims_of(self.scenario, self.region, self.assumptions)

    @cached_property
    def inputs(self) -> dict[str, Any]:
        """What comes from documents, and what was chosen by it, in full, as plain JSON values."""
        return {
            "region": plain(self.region),
            "scenario": plain(self.scenario),
            "posture": plain(self.posture),
            "parameters": plain(self.parameters),
            "assumptions": plain(self.assumptions),
            "aims": plain(self.aims),
            "uncertainty": plain(self.uncertainty),
        }

    @cached_property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each of them."""
        return {name: digest_of(value) for name, value in self.inputs.items()}

    def with_other(self, *, scenario: Scenario, posture: Posture) -> "Campaign":
        """The campaign with another scenario and posture; what stays, such as the region, is not digested again."""
        other = replace(self, scenario=scenario, posture=posture)
        changed = {"scenario": plain(scenario), "posture": plain(posture), "aims": plain(other.aims)}
        vars(other)["inputs"] = self.inputs | changed
        vars(other)["digests"] = self.digests | {name: digest_of(value) for name, value in changed.items()}
        return other

    @cached_property
    def id(self) -> str:
        """The campaign's name in every store."""
        return id_of(self.digests, self.model, self.seed)

    def written_inputs(self) -> bytes:
        """The inputs as a store keeps them."""
        return canonical(self.inputs)


def id_of(digests: dict[str, str], model: str, seed: int) -> str:
    """The name of a campaign in every store.

    Its first letter keeps the readers of hive partitions from taking a digest for a number.
    """
    return "c" + digest_of({**digests, "model": model, "seed": seed})[:ID_DIGITS]
