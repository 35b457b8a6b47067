"""The sentences that a person may read: those that a call marks in the packages, and the sources in the data.

python tests/results/presentation/sentences.py                prints those that French lacks, in the form of a catalogue
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import simulation
from results.analysis.frequency import counted
from topologies.building.catalogue import REGIONS
from topologies.fields.quantity import Quantity

ROOT = Path(__file__).parents[3]
PACKAGES = ("topologies", "simulation", "backtest", "results", "flows")
CATALOGUE = ROOT / "results/presentation/locales/fr/LC_MESSAGES/tocsin.po"

MARKS = dict.fromkeys(("_", "later", "Message"))
"""Calls whose text is a sentence."""


def sentences() -> dict[str, str]:
    """Every sentence of the sources, with the file where it stands first."""
    found: dict[str, str] = {}
    for file in source_files():
        for sentence in sentences_of(file):
            found.setdefault(sentence, str(file.relative_to(ROOT)))
    for source in sources():
        found.setdefault(source, "the data that come with the program")
    return found


def source_files() -> Iterator[Path]:
    """The source files of the packages."""
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def sources() -> Iterator[str]:
    """The sources that screens show, of the regions, events, postures and scenarios that come with the program."""
    for table in sorted(REGIONS.glob("*/establishments.csv")):
        with table.open(encoding="utf-8", newline="") as rows:
            yield from (row["source"] for row in csv.DictReader(rows))
    for event in map(simulation.load_event, simulation.event_names()):
        yield from event.sources
    for posture in map(simulation.load_posture, simulation.posture_names()):
        levers = (value for _, value in posture.levers)
        yield from (lever.source for lever in levers if isinstance(lever, Quantity))
        yield from (teams.source for teams in posture.responders.teams.values())
    for scenario in map(simulation.load_scenario, simulation.scenario_names()):
        yield from scenario.sources
    known = counted()
    yield from (known.cases.source, known.severity.source, known.establishments.source)


def sentences_of(file: Path) -> Iterator[str]:
    """The sentences of one source file."""
    with file.open("rb") as source:
        for _line, sentence, _comments, _context in extract("python", source, MARKS):
            assert isinstance(sentence, str), "no mark has plural forms: they stand in the sentence"
            yield sentence


def french() -> Catalog:
    """The French catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="fr")


if __name__ == "__main__":
    known = french() if CATALOGUE.exists() else Catalog()
    for sentence in sentences():
        if sentence not in known:
            sys.stdout.write(f'\nmsgid {sentence!r}\nmsgstr ""\n')
