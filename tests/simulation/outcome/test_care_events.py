"""Care events: causes that come before them, back to a first act or to ordinary life; sums that are the tables'."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict

import numpy as np
import pytest

from simulation.engine.event_kinds import EventKind
from simulation.engine.recovery_events import ApplicationsBack, ApplicationsDown
from simulation.inputs.postures.posture import Posture
from simulation.inputs.streams import EMERGENCY, Stream
from simulation.outcome.care_events.care_states import FULL, OVERLOADED, CareState, mark
from simulation.outcome.care_events.causes import SENT_WITHIN_H
from simulation.outcome.care_events.story import FIRST_ACTS, ORDINARY_LIFE, Told, story_of
from simulation.outcome.care_events.weights import Happened, systems_weighing
from simulation.outcome.counting import counted
from simulation.outcome.establishments import STATES, establishments_of
from simulation.outcome.trace import Trace
from simulation.replication import PreparedCampaign, spared, trace_of

REPLICATIONS = (0, 2)


@pytest.fixture(scope="module", params=[*REPLICATIONS, None], ids=str)
def told(
    request: pytest.FixtureRequest, prepared_for: Callable[[Posture], PreparedCampaign], baseline: Posture
) -> tuple[Trace, Sequence[Told]]:
    """Some replications of the default campaign; at last, one of its ordinary twin."""
    prepared = prepared_for(baseline)
    trace = trace_of(prepared, 1, request.param) if request.param is not None else None
    trace = trace or trace_of(spared(prepared), 1, REPLICATIONS[0])
    return trace, story_of(trace)


Story = tuple[Trace, Sequence[Told]]


def test_every_event_has_a_cause_that_precedes_it_back_to_a_first_act_or_to_ordinary_life(
    told: Story,
) -> None:
    trace, story = told
    roots: list[int] = []
    for number, event in enumerate(story):
        if event.cause is None:
            assert event.what.kind in FIRST_ACTS
        else:
            assert event.cause < number
            assert story[event.cause].at_h <= event.at_h
        roots.append(number if event.cause is None else roots[event.cause])
    assert story[ORDINARY_LIFE].what.kind is EventKind.ORDINARY_LIFE
    assert [event.at_h for event in story] == sorted(event.at_h for event in story)
    is_attacked = bool(trace.campaign.scenario.waves)
    assert (set(roots) == {ORDINARY_LIFE}) is not is_attacked


def test_nothing_that_is_back_leads_to_what_patients_miss(told: Story) -> None:
    _trace, story = told
    good = {EventKind.APPLICATIONS_BACK, EventKind.RECONNECTION, EventKind.SWITCHED_ON, EventKind.RESTORED}
    bad = {EventKind.PATIENTS_UNMET, EventKind.ED_FULL, EventKind.ED_DIVERTS, EventKind.OPERATIONS_POSTPONED}
    causes = {story[event.cause].what.kind for event in story if event.cause and event.what.kind in bad}
    assert not causes & good


def test_patients_of_events_add_up_to_the_hours_by_stream(told: Story) -> None:
    trace, story = told
    sums: Counter[tuple[EventKind, str]] = Counter()
    for event in story:
        sums[event.what.kind, event.what.detail] += event.patients or 0
    hours = trace.hours
    for stream in Stream:
        groups = hours.groups_of(stream)
        for kind, counts in (
            (EventKind.PATIENTS_UNMET, hours.unmet),
            (EventKind.AMBULANCES_DIVERTED, hours.ambulances_diverted_out),
            (EventKind.PATIENTS_MOVED_ON, hours.moved_on_out),
            (EventKind.PATIENTS_TRANSFERRED, hours.patients_transferred_out),
        ):
            assert sums[kind, stream] == counts[:, groups].sum(), (kind, stream)
    operations = sums[EventKind.OPERATIONS_POSTPONED, Stream.SURGERY_SCHEDULED]
    assert operations == counted(trace).replication.surgeries_postponed


def test_hours_of_states_add_up_to_those_of_each_establishment(told: Story) -> None:
    trace, story = told
    names = trace.nodes.names
    sums: Counter[tuple[str, str]] = Counter()
    for event in story:
        if event.hours is not None and event.node is not None:
            sums[names[event.node], event.what.kind] += event.hours  # type: ignore[assignment]
    for row in establishments_of(trace):
        of_row = asdict(row)
        for kind in STATES:
            assert sums[row.finess, kind] == pytest.approx(of_row[f"{kind}_h"])
        assert sums[row.finess, EventKind.ED_DIVERTS] == pytest.approx(row.ed_diversion_h, abs=1e-3)


def test_hours_of_establishments_add_up_to_the_region_and_to_each_row(told: Story) -> None:
    trace, _ = told
    of_sites, hours = counted(trace).establishment_hours, trace.hours
    emergency, critical = hours.groups_of(*EMERGENCY), hours.groups_of(Stream.CRITICAL_CARE)
    for found, expected in (
        (of_sites.ed_waiting, hours.waiting[:, emergency]),
        (of_sites.ed_sent_on, hours.diverted_out[:, emergency]),
        (of_sites.ed_unmet, hours.unmet[:, emergency]),
        (of_sites.critical_in_care, hours.in_care[:, critical]),
        (of_sites.critical_waiting, hours.waiting[:, critical]),
        (of_sites.critical_refused, hours.diverted_out[:, critical] + hours.unmet[:, critical]),
        (of_sites.ed_received, hours.diverted_in[:, emergency]),
        (of_sites.critical_received, hours.diverted_in[:, critical]),
        (of_sites.medicine_received, hours.diverted_in[:, hours.groups_of(Stream.MEDICINE)]),
    ):
        assert found.sum(axis=0).tolist() == expected.sum(axis=1).tolist()
    assert (of_sites.ed_in_corridor >= 0).all()
    in_beds = trace.wards.of(Stream.MEDICINE) & np.isin(trace.wards.finess, of_sites.finess)
    assert (
        of_sites.medicine_in_care.sum(axis=0).tolist() == trace.care.in_care[:, in_beds].sum(axis=1).tolist()
    )
    assert (
        of_sites.medicine_waiting.sum(axis=0).tolist() == trace.care.waiting[:, in_beds].sum(axis=1).tolist()
    )
    rows = {row.finess: row for row in establishments_of(trace)}
    unmet = dict(zip(of_sites.finess, of_sites.ed_unmet.sum(axis=1).tolist(), strict=True))
    assert unmet == {finess: rows[finess].ed_visits_unmet for finess in of_sites.finess}


def test_what_ends_has_begun_and_lasted_as_long_as_it_says(told: Story) -> None:
    _, story = told
    ends = {FULL.begins: FULL.ends, OVERLOADED.begins: OVERLOADED.ends}
    for begins, ended in ends.items():
        for event in (one for one in story if one.what.kind is ended):
            assert event.cause is not None
            began = story[event.cause]
            assert (began.what.kind, began.node) == (begins, event.node)
            assert event.at_h - began.at_h == began.hours


def test_who_is_said_to_overload_a_department_has_sent_patients_on(told: Story) -> None:
    trace, story = told
    sent = trace.care.diverted_out
    for event in (one for one in story if one.what.kind is OVERLOADED.begins):
        assert event.cause is not None
        node = story[event.cause].node
        if node not in {None, event.node}:
            departments = trace.wards.emergencies_of(trace.nodes.names[node])
            begins = int(event.at_h)
            assert sent[max(0, begins - SENT_WITHIN_H) : begins, departments].any()


LEVELS = CareState(
    begins=EventKind.ED_FULL, ends=EventKind.ED_FULL_NO_MORE, from_level=2.0, below_level=1.0, for_h=2
)


def test_what_took_most_of_the_applications_that_are_down_weighs_and_not_the_last_to_follow() -> None:
    most = ("record", "laboratory", "imaging")
    events = [
        Happened(0, 3, ApplicationsDown(most)),
        Happened(1, 4, ApplicationsDown(("messaging",))),
        Happened(3, 7, ApplicationsBack(most)),
    ]
    assert systems_weighing(events, 5).tolist() == [3, 3, 3, 4, 4]


def marked(levels: Sequence[float], state: CareState = LEVELS, skips: Sequence[int] = ()) -> list[int]:
    """The hours in which a ward with these levels is in the state."""
    is_on = np.zeros((1, len(levels)), np.bool_)
    limits = np.array([state.from_level, state.below_level, state.for_h, state.window_h], np.float64)
    begins_anew = np.isin(np.arange(len(levels)), [0, *skips])
    mark(np.array([levels]), np.ones(1), limits, begins_anew, is_on)
    return np.flatnonzero(is_on[0]).tolist()


def test_a_state_begins_with_the_first_of_its_hours_and_does_not_flicker() -> None:
    assert marked([2.0, 0.0, 2.0, 2.0, 1.5, 1.0, 0.9, 2.0, 0.0]) == [2, 3, 4, 5]
    assert marked([2.0, 2.0, 2.0, 2.0], skips=[1]) == [1, 2, 3]


def test_a_level_over_some_hours_is_their_mean() -> None:
    state = CareState(begins=LEVELS.begins, ends=LEVELS.ends, from_level=1.0, below_level=0.5, window_h=4)
    assert marked([0.0, 4.0, 0.0, 0.0, 0.0, 0.0], state) == [1, 2, 3, 4]
