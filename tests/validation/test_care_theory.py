"""Care against what is known of queues: Erlang C, Cobham, Little's law, conservation, monotony on the same chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from numpy.typing import NDArray

from simulation.care.capacity.length_of_stay import ADMITTED, QUANTILES, Stays, stays_of
from simulation.care.capacity.tabulation import arrival_hours
from simulation.care.capacity.ward_table import WardNumber, WardTable
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.demand.crowds import crowd_of
from simulation.care.flow.arrivals import Arrivals, draw_arrivals
from simulation.care.flow.care import Care
from simulation.care.flow.codes import CONDITIONS, Where
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.engine.random_streams import Luck
from simulation.inputs.events.event import Event
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.inputs.streams import APPOINTMENTS, BEDSIDE, EMERGENCY, NUMBER, STREAMS, Stream
from simulation.outcome.indicators.surgery import recovered_h
from tests.campaigns import campaign_of, checked
from tests.regions import FIRST, establishment
from tests.validation.care_runs import simulated
from tests.validation.queueing import SERVICE_H, TEAMS, erlang_c_wait_h, standard_error
from tests.validation.random_wards import HOURS, region_of, wards_at
from topologies.region import Region

REPLICATIONS = 12
PARAMETERS = load_parameters()
ENDLESS_H = 1e9
DRAW = st.integers(0, 2**32 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One ward of a site, as theory knows it."""

    stream: Stream
    places: float
    hourly: float
    present: float = 0.0
    to_medicine: float = 0.0
    """The share of its patients who then ask for a bed of medicine."""


def a_site(
    queues: Sequence[Queue], hours: int, stays: Mapping[str, Stays], *, patience_h: float | None = None
) -> Wards:
    """A single site in a world without days or nights: nobody is sent on; emergency patients have this patience."""
    count, always = len(queues), np.ones((len(STREAMS), hours))
    number_of = {queue.stream: WardNumber(number) for number, queue in enumerate(queues)}
    no_ward = np.full(count, -1, dtype=np.int64)
    patience = np.full(QUANTILES + 1, ENDLESS_H)
    if patience_h is not None:
        patience = patience_h * 2.0 * np.arange(QUANTILES + 1) / QUANTILES
    places = np.array([queue.places for queue in queues], np.float64)  # as a region: compiled once for both
    hourly = np.array([queue.hourly for queue in queues])
    routes = np.array([queue.to_medicine for queue in queues])
    return Wards(
        finess=(FIRST,) * count,
        stream=tuple(queue.stream for queue in queues),
        of_site={FIRST: number_of},
        groups=(),
        group_starts=np.zeros(1, np.intp),
        visits={},
        casualties=(),
        stays=stays,
        table=WardTable(
            stream=np.array([NUMBER[queue.stream] for queue in queues], dtype=np.int64),
            kind=np.array([queue.stream.kind for queue in queues], dtype=np.int8),
            places=places,
            hourly=hourly,
            present=np.array([queue.present for queue in queues]),
            arrival_profile=always,
            arrival_hour=arrival_hours(always),
            opening_profile=always,
            stays=np.stack([one.of_new for one in stays.values()]),
            remaining=np.stack([one.of_present for one in stays.values()]),
            stay_class=_stay_classes([queue.stream for queue in queues], list(stays)),
            emergency_patience=patience,
            routes=np.broadcast_to(routes[:, None, None], (count, 2, 4)).copy(),
            next_ward=np.tile(np.array([number_of.get(Stream.MEDICINE, -1), -1, -1]), (count, 1)),
            neighbour_first=np.zeros(count + 1, dtype=np.int64),
            neighbour_ward=no_ward[:0],
            neighbour_h=np.empty(0),
            slowdown=np.ones((1, hours)),
            slowdown_row=np.zeros(count, dtype=np.int64),
            queue_tolerated=np.full(count, 1.0),
            queue_to_reopen=np.full(count, 0.5),
            patience_h=np.full(count, hours + 1.0),
            transfer_after_h=np.full(len(STREAMS), -1.0),
            samu=no_ward,
            imaging=no_ward,
            laboratory=no_ward,
            department=np.zeros(count, dtype=np.int64),
            vehicles=np.ones(1, dtype=np.int64),
            imaging_share=0.0,
            laboratory_share=0.0,
            laboratory_lengthens=1.0,
            exam_wait_most_h=0.0,
            vehicle_handling_h=0.0,
            samu_delay_min=0.0,
            long_boarding_h=0.0,
        ),
    )


