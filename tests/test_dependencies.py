"""What is installed with the program is what it imports, and what it imports is installed."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXTRAS = ("dask", "s3")
"""What those install who need it; all others are for who works on the program."""
ROOMS = ("flows", "backtest", "results", "simulation", "topologies")
FOR_TYPES = {"_typeshed"}
"""Known to type checkers only."""
FOR_OTHERS = {
    "fastapi",  # held back for Prefect's server
    "s3fs",  # how fsspec reaches s3://
    "tzdata",  # read by zoneinfo
}
"""Declared, though nothing of ours imports them; pyproject.toml says why."""


@cache
def imported() -> set[str]:
    """The packages that the four rooms import, wherever in a file; our own and Python's are left out."""
    files = (file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    modules = {module.partition(".")[0] for file in files for module in imports_of(file)}
    return modules - set(sys.stdlib_module_names) - {*ROOMS} - FOR_TYPES


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def declared() -> set[str]:
    """The distributions that pyproject.toml asks for, extras included, by their normal names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for extra in EXTRAS for line in project["optional-dependencies"][extra]]
    return {normal(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in [*project["dependencies"], *extras]}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def installed() -> Mapping[str, list[str]]:
    """The distributions that hold each module."""
    return packages_distributions()


def distributions_of(module: str) -> set[str]:
    return {normal(name) for name in installed().get(module, [])}


def test_whatever_is_imported_is_declared() -> None:
    assert {module for module in imported() if not distributions_of(module) & declared()} == set()


def test_whatever_is_declared_is_imported_or_its_reason_is_told() -> None:
    used = {name for module in imported() for name in distributions_of(module)}
    assert declared() - used == FOR_OTHERS
