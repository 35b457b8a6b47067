"""Priors: what was believed of the parameters that incidents set before any incident was looked at; `priors.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Self

from pydantic import model_validator

from backtest.calibration.matrix_law import load_matrix_law
from simulation.inputs.parameters.parameters import load_parameters
from topologies.errors import Message, nearest_names
from topologies.fields.quantity import Input, Quantity
from topologies.fields.scalars import Text
from topologies.reading.documents import read_yaml

FILE = Path(__file__).with_name("priors.yaml")


class Priors(Input):
    """The range of each parameter that incidents set, by its name, as it was before any of them.

    Names are those of parameters, and those of the law that stands for the matrix of outages (`matrix_law.py`).
    """

    priors: dict[Text, Quantity]

    @model_validator(mode="after")
    def _are_of_parameters(self) -> Self:
        known = {*load_parameters().quantities, *load_matrix_law().names}
        for name in self.priors:
            if name not in known:
                raise ValueError(
                    Message("priors holds {name}, which the model does not know", {"name": name}),
                    Message("use {nearest}, or drop it", {"nearest": nearest_names(name, list(known))}),
                )
        return self


@cache
def load_priors() -> Mapping[str, Quantity]:
    """The priors by the name of their parameter."""
    return MappingProxyType(read_yaml(FILE, Priors).priors)
