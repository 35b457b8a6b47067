"""Every number of every data file is an input of some campaign, at its place, so that changing it changes the id.

The id is the digest of the inputs, and no two inputs have one digest. What remains to be shown is that nothing is left
out: each number, day and instant stands in the inputs of a campaign where it stands in its file, its range with it.
What is no input is named here, with the reason.
"""

import csv
import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import backtest
import simulation
import topologies
from backtest.library import ACCOUNT
from simulation import Campaign, Parameters, Posture, Scenario
from simulation.inputs.campaign import id_of
from simulation.inputs.digests import canonical, digest_of, plain
from simulation.inputs.parameters.parameters import load_parameters
from simulation.replication import PreparedCampaign, prepare, replicate
from tests.campaigns import campaign_of
from topologies.building.assumptions import assumptions
from topologies.building.catalogue import REGIONS
from topologies.reading.documents import document_in
from topologies.region import Region

ROOT = Path(__file__).parents[3]
SOME_REGIONS = {"ile-de-france", "guyane", "pays-de-la-loire"}
"""Of the built-in regions, whose files are alike: with venues, with links and journeys, with seasons."""
FILES = sorted(
    file
    for room in ("simulation", "topologies", "backtest")
    for kind in ("*.yaml", "*.csv")
    for file in (ROOT / room).rglob(kind)
    if file.parents[1] != REGIONS or file.parent.name in SOME_REGIONS
)

NO_INPUTS = {
    "priors.yaml": "of the back-test: from which ranges its replays draw what everyone else takes as it is",
    "evidence.yaml": "of the back-test: what each incident tells of these ranges",
    "matrix_law.yaml": "of the back-test: from which law its replays draw the matrix of outages",
    "misses.yaml": "of the back-test: how misses are understood; words alone",
    "naive.yaml": "of the back-test: what anyone could have guessed, beside which a forecast is judged",
    "stages.yaml": "of the back-test: how published shares are read off a replication once it is over",
    "categories.yaml": "of the import: which categories of FINESS are hospitals; a region has what it made",
    "questions.yaml": "of the form: what it asks and what becomes of an answer; a region has what was merged",
    "fields.yaml": "for people: what the columns of the built-in regions are worth",
    "dropped.csv": "for people: what was left out when the region was made, and why; no program reads it",
}
"""Files that are no input."""

NO_INPUT = {
    "bounds": "region.yaml: the box that coordinates must lie in; a row outside is refused, and nothing is computed",
    "derive": "region.yaml: whether links are derived; they are in the region, or not",
    "figures": "incident.yaml: what really happened; it is compared with the replay, and changes nothing in it",
    "averted": "incident.yaml: which replications tell its story; it changes nothing in one",
}
"""Fields that are no input."""

Place = tuple[str | int, ...]


