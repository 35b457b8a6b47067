"""The compiled loop and the rules in plain SimPy yield the same history, patient by patient."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import NO_WARD, WardNumber
from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrivals import Arrivals, draw_arrivals
from simulation.care.flow.care import Care
from simulation.care.flow.changes import HELD_ELSEWHERE, Doors
from simulation.care.flow.codes import Exit
from simulation.care.flow.record import COMMUNE_COUNTS
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.care.flow.rules.hospitals import COUNTS, Hospitals
from simulation.care.flow.rules.ward import Ward
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import load_parameters
from simulation.inputs.streams import BEDSIDE, EMERGENCY, Stream
from tests.regions import FIRST
from tests.validation.care_runs import by_the_rules, simulated
from tests.validation.random_wards import HOURS, wards_at

DRAWS = range(8)
EMPTIED = (Stream.CRITICAL_CARE, *HELD_ELSEWHERE)


def shock_of(rng: Generator, wards: Wards) -> list[Change]:
    """Half of the wards fall within two days, each at its instant; some change again; all recover within a week."""
    changes = []
    for ward, stream in enumerate(wards.stream):
        if rng.random() < 0.5 and stream is not Stream.SAMU:
            continue
        falls_h = rng.uniform(150.0, 200.0)
        doors, shunned = Doors(int(rng.integers(0, 3))), float(rng.choice([0.0, 0.3, 0.9]))
        planned, emptied = (0.0, 0.4, 1.0)[ward % 3], float(stream in EMPTIED and ward % 2)
        changes.append(
            Change(
                falls_h,
                WardNumber(ward),
                float(rng.uniform(0.0, 0.6)),
                float(rng.uniform(1.0, 2.2)),
                12.5,
                doors,
                shunned,
                planned,
                emptied,
            )
        )
        for again_h in rng.uniform(falls_h, 350.0, int(rng.integers(0, 6))):
            left, doors = float(rng.uniform(0.0, 0.9)), Doors(int(rng.integers(0, 3)))
            planned += (1.0 - planned) / 2.0
            changes.append(
                Change(float(again_h), WardNumber(ward), left, 1.2, 5.0, doors, shunned / 2.0, planned)
            )
        changes.append(Change(float(rng.uniform(350.0, 520.0)), WardNumber(ward), 1.0))
    return sorted(changes)


@cache
def simulated_at(draw: int) -> tuple[Care, list[Change]]:
    """A random region under a random shock, from two to six sites, every other one with communes."""
    rng = default_rng(draw)
    wards = wards_at(rng, 2 + draw % 5, communes=draw % 2 == 1)
    changes = shock_of(rng, wards)
    return simulated(wards, load_parameters(), Luck(draw, 0), changes), changes


def assert_same_history(care: Care, plain: Hospitals) -> None:
    for name in ("taken_h", "moved_h", "left_h"):
        np.testing.assert_allclose(care.record.history[name], plain.history[name], rtol=0.0, atol=1e-9)
    for name in ("ward", "exit"):
        np.testing.assert_array_equal(care.record.history[name], plain.history[name])


def counts_of(care: Care) -> dict[str, NDArray[np.int32]]:
    """What the compiled loop counts, as the rules count it: of shape (hours, wards)."""
    counts = {name: array for name, array in care.record._asdict().items() if name in COUNTS}
    departments = care.wards.emergency_departments
    exams = np.flatnonzero(care.wards.of(Stream.IMAGING, Stream.LABORATORY))
    for way in ("out", "in"):
        transferred = getattr(care.record, f"diverted_{way}").copy()
        for name in (f"ambulances_diverted_{way}", f"moved_on_{way}"):
            counts[name] = of_all_wards(care, departments, getattr(care.record, name))
            transferred -= counts[name]
        counts[f"calls_{way}"] = np.where(care.wards.of(Stream.SAMU), transferred, 0)
        counts[f"patients_transferred_{way}"] = transferred - counts[f"calls_{way}"]
    for name in ("ambulances_late", "in_corridor"):
        counts[name] = of_all_wards(care, departments, getattr(care.record, name))
    counts["urgent_exams"] = of_all_wards(care, exams, care.record.urgent_exams)
    counts["late_exams"] = of_all_wards(care, exams, care.record.late_exams)
    return counts


def of_all_wards(care: Care, some: NDArray[np.intp], of_some: NDArray[np.generic]) -> NDArray[np.generic]:
    """What is counted of some wards, and nothing of the others; of shape (hours, wards)."""
    counts = np.zeros_like(care.record.demand, of_some.dtype)
    counts[:, some] = of_some
    return counts


@pytest.mark.parametrize("draw", DRAWS)
def test_both_yield_the_same_history_of_every_patient(draw: int) -> None:
    care, changes = simulated_at(draw)
    plain = by_the_rules(care.wards, load_parameters(), Luck(draw, 0), changes)
    assert_same_history(care, plain)
    counted = counts_of(care)
    for name in COUNTS:
        np.testing.assert_array_equal(counted[name], plain.counts[name], err_msg=name)
    departments = care.wards.emergency_departments
    # These are kept in 32 bits.
    np.testing.assert_allclose(
        care.record.diversion_h, plain.diversion_h[:, departments], rtol=0.0, atol=1e-5
    )
    for doors, hours in (
        (Doors.NO_AMBULANCES, care.record.no_ambulances_h),
        (Doors.CLOSED, care.record.closed_h),
    ):
        np.testing.assert_allclose(hours, plain.doors_h[doors][:, departments], rtol=0.0, atol=1e-5)
    totals = care.record.totals[0]
    assert (totals["stayed_away"], totals["left_unseen"]) == (plain.stayed_away, plain.left_unseen)
    assert (totals["moved_out"], totals["stays_put_off"]) == (plain.moved_out, plain.stays_put_off)
    put_off = [len(unit.put_off) for unit in plain.units if isinstance(unit, Ward)]
    assert care.state.planned["put_off"][care.wards.of(*BEDSIDE)].tolist() == put_off
    by_condition = care.record.by_condition
    assert by_condition["diverted"].sum() == plain.diverted_critical
    for name, before_min in plain.before_min.items():
        assert by_condition[name].sum() == pytest.approx(before_min, rel=1e-5), name
    assert totals["ambulance_late_h"] == pytest.approx(plain.ambulance_late_h)
    minutes = plain.time_critical_min[:, departments]
    np.testing.assert_allclose(care.record.time_critical_min, minutes, rtol=1e-6)
    for name in COMMUNE_COUNTS.names or ():
        # The rules keep in 64 bits by how much a journey is longer.
        told = plain.homes.counts[name]
        np.testing.assert_allclose(care.record.by_commune[name], told, rtol=1e-6, atol=1e-6, err_msg=name)
    assert care.record.by_condition["minutes"].sum() == pytest.approx(minutes.sum(), rel=1e-9)


def test_all_that_the_rules_know_happens_in_these_regions() -> None:
    happened: dict[str, int] = {}

    def note(name: str, times: int) -> None:
        happened[name] = happened.get(name, 0) + int(times)

    for draw in DRAWS:
        care, _ = simulated_at(draw)
        arrivals = draw_arrivals(care.wards, load_parameters(), Luck(draw, 0))
        record, counts, of = care.record, counts_of(care), care.wards.of
        note("ambulances diverted", counts["ambulances_diverted_out"].sum())
        note("ambulances diverted arrived", counts["ambulances_diverted_in"].sum())
        note("moved on", counts["moved_on_out"].sum())
        note("moved on arrived", counts["moved_on_in"].sum())
        note("calls taken by a neighbour", counts["calls_in"].sum())
        note("ambulances late", record.ambulances_late.sum())
        for name in ("diverted", "late_min", "road_min", "samu_min"):
            note(f"of the time-critical, {name}", record.by_condition[name].sum())
        note("left unseen", record.totals["left_unseen"][0])
        note("stayed away", record.totals["stayed_away"][0])
        note("moved out", record.totals["moved_out"][0])
        note("still put off", care.state.planned["put_off"].sum())
        note("hours closed", record.closed_h.sum())
        note("hours without ambulances", record.no_ambulances_h.sum())
        for stream in (
            *EMERGENCY,
            Stream.CRITICAL_CARE,
            Stream.SURGERY_URGENT,
            Stream.MATERNITY,
            Stream.MEDICINE,
            Stream.CHEMOTHERAPY,
        ):
            note(f"{stream} transferred", counts["patients_transferred_out"][:, of(stream)].sum())
        for stream in (*EMERGENCY, Stream.CRITICAL_CARE, Stream.LABORATORY, Stream.SAMU):
            note(f"{stream} given up", record.unmet[:, of(stream)].sum())
        for name in COMMUNE_COUNTS.names or ():
            note(f"of communes, {name}", record.by_commune[name].sum())
        for stream in (Stream.IMAGING, Stream.LABORATORY):
            note(f"{stream} late", counts["late_exams"][:, of(stream)].sum())
        note("in a corridor", record.in_corridor.sum())
        note("boarded long", record.totals["boarded_long"][0])
        note("hours full", record.diversion_h.sum())
        note("time-critical delayed", (record.time_critical_min > 0.0).sum())
        note("sent to another site and taken", _taken_elsewhere(care, arrivals))
        for how in (Exit.HOSPITALISED_ELSEWHERE, Exit.UNMET):
            note(f"left {how.name}", (record.history["exit"] == how).sum())
        note("never taken", np.isnan(record.history["taken_h"][arrivals.came_h >= 0.0]).sum())
    assert not [name for name, times in happened.items() if not times]


def _taken_elsewhere(care: Care, arrivals: Arrivals) -> int:
    ward = care.record.history["ward"]
    taken = (arrivals.came_h >= 0.0) & (ward != NO_WARD)
    return int((ward != arrivals.ward)[taken].sum())


def test_places_that_open_between_two_events_of_an_hour_are_taken_then_and_there() -> None:
    """With few events an hour, a stay that begins and ends between two of them is simulated all the same."""
    parameters = load_parameters()
    rng = default_rng(0)
    wards = wards_at(rng, 2)
    department = wards.of_site[FIRST[:2] + "0000000"][Stream.EMERGENCY_ADULT]
    changes = [
        Change(begins_h + float(rng.uniform(0.0, 5.0)), department, capacity)
        for begins_h, capacity in zip(
            np.arange(0.0, HOURS - 5.0, 5.0), [0.0, 1.0] * (HOURS // 10), strict=False
        )
    ]
    # Nobody else is there: only this department's patients make events.
    table, bedside = wards.table, wards.of(*BEDSIDE)
    hourly = np.where(np.arange(len(wards.stream)) == department, table.hourly / 10, 0.0)
    table = table._replace(
        stays=table.stays * 0.1,
        hourly=np.where(bedside, hourly, table.hourly),
        present=table.present * 0.0,
    )
    wards = replace(wards, table=table)
    care = simulated(wards, parameters, Luck(0, 0), changes)
    plain = by_the_rules(wards, parameters, Luck(0, 0), changes)
    assert_same_history(care, plain)