def _stay_classes(streams: Sequence[Stream], classes: Sequence[str]) -> NDArray[np.int64]:
    """See `WardTable.stay_class`."""
    home = [classes.index(one) if one in classes else 0 for one in streams]
    on = [
        classes.index(ADMITTED) if one in EMERGENCY else row for one, row in zip(streams, home, strict=True)
    ]
    return np.array([home, on]).T.copy()


def exponential_stays(mean_h: float) -> Stays:
    """Stays without memory; the last step of the table is as long as what it stands for, on the mean."""
    table = -np.log1p(-np.arange(QUANTILES) / QUANTILES)
    table = np.append(table, table[-1] + 2.0)
    table *= mean_h / ((table[1:] + table[:-1]) / 2).mean()
    return Stays(of_new=table, of_present=table, mean_h=mean_h)


def with_time_critical(share: float) -> Parameters:
    """So many emergency patients have a condition whose minutes count."""
    update = {
        f"{name}_share": PARAMETERS.quantities[f"{name}_share"].model_copy(update={"value": value})
        for name, value in zip(CONDITIONS, [share] + [0.0] * (len(CONDITIONS) - 1), strict=True)
    }
    return PARAMETERS.changed(update)


# ------------------------------------------------------------------------------------------------------- M/M/c


def emergency_waits(
    load: float, hours: int, parameters: Parameters
) -> list[tuple[Arrivals, NDArray[np.float64]]]:
    """The arrivals and the wait of each patient of an M/M/c emergency department, in independent replications."""
    stays = dict.fromkeys((*BEDSIDE, ADMITTED), exponential_stays(SERVICE_H))
    queue = Queue(stream=Stream.EMERGENCY_ADULT, places=TEAMS, hourly=load * TEAMS / SERVICE_H)
    wards = a_site([queue], hours, stays)
    found = []
    for number in range(REPLICATIONS):
        luck = Luck(round(load * 100), number)
        arrivals = draw_arrivals(wards, parameters, luck)
        care = simulated(wards, parameters, luck)
        found.append((arrivals, care.record.history["taken_h"] - arrivals.came_h))
    return found


@pytest.mark.parametrize(("load", "hours"), [(0.5, 12_000), (0.8, 24_000), (0.95, 48_000)])
def test_an_emergency_department_meets_erlang_c(load: float, hours: int) -> None:
    means = [
        float(waits[(arrivals.came_h >= 2_000.0) & (arrivals.came_h < hours - 500.0)].mean())
        for arrivals, waits in emergency_waits(load, hours, with_time_critical(0.0))
    ]
    assert abs(np.mean(means) - erlang_c_wait_h(load)) < 3 * standard_error(means)
    assert 3 * standard_error(means) < 0.15 * erlang_c_wait_h(load), "too few patients to see a difference"


def test_those_whose_minutes_count_wait_as_cobham_says() -> None:
    """Two classes, of whom nobody is put out (Cobham 1954): the first waits C / (c mu) / (1 - load of the first)."""
    load, share, hours = 0.9, 0.4, 24_000
    first_h = erlang_c_wait_h(load) * (1.0 - load) / (1.0 - load * share)
    theory = (first_h, first_h / (1.0 - load))
    means: tuple[list[float], list[float]] = ([], [])
    for arrivals, waits in emergency_waits(load, hours, with_time_critical(share)):
        counted = (arrivals.came_h >= 2_000.0) & (arrivals.came_h < hours - 500.0)
        means[0].append(float(waits[counted & (arrivals.condition > 0)].mean()))
        means[1].append(float(waits[counted & (arrivals.condition == 0)].mean()))
    for measured_h, known in zip(means, theory, strict=True):
        assert abs(np.mean(measured_h) - known) < 3 * standard_error(measured_h)
        assert 3 * standard_error(measured_h) < 0.15 * known


# ------------------------------------------------------------------------------------------------- Little's law

