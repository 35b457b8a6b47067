"""The cost of care, patient by patient: our compiled loop beside the same rules in plain SimPy, and beside Ciw.

Side by side in one process, on the same patients: the 30 days of Île-de-France with a shock at ten sites, by our loop
and by the rules of `simulation/care/flow/rules`, which must agree on every patient; and one emergency department
(M/G/c with our stays) by our loop and by Ciw, which must agree on every wait. Our time is that of a replication of a
campaign: its patients are drawn, those present get their places, and the days are simulated.

    python -m benchmarks.care [--json]
"""

import gc
import importlib
import importlib.util
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import simpy
from numpy.random import default_rng
from numpy.typing import NDArray

import simulation
import topologies
from benchmarks.table import seconds_of, tell
from simulation.care.capacity.length_of_stay import QUANTILES
from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.flow.arrivals import draw_arrivals
from simulation.care.flow.care import Care
from simulation.care.flow.codes import CONDITIONS
from simulation.care.flow.draws import Purpose, at_quantile, draw
from simulation.care.flow.rules.care_by_the_rules import CareByTheRules, Change
from simulation.engine.buffers import Buffers
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import Stream

ciw: Any = importlib.import_module("ciw") if importlib.util.find_spec("ciw") else None
SITES_HIT = 10
FALLS_H, RECOVERS_H = 120.0, 480.0
LEAST_RATIO = 50.0
OURS_ROUNDS, CIW_ROUNDS = 11, 3
DEPARTMENT, DEPARTMENT_DAYS = "930000328", 180
OCCUPANCY = 0.95
ENDLESS_H = 1e9


def main() -> None:
    """The comparison is on standard output."""
    seconds, ratios = of_region()
    if ciw is None:
        say("Ciw is absent and left out: .venv/bin/pip install ciw")
    else:
        for ours, more in zip((seconds, ratios), of_department(), strict=True):
            ours.update(more)
    tell("care of 30 days, patient by patient, on one core", seconds, ratios)
    if min(ratios[name] for name in ratios if name.startswith("SimPy")) < LEAST_RATIO:
        raise SystemExit(f"we promise to be {LEAST_RATIO:.0f} times as fast as the plain SimPy model")


# ------------------------------------------------------------------------------------------------------ the region


def of_region() -> tuple[dict[str, float], dict[str, float]]:
    """Seconds and ratios on Île-de-France under a shock."""
    parameters, region = simulation.load_parameters(), topologies.load("ile-de-france")
    wards = wards_of(region, quiet(), parameters)
    shock = shock_of(wards)
    buffers, luck = Buffers(), Luck(1, 0)
    mine = simulated(wards, parameters, luck, shock, Buffers(), history=True)
    fast = seconds_of(lambda: simulated(wards, parameters, luck, shock, buffers), OURS_ROUNDS)
    say(f"{len(mine.record.history)} patients of {len(wards.finess)} wards in {fast:.3f} s")
    say("the rules in plain SimPy: a minute")
    gc.collect()
    gc.freeze()
    begun = time.perf_counter()
    planned = luck.stream("planned").random(len(wards.finess)).tolist()
    plain = CareByTheRules(wards, draw_arrivals(wards, parameters, luck), shock, planned=planned).run()
    slow = time.perf_counter() - begun
    gc.unfreeze()
    check(mine, plain.history, plain.counts)
    return {"ours": fast, "plain SimPy": slow}, {"SimPy over ours": slow / fast}


def quiet() -> Scenario:
    """Thirty summer days without an attack or an event."""
    scenario = simulation.load_scenario("ransomware-opening-ceremony")
    return scenario.model_copy(update={"waves": (), "event": None})


def shock_of(wards: Wards) -> list[Change]:
    """The wards of the ten sites with most emergency patients fall within a day, and recover on the third weekend."""
    emergencies = wards.table.hourly * wards.of(Stream.EMERGENCY_ADULT)
    hit = {wards.finess[ward] for ward in np.argsort(-emergencies, kind="stable")[:SITES_HIT]}
    rng, shock = default_rng(1), []
    for ward, finess in enumerate(wards.finess):
        if finess in hit:
            falls_h = FALLS_H + float(rng.uniform(0.0, 24.0))
            shock.append(Change(falls_h, WardNumber(ward), float(rng.uniform(0.2, 0.8)), 1.3, 10.0))
            shock.append(Change(RECOVERS_H + float(rng.uniform(0.0, 48.0)), WardNumber(ward), 1.0))
    return sorted(shock)


def simulated(
    wards: Wards,
    parameters: Parameters,
    luck: Luck,
    shock: list[Change],
    buffers: Buffers,
    *,
    history: bool = False,
) -> Care:
    """Our care, from the drawing of its patients to its last hour."""
    env = simpy.Environment()
    care = Care(env, wards, parameters, luck, buffers=buffers, history=history)

    def crisis() -> Generator[simpy.Event, None, None]:
        for one in shock:
            yield env.timeout(one.at_h - env.now)
            care.change(one.ward, one.capacity_share, one.stay_factor, one.added_min)

    env.process(crisis())
    env.process(care.run())
    env.run(until=care.hours)
    care.finish()
    return care


