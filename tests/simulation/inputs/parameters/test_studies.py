"""A study ranges over every number of the model by its name or its path."""

import pytest

from simulation.inputs.parameters.outages import EFFECTS, LOSSES
from simulation.inputs.parameters.parameters import Parameters


def test_every_number_that_has_a_range_is_named(parameters: Parameters) -> None:
    names = set(parameters.quantities)
    assert {"foothold_h", "responder_levels.regional.travel_h", "outages.record.hosted"} < names
    outages, levels = parameters.outages, parameters.responder_levels.levels
    cells = {f"outages.{one.application}.{one.stream}.{each}" for one in outages.costs for each in EFFECTS}
    gone = {f"outages.{name}.{each}" for name in outages.applications for each in LOSSES}
    numbers = ("activation_h", "travel_h", "more_a_week", "most")
    come = {f"responder_levels.{level}.{name}" for level in levels for name in numbers}
    assert {name for name in names if "." in name} == cells | gone | come


def test_what_a_study_changes_is_changed_and_nothing_else(parameters: Parameters) -> None:
    numbers = parameters.quantities
    assert parameters.changed(numbers) == parameters
    lowest = {name: one.model_copy(update={"value": one.low}) for name, one in numbers.items()}
    changed = parameters.changed(lowest)
    assert changed.quantities == lowest
    assert changed.outages.costs[0].kept[0] == parameters.outages.costs[0].kept[1]
    cell = "outages.record.emergency_adult.kept"
    alone = parameters.changed({cell: lowest[cell]})
    assert alone.quantities == {**numbers, cell: lowest[cell]}


def test_a_path_that_nothing_has_is_refused(parameters: Parameters) -> None:
    one = parameters.quantities["foothold_h"]
    for unknown in ("outages.record.kept", "responder_levels.regional", "outages.record.medicine.title"):
        with pytest.raises(KeyError, match=unknown):
            parameters.changed({unknown: one})
