"""Which sentences can a person be told? Those of the sources of the four packages, and those of typer.

python tests/results/presentation/sentences.py                prints those that French lacks, in the form of a catalogue
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import simulation
import topologies
from topologies.fields.quantity import Quantity

ROOT = Path(__file__).parents[3]
PACKAGES = ("topologies", "simulation", "backtest", "results", "flows")
CATALOGUE = ROOT / "results/presentation/locales/fr/LC_MESSAGES/tocsin.po"

SENTENCES_IN = {
    "_": [0],
    "later": [0],
    "Message": [0],
    "_finding": [1, 2],
}
"""Calls that tell a sentence, and which of their arguments are one."""

TABLES = {"complaints", "reasons"}
"""Files whose constants are tables of sentences."""

TEMPLATES = {"template", "unknown"}
"""Names of local variables that hold the sentence of a `Message`."""


def sentences() -> dict[str, str]:
    """Every sentence of the sources, with the file where it stands first."""
    found: dict[str, str] = {}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            for sentence in sentences_of(file):
                found.setdefault(sentence, str(file.relative_to(ROOT)))
    for source in sources():
        found.setdefault(source, "the data that come with the program")
    return found


def sources() -> Iterator[str]:
    """The sources that screens show, of the regions, events, postures and scenarios that come with the program."""
    for region in map(topologies.load, topologies.names()):
        yield from (place.source for place in region.establishments.values())
    for event in map(simulation.load_event, simulation.event_names()):
        yield from event.sources
    for posture in map(simulation.load_posture, simulation.posture_names()):
        levels = [value for group in (posture.levers, posture.responders) for _, value in group]
        yield from (level.source for level in levels if isinstance(level, Quantity))
    for scenario in map(simulation.load_scenario, simulation.scenario_names()):
        yield from scenario.sources


def sentences_of(file: Path) -> Iterator[str]:
    """The sentences of one source file."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for place in SENTENCES_IN.get(node.func.id, []):
                yield from texts(node.args[place : place + 1])
        if isinstance(node, ast.Assign) and _names(node) & TEMPLATES:
            yield from texts([node.value])
        if file.stem in TABLES and isinstance(node, ast.Assign | ast.AnnAssign) and _is_constant(node):
            yield from texts([node.value] if node.value else [])


def texts(nodes: list[ast.expr]) -> Iterator[str]:
    """The texts that an expression can be, or a table's values; keys of a table and conditions are none."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from texts([node.body, node.orelse])
        elif isinstance(node, ast.Dict):
            yield from texts(node.values)
        elif isinstance(node, ast.Tuple):
            yield from texts(node.elts)


def _names(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _is_constant(node: ast.Assign | ast.AnnAssign) -> bool:
    return all(name.isupper() and name != "RENAMED" for name in _names(node) or {"-"})


def french() -> Catalog:
    """The French catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="fr")


if __name__ == "__main__":
    known = french() if CATALOGUE.exists() else Catalog()
    for sentence, where in sentences().items():
        if sentence not in known:
            sys.stdout.write(f'\n#: {where}\nmsgid {sentence!r}\nmsgstr ""\n')