def check(mine: Care, history: NDArray[np.void], counts: dict[str, NDArray[np.int64]]) -> None:
    """Both agree on every patient, and on every hour of every ward."""
    mine_h, plain_h = (np.stack([each["taken_h"], each["left_h"]]) for each in (mine.record.history, history))
    same = np.isclose(mine_h, plain_h, rtol=0.0, atol=1e-9, equal_nan=True).all(axis=0)
    same &= np.all([mine.record.history[name] == history[name] for name in ("ward", "exit")], axis=0)
    ours = _counts_of(mine)
    differing = sum(int((ours[name] != counts[name]).sum()) for name in counts)
    patients, hours = int((~same).sum()), sum(each.size for each in counts.values())
    say(f"patients whose history differs: {patients} of {len(history)}")
    say(f"hourly counts that differ: {differing} of {hours}")
    if patients or differing:
        raise SystemExit("our loop and the plain SimPy model do not agree")


def _counts_of(care: Care) -> dict[str, NDArray[np.int32]]:
    """What our loop counts, as the rules do: of shape (hours, wards); only departments have ambulances."""
    counts = dict(care.record._asdict())
    for way in ("out", "in"):
        ambulances = np.zeros_like(care.record.diverted_out)
        ambulances[:, care.wards.emergency_departments] = counts[f"ambulances_diverted_{way}"]
        counts[f"ambulances_diverted_{way}"] = ambulances
        counts[f"patients_transferred_{way}"] = counts[f"diverted_{way}"] - ambulances
    return counts


# -------------------------------------------------------------------------------------------------- one department


@dataclass(frozen=True, slots=True)
class Department:
    """One emergency department, its patients in the order in which they come, and how long each will stay."""

    wards: Wards
    parameters: Parameters
    luck: Luck
    came_h: NDArray[np.float64]
    stays_h: NDArray[np.float64]
    order: NDArray[np.intp]
    """The number of each among the arrivals."""


def of_department() -> tuple[dict[str, float], dict[str, float]]:
    """Seconds and ratios on a single emergency department, first come first served."""
    department = department_of()
    waits_h = ciw_waits_h(department)
    mine = simulated(department.wards, department.parameters, department.luck, [], Buffers(), history=True)
    my_waits_h = mine.record.history["taken_h"][department.order] - department.came_h
    # Who is still there at the end is not in Ciw's records.
    both = ~np.isnan(waits_h) & ~np.isnan(my_waits_h)
    farthest_h = float(np.abs(waits_h - my_waits_h)[both].max())
    say(
        f"mean wait of {both.sum()} patients: ours {my_waits_h[both].mean():.6f} h, Ciw {waits_h[both].mean():.6f} h"
    )
    say(f"largest difference of a wait: {farthest_h:.1e} h")
    if farthest_h > 1e-6:
        raise SystemExit("our loop and Ciw do not agree")
    buffers = Buffers()
    fast = seconds_of(
        lambda: simulated(department.wards, department.parameters, department.luck, [], buffers), OURS_ROUNDS
    )
    slow = seconds_of(lambda: ciw_waits_h(department), CIW_ROUNDS)
    where = f"one department, {len(department.order)} patients"
    return {f"ours, {where}": fast, f"Ciw, {where}": slow}, {"Ciw over ours, one department": slow / fast}


def department_of() -> Department:
    """The adult emergencies of one site, with patients at a steady rate: none gives up, goes on or comes first."""
    parameters = without_time_critical(simulation.load_parameters())
    everywhere = topologies.load("ile-de-france")
    site = replace(everywhere.establishments[DEPARTMENT], beds_mco=None, beds_icu=None, beds_intensive=None)
    region = replace(everywhere, establishments={DEPARTMENT: site}, services={}, links=())
    wards = wards_of(
        region, quiet().model_copy(update={"horizon_h": DEPARTMENT_DAYS * 24, "surge": None}), parameters
    )
    here, table = wards.of(Stream.EMERGENCY_ADULT), wards.table
    stay = wards.stays[Stream.EMERGENCY_ADULT]
    hourly = np.where(here, OCCUPANCY * table.places / stay.mean_h, 0.0)
    wards = replace(
        wards,
        table=table._replace(
            hourly=hourly,
            present=np.zeros(len(hourly)),
            arrival_profile=np.ones_like(table.arrival_profile),
            routes=np.zeros_like(table.routes),
            emergency_patience=np.full(QUANTILES + 1, ENDLESS_H, np.float32),
        ),
    )
    luck = Luck(1, 0)
    arrivals = draw_arrivals(wards, parameters, luck)
    order = np.argsort(arrivals.came_h, kind="stable")
    stays = [
        at_quantile(stay.of_new.astype(np.float32), draw(key, Purpose.STAY)) for key in arrivals.key[order]
    ]
    return Department(wards, parameters, luck, arrivals.came_h[order], np.array(stays), order)


def without_time_critical(parameters: Parameters) -> Parameters:
    """First come, first served."""
    shares = {f"{name}_share": parameters.quantities[f"{name}_share"] for name in CONDITIONS}
    return parameters.changed(
        {name: share.model_copy(update={"value": 0.0}) for name, share in shares.items()}
    )


def ciw_waits_h(department: Department) -> NDArray[np.float64]:
    """The wait of each patient in Ciw, given when each comes and how long they stay; those still there are left out."""
    between_h = [later - sooner for sooner, later in pairwise([0.0, *department.came_h.tolist()])]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*between_h, ENDLESS_H])],
        service_distributions=[ciw.dists.Sequential(department.stays_h.tolist())],
        number_of_servers=[
            int(department.wards.table.places[department.wards.of(Stream.EMERGENCY_ADULT)][0])
        ],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(department.wards.table.arrival_profile.shape[1])
    waits_h = np.full(len(between_h), np.nan)
    for record in simulation.get_all_records():
        waits_h[record.id_number - 1] = record.waiting_time
    return waits_h


def say(text: str) -> None:
    """What is under way, and what agrees, is on standard error."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
