"""Drawn: what a replication took the uncertain parameters to be, as the store keeps it."""

from dataclasses import dataclass
from typing import Annotated

from simulation.outcome.columns import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterOutcome:
    """What one replication took one uncertain parameter to be; one row of the parameters table.

    The table is empty where all replications take the parameters' own values. Replications 2n and 2n + 1 share their
    draw, and sixteen in a row that of ordinary life: what differs between the two of a pair is chance.
    """

    replication: Annotated[int, Column("number of the replication in its campaign, from 0")]
    parameter: Annotated[str, Column("name of the parameter, as in docs/parameters.md")]
    value: Annotated[float, Column("what the replication took it to be", "unit of the parameter")]
