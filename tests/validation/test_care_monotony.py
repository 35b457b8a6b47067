"""Care on the same chance: less capacity never does more, a larger crowd never asks for less."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from numpy.typing import NDArray

from simulation.care.capacity.length_of_stay import stays_of
from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.demand.crowds import crowd_of
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.engine.random_streams import Luck
from simulation.inputs.events.event import Event
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import APPOINTMENTS, BEDSIDE, EMERGENCY, Stream
from simulation.outcome.hours import hours_of
from simulation.outcome.indicators.surgery import last_beyond_h
from tests.campaigns import campaign_of, checked
from tests.regions import FIRST, establishment
from tests.validation.care_runs import simulated
from tests.validation.one_site import DRAW, PARAMETERS, Queue, a_site, with_time_critical
from tests.validation.random_wards import HOURS, region_of
from topologies.region import Region

SIXTEENTHS = st.integers(0, 16).map(lambda number: number / 16)
"""Shares that are added up without rounding."""
WEEKS = 2
MonotoneStep = tuple[int, float, float]
STEPS = st.lists(
    st.tuples(st.integers(0, WEEKS * 168 - 1), SIXTEENTHS, SIXTEENTHS),
    max_size=12,
    unique_by=lambda step: step[0],
)
"""From an hour on, a capacity, and the share of it that is left with less of it."""


def served_until(
    wards: Wards, parameters: Parameters, draw: int, steps: Sequence[Change]
) -> NDArray[np.int64]:
    record = simulated(wards, parameters, Luck(draw, 0), sorted(steps)).record
    return np.cumsum(record.served, axis=0, dtype=np.int64)


def more_and_less(wards: Wards, steps: list[MonotoneStep]) -> tuple[list[Change], list[Change]]:
    every = range(len(wards.finess))
    more = [Change(float(hour), WardNumber(ward), capacity) for hour, capacity, _ in steps for ward in every]
    less = [
        Change(float(hour), WardNumber(ward), capacity * left)
        for hour, capacity, left in steps
        for ward in every
    ]
    return more, less


@settings(max_examples=60, deadline=None)
@given(
    draw=DRAW,
    sessions=st.lists(
        st.tuples(st.sampled_from(APPOINTMENTS), st.integers(0, 64), st.integers(0, 64), st.integers(1, 400)),
        min_size=1,
        max_size=6,
    ),
    steps=STEPS,
)
def test_less_capacity_never_holds_more_sessions_by_any_hour(
    draw: int, sessions: list[tuple[Stream, int, int, int]], steps: list[MonotoneStep]
) -> None:
    """Nor where some are lost, each in a patience of its own."""
    wards = a_site(
        [
            Queue(stream=stream, places=places / 16, hourly=hourly / 16)
            for stream, places, hourly, _ in sessions
        ],
        WEEKS * 168,
        stays_of(PARAMETERS),
    )
    patience_h = np.array([float(hours) for *_, hours in sessions])
    wards = replace(wards, table=wards.table._replace(patience_h=patience_h))
    more, less = more_and_less(wards, steps)
    few, many = (served_until(wards, PARAMETERS, draw, each) for each in (less, more))
    assert (few <= many).all()


@settings(max_examples=60, deadline=None)
@given(
    draw=DRAW,
    stream=st.sampled_from([*EMERGENCY, Stream.CRITICAL_CARE, Stream.SURGERY_URGENT, Stream.MEDICINE]),
    places=st.integers(0, 20),
    load=st.floats(0.2, 1.3),
    steps=STEPS,
)
def test_less_capacity_never_takes_more_patients_by_any_hour(
    draw: int, stream: Stream, places: int, load: float, steps: list[MonotoneStep]
) -> None:
    """First come, first served, and everyone stays as long as he stays (after Kiefer and Wolfowitz 1955)."""
    stays = stays_of(PARAMETERS)
    hourly = load * max(places, 1) / stays[stream].mean_h
    queue = Queue(stream=stream, places=places, hourly=hourly, present=places / 2)
    wards = a_site([queue], WEEKS * 168, stays)
    more, less = more_and_less(wards, steps)
    few, many = (served_until(wards, with_time_critical(0.0), draw, each) for each in (less, more))
    assert (few <= many).all()


@cache
def put_off_at(draw: int) -> Wards:
    """The planned operations and the sessions of a site, by day and by week; a bed is ready for all."""
    rng = default_rng(draw)
    site = establishment(FIRST, None, 0, int(rng.integers(150, 900)))
    region = Region(name="one", title="One", establishments={FIRST: site}, services={}, venues={}, links=())
    scenario = load_scenario("ransomware-opening-ceremony")
    scenario = scenario.model_copy(update={"waves": (), "event": None, "horizon_h": HOURS})
    wards = wards_of(region, scenario, PARAMETERS)
    others = wards.of(*BEDSIDE) & ~wards.of(Stream.SURGERY_SCHEDULED)
    return replace(
        wards,
        table=wards.table._replace(
            hourly=np.where(others, 0.0, wards.table.hourly),
            present=np.where(others, 0.0, wards.table.present),
            routes=np.zeros_like(wards.table.routes),
        ),
    )


@settings(max_examples=60, deadline=None)
@given(draw=DRAW, site=st.integers(0, 5))
def test_a_longer_outage_never_shortens_the_recovery_of_what_was_put_off(draw: int, site: int) -> None:
    wards, rng = put_off_at(site), default_rng(draw)
    falls_h, left = float(rng.uniform(0.0, 200.0)), float(rng.uniform(0.0, 0.9))
    recovered: list[float] = []
    for lasts_h in np.sort(rng.uniform(0.0, 400.0, 3)):
        outage = [
            change
            for ward in range(len(wards.finess))
            for change in (
                Change(falls_h, WardNumber(ward), left),
                Change(falls_h + float(lasts_h), WardNumber(ward), 1.0),
            )
        ]
        care = simulated(wards, PARAMETERS, Luck(draw, 0), sorted(outage))
        recovered.append(last_beyond_h(hours_of(wards, care.record), wards, falls_h) or falls_h)
    assert recovered == sorted(recovered)


REGIONS = [region_of(default_rng(draw), 2 + draw) for draw in range(4)]
"""Of two to five sites around one point, in the middle of Paris."""
HERE = {"venue": "Parvis", "latitude": 48.85, "longitude": 2.35}


def crowded(people: int, visitors: int, hurt: int) -> Event:
    """Two evenings, a week of visitors, and an accident."""
    evenings = {"days": ["2024-07-27", "2024-07-28"], "hours": [[19, 23]]}
    return Event.model_validate(
        {
            "name": "feast",
            "title": {"fr": "Fête", "en": "Feast"},
            "sources": ["made up"],
            "sessions": [{**HERE, **evenings, "attendance": people}],
            "visitors": [{"first_day": "2024-07-26", "last_day": "2024-08-02", "people": visitors}],
            "casualties": [{**HERE, "at": "2024-07-27T21:00+02:00", "people": hurt}] if hurt else [],
        }
    )


@settings(max_examples=30, deadline=None)
@given(
    draw=DRAW,
    region=st.sampled_from(REGIONS),
    crowds=st.lists(st.tuples(st.integers(0, 2_000_000), st.integers(0, 2_000_000)), min_size=2, max_size=2),
    hurt=st.integers(0, 100),
)
def test_a_larger_crowd_never_lowers_demand(
    draw: int, region: Region, crowds: list[tuple[int, int]], hurt: int
) -> None:
    scenario = load_scenario("ransomware-opening-ceremony")
    scenario = scenario.model_copy(update={"waves": (), "event": None, "horizon_h": HOURS})
    demands = []
    for people, visitors in zip(*(sorted(each) for each in zip(*crowds, strict=True)), strict=True):
        crowd = crowd_of(checked(campaign_of(region, scenario, event=crowded(people, visitors, hurt))))
        wards = wards_of(region, scenario, PARAMETERS, crowd)
        demands.append(simulated(wards, PARAMETERS, Luck(draw, 0)).record.demand[:, wards.of(*EMERGENCY)])
    assert (demands[0] <= demands[1]).all()


@settings(max_examples=20, deadline=None)
@given(draw=DRAW, region=st.sampled_from(REGIONS), hurt=st.lists(st.integers(0, 400), min_size=2, max_size=2))
def test_more_people_hurt_never_lower_the_demand_of_the_region(
    draw: int, region: Region, hurt: list[int]
) -> None:
    """Of the region: whole people are shared out by largest remainders, so that one site may see one fewer."""
    scenario = load_scenario("ransomware-opening-ceremony")
    scenario = scenario.model_copy(update={"waves": (), "event": None, "horizon_h": HOURS})
    demands = []
    for people in hurt:
        crowd = crowd_of(checked(campaign_of(region, scenario, event=crowded(10_000, 0, people))))
        wards = wards_of(region, scenario, PARAMETERS, crowd)
        demand = simulated(wards, PARAMETERS, Luck(draw, 0)).record.demand[:, wards.of(*EMERGENCY)]
        demands.append(int(demand.sum()))
    assert demands[1] - demands[0] == hurt[1] - hurt[0]