def numbers(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """The numbers, days and instants of a document, each with its place."""
    if isinstance(value, dict):
        for field, inner in value.items():
            yield from numbers(inner, (*place, str(field)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from numbers(inner, (*place, index))
    elif isinstance(value, bool | int | float) or (isinstance(value, str) and is_day(value)):
        yield place, value


def is_day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return "-" in text


def same(written: object, held: object) -> bool:
    if isinstance(written, str) and isinstance(held, str):
        return datetime.fromisoformat(written) == datetime.fromisoformat(held)
    return written == held or str(written) == held


def at(inputs: Any, place: Place) -> Any:
    for part in place:
        inputs = inputs[part]
    return inputs


def left_out(content: dict[str, Any], inputs: Any) -> list[tuple[Place, object]]:
    """What a document says and the inputs do not hold at the same place."""
    said = {field: value for field, value in content.items() if field not in NO_INPUT}
    return [(place, value) for place, value in numbers(said) if not same(value, at(inputs, place))]


@cache
def everyone() -> Campaign:
    """A campaign with what comes with the program; of region, scenario and posture, any would do."""
    nowhere = Region(name="nowhere", title="Nowhere", establishments={}, services={}, venues={}, links=())
    return campaign_of(nowhere, simulation.load_scenario("ordinary-month"))


def inputs_of(**others: Region | Scenario | Posture | Parameters) -> dict[str, Any]:
    """The inputs of a campaign with something of its own: those that its id is the digest of."""
    return {**everyone().inputs, **{name: plain(value) for name, value in others.items()}}


@cache
def region_in(folder: Path) -> Any:
    """The region of a folder, as a campaign's inputs hold it."""
    return inputs_of(region=topologies.load(folder))["region"]


def left_out_of_document(file: Path) -> list[tuple[Place, object]]:
    content, kinds = dict(document_in(file).content), file.parts
    if "parameters" in kinds:
        return left_out(content, everyone().inputs["parameters"][file.stem])
    if file.name == "links.yaml":
        return left_out(content, everyone().inputs["assumptions"])
    if "postures" in kinds:
        return left_out(content, inputs_of(posture=simulation.load_posture(file.stem))["posture"])
    if "studies" in kinds:
        return list(numbers(content))  # it only names postures and levers: it has none
    if "scenarios" in kinds:
        return left_out(content, inputs_of(scenario=simulation.load_scenario(file.stem))["scenario"])
    if "events" in kinds:
        held = everyone().scenario.model_copy(update={"event": simulation.load_event(file.stem)})
        return left_out(content, inputs_of(scenario=held)["scenario"]["event"])
    if file.name == "region.yaml":
        # Its numbers are those of sources and rules, for people; departments are its establishments'.
        said = {field: value for field, value in content.items() if field not in ("sources", "rules")}
        return left_out(said, region_in(file.parent))
    assert file.name == ACCOUNT, f"{file}: which campaign uses it?"
    return left_out_of_account(content, backtest.load(file.parent).eve)


def left_out_of_account(content: dict[str, Any], replay: Campaign) -> list[tuple[Place, object]]:
    """What is known of an incident is in the levers and the parameters of its replay, the rest in its scenario."""
    known, levers = content.pop("known", {}), content.pop("levers", {})
    return [
        *left_out(content, replay.inputs["scenario"]),
        *left_out(levers, replay.inputs["posture"]["levers"]),
        *left_out(known, plain(replay.parameters.named)),
    ]


BEDS = ("beds_mco", "beds_icu", "beds_intensive", "beds_uhcd", "beds_other")
"""All of them together are the size of a place; `beds_other` is nothing more."""


def left_out_of_table(file: Path) -> list[str]:
    region = region_in(file.parent)
    links = {(link["source"], link["target"], link["kind"]): link for link in region["links"]}
    journeys = {(each["source"], each["target"]): each for each in region["journeys"]}
    seasons = {(each["commune"], each["first_day"], each["last_day"]): each for each in region["seasons"]}
    found = []
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            held = {
                "establishments.csv": lambda row: region["establishments"][row["finess"]],
                "communes.csv": lambda row: region["communes"][row["code"]],
                "venues.csv": lambda row: region["venues"][row["id"]],
                "services.csv": lambda row: region["services"][row["id"]],
                "journeys.csv": lambda row: journeys[row["source"], row["target"]],
                "seasons.csv": lambda row: seasons[row["commune"], row["first_day"], row["last_day"]],
                "links.csv": lambda row: links[row["source"], row["target"], row["kind"]],
            }[file.name](row)
            declared = [int(row[kind]) for kind in BEDS if row.get(kind)]
            assert not declared or held["beds"] == sum(declared)
            said = {column: cell for column, cell in row.items() if column not in ("note", "beds_other")}
            found += [
                f"{column} {cell}"
                for column, cell in said.items()
                if is_number(cell) and float(cell) != float(held[column])
            ]
            found += [
                f"{column} {cell}" for column, cell in said.items() if is_day(cell) and cell != held[column]
            ]
    return found


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_number_of_a_file_is_an_input_of_a_campaign_that_uses_it(file: Path) -> None:
    if file.name not in NO_INPUTS:
        assert (left_out_of_document if file.suffix == ".yaml" else left_out_of_table)(file) == []


def test_equal_digests_mean_equal_inputs_and_equal_ids_mean_equal_digests() -> None:
    """As far as SHA-256 goes: what is digested is the whole of the inputs, written so that they can be read back."""
    one = everyone()
    assert json.loads(canonical(one.inputs)) == one.inputs
    assert {name: digest_of(value) for name, value in one.inputs.items()} == one.digests
    assert one.id == id_of(one.digests, one.model, one.seed)
    assert {field.name for field in fields(Campaign)} - {"seed", "model"} == set(one.inputs) - {"aims"}


def test_one_number_more_or_less_is_another_id() -> None:
    one = everyone()
    for name, value in one.inputs.items():
        for place, number in list(numbers(value))[::97]:
            other = deepcopy(value)
            at(other, place[:-1])[place[-1]] = "another"
            assert id_of({**one.digests, name: digest_of(other)}, one.model, one.seed) != one.id, (
                place,
                number,
            )


def test_nothing_is_read_once_the_inputs_are_there(
    small: PreparedCampaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = small.campaign

    def refused(path: Path) -> str:
        raise AssertionError(f"{path} is read behind the door")

    for reader in ("documents", "tables"):
        monkeypatch.setattr(f"topologies.reading.{reader}.text_of", refused)
    load_parameters.cache_clear()
    assumptions.cache_clear()
    assert replicate(prepare(campaign), 1, 0).replication.replication == 0
    with pytest.raises(AssertionError, match="behind the door"):
        load_parameters()
