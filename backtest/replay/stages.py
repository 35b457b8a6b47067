"""Stages: what each stage of recovery brings back of servers, applications and workstations."""

from functools import cache
from math import isclose
from pathlib import Path
from typing import Self

from pydantic import model_validator

from simulation.engine.recovery_events import Stage
from topologies.errors import Message
from topologies.fields.quantity import Input, Share
from topologies.reading.documents import read_yaml

FILE = Path(__file__).with_name("stages.yaml")


class BroughtBack(Input):
    """Of each kind, the share that a stage brings back; together, all of it."""

    usable_after: Stage
    """The stage after which what the payload spared is used again."""
    servers: dict[Stage, Share]
    applications: dict[Stage, Share]
    workstations: dict[Stage, Share]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        for field, shares in (
            ("servers", self.servers),
            ("applications", self.applications),
            ("workstations", self.workstations),
        ):
            whole = sum(share.value for share in shares.values())
            if not isclose(whole, 1.0, abs_tol=1e-9):
                raise ValueError(
                    Message("the shares of {field} add up to {whole}", {"field": field, "whole": whole}),
                    Message("make them add up to 1"),
                )
        return self


@cache
def load_brought_back() -> BroughtBack:
    """What stages bring back, the same for every incident."""
    return read_yaml(FILE, BroughtBack)