PLACES = {
    Stream.EMERGENCY_ADULT: 12,
    Stream.EMERGENCY_PAEDIATRIC: 3,
    Stream.CRITICAL_CARE: 8,
    Stream.SURGERY_URGENT: 2,
    Stream.SURGERY_SCHEDULED: 4,
    Stream.MATERNITY: 10,
    Stream.MEDICINE: 20,
}
OCCUPANCY = 0.9
FROM_H, UNTIL_H, END_H = 4_000, 18_000, 24_000
MEASURED = 24
"""Replications: from a dozen, chance leaves three standard errors one time in eighty, and we look thirty times."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one ward of one replication did between two hours, over those hours."""

    in_care: float
    taken_hourly: float
    stay_h: float
    waiting: float
    joined_hourly: float
    wait_h: float
    gave_up: int


def measured(care: Care, arrivals: Arrivals, ward: int) -> Measured:
    """Counts by the hour on one side, each patient's history on the other."""
    record, hours = care.record, UNTIL_H - FROM_H
    mine = (arrivals.ward == ward) & (arrivals.came_h >= 0.0)
    came_h, taken_h, gone_h = (
        arrivals.came_h[mine],
        record.history["taken_h"][mine],
        record.history["left_h"][mine],
    )
    taken = (taken_h >= FROM_H) & (taken_h < UNTIL_H)
    joined = (came_h >= FROM_H) & (came_h < UNTIL_H)
    left_queue_h = np.where(np.isnan(taken_h), gone_h, taken_h)
    return Measured(
        in_care=float(record.in_care[FROM_H:UNTIL_H, ward].mean()),
        taken_hourly=float(taken.sum() / hours),
        stay_h=float((gone_h - taken_h)[taken].mean()),
        waiting=float(record.waiting[FROM_H:UNTIL_H, ward].mean()),
        joined_hourly=float(joined.sum() / hours),
        wait_h=float((left_queue_h - came_h)[joined].mean()),
        gave_up=int(np.isnan(taken_h[joined]).sum()),
    )


@cache
def measured_of_all() -> dict[Stream, list[Measured]]:
    """A site with every queue of care, each as full as its stays make it, in independent replications."""
    stays = stays_of(PARAMETERS)
    queues = [
        Queue(
            stream=stream,
            places=places,
            hourly=OCCUPANCY * places / stays[stream].mean_h,
            present=OCCUPANCY * places,
        )
        for stream, places in PLACES.items()
    ]
    wards = a_site(queues, END_H, stays, patience_h=PARAMETERS.emergency.emergency_patience_h.value)
    found: dict[Stream, list[Measured]] = {stream: [] for stream in PLACES}
    for number in range(MEASURED):
        luck = Luck(7, number)
        arrivals, care = draw_arrivals(wards, PARAMETERS, luck), simulated(wards, PARAMETERS, luck)
        for ward, stream in enumerate(wards.stream):
            found[stream].append(measured(care, arrivals, ward))
    return found


def is_nought(differences: list[float]) -> bool:
    """Within three standard errors, between replications."""
    return abs(float(np.mean(differences))) < 3 * standard_error(differences)


@pytest.mark.parametrize("stream", PLACES)
def test_littles_law_holds_in_every_queue_of_care(stream: Stream) -> None:
    each = measured_of_all()[stream]
    assert is_nought([one.in_care - one.taken_hourly * one.stay_h for one in each])
    assert is_nought([one.waiting - one.joined_hourly * one.wait_h for one in each])
    # Stays are those of the law, and somebody waits, so that there was something to see.
    assert is_nought([one.stay_h - stays_of(PARAMETERS)[stream].mean_h for one in each])
    assert min(one.waiting for one in each) > 0.05
    assert (sum(one.gave_up for one in each) > 0) == (stream in EMERGENCY)


def test_littles_law_holds_of_those_who_wait_for_a_bed_in_the_emergency_department() -> None:
    """A boarder holds a box and waits for a bed, and is one patient: from arrival until they leave medicine."""
    stays, share, beds = stays_of(PARAMETERS), 0.25, 30
    admitted_hourly = 0.93 * beds / stays[Stream.MEDICINE].mean_h
    wards = a_site(
        [
            Queue(
                stream=Stream.EMERGENCY_ADULT,
                places=ceil(admitted_hourly / share * stays[ADMITTED].mean_h) + 4,
                hourly=admitted_hourly / share,
                to_medicine=share,
            ),
            Queue(stream=Stream.MEDICINE, places=beds, hourly=0.0),
        ],
        END_H,
        stays,
    )
    differences, boarding = [], []
    for number in range(REPLICATIONS):
        luck = Luck(8, number)
        arrivals, care = draw_arrivals(wards, PARAMETERS, luck), simulated(wards, PARAMETERS, luck)
        record, window = care.record, slice(FROM_H, UNTIL_H)
        there = (record.waiting[window, 0] + record.in_care[window].sum(axis=1)).mean()
        joined = (arrivals.came_h >= FROM_H) & (arrivals.came_h < UNTIL_H)
        there_h = (record.history["left_h"] - arrivals.came_h)[joined]
        differences.append(float(there - joined.sum() / (UNTIL_H - FROM_H) * there_h.mean()))
        boarding.append(float(record.waiting[window, 1].mean()))
    assert is_nought(differences)
    assert min(boarding) > 0.1


