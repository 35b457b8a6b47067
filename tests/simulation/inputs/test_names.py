"""Whoever looks for a parameter or a lever finds where it acts: none is reached by a name made up at run time."""

import ast
from functools import cache
from pathlib import Path

import pytest

from simulation.inputs.parameters.parameters import PARAMETER_NAMES
from simulation.inputs.postures.posture import Levers

SIMULATION = Path(__file__).parents[3] / "simulation"

BY_NAME = {
    "simulation/__init__.py": "exports what needs the compiler when it is asked for",
}
"""Where attributes are reached by a name that is not written there, and why that is no parameter."""


@cache
def sources() -> dict[str, ast.Module]:
    root = SIMULATION.parent
    return {
        str(file.relative_to(root)): ast.parse(file.read_text("utf-8")) for file in SIMULATION.rglob("*.py")
    }


@cache
def attributes() -> set[str]:
    """Every attribute that the model reads."""
    trees = sources().values()
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("kind", [PARAMETER_NAMES, tuple(Levers.model_fields)], ids=["parameters", "levers"])
def test_each_is_read_by_its_name_where_it_acts(kind: tuple[str, ...]) -> None:
    assert set(kind) - attributes() == set()


def test_no_attribute_is_reached_by_a_name_that_is_made_up() -> None:
    found = {
        file
        for file, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("getattr", "attrgetter")
    }
    assert found == set(BY_NAME)