# ------------------------------------------------------------------------------------------------- conservation

region_wards = cache(lambda draw: wards_at(default_rng(draw), 1 + draw % 6))


def seated(care: Care) -> NDArray[np.void]:
    """The patients who have come and are not gone."""
    state = care.state
    is_free = np.zeros(len(state.free), np.bool_)
    is_free[state.free[: state.clock.free_seats]] = True
    return state.patients[: len(state.free)][~is_free]


CHANGE = st.tuples(
    st.one_of(st.floats(0.0, HOURS - 1e-6), st.integers(0, HOURS - 1).map(float)),
    st.integers(0, 10_000),
    st.floats(0.0, 1.3),
    st.floats(1.0, 3.0),
)
"""At an instant, one of the wards: its capacity, and how much longer stays are."""


@settings(max_examples=60, deadline=None)
@given(
    region=st.integers(0, 17),
    draw=DRAW,
    changes=st.lists(CHANGE, max_size=60),
    all_fall=st.one_of(st.none(), st.tuples(st.floats(0.0, 300.0), st.floats(0.0, 1.0))),
)
def test_every_patient_of_a_region_is_somewhere(
    region: int,
    draw: int,
    changes: list[tuple[float, int, float, float]],
    all_fall: tuple[float, float] | None,
) -> None:
    wards = region_wards(region)
    count = len(wards.finess)
    shock = [
        Change(at_h, WardNumber(ward % count), capacity, longer) for at_h, ward, capacity, longer in changes
    ]
    if all_fall:
        shock += [Change(all_fall[0], WardNumber(ward), all_fall[1]) for ward in range(count)]
    care = simulated(wards, PARAMETERS, Luck(draw, 0), sorted(shock))
    record = care.record
    before = np.vstack([np.zeros((1, count), np.int64), record.waiting[:-1]])
    np.testing.assert_array_equal(
        record.demand + record.diverted_in + before,
        record.served + record.diverted_out + record.unmet + record.waiting,
    )
    for name in ("demand", "served", "diverted_out", "diverted_in", "unmet", "waiting", "in_care"):
        assert getattr(record, name).min() >= 0, name
    # Sent on = arrived + still on the road, in every hour and at the end, stream by stream.
    who = seated(care)
    come = draw_arrivals(wards, PARAMETERS, Luck(draw, 0)).came_h < HOURS
    assert len(who) == (come & np.isnan(record.history["left_h"])).sum()
    for stream in STREAMS:
        mine = wards.of(stream)
        sent, arrived = (getattr(record, f"diverted_{way}")[:, mine].sum(axis=1) for way in ("out", "in"))
        on_the_road = np.cumsum(sent - arrived)
        assert (on_the_road >= 0).all()
        last = int((mine[who["ward"]] & (who["where"] == Where.ON_THE_ROAD)).sum())
        assert on_the_road[-1] == last == care.state.inbound[mine].sum()
    # Who is in care or keeps a place is counted there, who waits is counted where he waits.
    holding = who["holds"][(who["where"] == Where.WAITING) & (who["holds"] >= 0)]
    held = np.bincount(who["ward"][who["where"] == Where.IN_CARE], minlength=count)
    held += np.bincount(holding, minlength=count)
    waits = np.bincount(who["ward"][who["where"] == Where.WAITING], minlength=count)
    bedside = wards.of(*BEDSIDE)
    np.testing.assert_array_equal(held[bedside], record.in_care[-1, bedside])
    np.testing.assert_array_equal(waits[bedside], record.waiting[-1, bedside])


# ------------------------------------------------------------------------------------------------- monotony

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
        at_h = recovered_h(care.record, wards, falls_h)
        recovered.append(inf if at_h is None else at_h)
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
